"""A unit in time: what it came of, what became of it, its name, code and superior on a day."""

from dataclasses import dataclass

from django.db.models import F, Q

from units.models import ReorganisationLine, Succession, Unit, UnitPeriod
from units.states import LineKind


@dataclass(frozen=True)
class Kin:
    """One unit before or after another, `step` successions away, since the day `on`, by that act."""

    unit: Unit
    step: int
    on: object
    act: object


MOST_STEPS = 12


def heirs_of(unit):
    """What became of the unit, through all successions. One query a generation."""
    return _kin(unit, "from_unit", "to_unit")


def forebears_of(unit):
    """What the unit came of, through all successions. One query a generation."""
    return _kin(unit, "to_unit", "from_unit")


def _kin(unit, near, far):
    found, seen, open_ = [], {unit.pk}, {unit.pk}
    for step in range(1, MOST_STEPS):
        rows = Succession.objects.filter(**{f"{near}__in": open_}).select_related(far, "act")
        new = {getattr(row, f"{far}_id"): row for row in rows.order_by(f"{far}__sort_key", far)}
        new = {pk: row for pk, row in new.items() if pk not in seen}
        found += [Kin(getattr(row, far), step, row.on, row.act) for row in new.values()]
        seen |= new.keys()
        open_ = new.keys()
        if not open_:
            break
    return found


def in_force_on(rows, day):
    """Of names or codes those that hold on that day."""
    return rows.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


def name_on(unit, day):
    """The name the unit bore on that day; today's for a day before its first name."""
    period = in_force_on(unit.periods, day).first()
    return period.name if period else unit.name


def short_name_on(unit, day):
    """The short form it bore on that day, which makes the symbols of papers."""
    period = in_force_on(unit.periods, day).first()
    return period.short_name if period else unit.short_name


def superior_on(unit, day):
    """The unit above this one on that day: what the first move after that day took it from, else the one of today."""
    moved = ReorganisationLine.objects.filter(
        unit=unit, kind=LineKind.ABOVE, act__on__gt=day, act__withdrawn_at=None
    ).select_related("before_unit")
    line = moved.order_by("act__on", "pk").first()
    return line.before_unit if line else unit.parent


def letterhead(unit, day):
    """The agency and the one above it as a paper of that day names them: (name, name of the superior or None)."""
    above = superior_on(unit, day)
    names = dict(
        in_force_on(UnitPeriod.objects.filter(unit__in=[unit, above] if above else [unit]), day).values_list(
            "unit", "name"
        )
    )
    return names.get(unit.pk, unit.name), names.get(above.pk, above.name) if above else None


def codes_of(unit):
    """Every code the unit bears or bore, by scheme, the newest first."""
    return unit.codes.order_by("scheme", F("valid_from").desc(nulls_last=True), "-pk")
