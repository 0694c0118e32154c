"""What a calendar may read under a secret address, and a person's own days on duty."""

import re
from datetime import timedelta

from django.db.models import Count, F, Max

from assignments import rules
from assignments.models import CalendarLink, DutyShift, RosterEntry
from units.models import Unit
from units.states import Role

PAST = timedelta(days=60)
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def link_of(token):
    """The live link of this token whose maker may still read it, or None."""
    if not TOKEN.fullmatch(token):
        return None
    link = CalendarLink.objects.live().of_token(token).select_related("user", "unit").first()
    return link if link and rules.can_read_calendar(link.user, link.unit) else None


def feed_shifts(link, now):
    """Shifts in force behind the link, of the last sixty days and all to come, each with `changed_at`."""
    rows = DutyShift.objects.in_force().filter(ends_at__gt=now - PAST)
    rows = rows.filter(unit=link.unit) if link.unit_id else rows.filter(contact__user=link.user)
    rows = rows.select_related("contact", "unit").prefetch_related("rosters__occasion")
    return list(rows.annotate(changed_at=Max("rosters__moved_at")).order_by("starts_at", "pk"))


def roster_moves(unit_ids):
    """{unit: how often a roster of it changed hands}: it grows whenever a shift in force may read differently."""
    moved = RosterEntry.objects.filter(row__unit__in=unit_ids).exclude(before=F("after"))
    counted = moved.values_list("row__unit").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(unit_ids, 0) | dict(counted)


def own_shifts(user, now):
    """The shifts of this person that are not over, accepted ones and those on their way, soonest first."""
    rows = DutyShift.objects.filter(contact__user=user, ends_at__gt=now).select_related("unit")
    return rows.prefetch_related("rosters__occasion").order_by("starts_at", "pk")


def linkable_units(user):
    """Units whose calendar this person may read: their own; for staff of the Sở every one that has a shift."""
    rights = user.own_roles()
    own = Unit.objects.filter(pk__in={unit for unit, _ in rights})
    if any(role in Role.STAFF for _, role in rights):
        own = own | Unit.objects.filter(pk__in=DutyShift.objects.values("unit"))
    return own.order_by("sort_key", "pk")
