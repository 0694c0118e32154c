"""Names whose day has come become the names in force."""

from django.db.models import F, Q
from django.utils import timezone

from units.models import Unit
from units.services.names import take_name
from units.services.sweeps import claim_sweep, finish_sweep

NAME = "refresh_unit_names"


def refresh_unit_names(*, now):
    """Every unit bears the name in force today. May run twice or after days of silence; reads only what differs."""
    if claim_sweep(NAME, now=now) is None:
        return
    today = timezone.localdate(now)
    stale = Unit.objects.filter(
        Q(periods__valid_from=None) | Q(periods__valid_from__lte=today),
        Q(periods__valid_to=None) | Q(periods__valid_to__gt=today),
        ~Q(periods__name=F("name")) | ~Q(periods__short_name=F("short_name")),
    )
    for unit in stale:
        take_name(unit, now=now)
    finish_sweep(NAME, now=now)
