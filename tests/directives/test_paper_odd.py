"""Papers of every kind in the shapes that extraction, pasting and haste leave them in, read field by field.

`odd/<name>.txt` is the paper, `odd/<name>.json` what a person reads in it. All are our own words.
"""

import json
from pathlib import Path

import pytest

from directives.paper import Item, Paper, read, requirements
from tests.directives.test_paper_fuzz import check_places

ODD = Path(__file__).with_name("odd")
NAMES = sorted(path.stem for path in ODD.glob("*.txt"))
PLAIN = (
    *("kind", "parent_agency", "agency", "number", "place", "date_iso", "urgency", "subject", "recipient_label"),
    *("recipients", "noi_nhan"),
)


def seen(paper: Paper) -> dict:
    """What of a paper is compared, as plain data."""
    data = {
        **{name: getattr(paper, name) for name in PLAIN},
        "bases": [(each.number, each.date_iso) for each in paper.bases],
        "outline": _outline(paper.items),
        "deadlines": [(one.type, one.due, one.time, one.every, one.item, one.phrase) for one in paper.deadlines],
        "owners": [(demand.label, demand.addressed) for demand in requirements(paper)],
        "signer": (paper.signer.lines, paper.signer.name),
        "last": paper.body[-40:],
    }
    return json.loads(json.dumps(data, ensure_ascii=False))


def _outline(items: tuple[Item, ...]) -> list:
    return [[item.label, item.heading, *([_outline(item.items)] if item.items else [])] for item in items]


@pytest.mark.parametrize("name", NAMES)
def test_odd_paper(name):
    paper = read((ODD / f"{name}.txt").read_text(encoding="utf-8"))
    assert seen(paper) == json.loads((ODD / f"{name}.json").read_text(encoding="utf-8"))
    check_places(paper)


def test_every_paper_has_its_reading():
    assert sorted(path.stem for path in ODD.glob("*.json")) == NAMES
    assert len(NAMES) >= 24
