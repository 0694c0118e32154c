"""Secret addresses of calendars: made, taken back, and when one was last read."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assignments import rules
from assignments.models import CalendarLink
from assignments.models.feed import hash_of
from units.models import Contact, User
from units.selectors import own_department
from units.services.journal import write_entry

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
    what = "Tạo liên kết lịch trực của đơn vị." if unit else f"Tạo liên kết lịch trực của {actor}."
    write_entry(unit or _home(actor), what, actor=actor, now=now, user=actor)
    return token


def _home(user):
    """The unit whose history tells of a person's own link."""
    contact = Contact.objects.select_related("unit").filter(user=user).first()
    return contact.unit if contact else own_department()


@transaction.atomic
def revoke_link(link, *, actor, now):
    """The address opens nothing from now on. Its maker alone."""
    if link.user_id != actor.pk:
        raise PermissionDenied
    revoked = CalendarLink.objects.live().filter(pk=link.pk).update(revoked_at=now)
    if revoked:
        what = f"Thu hồi liên kết lịch trực của {link.unit or actor}."
        write_entry(link.unit or _home(actor), what, actor=actor, now=now, user=actor)
    return revoked


def note_reading(link, *, now):
    """A calendar came for it: written down at most once an hour."""
    if link.read_at is None or link.read_at <= now - NOTED_EVERY:
        CalendarLink.objects.filter(pk=link.pk).update(read_at=now)
