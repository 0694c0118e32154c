"""Tables in the text of a body or an annex: each row is a line `| a | b |`, the first row of a run of rows is its head."""

import re
from dataclasses import dataclass
from itertools import groupby

_ROW = re.compile(r"^\|.*\|.*\|$")
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


def is_row(line: str) -> bool:
    """The line is a row of a table: `| a | b |`, two cells at least."""
    return bool(_ROW.match(line))


def cells(row: str) -> tuple[str, ...]:
    """The cells of a row, trimmed."""
    return tuple(cell.strip() for cell in row.strip()[1:-1].split("|"))


def row_of(row: tuple[str, ...]) -> str:
    """The line that stands for a row; a bar inside a cell would part it and becomes a stroke."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def even(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows, each filled up to the longest with empty cells."""
    width = max(map(len, rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def _lines(text: str) -> list[Paragraph]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Paragraph(start, start + len(line), line))
        start += len(line) + 1
    return found
