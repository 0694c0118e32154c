"""Tables of a paper: columns as wide as their words ask, type as large as the page allows, the head on every page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directives.pdf.fonts import width
from directives.pdf.ink import Ink
from directives.pdf.runs import Notes, Run

MM = 72 / 25.4
UPRIGHT, LANDSCAPE = 165 * MM, 252 * MM
SIZES = (12, 11, 10, 9)
# Left and right padding of a cell with its rule, and a hair for kerning; points.
AIR = 9.5
TIGHT_AIR = 3.5
LONGEST = 60 * MM
FIGURES = re.compile(r"[\d.,:/%() –-]*|.{1,2}")
GROUP = re.compile(r"[IVX]{1,5}|[A-ZĐ]|")
TOTAL = re.compile(r"(tổng( cộng| số)?|cộng)\b", re.IGNORECASE)


@dataclass
class TableBlock:
    """A table: `columns` are the cells of its head, each cell its runs; `widths` are shares that sum to 1, `styles` one a
    column: `figures` are centred, words (empty) are not. `size` in points; `starts` and `ends` as of a line."""

    columns: list[list[Run]]
    rows: list[list[list[Run]]]
    widths: list[float]
    styles: list[str]
    size: float = 12
    keep: bool = False
    starts: int = 0
    ends: int = 0

    @property
    def shares(self) -> list[str]:
        return [f"{100 * share:.3f}%" for share in self.widths]

    @property
    def styled(self) -> list[list[tuple[list[Run], str]]]:
        """The cells of each row with the style of their column."""
        return [list(zip(row, self.styles, strict=True)) for row in self.rows]


def table_block(
    rows: Sequence[Sequence[str]],
    *,
    ink: Ink,
    notes: Notes,
    place: str,
    starts: int = 0,
    ends: int = 0,
    room: float = UPRIGHT,
) -> TableBlock:
    """A table of plain cells; the first row is its head. `room` in points."""
    head, *body = [[ink(cell, place) for cell in row] for row in rows]
    size, widths = fit([head, *body], room)
    return TableBlock(
        columns=[notes.runs(cell) for cell in head],
        rows=[[notes.runs(cell, style=_row_style(row)) for cell in row] for row in body],
        widths=widths,
        styles=column_styles(body, len(head)),
        size=size,
        starts=starts,
        ends=ends,
    )


def column_styles(rows: Sequence[Sequence[str]], count: int) -> list[str]:
    return ["figures" if all(FIGURES.fullmatch(row[at]) for row in rows) else "" for at in range(count)]


def _row_style(row: Sequence[str]) -> str:
    """A line that opens a group (I, A, …) or sums up is bold."""
    first, *rest = row
    opens = GROUP.fullmatch(first) and any(rest) and len(rest) > 1 and not any(rest[1:])
    return "bold" if opens or any(TOTAL.match(cell) for cell in row[:2]) else ""


def fits(rows: Sequence[Sequence[str]], room: float, size: float) -> bool:
    """No word is wider than its column could be."""
    return sum(_narrowest(column, size) for column in zip(*rows, strict=True)) <= room


def fit(
    rows: Sequence[Sequence[str]], room: float, *, sizes: Sequence[float] = SIZES, shares: Sequence[float] = ()
) -> tuple[float, list[float]]:
    """The largest size at which every word fits, else the smallest; and the share of each column at that size: as its
    words ask, or as `shares` (any unit) wish."""
    size = next((size for size in sizes if fits(rows, room, size)), sizes[-1])
    columns = list(zip(*rows, strict=True))
    least = [_narrowest(column, size) for column in columns]
    wished = [room * share / sum(shares) for share in shares] or [_wished(column, size) for column in columns]
    wanting = [max(wish - low, 0) for low, wish in zip(least, wished, strict=True)]
    spare = room - sum(least)
    if spare > 0 and sum(wanting) > 0:
        least = [low + want * spare / sum(wanting) for low, want in zip(least, wanting, strict=True)]
    return size, [wide / sum(least) for wide in least]


def _narrowest(column: Sequence[str], size: float) -> float:
    head, *cells = column
    words = [width(word, "Bold", size) for word in head.split()]
    words += [width(word, "Bold", size) for cell in cells for word in cell.split()]
    return max(words, default=0) + (AIR if size >= SIZES[-2] else TIGHT_AIR)


def _wished(column: Sequence[str], size: float) -> float:
    """Room to set the column's usual cell in few lines: long cells ask for more, but less than in proportion."""
    lengths = [width(cell, "Regular", size) for cell in column if cell]
    longest = max(lengths, default=0)
    return (longest if longest <= LONGEST else (longest * LONGEST) ** 0.5) + AIR
