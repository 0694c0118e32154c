"""Cleaning of text as people paste it: from Word, PDF, the web, with stray markdown and invisible characters."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice, pairwise

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x180E, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_CONTROL = {code: None for code in [*range(0x20), *range(0x7F, 0xA0)] if code not in (0x09, 0x0A)}
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_LETTERS = {0xD0: "Đ", 0x189: "Đ", 0xF0: "đ", 0x2010: "-", 0x2011: "-", 0x2212: "-", 0xF02D: "-", 0xF0B7: "-"}
_TRANSLATE = {**_INVISIBLE, **_CONTROL, **_SPACES, **_LETTERS}

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]|<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*+|__(?=\S)|(?<=\S)__")
_SPAN = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*+(?:\n[^*\n]++){0,6}+)(?<=[^\s*])\*(?![\w*])")
_ESCAPE = re.compile(r"\\(?=[-*_.#()\[\]+!])")
_HEADING = re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[\s|:+-]*-[\s|:+-]*$")
_RULE = re.compile(r"^[-–—_=~*\s.…·•|]*$")
_RULE_SIGNS = frozenset("-–—_=~*.…·•|")
_COLUMN = re.compile(r"\s*(?:\t|\s{3,})\s*")
_HALF_CELL = re.compile(r"(?:^Số\s*:?|[:(]|\bngày|\btháng|\bnăm)$", re.IGNORECASE)

_ACCENTED = "".join(chr(code) for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)])
_FOLD = {ord(letter): unicodedata.normalize("NFD", letter)[0].lower() for letter in _ACCENTED}
_FOLD |= {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {0x110: "d", 0x111: "d"}

_PAGE = re.compile(r"^(?:Trang )?[-–]?\s?(?P<number>\d{1,3})\s?(?:/\s?\d{1,3}\s?)?[-–]?$", re.IGNORECASE)
_SHORTEST_PAGE = 12
_LONGEST_NUMBER = 16
_LONGEST_HALF = 200
_MOST_PAGES = 200
_NEXT_ENTRY = re.compile(r"(?<=;)\s+[-–+*•]\s+(?=\S)")
_TERMINAL = re.compile(r"(?:[.;:!?…]|\./\.)[\"”’')\]]*$")
_OPEN_END = re.compile(
    r"(?:^|[\s(])(?:và|của|các|những|với|về|tại|thuộc|cho|cùng|hoặc|đến|theo|do|bởi|để|số|ngày|tháng|"
    r"khoản|điểm|mục|điều|Điều|Khoản|Mục|Điểm|Sở|Bộ|Cục|Vụ|Ban|Phòng|Ủy|Uỷ|Công ty|"
    r"Chủ|Phó|Hội đồng|Nghị định|Thông tư|Luật|Chỉ thị|Kế hoạch số|Công văn)$"
    r"|[,\-–(/&]$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its columns, the same joined, and whether a blank line or a rule stands above it. `row` keeps the
    columns that bars or tabs part, the empty ones too: of several such lines a table is made (`tables`); `empty` counts
    the rows without a word that stand below it."""

    text: str
    cells: tuple[str, ...]
    gap: bool
    row: tuple[str, ...] = ()
    barred: bool = False
    empty: int = 0


def fold(text: str) -> str:
    """Lower case without accents, one character for one, so that places in it are places in `text` (NFC)."""
    return text.translate(_FOLD)


