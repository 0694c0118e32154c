"""Puts hard-wrapped lines together again, one paragraph a line.

A line was broken by its width when the next line's first word would not have fitted on it. The width is learnt from
the pairs that cannot be anything else: no stop at the end, a small letter at the start.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from directives.paper.markers import RANK, Marker, Sequence, find_marker
from directives.paper.notes import find_words
from directives.paper.tables import find_rows
from directives.paper.text import Line, ends_open, fold, is_caps, join, starts_lower, terminated

_FEW = 3
_SLACK = 0.85
_MOST_LINES = 20_000
_WHOLE_NAME = re.compile(r"(?:Sở|Bộ|Cục|Vụ|Ban|Phòng|Luật|Nghị định|Thông tư|Chỉ thị)$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, with the marker it begins with when it is an item. `apart` tells what is no running text: "row" of a
    table, "note" for the words of a footnote."""

    text: str
    marker: Marker | None
    apart: str | None = None


class _Width:
    """How far the lines of this text run, by the sort of line; `spaced` when every item stands after a blank line,
    so that lines without one always belong together."""

    def __init__(self, lines: list[Line], markers: list[Marker | None], apart: set[int]) -> None:
        reach: dict[str, list[int]] = {}
        pairs = 0
        for at in range(1, len(lines)):
            above, below = lines[at - 1], lines[at]
            if below.gap or at in apart or at - 1 in apart:
                continue
            pairs += 1
            if starts_lower(below.text) and not markers[at] and not terminated(above.text):
                sort = self._sort(lines, markers, at - 1)
                reach.setdefault(sort, []).append(_reach(above.text, below.text))
        found = sum(map(len, reach.values()))
        self.wrapped = found >= _FEW or (found > 0 and found * 4 >= pairs)
        self._limits = {sort: sorted(values)[len(values) // 4] for sort, values in reach.items()}
        middle = sorted(reach.get("middle", []))
        if middle:
            self._limits["middle"] = middle[len(middle) // 10]
        self._usual = self._limits.get("middle") or max(self._limits.values(), default=0)
        marked = [line.gap for line, marker in zip(lines, markers, strict=True) if marker]
        self.spaced = len(marked) >= _FEW and sum(marked) * 10 >= len(marked) * 9
        self._lines, self._markers = lines, markers

    def full(self, at: int) -> bool:
        """The line above `at` had no room for the first word of line `at`."""
        sort = self._sort(self._lines, self._markers, at - 1)
        limit = self._limits.get(sort, self._usual)
        return _reach(self._lines[at - 1].text, self._lines[at].text) >= (limit if sort == "middle" else limit * _SLACK)

    def full_in_the_middle(self, at: int) -> bool:
        return _reach(self._lines[at - 1].text, self._lines[at].text) >= self._usual

    @staticmethod
    def _sort(lines: list[Line], markers: list[Marker | None], at: int) -> str:
        marker = markers[at]
        if marker:
            return marker.style
        return "first" if lines[at].gap or at == 0 or terminated(lines[at - 1].text) else "middle"


def _reach(above: str, below: str) -> int:
    return len(above) + 1 + len(below.split(" ", 1)[0])


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Joins the lines of a body. Linear in the length of the text; what stands after 20,000 lines is left as it is."""
    rows, notes = find_rows(lines), find_words([line.text for line in lines])
    lines, rest = lines[:_MOST_LINES], lines[_MOST_LINES:]
    markers = [None if at in rows else find_marker(line.text) for at, line in enumerate(lines)]
    width = _Width(lines, markers, {*rows, *notes})
    sequence = Sequence()
    found: list[Paragraph] = []
    pieces: list[str] = []
    marker: Marker | None = None
    for at, line in enumerate(lines):
        if at in rows or at in notes:
            if pieces:
                found.append(_finish(pieces, marker))
            pieces, marker = [], None
            found.extend(_apart(at, line, rows, notes))
            continue
        candidate = markers[at]
        bare = bool(pieces) and marker is not None and len(pieces[-1]) <= marker.at and _names(marker, line)
        if candidate and not (pieces and not _is_item(lines, at, candidate, sequence, width)):
            if pieces:
                found.append(_finish(pieces, marker))
            pieces, marker = [line.text], candidate
            sequence.accept(candidate)
        elif pieces and (bare or _goes_on(lines, at, width, known=candidate)):
            pieces.append(line.text)
        else:
            if pieces:
                found.append(_finish(pieces, marker))
            pieces, marker = [line.text], None
    if pieces:
        found.append(_finish(pieces, marker))
    for at, line in enumerate(rest, _MOST_LINES):
        found.extend(_apart(at, line, rows, notes) or [Paragraph(line.text, None)])
    return found


def typed(lines: list[Line]) -> list[Paragraph]:
    """The lines of a draft as its author keeps them: each is a paragraph, nothing is joined."""
    rows, notes = find_rows(lines), find_words([line.text for line in lines])
    return [
        paragraph
        for at, line in enumerate(lines)
        for paragraph in _apart(at, line, rows, notes) or [Paragraph(line.text, find_marker(line.text))]
    ]


def _apart(at: int, line: Line, rows: dict[int, list[str]], notes: dict[int, str]) -> list[Paragraph]:
    """What a line that is no running text stands for: a row with the empty ones below it, or the words of a note."""
    if at in notes:
        return [Paragraph(line.text, None, "note")]
    return [Paragraph(row, None, "row") for row in rows.get(at, ())]


def _finish(pieces: list[str], marker: Marker | None) -> Paragraph:
    if len(pieces) == 1:
        return Paragraph(pieces[0], marker)
    parts = [pieces[0]]
    for above, piece in pairwise(pieces):
        parts.append(join(above[-2:], piece)[len(above[-2:]) :])
    text = "".join(parts)
    if marker and marker.at >= len(pieces[0]):
        marker = Marker(marker.style, marker.label, marker.value, len(pieces[0]) + 1)
    return Paragraph(text, marker)


def _is_item(lines: list[Line], at: int, marker: Marker, sequence: Sequence, width: _Width) -> bool:
    above, line = lines[at - 1].text, lines[at]
    follows = sequence.follows(marker)
    if _span(above, line, marker):
        return False
    if line.gap:
        return follows or not width.wrapped or terminated(above) or fold(marker.style) == "dieu"
    if not width.wrapped:
        return follows or (terminated(above) and len(marker.value) == 1)
    if terminated(above):
        return follows
    return follows and not width.full(at)


def _span(above: str, line: Line, marker: Marker) -> bool:
    """'2026' and '- 2031' torn apart by the end of a line."""
    return marker.style == "dash" and not line.gap and above[-1:].isdigit() and line.text[marker.at].isdigit()


def _names(marker: Marker, line: Line) -> bool:
    """The line below a label that stands alone: its words, or the title of a Phần or Chương, which has its own line."""
    return not line.gap or (RANK[marker.style] <= RANK["tiểu mục"] and is_caps(line.text))


def _goes_on(lines: list[Line], at: int, width: _Width, *, known: Marker | None) -> bool:
    """Line `at` continues the paragraph above it."""
    above, line = lines[at - 1].text, lines[at]
    stopped = terminated(above)
    if known and _span(above, line, known):
        return True
    if line.gap:
        return starts_lower(line.text) and not stopped and not known and (width.wrapped or ends_open(above))
    if starts_lower(line.text) or line.text[0] in "),;:.]”":
        return not stopped or (width.wrapped and not above.endswith((".", "!", "?")))
    if not width.wrapped:
        return ends_open(above) and not above.endswith((",", "-")) and not _WHOLE_NAME.search(above)
    if line.text[0] == "*":
        return False
    if width.spaced:
        return True
    if line.text[0] in "([":
        return not stopped
    if is_caps(above) and is_caps(line.text) and not stopped:
        return True
    if stopped:
        return width.full_in_the_middle(at)
    return ends_open(above) or width.full(at)
