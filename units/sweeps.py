"""Names whose day has come become the names in force; ended sessions are forgotten; history is sealed, and proven each night."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from units.models import Reorganisation, Seal, SealCheck, UnitPeriod, User
from units.services.names import take_name
from units.services.people import lock_unused
from units.services.seals import check_history, seal_history
from units.services.sessions import clear_sessions
from units.services.settling import settle_act
from units.services.sweeps import claim_sweep, finish_sweep

NAME = "refresh_unit_names"
SESSIONS = "forget_sessions"
SEALS = "seal_history"
UNUSED = "lock_unused_accounts"
CHECK = "check_history"


def refresh_unit_names(*, now):
    """Every unit bears the name in force today, and reorganisations whose day has come take effect.

    May run twice or after days of silence; reads only what differs."""
    if claim_sweep(NAME, now=now) is None:
        return
    today = timezone.localdate(now)
    in_force = UnitPeriod.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gt=today)
    )
    for period in in_force.exclude(name=F("unit__name"), short_name=F("unit__short_name")).select_related("unit"):
        take_name(period.unit, now=now)
    for act in Reorganisation.objects.due(today).order_by("on", "pk"):
        settle_act(act, now=now)
    finish_sweep(NAME, now=now)


def forget_sessions(*, now):
    """What is left of ended sessions goes: addresses and browsers of people are kept no longer than they are of use."""
    if claim_sweep(SESSIONS, now=now) is None:
        return
    clear_sessions(now=now)
    finish_sweep(SESSIONS, now=now)


def seal_rows(*, now):
    """The history written since the last seal joins the chain. May run twice or after days of silence."""
    if claim_sweep(SEALS, now=now) is None:
        return
    seal_history(now=now)
    finish_sweep(SEALS, now=now)


def prove_history(*, now):
    """Once a day, after midnight, the whole chain is read again; what was found is a row (`notices` tells the administrators)."""
    if claim_sweep(CHECK, now=now) is None:
        return
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    if Seal.objects.exists() and not SealCheck.objects.filter(at__gte=today).exists():
        check_history(now=now)
    finish_sweep(CHECK, now=now)


def lock_unused_accounts(*, now):
    """Accounts nobody used for UNUSED_DAYS are locked, each with its line of history and a word to the person; 0 is never."""
    if claim_sweep(UNUSED, now=now) is None:
        return
    days = settings.UNUSED_DAYS
    for user in User.objects.unused_since(now - timedelta(days=days)).order_by("pk") if days else ():
        lock_unused(user, now=now, days=days)
    finish_sweep(UNUSED, now=now)
