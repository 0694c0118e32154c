"""A paper as the plain JSON of the public command `read_paper`: fixed keys in a fixed order, null or [] for absent."""

from directives.paper.model import Basis, Deadline, Finding, Item, Paper

_PLAIN = (
    "kind",
    "parent_agency",
    "agency",
    "number",
    "place",
    "date_iso",
    "urgency",
    "subject",
    "recipient_label",
)


def to_contract(paper: Paper) -> dict:
    """The paper's fields without their places in the body."""
    return {
        **{name: getattr(paper, name) for name in _PLAIN},
        "recipients": list(paper.recipients),
        "bases": [_basis(each) for each in paper.bases],
        "items": [_item(each) for each in paper.items],
        "deadlines": [_deadline(each) for each in paper.deadlines],
        "signer": {"lines": list(paper.signer.lines), "name": paper.signer.name},
        "noi_nhan": list(paper.noi_nhan),
        "findings": [_finding(each) for each in paper.findings],
    }


def _basis(basis: Basis) -> dict:
    return {"text": basis.text, "number": basis.number, "date_iso": basis.date_iso}


def _item(item: Item) -> dict:
    return {
        "label": item.label,
        "heading": item.heading,
        "text": item.text,
        "items": [_item(each) for each in item.items],
    }


def _deadline(deadline: Deadline) -> dict:
    return {
        "phrase": deadline.phrase,
        "type": deadline.type,
        "due": deadline.due,
        "time": deadline.time,
        "every": deadline.every,
        "item": deadline.item,
    }


def _finding(finding: Finding) -> dict:
    return {"rule": finding.rule, "level": finding.level, "where": finding.where, "message": finding.message}
