"""Codes of units in time. The columns on Unit hold today's, the rows of UnitCode each with its period."""

from django.db.models import Q

from units.models import Unit, UnitCode
from units.states import CodeScheme


def note_codes(*units):
    """What was entered or mended on the units becomes the code of their open period, as if it had always been so.

    Four statements at most, however many units."""
    open_rows = {
        (row.unit_id, row.scheme, row.valid_to): row for row in UnitCode.objects.filter(unit__in=units).order_by("-pk")
    }
    made, mended, gone = [], [], []
    for unit in units:
        for scheme in CodeScheme.values:
            value, row = getattr(unit, scheme), open_rows.get((unit.pk, scheme, unit.valid_to))
            if row is None and value:
                period = {"valid_from": unit.valid_from, "valid_to": unit.valid_to}
                made.append(UnitCode(unit=unit, scheme=scheme, value=value, **period))
            elif row and value and row.value != value:
                row.value = value
                mended.append(row)
            elif row and not value:
                gone.append(row.pk)
    UnitCode.objects.filter(pk__in=gone).delete()
    UnitCode.objects.bulk_update(mended, ["value"], batch_size=400)
    UnitCode.objects.bulk_create(made)


def free_codes(codes, today):
    """Units that have ended no longer wear these codes (by scheme): another takes them over. Their periods stay on record."""
    for scheme, value in codes.items():
        if value:
            Unit.objects.filter(**{scheme: value}, valid_to__lte=today).update(**{scheme: ""})


def change_codes(wanted, on):
    """From the day units bear these codes, pairs (unit, codes by scheme, an empty one for none); those before keep their period.

    All let go first, so that two may swap. A code borne only from that very day, or later, never was."""
    for unit, codes in wanted:
        for scheme in codes:
            if not unit.codes.filter(scheme=scheme).exists() and getattr(unit, scheme):
                value = getattr(unit, scheme)
                UnitCode.objects.create(unit=unit, scheme=scheme, value=value, valid_from=unit.valid_from, valid_to=on)
        unit.codes.filter(scheme__in=codes, valid_from__gte=on).delete()
        unit.codes.filter(Q(valid_to=None) | Q(valid_to__gt=on), scheme__in=codes).update(valid_to=on)
    UnitCode.objects.bulk_create(
        UnitCode(unit=unit, scheme=scheme, value=value, valid_from=on)
        for unit, codes in wanted
        for scheme, value in codes.items()
        if value
    )


def wear_codes(units, today):
    """Copy the codes in force today onto these units, where lists read them. First all let go, so that two may swap theirs."""
    fresh = {}
    for unit in units:
        held = unit.codes.filter(
            Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gt=today)
        )
        worn = dict.fromkeys(unit.codes.values_list("scheme", flat=True), "") | dict(
            held.values_list("scheme", "value")
        )
        fresh[unit.pk] = {scheme: value for scheme, value in worn.items() if getattr(unit, scheme) != value}
    for pk, codes in fresh.items():
        if codes:
            Unit.objects.filter(pk=pk).update(**dict.fromkeys(codes, ""))
    for pk, codes in fresh.items():
        if codes:
            free_codes(codes, today)
            Unit.objects.filter(pk=pk).update(**codes)


def reopen_codes(unit):
    """The unit goes on after all: so do the codes that ended with it, but those another unit bears by now."""
    closed = unit.codes.filter(valid_to=unit.valid_to)
    taken = UnitCode.objects.filter(scheme__in=[CodeScheme.CODE, CodeScheme.AREA], valid_to=None).exclude(unit=unit)
    for row in closed:
        if not taken.filter(scheme=row.scheme, value=row.value).exists():
            row.valid_to = None
            row.save(update_fields=["valid_to"])
