"""Whose telephone and address nobody needs any more (regulations 5.4: purged a set time after the event)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assignments.models import DutyShift
from units.models import Contact, Invitation, Membership


def outworn_contacts(*, now, days):
    """Contacts with a number or address on file that served its purpose `days` ago: people who left and people of units that
    ended, once they hold no right; people whose last right ended then and who are no focal people; and people known for duty
    only (no account, not focal, not invited), counted from the last of these: written down, reached, end of the last occasion
    and shift they stood in. Nobody with a shift in an occasion that runs or is to come.
    """
    limit = now - timedelta(days=days)
    day, today = timezone.localdate(limit), timezone.localdate(now)
    shifts = DutyShift.objects.filter(contact=OuterRef("pk"))
    needed = shifts.filter(Q(ends_at__gt=limit) | Q(rosters__occasion__ends_on__gt=day))
    held = Membership.objects.filter(user=OuterRef("user"))
    rights = held.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    lately = held.filter(Q(ends_on=None) | Q(ends_on__gt=day))
    invited = Invitation.objects.waiting(now).filter(contact=OuterRef("pk"))
    gone = Q(left_on__lte=day) | Q(unit__valid_to__lte=day)
    reached = Q(phone_proven_at__gt=limit) | Q(email_proven_at__gt=limit)
    idle = Q(user=None, is_focal=False, added_at__lte=limit) & ~reached & ~Exists(invited)
    lapsed = Q(Exists(held), ~Exists(lately), is_focal=False) & ~reached
    used_up = gone | idle | lapsed
    return Contact.objects.filter(~Q(phone="") | ~Q(email=""), ~Exists(needed), ~Exists(rights), used_up)
