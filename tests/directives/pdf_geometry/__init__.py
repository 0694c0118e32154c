"""The measures of NĐ 30/2020 Phụ lục I taken from a finished PDF, whoever made it: ours, or an office suite's of our Word file.

Each `check_…(page, sheet, near)` compares what stands on the page with the `Sheet` that was to be printed; `near` is the
tolerance of places in millimetres. Sizes and styles have none."""

from itertools import pairwise

from directives.pdf.sheet import Sheet
from directives.pdf.tables import TableBlock
from tests.directives.pdf_geometry.measure import (
    ACROSS,
    BOTTOM,
    DOWN,
    GLUE,
    ISSUER,
    LEFT,
    MIDDLE,
    NATION,
    NEAR,
    RIGHT,
    SIGNED,
    SINGLE,
    TOP,
    annex_start,
    assert_near,
    assert_rule,
    assert_style,
    cell_words,
    last_of,
    notes_of,
    one,
    squeezed,
    stack,
)
from tests.directives.pdf_geometry.text import check_breaks, check_text
from tests.directives.pdf_page import MM, Printed, Text

__all__ = [
    "LEFT",
    "NEAR",
    "RIGHT",
    "check_addressees",
    "check_annexes",
    "check_breaks",
    "check_closing",
    "check_footnotes",
    "check_head",
    "check_pages",
    "check_paper",
    "check_tables",
    "check_text",
    "check_title",
    "check_urgency",
]


