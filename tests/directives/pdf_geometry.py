"""The measures of NĐ 30/2020 Phụ lục I taken from a finished PDF, whoever made it: ours, or an office suite's of our Word file.

Each `check_…(page, sheet, near)` compares what stands on the page with the `Sheet` that was to be printed; `near` is the
tolerance of places in millimetres. Sizes and styles have none."""

from itertools import pairwise

from directives.pdf.fonts import width
from directives.pdf.sheet import Sheet
from directives.pdf.tables import TableBlock
from tests.directives.pdf_page import MM, Printed, Text

LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277
ACROSS, DOWN = 282, 190
MIDDLE = (LEFT + RIGHT) / 2
ISSUER, NATION = 65, 147.5
SIGNED = (RIGHT + MIDDLE) / 2
INDENT = 12.7
SINGLE = 1.15
NEAR = 0.5
GLUE = "\u00a0"
BOLD_ROLES = {"section", "heading", "part", "authority", "resolve"}
CENTRED_ROLES = {"part", "authority", "resolve"}


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
    starts = [1, *(_annex_start(page, annex) for annex in sheet.annexes), len(page.sizes) + 1]
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


def check_text(page: Printed, blocks: list, near: float = NEAR, *, first_page: int = 1) -> list[list[list[Text]]]:
    """Component 6: every word in its order; indents, justified lines, spacing, weights; no heading at the foot of a page and
    no line of a paragraph alone. Gives the printed rows of each paragraph."""
    rows = iter(_rows(page, first_page))
    row = next(rows, None)
    placed: list[tuple[object, list[list[Text]]]] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            placed.append((block, []))
            continue
        wanted = squeezed("".join(run.text for run in block.runs if not (run.note or run.style == "raised")))
        while not placed and row and not wanted.startswith(_words(row)):
            row = next(rows, None)
        mine, read = [], ""
        while row and len(read) < len(wanted):
            read += _words(row)
            mine.append(row)
            row = next(rows, None)
        assert read == wanted, block
        placed.append((block, mine))
        _check_paragraph(block, mine, near)
    for (block, above), (_, below) in pairwise(placed):
        if above and below:
            _check_gap(block, above[-1], below[0])
    return [mine for _, mine in placed]


def _check_paragraph(block, rows: list[list[Text]], near: float) -> None:
    lead = squeezed(block.lead)
    for at, row in enumerate(rows):
        left, right = row[0].left, row[-1].right
        if block.role in CENTRED_ROLES:
            assert_near((left + right) / 2, MIDDLE, near)
        else:
            assert_near(left, LEFT + (0 if at else INDENT), near)
            if at < len(rows) - 1 and block.role not in BOLD_ROLES:
                assert_near(right, RIGHT, near)
        for line in row:
            assert abs(line.size - 14) < 0.1, line
            if block.role in BOLD_ROLES:
                assert line.style == "Bold", line
            elif block.role == "basis":
                assert line.style == "Italic", line
            else:
                assert (
                    line.style == "Bold" if at == 0 and line == row[0] and lead else line.style in ("Regular", "Bold")
                ), line
                assert lead or line.style == "Regular", line
    steps = [below[0].baseline - above[0].baseline for above, below in pairwise(rows) if above[0].page == below[0].page]
    for step in steps:
        assert 14 * SINGLE - 0.3 <= step / MM <= 14 * SINGLE * 1.5, block
        assert_near(step, steps[0], 0.2)
    pages = [row[0].page for row in rows]
    for number in set(pages) if len(set(pages)) > 1 else ():
        assert pages.count(number) >= 2, ("a line alone", block)


def _check_gap(block, above: list[Text], below: list[Text]) -> None:
    if above[0].page != below[0].page:
        assert block.role not in BOLD_ROLES, ("a heading at the foot of a page", block)
        return
    gap = (below[0].baseline - above[0].baseline) / MM
    assert gap >= 14 * SINGLE + 6 - 0.3, ("paragraphs too close", block, gap)


def check_breaks(page: Printed, blocks: list, *, first_page: int = 1, near: float = NEAR) -> None:
    """No line ends before it must: the first word of the next one, or what is kept whole there, would not have fitted. Only for
    a PDF that is set in our fonts; lines with a footnote's number are left alone."""
    for block, rows in zip(blocks, check_text(page, blocks, near, first_page=first_page), strict=True):
        if isinstance(block, TableBlock) or block.role in CENTRED_ROLES or any(run.note for run in block.runs):
            continue
        words = "".join(run.text.replace(" ", GLUE) if run.whole else run.text for run in block.runs).split(" ")
        for at, row in enumerate(rows[:-1]):
            read, mine = "", []
            while words and len(read) < len(_words(row)):
                mine.append(words.pop(0))
                read += squeezed(mine[-1].replace(GLUE, " "))
            if read != _words(row) or not words:
                break  # a word was parted at its hyphen
            style = row[-1].style
            wide = width(" ".join([*mine, words[0]]).replace(GLUE, " "), style, 14) * MM
            assert wide > RIGHT - LEFT - (0 if at else INDENT) - 0.1, ("broken too early", mine, words[0])


