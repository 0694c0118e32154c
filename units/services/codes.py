"""Codes of units in time. The columns on Unit hold today's, the rows of UnitCode each with its period."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from units.models import Unit, UnitCode
from units.states import CodeScheme

UNIQUE = (CodeScheme.CODE, CodeScheme.AREA)


def note_codes(unit, schemes, today):
    """What was entered or mended on the unit, in these schemes, becomes the code of the period in force, as if it had always
    been so. Refuses a code that another unit bears or is to bear."""
    for scheme in schemes:
        value, rows = getattr(unit, scheme), unit.codes.filter(scheme=scheme)
        taken = UnitCode.objects.filter(scheme=scheme, value=value, valid_to=None).exclude(unit=unit).first()
        if value and taken and not unit.valid_to and scheme in UNIQUE:
            raise ValidationError({scheme: f"Mã này thuộc về “{taken.unit.name}”."}, code="same_code")
        later = rows.filter(valid_from__gt=today).order_by("valid_from").first()
        held = rows.filter(Q(valid_from=None) | Q(valid_from__lte=today))
        row = held.filter(Q(valid_to=None) | Q(valid_to__gt=today) | Q(valid_to=unit.valid_to)).last()
        if row is None and unit.valid_from and unit.valid_from > today:
            row, later = later, None
        until = later.valid_from if later else unit.valid_to
        if row is None and value:
            UnitCode.objects.create(unit=unit, scheme=scheme, value=value, valid_from=unit.valid_from, valid_to=until)
        elif row and value and row.value != value:
            row.value = value
            row.save(update_fields=["value"])
        elif row and not value:
            row.delete()


def note_new_codes(units):
    """The codes of units that have just been entered, many at once. Two queries. Refuses what `note_codes` refuses."""
    rows = [
        UnitCode(unit=unit, scheme=scheme, value=value, valid_from=unit.valid_from, valid_to=unit.valid_to)
        for unit in units
        for scheme in CodeScheme.values
        if (value := getattr(unit, scheme))
    ]
    held = UnitCode.objects.filter(scheme__in=UNIQUE, valid_to=None, value__in={row.value for row in rows})
    taken = set(held.values_list("scheme", "value"))
    for row in rows:
        if (row.scheme, row.value) in taken:
            raise ValidationError(f"Mã {row.value} của “{row.unit.name}” thuộc về một đơn vị khác.", code="same_code")
    UnitCode.objects.bulk_create(rows)


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
    taken = UnitCode.objects.filter(scheme__in=UNIQUE, valid_to=None).exclude(unit=unit)
    for row in closed:
        if not taken.filter(scheme=row.scheme, value=row.value).exists():
            row.valid_to = None
            row.save(update_fields=["valid_to"])
