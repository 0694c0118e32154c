"""The history of this floor: one plain sentence for each change, in the transaction that makes it."""

from units.history import under
from units.models import UnitEntry
from units.text import tidy

LONGEST = UnitEntry._meta.get_field("what").max_length


def write_entry(unit, what, *, actor, now, group=None, user=None, told=False):
    """Write the sentence down. It may name people, never their phone or email: callers leave those values out.

    What is `told` goes to that user as a notice too."""
    return UnitEntry.objects.create(
        unit=unit,
        group=group,
        user=user,
        actor=actor,
        under=under(actor),
        at=now,
        what=_sentence(what),
        told=told,
    )


def write_entries(said, *, actor, now):
    """Many sentences at once, as pairs (unit, sentence)."""
    UnitEntry.objects.bulk_create(
        UnitEntry(unit=unit, actor=actor, under=under(actor), at=now, what=_sentence(what)) for unit, what in said
    )


def _sentence(what):
    what = tidy(what)
    return what if len(what) <= LONGEST else what[: LONGEST - 1] + "…"


def day_words(day):
    return f"{day:%d/%m/%Y}"


def changes(row, data, *, secret=()):
    """The named fields that differ, as words: "địa chỉ từ “A” thành “B”"; for `secret` ones the label alone."""
    said = []
    for name, value in data.items():
        field = row._meta.get_field(name)
        before = getattr(row, name)
        if before == value:
            continue
        label = str(field.verbose_name)
        if name in secret:
            said.append(label)
            continue
        old, new = _words(before, field), _words(value, field)
        if not new:
            said.append(f"bỏ {label}")
        elif not old:
            said.append(f"{label}: “{new}”")
        else:
            said.append(f"{label} từ “{old}” thành “{new}”")
    return said


def _words(value, field):
    if value in (None, ""):
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return day_words(value) if field.get_internal_type() == "DateField" else str(value)