def check_closing(page: Printed, sheet: Sheet, near: float = NEAR) -> None:
    """Components 7 and 9b: the copy list level with the title of office, the hand's room, the name; two lines of the text stand
    on the same page."""
    signature = sheet.signature
    if signature.lines:
        blocks = [*sheet.cosigners, signature]
        titles: list[Text] = []
        for block in reversed(blocks):
            titles.insert(0, _last(page, block.lines[0], but=titles))
        for block, title in zip(blocks, titles, strict=True):
            lines = [
                title,
                *[_last(page, line, below=title) for line in (*block.lines[1:], block.name) if line],
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
    head = [_cell(cell) for cell in block.columns]
    wanted = [[_cell(cell) for cell in row] for row in block.rows]
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
    for mark, words in _notes(sheet):
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
        start = _annex_start(page, annex)
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


# --- finding ----------------------------------------------------------------------------------------------------------


def one(page: Printed, words: str, *, page_number: int = 1) -> Text:
    """The first line of the page that says exactly so."""
    found = [line for line in page.on(page_number) if squeezed(line.text) == squeezed(words)]
    if not found and page_number < len(page.sizes):
        return one(page, words, page_number=page_number + 1)
    assert found, (words, [line.text for line in page.lines][:60])
    return found[0]


def stack(page: Printed, words: list[str], *, right: float = 300) -> list[Text]:
    """Lines of the first page that stand below each other and say so."""
    found: list[Text] = []
    for each in words:
        low = found[-1].baseline if found else 0
        lines = [
            line
            for line in page.on(1)
            if squeezed(line.text) == squeezed(each) and line.baseline > low and line.right < right + 1
        ]
        assert lines, (each, [line.text for line in page.on(1)][:40])
        found.append(lines[0])
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_near(value: float, wanted: float, near: float) -> None:
    assert abs(value - wanted) <= near, (round(value, 2), round(wanted, 2))


def assert_style(line: Text, style: str, size: float) -> None:
    assert (line.style, round(line.size, 1)) == (style, size), line


def assert_rule(page: Printed, lines: list[Text], least: float, most: float, near: float) -> None:
    """One thin rule under the last line, centred, of such a share of the longest line."""
    longest = max(lines, key=lambda line: line.right - line.left)
    rules = page.under(lines[-1])
    assert len(rules) == 1, (lines[-1].text, rules)
    share = rules[0].length / (longest.right - longest.left)
    assert least - near / 20 <= share <= most + near / 20, share
    assert_near(rules[0].centre, longest.centre, near)


def _annex_start(page: Printed, annex) -> int:
    words = squeezed(annex.label or annex.title[0])
    return next(
        line.page for line in page.lines if line.page > 1 and line.style == "Bold" and squeezed(line.text) == words
    )


def _rows(page: Printed, first_page: int) -> list[list[Text]]:
    """The lines of the text, each its runs from left to right: by its size, larger than tables, notes and lists."""
    rows: dict[tuple[int, float], list[Text]] = {}
    for line in page.lines:
        if line.page >= first_page and abs(line.size - 14) < 0.1 and line.baseline > TOP:
            rows.setdefault((line.page, round(line.baseline, 1)), []).append(line)
    return [sorted(rows[at], key=lambda line: line.left) for at in sorted(rows)]


def _words(row: list[Text]) -> str:
    return squeezed("".join(line.text for line in row))


def _last(page: Printed, words: str, *, below: Text | None = None, but: list[Text] = ()) -> Text:
    """The last bold line that says so; of a column, the one in the middle of it."""
    found = [
        line
        for line in page.lines
        if squeezed(line.text) == squeezed(words) and line.style == "Bold" and line not in but
        if below is None
        or (line.page == below.page and line.baseline > below.baseline and abs(line.centre - below.centre) < 20)
    ]
    assert found, words
    return found[-1]


def _cell(runs: list) -> str:
    return squeezed("".join(run.text for run in runs))


def _notes(sheet: Sheet) -> list[tuple[str, str]]:
    found = []
    for body in (sheet.body, *(annex.body for annex in sheet.annexes)):
        for block in body:
            cells = (
                [block.runs]
                if hasattr(block, "runs")
                else [*block.columns, *(cell for row in block.rows for cell in row)]
            )
            found += [(run.text, run.note) for runs in cells for run in runs if run.note]
    return found
