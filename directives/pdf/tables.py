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
# Of a line of a cell this much is filled, the rest is lost at its end; how finely room is shared out, and judged by which rows.
FILLED = 0.9
WRAPPED = 0.3
STEPS = 24
SAMPLE = 40
FIGURES = re.compile(r"[\d.,:/%() –-]*|[IVX]{1,5}|.{1,2}")
SHORT = 3
# A higher row may be cut by the end of a page: kept whole it would leave half a page white. Points.
HIGHEST = 300
LEADING = 1.15
GROUP = re.compile(r"[IVX]{1,5}|[A-ZĐ]|")
TOTAL = re.compile(r"(tổng( cộng| số)?|cộng)\b", re.IGNORECASE)


@dataclass
class TableBlock:
    """A table: `columns` are the cells of its head, each cell its runs; `widths` are shares that sum to 1, `styles` one a
    column: `figures` are centred, words (empty) are not. `size` and `room`, its width, in points; `starts` and `ends` as of a
    line."""

    columns: list[list[Run]]
    rows: list[list[list[Run]]]
    widths: list[float]
    styles: list[str]
    size: float = 12
    room: float = UPRIGHT
    keep: bool = False
    starts: int = 0
    ends: int = 0

    @property
    def shares(self) -> list[str]:
        return [f"{100 * share:.3f}%" for share in self.widths]

    @property
    def drawn(self) -> list[tuple[str, list[tuple[list[Run], str, int]]]]:
        """Each row: `keep` when it opens a group, `long` when it may be cut by the end of a page, else empty; then its cells,
        each with the style of its column and over how many it spreads: what opens a group spreads over the cells it leaves empty."""
        made = []
        for row in self.rows:
            cells = list(zip(row, self.styles, [1] * len(row), strict=True))
            at = _opening([_plain(cell) for cell in row])
            if at is not None:
                cells = [*cells[:at], (row[at], "", len(row) - at)]
            made.append(("keep" if at is not None else "long" if self._height(row) > HIGHEST else "", cells))
        return made

    def _height(self, row: Sequence[Sequence[Run]]) -> float:
        """About how high the row is, in points."""
        rooms = [share * self.room - _air(self.size) for share in self.widths]
        needs = [width(_plain(cell), "Regular", self.size) for cell in row]
        lines = (_lines(need, max(room, 1)) for need, room in zip(needs, rooms, strict=True))
        return max(lines, default=0) * self.size * LEADING


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
        room=room,
        starts=starts,
        ends=ends,
    )


def column_styles(rows: Sequence[Sequence[str]], count: int) -> list[str]:
    return ["figures" if all(FIGURES.fullmatch(row[at]) for row in rows) else "" for at in range(count)]


def _row_style(row: Sequence[str]) -> str:
    """A line that opens a group (I, A, …) or sums up is bold."""
    return "bold" if _opening(row) is not None or any(TOTAL.match(cell) for cell in row[:2]) else ""


def _opening(row: Sequence[str]) -> int | None:
    """The cell with the name of the group that this row opens: `I | Name`, or the name alone."""
    if len(row) > 2 and GROUP.fullmatch(row[0]) and row[1] and not any(row[2:]):
        return 1
    return 0 if len(row) > 1 and len(row[0]) > SHORT and not any(row[1:]) else None


def _plain(cell: Sequence[Run]) -> str:
    return "".join(run.text for run in cell if not run.note)


def fits(rows: Sequence[Sequence[str]], room: float, size: float) -> bool:
    """No word is wider than its column could be."""
    return sum(_narrowest(column, size) for column in zip(*rows, strict=True)) <= room


def fit(
    rows: Sequence[Sequence[str]], room: float, *, sizes: Sequence[float] = SIZES, shares: Sequence[float] = ()
) -> tuple[float, list[float]]:
    """The largest size at which every word fits, else the smallest; and the share of each column at that size: as its
    words ask, or as `shares` (any unit) wish."""
    size = next((size for size in sizes if fits(rows, room, size)), sizes[-1])
    least = [_narrowest(column, size) for column in zip(*rows, strict=True)]
    spare = room - sum(least)
    if spare <= 0:
        widths = least
    elif shares:
        wanting = [max(room * share / sum(shares) - low, 0) for low, share in zip(least, shares, strict=True)]
        widths = [low + want * spare / sum(wanting) for low, want in zip(least, wanting, strict=True)]
    else:
        widths = _wished(rows, least, room, size)
    return size, [wide / sum(widths) for wide in widths]


def _narrowest(column: Sequence[str], size: float) -> float:
    words = [width(word, "Bold", size) for cell in column for word in cell.split()]
    return max(words, default=0) + _air(size)


def _air(size: float) -> float:
    return AIR if size > SIZES[-1] else TIGHT_AIR


def _wished(rows: Sequence[Sequence[str]], least: Sequence[float], room: float, size: float) -> list[float]:
    """What is left of the room goes, step by step, to the column that makes the table lower by it."""
    air = _air(size)
    some = [row for row in rows[: 1 + SAMPLE] if _opening(row) is None]
    needs = [[width(cell, "Regular", size) for cell in row] for row in some]
    longest = [max(column) for column in zip(*needs, strict=True)]
    widths = list(least)
    step = (room - sum(least)) / STEPS

    def height(at: int, wide: float) -> float:
        """In lines: of the highest cell of each row, and a little of what its other cells wrap."""
        tried = [*widths[:at], wide, *widths[at + 1 :]]
        lines = [[_lines(need, each - air) for need, each in zip(row, tried, strict=True)] for row in needs]
        return sum(max(row) + WRAPPED * sum(row) for row in lines)

    for _ in range(STEPS):
        at = min(range(len(widths)), key=lambda at: (height(at, widths[at] + step), widths[at] - longest[at]))
        widths[at] += step
    return widths


def _lines(wide: float, room: float) -> float:
    """About how many lines a text takes: a cell that has to break takes half a line more than it fills."""
    return 1.0 if wide <= room else 0.5 + wide / (room * FILLED)
