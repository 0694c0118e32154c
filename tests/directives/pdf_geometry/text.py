"""Component 6, the text of a paper or of an annex: its paragraphs line by line."""

from itertools import pairwise

from directives.pdf.fonts import width
from directives.pdf.tables import TableBlock
from tests.directives.pdf_geometry.measure import (
    BOLD_ROLES,
    CENTRED_ROLES,
    GLUE,
    INDENT,
    LEFT,
    MIDDLE,
    NEAR,
    RIGHT,
    SINGLE,
    assert_near,
    rows_of,
    squeezed,
    words_of,
)
from tests.directives.pdf_page import MM, Printed, Text


def check_text(page: Printed, blocks: list, near: float = NEAR, *, first_page: int = 1) -> list[list[list[Text]]]:
    """Component 6: every word in its order; indents, justified lines, spacing, weights; no heading at the foot of a page and
    no line of a paragraph alone. Gives the printed rows of each paragraph."""
    rows = iter(rows_of(page, first_page))
    row = next(rows, None)
    placed: list[tuple[object, list[list[Text]]]] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            placed.append((block, []))
            continue
        wanted = squeezed("".join(run.text for run in block.runs if not (run.note or run.style == "raised")))
        while not placed and row and not wanted.startswith(words_of(row)):
            row = next(rows, None)
        mine, read = [], ""
        while row and len(read) < len(wanted):
            read += words_of(row)
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
            while words and len(read) < len(words_of(row)):
                mine.append(words.pop(0))
                read += squeezed(mine[-1].replace(GLUE, " "))
            if read != words_of(row) or not words:
                break  # a word was parted at its hyphen
            style = row[-1].style
            wide = width(" ".join([*mine, words[0]]).replace(GLUE, " "), style, 14) * MM
            assert wide > RIGHT - LEFT - (0 if at else INDENT) - 0.1, ("broken too early", mine, words[0])
