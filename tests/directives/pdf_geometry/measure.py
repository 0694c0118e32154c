"""Finding what stands on a page and comparing it: places with a tolerance, sizes and styles without."""

from directives.pdf.sheet import Sheet
from tests.directives.pdf_page import Printed, Text

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


def annex_start(page: Printed, annex) -> int:
    words = squeezed(annex.label or annex.title[0])
    return next(
        line.page for line in page.lines if line.page > 1 and line.style == "Bold" and squeezed(line.text) == words
    )


def rows_of(page: Printed, first_page: int) -> list[list[Text]]:
    """The lines of the text, each its runs from left to right: by its size, larger than tables, notes and lists."""
    rows: dict[tuple[int, float], list[Text]] = {}
    for line in page.lines:
        if line.page >= first_page and abs(line.size - 14) < 0.1 and line.baseline > TOP:
            rows.setdefault((line.page, round(line.baseline, 1)), []).append(line)
    return [sorted(rows[at], key=lambda line: line.left) for at in sorted(rows)]


def words_of(row: list[Text]) -> str:
    return squeezed("".join(line.text for line in row))


def last_of(page: Printed, words: str, *, below: Text | None = None, but: list[Text] = ()) -> Text:
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


def cell_words(runs: list) -> str:
    return squeezed("".join(run.text for run in runs))


def notes_of(sheet: Sheet) -> list[tuple[str, str]]:
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
