"""Tables in the text of a body or an annex: each row is a line `| a | b |`, the first row of a run of rows is its head."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from directives.paper.markers import find_marker
from directives.paper.text import Line

_ROW = re.compile(r"^\|[^|]*\|.*\|$")
_FEWEST = 2


@dataclass(frozen=True)
class Paragraph:
    """A line that is no row, with its place in the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Table:
    """A run of rows, all of the same count of cells, with its place in the text."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def blocks(text: str) -> list[Paragraph | Table]:
    """The paragraphs and tables of a text in their order. A row that stands alone is a paragraph; blank lines are none."""
    found: list[Paragraph | Table] = []
    for row, lines in groupby(_lines(text), key=lambda line: is_row(line.text)):
        run = list(lines)
        if row and len(run) >= _FEWEST:
            found.append(Table(run[0].start, run[-1].end, even([cells(line.text) for line in run])))
        else:
            found += [line for line in run if line.text.strip()]
    return found


def find_rows(lines: Sequence[Line]) -> dict[int, list[str]]:
    """The lines that are rows of tables, by their place, each with the empty rows below it: bars part them, or tabs in a
    run that is no list. Runs that nothing stands between are one table."""
    tables: list[list[int]] = []
    at = 0
    while at < len(lines):
        end = at + 1
        if lines[at].barred or len([cell for cell in lines[at].row if cell]) > 1:
            while end < len(lines) and _goes_on(lines[at], lines[end - 1], lines[end]):
                end += 1
            if _is_table(lines[at:end]):
                if tables and tables[-1][-1] == at - 1:
                    tables[-1] += range(at, end)
                else:
                    tables.append([*range(at, end)])
        at = end
    found: dict[int, list[str]] = {}
    for table in tables:
        rows = even([lines[at].row for at in table])
        nothing = row_of([""] * len(rows[0]))
        found |= {at: [row_of(row), *[nothing] * lines[at].empty] for at, row in zip(table, rows, strict=True)}
    return found


def is_row(line: str) -> bool:
    """The line is a row of a table: `| a | b |`, two cells at least."""
    return bool(_ROW.match(line))


def cells(row: str) -> tuple[str, ...]:
    """The cells of a row, trimmed."""
    return tuple(cell.strip() for cell in row.strip()[1:-1].split("|"))


def row_of(row: Sequence[str]) -> str:
    """The line that stands for a row; a bar inside a cell would part it and becomes a stroke."""
    return "|" + "".join([f" {cell.replace('|', '/')} |" if cell else " |" for cell in row])


def even(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows, each filled up to the longest with empty cells."""
    width = max(map(len, rows), default=0)
    return tuple(row if len(row) == width else (*row, *[""] * (width - len(row))) for row in rows)


def _goes_on(first: Line, above: Line, below: Line) -> bool:
    """Below a row stands another; between tabs one with no first cell has all the others, or it is only indented."""
    if not below.row or below.barred != first.barred or (below.gap and not above.empty):
        return False
    return below.barred or bool(below.row[0]) or len(below.row) == len(first.row) > 2


def _is_table(run: Sequence[Line]) -> bool:
    """Tabs also stand between a label and its words ("1.", "Thời gian:"), and where a line was only spaced out."""
    width = len(run[0].row)
    if len(run) + run[0].empty < _FEWEST or max(len(line.row) for line in run) < 2:
        return False
    if run[0].barred:
        return True
    if any(len(line.row) > width for line in run) or "" in run[0].row[:-1]:
        return False
    first = [line.row[0] for line in run[1:]]
    return width > 2 or not all(not cell or cell.endswith(":") or find_marker(f"{cell} x") for cell in first)


def _lines(text: str) -> list[Paragraph]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Paragraph(start, start + len(line), line))
        start += len(line) + 1
    return found
