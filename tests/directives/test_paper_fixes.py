"""The repairs of a paper, made one after another: they come to an end, break nothing, and what is read stays read."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bench.accuracy import CORPUS, paper_text
from directives.paper import Item, Paper, read
from directives.paper.check import check, repair
from directives.paper.text import fold
from tests.directives.check_models import MODELS
from tests.directives.check_pairs import PAIRS
from tests.directives.test_check_rules import KNOWN
from tests.directives.test_paper_odd import ODD

KNOWING = {"calendar": KNOWN["calendar"], "today": KNOWN["today"]}
TEXTS = {path.stem: path for path in sorted(ODD.glob("*.txt"))}
if CORPUS.exists():
    TEXTS |= {path.stem: path for path in sorted(CORPUS.glob("*.txt"))}

_LAW = re.compile("Luật|Pháp lệnh")


def again(paper: Paper) -> Paper:
    return read("\n\n".join(filter(None, (paper.front, paper.body.replace("\n", "\n\n"), paper.foot))))


def plain(text: str | None) -> str:
    """What no repair may change: letters without accents and figures, without leading zeros."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\W_]", "", fold(text or "")))


def outline(items: tuple[Item, ...]) -> list:
    return [(item.label, outline(item.items)) for item in items]


def kept(paper: Paper) -> dict:
    return {
        "kind": paper.kind,
        "names": [plain(each) for each in (paper.parent_agency, paper.agency)],
        "place": bool(paper.place),
        "number": plain(paper.number),
        "date": paper.date_iso,
        "urgency": bool(paper.urgency),
        "label": paper.recipient_label,
        "addressees": len(paper.recipients),
        "bases": [(None if _LAW.match(each.text) else plain(each.number), each.date_iso) for each in paper.bases],
        "outline": outline(paper.items),
        "deadlines": [(each.type, each.due, each.time, each.every, each.item) for each in paper.deadlines],
        "signer": (len(paper.signer.lines), bool(paper.signer.name)),
        "copies": len([each for each in paper.noi_nhan if not each.startswith("Như trên")]),
    }


def errors(paper: Paper) -> Counter[str]:
    return Counter(each.rule for each in check(paper, **KNOWING) if each.level == "error")


def mend_all(text: str) -> Paper:
    """Makes the first repair offered, reads again, and so on; judges each step."""
    paper = again(read(text))
    first, wrong = kept(paper), errors(paper)
    most = 3 * len(check(paper, **KNOWING)) + 5
    for _ in range(most):
        finding = next((each for each in check(paper, **KNOWING) if each.fix), None)
        if finding is None:
            return paper
        paper = again(repair(paper, finding.fix))
        now = errors(paper)
        assert now <= wrong, (finding, now - wrong)
        assert kept(paper) == first, finding
        wrong = now
    raise AssertionError(f"no end after {most} repairs: {[each.rule for each in check(paper, **KNOWING) if each.fix]}")


@pytest.mark.parametrize("path", TEXTS.values(), ids=list(TEXTS))
def test_repairs_of_a_paper_end_and_keep_what_was_read(path: Path):
    mend_all(paper_text(path))


@pytest.mark.parametrize("kind", sorted({pair.kind for pair in PAIRS}))
def test_repairs_of_many_faults_at_once(kind: str):
    """All the faults that a model can have side by side, in one paper."""
    text = MODELS[kind]
    for pair in PAIRS:
        if pair.kind == kind and text.count(pair.at) == 1 and len(pair.wrong) > 20 and pair.wrong != text:
            text = text.replace(pair.at, pair.wrong)
    mend_all(text)
