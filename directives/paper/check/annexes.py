"""Annexes printed behind the signature (PL I.III.1)."""

import re
from collections.abc import Iterator
from itertools import takewhile

from directives.paper.check.rule import ERROR, WARNING, Remark, rule
from directives.paper.check.sheet import Printed, Sheet
from directives.paper.model import Span
from directives.paper.text import fold, is_caps

_ANNEX = re.compile(r"^(?P<word>phụ\s+lục)(?:\s+(?P<number>[IVXLC]+|\d{1,2}))?\s*[.:]?$", re.IGNORECASE)
_SOURCE = re.compile(r"^\((?:ban hành\s+)?kèm\s+theo\b", re.IGNORECASE)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def _titles(sheet: Sheet) -> list[tuple[Printed, re.Match]]:
    return [(cell, found) for cell in sheet.foot if (found := _ANNEX.match(cell.text))]


@rule("annex-mentioned", ERROR, "NĐ 30/2020 PL I.III.1.a", needs="print")
def annex_mentioned(sheet: Sheet) -> Iterator[Remark]:
    """The text of a paper that has annexes mentions them."""
    titles = _titles(sheet)
    notes = sheet.paper.foot[: titles[0][0].span.start] if titles else ""
    if titles and "phu luc" not in fold(f"{sheet.paper.body}\n{notes}"):
        yield Remark("Phụ lục", "Nội dung văn bản phải có chỉ dẫn về phụ lục kèm theo", titles[0][0].span)


@rule("annex-number", ERROR, "NĐ 30/2020 PL I.III.1.a", needs="print")
def annex_number(sheet: Sheet) -> Iterator[Remark]:
    """Two annexes or more are numbered in Roman numerals; a single one has no number."""
    titles = _titles(sheet)
    if len(titles) < 2:
        return
    for at, (cell, found) in enumerate(titles):
        if at < len(_ROMANS) and found["number"] != _ROMANS[at]:
            right = f"{found['word']} {_ROMANS[at]}"
            yield Remark("Phụ lục", f"Các phụ lục đánh số La Mã theo thứ tự: “{right}”", cell.span, right)


@rule("annex-source", WARNING, "NĐ 30/2020 PL I.III.1.c", needs="print")
def annex_source(sheet: Sheet) -> Iterator[Remark]:
    """Below the title of an annex stands the paper it belongs to: "(Kèm theo Kế hoạch số …)"."""
    cells = list(sheet.foot)
    for cell, _ in _titles(sheet):
        at = cells.index(cell)
        below = takewhile(lambda each: not _ANNEX.match(each.text), cells[at + 1 : at + 6])
        if not any(_SOURCE.match(each.text) for each in below):
            yield Remark("Phụ lục", f"Dưới tên “{cell.text}” thiếu dòng “(Kèm theo … số … ngày … của …)”", cell.span)


@rule("annex-case", WARNING, "NĐ 30/2020 PL I.III.1.b", needs="print")
def annex_case(sheet: Sheet) -> Iterator[Remark]:
    """ "Phụ lục" is in small letters, its title below it in capitals."""
    for cell, found in _titles(sheet):
        if found["word"] != "Phụ lục":
            end = cell.span.start + found.end("word")
            yield Remark("Phụ lục", "Ghi “Phụ lục” bằng chữ thường", Span("foot", cell.span.start, end), "Phụ lục")
        below = next((each for each in sheet.foot if each.span.start > cell.span.start), None)
        if below and not is_caps(below.text) and not _SOURCE.match(below.text) and not _ANNEX.match(below.text):
            yield Remark("Phụ lục", "Tên của phụ lục viết bằng chữ in hoa", below.span, below.text.upper())
