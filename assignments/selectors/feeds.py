"""What a calendar may read under a secret address, and a person's own days on duty."""

import re
from datetime import timedelta

from django.db.models import Max

from assignments import rules
from assignments.models import CalendarLink, DutyShift, RosterEntry
from assignments.states import RosterStatus
from units.models import Unit

PAST = timedelta(days=60)
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def link_of(token):
    """The live link of this token whose maker may still read it, or None."""
    if not TOKEN.fullmatch(token):
        return None
    link = CalendarLink.objects.live().of_token(token).select_related("user", "unit").first()
    return link if link and rules.can_read_calendar(link.user, link.unit) else None


def feed_shifts(link, now):
    """Accepted shifts behind the link, of the last sixty days and all to come, each with `changed_at`."""
    rows = DutyShift.objects.filter(status=RosterStatus.ACCEPTED, ends_at__gt=now - PAST)
    rows = rows.filter(unit=link.unit) if link.unit_id else rows.filter(contact__user=link.user)
    rows = rows.select_related("contact", "unit").prefetch_related("rosters__occasion")
    return list(rows.annotate(changed_at=Max("rosters__moved_at")).order_by("starts_at", "pk"))


def acceptances(unit_ids):
    """{unit: how often a roster of it was accepted}: it grows whenever an accepted shift may have changed."""
    found = dict.fromkeys(unit_ids, 0)
    entries = RosterEntry.objects.filter(row__unit__in=unit_ids, after=RosterStatus.ACCEPTED)
    for unit in entries.exclude(before=RosterStatus.ACCEPTED).values_list("row__unit", flat=True):
        found[unit] += 1
    return found


def own_shifts(user, now):
    """The shifts of this person that are not over, accepted ones and those on their way, soonest first."""
    rows = DutyShift.objects.filter(contact__user=user, ends_at__gt=now).select_related("unit")
    return rows.prefetch_related("rosters__occasion").order_by("starts_at", "pk")


def linkable_units(user):
    """Units whose calendar this person may read: their own; for staff of the Sở every one that has a shift."""
    own = Unit.objects.filter(pk__in=user.unit_ids())
    if user.is_department_staff():
        own = own | Unit.objects.filter(pk__in=DutyShift.objects.values("unit"))
    return own.order_by("sort_key", "pk")