def check_paper(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """Everything below."""
    check_pages(page, sheet, near)
    check_head(page, sheet, near)
    check_title(page, sheet, near)
    check_urgency(page, sheet, near)
    check_addressees(page, sheet, near)
    check_breaks(page, sheet.body, near=near) if near <= NEAR else check_text(page, sheet.body, near)
    check_closing(page, sheet, near)
    check_tables(page, sheet, near)
    check_footnotes(page, sheet, near)
    check_annexes(page, sheet, near)


def check_pages(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """A4, nothing outside the margins but the number in the middle of the top one: none on a first page, anew in an annex."""
    starts = [1, *(annex_start(page, annex) for annex in sheet.annexes), len(page.sizes) + 1]
    across = {start for start, annex in zip(starts[1:], sheet.annexes, strict=False) if annex.landscape}
    for first, following in pairwise(starts):
        wide = first in across
        right, bottom = (ACROSS, DOWN) if wide else (RIGHT, BOTTOM)
        for number in range(first, following):
            assert tuple(map(round, page.sizes[number - 1])) == ((297, 210) if wide else (210, 297)), number
            above = [line for line in page.on(number) if line.baseline < TOP]
            assert [line.text for line in above] == ([str(number - first + 1)] if number > first else []), number
            for line in above:
                assert_style(line, "Regular", 14)
                assert_near(line.centre, (LEFT + right) / 2, near)
                assert TOP / 2 - 2 < line.baseline < TOP - 2, line
            for line in page.on(number):
                assert LEFT - near <= line.left, line
                assert line.right <= right + near, line
                assert line.baseline <= bottom + near, line


def check_head(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """Components 1 to 4: nation and motto on the right, issuer on the left, number and place with day on one line."""
    nation = one(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = one(page, "Độc lập - Tự do - Hạnh phúc")
    number = one(page, f"Số: {sheet.number}")
    parent, agency = stack(page, sheet.parent, right=100), stack(page, sheet.agency, right=100)
    for lines, style, size in (
        ([nation], "Bold", 12),
        ([motto], "Bold", 13),
        (parent, "Regular", 12),
        (agency, "Bold", 12),
        ([number], "Regular", 13),
    ):
        for line in lines:
            assert_style(line, style, size)
            assert_near(line.centre, NATION if line in (nation, motto) else ISSUER, near)
    assert_near(nation.baseline, TOP + (0.891 + (SINGLE - 1.107) / 2) * 12 * MM, near)
    assert_near(motto.baseline - nation.baseline, 12.9 * SINGLE * MM, near)
    left = [*parent, *agency]
    if left:
        assert_near(left[0].baseline, nation.baseline, min(near, 0.3))
    for upper, lower in pairwise(left):
        assert_near(lower.baseline - upper.baseline, 12 * SINGLE * MM, near)
    assert_rule(page, [motto], 1, 1, near)
    if agency:
        assert_rule(page, agency, 1 / 3, 1 / 2, near)
    for line in parent if agency else ():
        assert page.under(line) == page.under(agency[-1]) or not page.under(line), line
    lowest = max(line.baseline for line in [motto, *left])
    assert 4 < number.baseline - lowest < 12, number
    if sheet.dated:
        dated = one(page, sheet.dated)
        assert_style(dated, "Italic", 13)
        assert_near(dated.baseline, number.baseline, min(near, 0.3))
        if not sheet.dated_wide and sheet.dated[-1] != GLUE:
            assert_near(dated.centre, NATION, near)


def check_title(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """Component 5: V/v under the number of a công văn, or the name of the paper and its subject over a short rule."""
    number = one(page, f"Số: {sheet.number}")
    about = stack(page, sheet.about, right=100)
    for line in about:
        assert_style(line, "Regular", 12)
        assert_near(line.centre, ISSUER, near)
    if about:
        assert_near(about[0].baseline - number.baseline, (6 + 12.5 * SINGLE) * MM, near)
        assert not page.under(about[-1])
    if not sheet.type_name:
        return
    lines = stack(page, [sheet.type_name, *sheet.subject])
    for line in lines:
        assert_style(line, "Bold", 14)
        assert_near(line.centre, MIDDLE, near)
    for upper, lower in pairwise(lines):
        assert_near(lower.baseline - upper.baseline, 14 * SINGLE * MM, near)
    if sheet.subject:
        assert_rule(page, lines[1:], 1 / 3, 1 / 2, near)


def check_urgency(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """Component 10b: red, bold, in a box of the decree's size at the left margin."""
    red = [line for line in page.lines if line.colour[:1] != (0,) and set(line.colour) != {0}]
    if not sheet.urgency:
        assert red == []
        return
    mark = one(page, sheet.urgency)
    assert red == [mark]
    assert_style(mark, "Bold", 13)
    frame = [rule for rule in page.rules if rule.page == 1 and tuple(rule.colour[:3]) == (1, 0, 0)]
    left, right = min(rule.left for rule in frame), max(rule.right for rule in frame)
    top, bottom = min(rule.top for rule in frame), max(rule.bottom for rule in frame)
    assert_near(right - left, {"KHẨN": 20, "THƯỢNG KHẨN": 40, "HỎA TỐC": 30}[sheet.urgency], min(near, 0.5))
    assert_near(bottom - top, 8, min(near, 0.5))
    assert_near(left, LEFT, near)
    assert_near(mark.centre, (left + right) / 2, near)
    assert top < mark.baseline < bottom


def check_addressees(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """Component 9a: one after the colon; several on lines of their own, their dashes under it; a công điện says who wires."""
    if not sheet.addressees:
        assert not [line for line in page.lines if line.text.startswith("Kính gửi")]
        return
    column = None
    if sheet.addressed_by:
        caller = one(page, sheet.addressed_by)
        assert_style(caller, "Regular", 14)
    else:
        label = next(line for line in page.lines if line.text.startswith("Kính gửi"))
        assert_style(label, "Regular", 14)
        if len(sheet.addressees) == 1:
            assert label.text.startswith("Kính gửi: ")
            assert squeezed("Kính gửi:" + sheet.addressees[0]) in squeezed("".join(page.rows))
            return
        column = label.right - 14 * 0.278 * MM if label.text.endswith(":") else None
        assert label.text in ("Kính gửi:", "Kính gửi :"), label
    every = squeezed("".join(page.rows))
    for entry in sheet.addressees:
        assert squeezed(f"- {entry}") in every, entry
    dashes = [
        next(
            line
            for line in page.lines
            if line.size == 14 and squeezed(f"- {entry}").startswith(squeezed(line.text)[:20])
        )
        for entry in sheet.addressees
    ]
    for line in dashes:
        assert_style(line, "Regular", 14)
        assert_near(line.left, column or dashes[0].left, near)


def check_closing(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """Components 7 and 9b: the copy list level with the title of office, the hand's room, the name; two lines of the text stand
    on the same page."""
    signature = sheet.signature
    if signature.lines:
        blocks = [*sheet.cosigners, signature]
        titles: list[Text] = []
        for block in reversed(blocks):
            titles.insert(0, last_of(page, block.lines[0], but=titles))
        for block, title in zip(blocks, titles, strict=True):
            lines = [
                title,
                *[last_of(page, line, below=title) for line in (*block.lines[1:], block.name) if line],
            ]
            for line in lines:
                assert_style(line, "Bold", 14)
                assert_near(line.centre, title.centre, near)
                assert line.page == title.page
            if block.name:
                room = lines[-1].baseline - lines[-2].baseline
                assert 22 <= room <= 40, ("room for the hand", room)
        if not sheet.cosigners:
            assert_near(titles[0].centre, SIGNED, near)
        elif len(sheet.cosigners) == 1:
            assert_near(titles[0].centre, (LEFT + MIDDLE) / 2, near)
            assert_near(titles[1].centre, SIGNED, near)
            assert_near(titles[0].baseline, titles[1].baseline, min(near, 0.3))
        above = {
            round(line.baseline, 1) for line in page.on(titles[0].page) if TOP < line.baseline < titles[0].baseline - 2
        }
        assert len(above) >= 2, "the signature stands alone"
    if sheet.copies:
        label = one(page, "Nơi nhận:")
        assert_style(label, "BoldItalic", 12)
        assert_near(label.left, LEFT, near)
        if signature.lines and not sheet.cosigners:
            assert label.page == titles[0].page
            assert_near(label.baseline, titles[0].baseline, near)
        printed = squeezed(
            "".join(line.text for line in page.lines if line.left < MIDDLE and abs(line.size - 11) < 0.1)
        )
        assert squeezed("".join(f"- {entry}" for entry in sheet.copies)) in printed


def check_tables(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """From margin to margin, the head again on each page, no row cut and none lost."""
    parts = [(sheet.body, False), *((annex.body, annex.landscape) for annex in sheet.annexes)]
    if not any(isinstance(block, TableBlock) for body, _ in parts for block in body):
        return
    grids = list(page.grids)
    for body, wide in parts:
        for block in body:
            if isinstance(block, TableBlock):
                _check_table(page, block, grids, ACROSS if wide else RIGHT, near)
    assert grids == []


def _check_table(page: Printed, block: TableBlock, grids: list, right: float, near: float) -> None:
    head = [cell_words(cell) for cell in block.columns]
    wanted = [[cell_words(cell) for cell in row] for row in block.rows]
    read: list[list[str]] = []
    while len(read) < len(wanted):
        grid = grids.pop(0)
        assert_near(grid.left, LEFT, near)
        assert_near(grid.right, right, near)
        assert grid.rows[0] == head, grid.page
        read += grid.rows[1:]
    assert read == wanted
    for cell in block.columns:
        words = squeezed("".join(run.text for run in cell))
        bold = {line.style for line in page.lines if words and squeezed(line.text) == words and line.size <= 12.1}
        assert not bold or "Bold" in bold, words


def check_footnotes(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """At the foot of the page of its mark, smaller than the text, under a short rule at the left margin."""
    for mark, words in notes_of(sheet):
        small = [line for line in page.lines if 9.9 <= line.size <= 11.1]
        start = squeezed(words)[:25]
        found = [line for line in small if start in squeezed(line.text)]
        assert found, words
        line = found[-1]
        raised = [
            each
            for each in page.on(line.page)
            if each.text == mark and each.size < 10.5 and each.baseline < line.baseline
        ]
        assert raised, ("mark and note on two pages", mark)
        assert all(other.baseline < line.baseline for other in page.on(line.page) if other.size > 11.5), line
        rules = [
            rule
            for rule in page.rules
            if rule.page == line.page
            and abs(rule.left - LEFT) < near
            and 30 < rule.length < 70
            and rule.top < line.baseline
        ]
        assert rules, "the short rule"


def check_annexes(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """On a page of its own: label, title in capitals, whose annex it is; then its text, measured as the body is."""
    for annex in sheet.annexes:
        start = annex_start(page, annex)
        centre = (LEFT + (ACROSS if annex.landscape else RIGHT)) / 2
        for words in filter(None, [annex.label, *annex.title]):
            line = next(line for line in page.on(start) if squeezed(line.text) == squeezed(words))
            assert_style(line, "Bold", 14)
            assert_near(line.centre, centre, near)
        attached = [line for line in page.on(start) if line.style == "Italic" and line.size == 14]
        assert squeezed(f"(Kèm theo {sheet.attached}") in squeezed("".join(line.text for line in attached))
        assert_near((min(line.left for line in attached) + max(line.right for line in attached)) / 2, centre, near)
        assert [
            rule for rule in page.under(attached[-1]) if abs(rule.centre - centre) <= near and 25 < rule.length < 35
        ]
        if not annex.landscape:
            check_text(page, annex.body, near, first_page=start)
