"""Real papers beside the project are read as a person would; without them there is nothing to compare."""

import pytest

from bench.accuracy import CORPUS, DISPUTED, compare, paper_text, records
from directives.paper import read, requirements
from tests.directives.test_paper_fuzz import check_places

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real papers is not beside the project")

RECORDS = records() if CORPUS.exists() else []
FILES = sorted(path.name for path in CORPUS.glob("*.txt")) if CORPUS.exists() else []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["file"].split("_")[0])
def test_every_field_is_as_recorded(record):
    paper = read(paper_text(CORPUS / record["file"]))
    wrong = {name: what for name, what in compare(paper, record).items() if what}
    assert {name for name in wrong if (record["file"], name) not in DISPUTED} == set(), wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.split("_")[0])
def test_every_place_is_right(file):
    check_places(read(paper_text(CORPUS / file)))


@pytest.mark.parametrize("file", [file for file in FILES if file[:3] in ("000", "001", "002")])
def test_news_about_a_plan_is_not_taken_for_a_paper(file):
    paper = read(paper_text(CORPUS / file))
    assert (paper.kind, paper.agency, paper.number, paper.date_iso, paper.recipients) == (None, None, None, None, ())
    assert (paper.signer.lines, paper.noi_nhan, paper.deadlines, requirements(paper)) == ((), (), (), [])
    assert len(paper.body) > 1000


def test_the_tet_dispatch_gives_six_demands():
    (file,) = [file for file in FILES if file.startswith("003")]
    paper = read(paper_text(CORPUS / file))
    demands = requirements(paper)
    assert [demand.label for demand in demands] == ["1", "2", "3", "4", "5", "6"]
    assert [len(item.items) for item in paper.items] == [2, 3, 5, 2, 0, 0]
    assert demands[1].addressed == "Doanh nghiệp Bưu chính"
    last = demands[5]
    assert (last.addressed, last.due_phrase) == ("Doanh nghiệp bưu chính, viễn thông", "trước ngày 20/01/2020")
    assert (last.must_report, last.evidence_kind, last.deadline.due) == (True, "roster list", "2020-01-20")
    assert [(basis.number, basis.date_iso) for basis in paper.bases] == [
        ("53-CT/TU", "2019-12-18"),
        ("4953/UBND-THNV", "2019-12-31"),
    ]
