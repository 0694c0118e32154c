"""Secret addresses of calendars: made, taken back, and when one was last read."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assignments import rules
from assignments.models import CalendarLink
from assignments.models.feed import hash_of
from units.models import User

NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_link(unit=None, *, actor, now):
    """A new secret address of the actor's own shifts, or of `unit`'s; an earlier one is revoked by it.

    Returns its token, which is kept nowhere: shown once, then only its hash remains."""
    if not rules.can_link_calendar(actor, unit):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=actor.pk)
    CalendarLink.objects.live().filter(user=actor, unit=unit).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    link = CalendarLink(user=actor, unit=unit, token_hash=hash_of(token), made_at=now)
    link.full_clean()
    link.save()
    return token


def revoke_link(link, *, actor, now):
    """The address opens nothing from now on. Its maker alone."""
    if link.user_id != actor.pk:
        raise PermissionDenied
    return CalendarLink.objects.live().filter(pk=link.pk).update(revoked_at=now)


def note_reading(link, *, now):
    """A calendar came for it: written down at most once an hour."""
    if link.read_at is None or link.read_at <= now - NOTED_EVERY:
        CalendarLink.objects.filter(pk=link.pk).update(read_at=now)
