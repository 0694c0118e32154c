"""Repairs in the text, and how a page shows findings: pure, over the same pairs that prove the rules."""

from dataclasses import replace
from datetime import date

import pytest

from directives.almanac import almanac
from directives.paper import read
from directives.paper.draft import read_body
from directives.selectors.mending import EVERY, mend, read_again, read_body_again, rewritten, whole_text
from directives.selectors.printed import as_printed
from directives.selectors.province import Checker
from directives.selectors.remarks import key_of, look_over
from plans.calendar.holidays import known_overrides
from tests.directives.check_models import LETTER, MODELS
from tests.directives.check_pairs import PAIRS, PROVINCE, TODAY

CHECKER = Checker(PROVINCE, almanac(known_overrides()), TODAY, ours=False)
OURS = replace(CHECKER, ours=True)
SLIPS = (
    LETTER.replace("phục vụ Nhân dân", "phục vụ nhân dân")
    .replace("thư công,", "thư công ,")
    .replace("gửi ảnh và", "gửi ảnh,và")
)


@pytest.mark.parametrize("kind", MODELS)
def test_the_text_put_together_again_reads_the_same(kind):
    paper = read(MODELS[kind])
    assert read_again(paper) == paper


@pytest.mark.parametrize("kind", MODELS)
def test_a_correct_draft_of_ours_has_no_findings_but_the_open_day(kind):
    """Number and day are blank, the copy list has no marks, the text no end: the printer sets all that."""
    paper = read(MODELS[kind])
    bare = replace(
        paper,
        front="",
        foot="",
        number=f"/{paper.number.partition('/')[2]}",
        date_iso=paper.date_iso[:7],
        noi_nhan=tuple(line.rstrip(" .;") for line in paper.noi_nhan),
        body=paper.body.removesuffix("/."),
    )
    assert {each.rule for each in OURS.findings(as_printed(bare))} <= {"lead-blank"}


def test_a_draft_is_judged_by_the_lines_around_its_text_too():
    paper = as_printed(replace(read(LETTER), noi_nhan=("Như trên",), signer=replace(read(LETTER).signer, lines=())))
    assert {each.rule for each in OURS.findings(paper)} == {"copies-file", "sign-absent"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.rule}-{pair.kind}")
def test_a_page_shows_the_whole_text_and_each_place_once(pair):
    checked = look_over(read(pair.broken), CHECKER)
    lines = list(checked.lines())
    paper = checked.paper
    shown = ["".join(piece.text for piece in line.pieces) for line in lines]
    assert shown == [row for part in (paper.front, paper.body, paper.foot) for row in part.split("\n") if row]
    places = [note.number for line in lines for piece in line.pieces for note in piece.notes]
    assert sorted(places) == [note.number for note in checked.notes if note.placed]
    assert [note.number for note in checked.notes] == list(range(1, len(checked.notes) + 1))
    for note in checked.notes:
        assert not note.says.endswith(")") or note.source not in note.says
        assert (note.change is None) == (checked.findings[note.number - 1].fix is None)


LONG = "2. Các doanh nghiệp viễn thông kiểm tra nguồn điện, truyền dẫn và phương án dự phòng của từng trạm phát sóng."


def test_slips_are_marked_where_they_stand_and_passages_along_their_lines():
    asked = SLIPS.index("2. Các doanh nghiệp viễn thông"), SLIPS.index("Sở Khoa học và Công nghệ đề nghị")
    checked = look_over(read(f"{SLIPS[: asked[0]]}{LONG}\n\n{SLIPS[asked[1] :]}"), CHECKER)
    marked = {piece.text: piece.level for line in checked.lines() for piece in line.pieces if piece.level}
    assert marked == {"nhân dân": "warning", " ": "hint", ",": "hint"}
    assert [("".join(piece.text for piece in line.pieces), line.level) for line in checked.lines() if line.level] == [
        (LONG, "warning")
    ]
    assert checked.counts == [(2, "cảnh báo", "warning"), (3, "gợi ý", "hint")]
    assert (checked.errors, checked.certain) == ([], 3)


def test_one_repair_or_all():
    paper = read(SLIPS)
    certain = [each for each in CHECKER.findings(paper) if each.fix]
    assert [each.rule for each in certain] == ["capital-people", "space-before", "space-after"]
    one, made = mend(paper, key_of(certain[0]), look=CHECKER.findings)
    assert (made, one.body) == (certain[:1], paper.body.replace("phục vụ nhân dân", "phục vụ Nhân dân"))
    healed, made = mend(paper, EVERY, look=CHECKER.findings)
    assert whole_text(healed) == whole_text(read(LETTER)).replace("gửi ảnh và", "gửi ảnh, và")
    assert len(made) == 3
    assert CHECKER.findings(healed) == []


def test_more_slips_than_a_rule_says_at_once_are_all_repaired():
    many = SLIPS.replace("tại từng điểm phục vụ", "phục vụ nhân dân, " * 50 + "tại điểm")
    healed, made = mend(read(many), EVERY, look=CHECKER.findings)
    assert len(made) == 53
    assert "nhân dân" not in healed.body.replace("Ủy ban nhân dân", "")


def test_a_key_of_another_text_repairs_nothing():
    paper = read(SLIPS)
    key = key_of(next(each for each in CHECKER.findings(paper) if each.fix))
    for wanted in (key, "capital-people-body-0-3", "", "all-"):
        same, made = mend(read(LETTER), wanted, look=CHECKER.findings)
        assert (same, made) == (read(LETTER), [])


def test_a_draft_is_repaired_in_its_body_alone():
    draft = as_printed(replace(read_body(read(SLIPS).body), kind="công văn", subject="việc .", number="/SKHCN-BCVT"))
    healed, made = mend(draft, EVERY, look=OURS.findings, again=read_body_again, parts=("body",))
    assert {each.fix.span.part for each in made} == {"body"}
    assert healed == replace(
        draft, body=healed.body, **{n: getattr(healed, n) for n in ("bases", "items", "deadlines")}
    )
    assert healed.items == read_body(healed.body).items


def test_what_was_read_is_brought_along():
    before = read(SLIPS.replace("viễn thông.\n\nThực", "viển thông.\n\nThực"))
    after, _ = mend(before, EVERY, look=CHECKER.findings)
    changed = rewritten(before, after)
    assert changed[
        "Niêm yết giờ mở cửa tại từng điểm phục vụ; gửi ảnh,và báo cáo kết quả về Sở trước ngày 15/01/2026."
    ] == ("Niêm yết giờ mở cửa tại từng điểm phục vụ; gửi ảnh, và báo cáo kết quả về Sở trước ngày 15/01/2026.")
    lines = set(before.body.split("\n"))
    assert {old for old in changed if old in lines} == lines - set(after.body.split("\n"))
    assert rewritten(after, after) == {}


def test_a_repair_of_blanks_can_be_seen():
    note = next(each for each in look_over(read(SLIPS), CHECKER).notes if each.change and not each.change.new)
    assert (note.change.gone, note.change.before[-3:], note.change.after[:1]) == ("␣", "ông", ",")


def test_the_day_decides_which_bases_are_still_in_force():
    cited = LETTER.replace("12/KH-UBND ngày 02/01/2026", "12/KH-UBND-CU ngày 02/01/2025")
    assert "basis-superseded" in {each.rule for each in CHECKER.findings(read(cited))}
    early = replace(CHECKER, on=date(2025, 6, 1))
    blank = cited.replace("ngày 05 tháng 01 năm 2026", "ngày tháng năm")
    assert "basis-superseded" not in {each.rule for each in early.findings(read(blank))}
