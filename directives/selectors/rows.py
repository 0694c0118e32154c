"""A stored draft, or a version of it, as the values its page is filled with; papers as rows of lists."""

from django.db.models import Model
from django.utils.dateparse import parse_date, parse_datetime, parse_time

from directives.models import RegisterEntry
from plans.models import LegalBasis, Occasion, PlanItem
from plans.states import TargetRole
from units.models import SigningAuthority, Unit, UnitGroup

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


def values_of(version):
    """A version as `draft_values` gives the draft: its words with the groups, units and bases of its keys, as far as they
    are still there. None for a version kept before its keys were. Seven queries."""
    kept = version.whole
    if not kept:
        return None
    rows = {model: model.objects.in_bulk(keys) for model, keys in _keys(kept).items()}
    values = {name: getattr(version, name) for name in ("subject", "kind", "urgency", "body", "annexes", "version")}
    values["place"] = kept["place"]
    for name, model in (("occasion", Occasion), ("division", Unit), ("authority", SigningAuthority)):
        values[name] = rows[model].get(kept[name])
    found = {name: [dict(row) for row in kept[name]] for name in ("addressees", "copies", "bases", "requirements")}
    for row in found["addressees"]:
        row["groups"] = [rows[UnitGroup][key] for key in row["groups"] if key in rows[UnitGroup]]
        row["units"] = [rows[Unit][key] for key in row["units"] if key in rows[Unit]]
    for row in found["copies"]:
        row["unit"] = rows[Unit].get(row["unit"])
    for row in found["bases"]:
        row["basis"] = rows[LegalBasis].get(row["basis"])
        row["issued_on"] = row["issued_on"] and parse_date(row["issued_on"])
    for row in found["requirements"]:
        sides = [(rows[SIDES[model]].get(key), TargetRole(role)) for model, key, role in row["targets"]]
        row["targets"] = [(each, role) for each, role in sides if each]
        row["plan_item_id"] = row["plan_item_id"] if row["plan_item_id"] in rows[PlanItem] else None
        for name, parse in PARSED.items():
            row[name] = row[name] and parse(row[name])
    return values | found


SIDES = {"unitgroup": UnitGroup, "unit": Unit}
PARSED = {"due_at": parse_datetime, "repeat_from": parse_date, "repeat_until": parse_date, "due_time": parse_time}


def _keys(kept):
    """The keys a version names, by what they are keys of."""
    targets = [target for row in kept["requirements"] for target in row["targets"]]
    return {
        Occasion: {kept["occasion"]},
        SigningAuthority: {kept["authority"]},
        UnitGroup: {key for row in kept["addressees"] for key in row["groups"]}
        | {key for model, key, _ in targets if model == "unitgroup"},
        Unit: {kept["division"]}
        | {key for row in kept["addressees"] for key in row["units"]}
        | {row["unit"] for row in kept["copies"]}
        | {key for model, key, _ in targets if model == "unit"},
        LegalBasis: {row["basis"] for row in kept["bases"]},
        PlanItem: {row["plan_item_id"] for row in kept["requirements"]},
    }


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
