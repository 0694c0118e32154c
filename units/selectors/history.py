"""The history of the whole house: every sealed table read as one list."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from units.chain import sealed_models
from units.models import SealCheck, User
from units.trail import lines, shown, united


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def parts_of_history(*, since, until, who="", kind="", about=""):
    """The rows of each history table from the day `since` to the end of `until`, unsorted: of people with that name, of one
    kind, about things whose name holds that text. To be counted one by one, or united."""
    people = User.objects.search(who).values("pk") if who else None
    found = []
    for model in sealed_models().values():
        trail = model.TRAIL
        if (kind and kind != trail.kind) or (who and not trail.actor) or (about and not trail.about):
            continue
        rows = model.objects.filter(at__gte=_midnight(since), at__lt=_midnight(until + timedelta(days=1)))
        if who:
            rows = rows.filter(**{f"{trail.actor}__in": people})
        if about:
            rows = rows.filter(**{f"{trail.about}__icontains": about})
        found.append(rows)
    return found


def history(parts):
    """The parts as one answer, newest first."""
    return united([lines(rows) for rows in parts])


def history_lines(rows):
    """A page of `history`, in words."""
    return shown(rows, sealed_models())


def kinds_of_history():
    """The kinds of lines, in dictionary order."""
    return sorted({model.TRAIL.kind for model in sealed_models().values()})


def last_check():
    """The newest proof of the chain, or None."""
    return SealCheck.objects.select_related("broken").order_by("-pk").first()
