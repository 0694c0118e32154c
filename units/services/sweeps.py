"""The lock, mark and pulse of the sweeps: one of a kind runs at a time, and everybody can see when it last ended."""

from datetime import timedelta

from django.db.models import Q

from units.models import Sweep

HOLD = timedelta(minutes=1)


def claim_sweep(name, *, now):
    """The sweep's row when it is ours to run, else None (another process has it). A killed holder loses it after a minute;
    a slow one may be joined by another, which sweeps must bear anyway."""
    Sweep.objects.get_or_create(name=name)
    free = Q(locked_until=None) | Q(locked_until__lte=now)
    if Sweep.objects.filter(free, name=name).update(locked_until=now + HOLD) != 1:
        return None
    return Sweep.objects.get(name=name)


def finish_sweep(name, *, now, mark=None):
    """The sweep came to its end: free it, note its pulse and how far it has read."""
    changes = {"locked_until": None, "pulse_at": now}
    if mark is not None:
        changes["mark"] = mark
    Sweep.objects.update_or_create(name=name, defaults=changes)
