"""The demands of a paper in its print: a named destination at each sentence, and the boxes its words take on the pages.

The words and their places stay what they are: only who owns a stretch of text is noted."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from weasyprint.formatting_structure.boxes import InlineBox

from directives.pdf.body import Block
from directives.pdf.runs import Run
from directives.pdf.tables import TableBlock

PX = 0.75
SAME_LINE = 1.0  # points
CLOSING = ".,;:!?)”’…/ "  # and the space, since one between two sentences, left to itself, would not be written


class PrintedPlace(NamedTuple):
    """One line of a sentence on a page (from 1), in points from its top left corner."""

    name: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def mark_demands(blocks: Sequence[Block], text: str, demands: Sequence[tuple[str, int, int]]) -> None:
    """Note on the runs of `blocks`, made from `text`, which of the `demands` (name, starts, ends in it) they belong to."""
    opened: set[str] = set()
    for block in blocks:
        for name, starts, ends in demands:
            first, last = max(starts, block.starts), min(ends, block.ends)
            if not text[first:last].strip():
                continue
            if isinstance(block, TableBlock):
                _mark_rows(block, text, name, first, last, opened)
            else:
                line = text[block.starts : block.ends]
                span = _printed_span(line, first - block.starts, last - block.starts, _said(block.runs))
                block.runs = list(_owned(block.runs, *span, name, opened))


def _mark_rows(block: TableBlock, text: str, name: str, first: int, last: int, opened: set[str]) -> None:
    at = block.starts
    for line, cells in zip(text[block.starts : block.ends].split("\n"), [block.columns, *block.rows], strict=False):
        if at < last and first < at + len(line):
            cells[:] = [list(_owned(cell, 0, len(_said(cell)), name, opened)) for cell in cells]
        at += len(line) + 1


def _said(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _printed_span(line: str, first: int, last: int, said: str) -> tuple[int, int]:
    """The stretch of the printed line that says line[first:last]. Letters and figures are counted, since spaces, dashes, capitals
    and the closing marks may be printed otherwise; where their number differs, it is the whole line."""
    if _letters(line) != _letters(said):
        return 0, len(said)
    places = [at for at, char in enumerate(said) if char.isalnum()]
    before, through = _letters(line[:first]), _letters(line[:last])
    if before == through:
        return 0, len(said)
    end = places[through - 1] + 1
    while end < len(said) and said[end] in CLOSING:
        end += 1
    return places[before] if before else 0, end


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in unicodedata.normalize("NFC", text))


def _owned(runs: Sequence[Run], first: int, last: int, name: str, opened: set[str]) -> Iterator[Run]:
    """The runs cut at `first` and `last`, what stands between them owned by `name`; its very first stretch opens it."""
    at = 0
    for run in runs:
        ends = sorted({0, len(run.text), *(cut - at for cut in (first, last) if 0 < cut - at < len(run.text))})
        for start, end in pairwise(ends):
            part = replace(run, text=run.text[start:end])
            if first <= at + start and at + end <= last:
                part = replace(part, demands=(*run.demands, (name, name not in opened)))
                opened.add(name)
            yield part
        at += len(run.text)


def places(pages) -> tuple[PrintedPlace, ...]:
    """Where the demands stand on the laid-out pages, in the order of reading, a box a line."""
    found: list[PrintedPlace] = []
    for number, page in enumerate(pages, 1):
        # Public `page.anchors` knows only the first line of a sentence.
        for box in page._page_box.descendants():
            name = box.element.get("data-demand") if isinstance(box, InlineBox) and box.element is not None else None
            if name and box.width:
                left, top, wide, high = (PX * side for side in box.hit_area())
                found.append(PrintedPlace(name, number, left, top, left + wide, top + high))
    return tuple(_joined(found))


def _joined(found: Sequence[PrintedPlace]) -> Iterator[PrintedPlace]:
    """What stands on one line of a page as one box."""
    lines: dict[str, list[PrintedPlace]] = {}
    for place in found:
        last = lines.get(place.name, [])[-1:]
        if last and last[0].page == place.page and abs(last[0].top - place.top) < SAME_LINE:
            wider = last[0]._replace(left=min(last[0].left, place.left), right=max(last[0].right, place.right))
            lines[place.name][-1] = wider
        else:
            lines.setdefault(place.name, []).append(place)
    for stretches in lines.values():
        yield from stretches
