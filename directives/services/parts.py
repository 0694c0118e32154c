"""The rows of a draft, written as a whole with each saving, and the version that keeps them."""

from directives.models import (
    Addressee,
    CopyLine,
    DispatchBasis,
    DispatchVersion,
    DispatchView,
    Requirement,
    RequirementTarget,
)
from directives.paper.draft import read_body
from directives.selectors.drafting import bases_in
from directives.selectors.places import locate
from directives.selectors.rows import draft_values, keys_of
from directives.selectors.words import demand_words, line_words
from units.models import UnitGroup
from units.text import fold, nfc


def one_line(text):
    return " ".join(nfc(text or "").split())


def write_parts(dispatch, *, addressees, copies, bases, requirements):
    paper = read_body(dispatch.body)
    for order, line in enumerate(addressees, 1):
        row = Addressee(dispatch=dispatch, order=order, text=one_line(line["text"]))
        row.full_clean()
        row.save()
        row.groups.set(line.get("groups", ()))
        row.units.set(line.get("units", ()))
    for order, line in enumerate(copies, 1):
        row = CopyLine(dispatch=dispatch, order=order, text=one_line(line["text"]), unit=line.get("unit"))
        row.full_clean()
        row.save()
    for order, basis in enumerate(bases_in(paper) if bases is None else bases, 1):
        row = DispatchBasis(
            dispatch=dispatch,
            order=order,
            text=one_line(basis["text"])[:1000],
            number=basis.get("number") or "",
            issued_on=basis.get("issued_on") or None,
            basis=basis.get("basis"),
        )
        row.full_clean()
        row.save()
    for order, demand in enumerate(requirements, 1):
        _write_demand(dispatch, paper, order, demand)


def _write_demand(dispatch, paper, order, demand):
    starts, ends = locate(
        paper, demand.get("label", ""), demand["text"], demand.get("starts", 0), demand.get("ends", 0)
    )
    plain = {key: value for key, value in demand.items() if key not in ("targets", "starts", "ends")}
    key = fold(demand["text"])
    row = Requirement(dispatch=dispatch, order=order, starts=starts, ends=ends, search_key=key, **plain)
    row.full_clean()
    row.save()
    for target, role in demand.get("targets", ()):
        side = {"group": target} if isinstance(target, UnitGroup) else {"unit": target}
        RequirementTarget.objects.create(requirement=row, role=role, **side)


def keep_version(dispatch, *, actor, now, note):
    """The draft as it stands becomes its numbered version; whoever saved it has seen it."""
    values = draft_values(dispatch)
    DispatchVersion.objects.create(
        dispatch=dispatch,
        version=dispatch.version,
        kind=dispatch.kind,
        subject=dispatch.subject,
        body=dispatch.body,
        annexes=dispatch.annexes,
        urgency=dispatch.urgency,
        signer=str(dispatch.authority or ""),
        addressees=[line_words(line) for line in values["addressees"]],
        copies=[line_words(line) for line in values["copies"]],
        bases=[row["text"] for row in values["bases"]],
        requirements=demand_words(dispatch),
        whole=keys_of(values),
        author=actor,
        at=now,
        note=note,
    )
    DispatchView.objects.update_or_create(
        dispatch=dispatch,
        user=actor,
        defaults={"version": dispatch.version, "at": now, "earlier": None, "earlier_at": None},
    )
