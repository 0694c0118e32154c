"""How the rows of a history table are read beside those of the others: as one list of plain columns.

Each history model declares its `TRAIL`: from which of its fields the columns come. `lines` reads one table, and the answers
for several tables make one UNION, which the database sorts and cuts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, CharField, F, TextField, Value
from django.db.models.functions import Cast, Coalesce, Left

from units.addresses import address_of

LONGEST = 200


@dataclass(frozen=True)
class Trail:
    """`kind` is what a reader calls such rows; `about` leads to the name of the thing, `key` to its number, and `page` is the
    address of its page. `before`, `after` and `note` name the fields that say what happened, `actor` the one that did it;
    `silence` is said where the note is empty."""

    kind: str
    about: str = ""
    key: str = ""
    page: str = ""
    actor: str = "actor"
    under: str = "under"
    before: str = ""
    after: str = ""
    note: str = "note"
    silence: str = ""


@dataclass(frozen=True)
class Line:
    """One row of any history table as a reader sees it: `giver` is for whom `actor` acted, `what` is in words."""

    kind: str
    at: datetime
    actor: str
    giver: str
    about: str
    url: str
    what: str
    table: str
    pk: int


def _text(path):
    return Cast(Coalesce(F(path), Value("")), TextField()) if path else Cast(Value(""), TextField())


def lines(rows):
    """The rows of one table as tuples of plain columns, in no order: to be united with others and sorted."""
    model = rows.model
    trail = model.TRAIL
    columns = {
        "t_table": Value(model._meta.db_table, output_field=CharField()),
        "t_pk": F("pk"),
        "t_at": F("at"),
        "t_actor": _text(trail.actor and f"{trail.actor}__full_name"),
        "t_giver": _text(trail.under and f"{trail.under}__giver__full_name"),
        "t_before": _text(trail.before),
        "t_after": _text(trail.after),
        "t_note": _text(trail.note),
        "t_about": Left(_text(trail.about), LONGEST),
        "t_key": F(trail.key) if trail.key else Cast(Value(None), BigIntegerField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def united(parts):
    """Several answers of `lines` as one, newest first."""
    first, *others = parts
    return first.union(*others, all=True).order_by("-t_at", "t_table", "-t_pk")


def shown(rows, models):
    """These tuples (a page of `united`) as Lines. `models` are the history models by the name of their table."""
    for table, pk, at, actor, giver, before, after, note, about, key in rows:
        model = models[table]
        trail = model.TRAIL
        url = address_of(trail.page, key) if trail.page else ""
        what = _words(model, before, after, note)
        yield Line(trail.kind, at, actor, giver, about, url, what, table, pk)


def _words(model, before, after, note):
    """The label of the new state and the note, or the note alone."""
    trail = model.TRAIL
    if not trail.after or after == note:
        return note or trail.silence
    holder = model._meta.get_field("row").related_model if trail.before else model  # states are those of the row
    field = holder._meta.get_field("status" if trail.before else trail.after)
    labels = dict(field.flatchoices)
    now = labels.get(after, after)
    if before == after:
        return note or "Cập nhật"
    moved = f"{labels.get(before, before)} → {now}" if before else now
    return f"{moved}: {note}" if note else moved