def lowered(text: str) -> str:
    """Small letters, place for place; letters that would not keep their place stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := each.lower()) == 1 else each for each in text)


def lines_with(lower: str, *words: str) -> list[tuple[int, int]]:
    """Start and end of each line that holds one of the words: where a costly pattern can match at all."""
    found: set[tuple[int, int]] = set()
    for word in words:
        at = lower.find(word)
        while at >= 0:
            end = lower.find("\n", at)
            end = len(lower) if end < 0 else end
            found.add((lower.rfind("\n", 0, at) + 1, end))
            at = lower.find(word, end)
    return sorted(found)


def clean(text: str) -> str:
    """NFC, one kind of line end and of space, no invisible characters, no markdown dress."""
    text = unicodedata.normalize("NFC", _NEWLINES.sub("\n", text)).translate(_TRANSLATE)
    if "*" in text or "_" in text:
        text = _SPAN.sub(r"\1", _BOLD.sub("", text))
    if "\\" in text:
        text = _ESCAPE.sub("", text)
    if "#" in text:
        text = _HEADING.sub("", text)
    return text


def split_lines(text: str) -> list[Line]:
    """The lines that carry words; blank lines, rules and a line printed twice in a row leave only a mark."""
    lines: list[Line] = []
    gap = False
    for raw in clean(text).split("\n"):
        row = raw.strip()
        parts: tuple[str, ...] = ()
        barred = len(row) > 2 and (" | " in row or row.startswith("| ") or (row[0] == "|" and row[-1] == "|"))
        if "|" in row and lines and lines[-1].barred and not gap and _TABLE_RULE.match(row):
            continue
        if barred:
            if _TABLE_RULE.match(row):
                gap = True
                continue
            parts = _parts(row, "|")
            row = row.strip("|").replace("|", "\t").strip()
        elif "\t" in raw:
            parts = _parts(raw, "\t")
        if barred and not row and lines and lines[-1].barred and (not gap or lines[-1].empty):
            lines[-1] = replace(lines[-1], empty=lines[-1].empty + 1)
        if not row or (row[0] in _RULE_SIGNS and row != "-" and _RULE.match(row)):
            gap = True
            continue
        if "\t" in row or "  " in row:
            cells = _columns(_COLUMN.split(row) if "   " in row else parts if parts and not barred else row.split("\t"))
            joined = " ".join(cells)
        else:
            cells, joined = (row,), row
        if lines and len(joined) > 12 and lines[-1].text == joined and not (barred and lines[-1].row == parts):
            continue
        lines.append(Line(joined, cells, gap, parts, barred))
        gap = False
    return lines


def _parts(row: str, sign: str) -> tuple[str, ...]:
    """The cells of a row of a table, without the bars that frame it."""
    cells = [" ".join(cell.split()) for cell in row.split(sign)]
    if sign == "|":
        cells = cells[not cells[0] : len(cells) - (not cells[-1])]
    return tuple(cells)


def _columns(parts: Iterable[str]) -> tuple[str, ...]:
    """What tabs and wide gaps part, put together again at the gap that stands for a blank number or day."""
    cells: list[str] = []
    for part in parts:
        cell = " ".join(part.split())
        if not cell:
            continue
        if cells and len(cells[-1]) < _LONGEST_HALF and (_HALF_CELL.search(cells[-1][-12:]) or cell[0] == "/"):
            cells[-1] = f"{cells[-1]} {cell}"
        else:
            cells.append(cell)
    return tuple(cells)


def is_caps(text: str) -> bool:
    """Two letters at least, and none of them small."""
    return text.upper() == text and sum(map(str.isalpha, text[:40])) >= 2


def starts_lower(text: str) -> bool:
    return text[:1].islower()


def terminated(text: str) -> bool:
    """The text ends as a sentence or a list entry does."""
    return bool(_TERMINAL.search(text[-12:]))


def ends_open(text: str) -> bool:
    """The last word asks for another: a line that ends so was broken by its width, not by its author."""
    return bool(_OPEN_END.search(text[-24:]))


def parted(text: str) -> list[str]:
    """The entries of a dashed list that a flattened table left on one line: '- A; - B; - C.'"""
    return _NEXT_ENTRY.split(text)


def without_page_numbers(lines: list[Line]) -> list[Line]:
    """Drops the numbers of pages that text extraction leaves between lines: 2, 3, 4 … and no other, pages apart."""
    short = ((at, line.text) for at, line in enumerate(lines) if len(line.text) < _LONGEST_NUMBER)
    numbers = ((at, int(found["number"])) for at, text in short if (found := _PAGE.match(text)))
    alone = list(islice(numbers, _MOST_PAGES + 1))
    if len(alone) > _MOST_PAGES:
        return lines
    first = alone[0][1] if alone else 0
    if first not in (1, 2) or [number for _, number in alone] != list(range(first, first + len(alone))):
        return lines
    places = [0, *(at for at, _ in alone if at > 2)]
    if any(below - above < _SHORTEST_PAGE for above, below in pairwise(places)):
        return lines
    dropped = {at for at, _ in alone}
    return [line for at, line in enumerate(lines) if at not in dropped]


def join(left: str, right: str) -> str:
    """Two halves of a wrapped line; a symbol broken at its hyphen (TT-/BTC) is made whole."""
    if len(left) > 1 and left[-1] in "-/" and not left[-2].isspace() and right[:1].isalnum():
        return left + right
    return f"{left} {right}"
