"""A stored draft as the values its page is filled with, and papers as rows of lists."""

from django.db.models import Model

from directives.models import RegisterEntry
from plans.states import TargetRole

MAIN = ("subject", "kind", "urgency", "occasion", "division", "authority", "place", "body", "annexes", "version")


def draft_values(dispatch):
    """What `create_dispatch` would take to make this draft again, with its version. Seven queries."""
    values = {name: getattr(dispatch, name) for name in MAIN}
    values["addressees"] = [
        {"text": line.text, "groups": list(line.groups.all()), "units": list(line.units.all())}
        for line in dispatch.addressees.order_by("order").prefetch_related("groups", "units")
    ]
    values["copies"] = [
        {"text": line.text, "unit": line.unit} for line in dispatch.copies.order_by("order").select_related("unit")
    ]
    values["bases"] = [
        {"text": row.text, "number": row.number, "issued_on": row.issued_on, "basis": row.basis}
        for row in dispatch.bases.order_by("order").select_related("basis")
    ]
    values["requirements"] = [_demand(row) for row in demands(dispatch)]
    return values


def keys_of(values):
    """The same with rows as their keys, as a version keeps it beside its words: plain data."""
    kept = {name: _key(values[name]) for name in ("occasion", "division", "authority")} | {"place": values["place"]}
    for name in ("addressees", "copies", "bases", "requirements"):
        kept[name] = [{key: _key(value) for key, value in row.items() if key != "targets"} for row in values[name]]
    for row, demand in zip(kept["requirements"], values["requirements"], strict=True):
        row["targets"] = [[each._meta.model_name, each.pk, role] for each, role in demand["targets"]]
    return kept


def _key(value):
    if isinstance(value, list):
        return [each.pk for each in value]
    return value.pk if isinstance(value, Model) else value


def demands(dispatch):
    """The demands of a paper in order, owners at hand. Four queries."""
    return dispatch.requirements.order_by("order").prefetch_related("targets__unit", "targets__group")


def _demand(row):
    names = ("label", "text", "starts", "ends", "due_at", "due_phrase", "every", "repeat_from", "repeat_until")
    return {
        name: getattr(row, name) for name in (*names, "due_time", "evidence_kind", "must_report", "plan_item_id")
    } | {
        "targets": [
            (target.group or target.unit, TargetRole(target.role)) for target in sorted(row.targets.all(), key=_by_pk)
        ]
    }


def _by_pk(row):
    return row.pk


def register_lines(year, month=None):
    """The numbers taken in a year (or one month of it) in their order, the voided ones among them."""
    lines = RegisterEntry.objects.filter(register__year=year)
    if month:
        lines = lines.filter(issued_on__month=month)
    return (
        lines.select_related("dispatch__division", "voided_by", "register")
        .prefetch_related("dispatch__addressees", "dispatch__copies")
        .order_by("register__series", "number")
    )
