"""The head of a paper (NĐ 30/2020 PL I.II, ô 1-5b): who issues it, its number, place, day, urgency and V/v."""

import re
from dataclasses import dataclass, field

from directives.paper.agency import name_agencies
from directives.paper.dates import HEADER_DATE, HEADER_SLASHED, header_iso
from directives.paper.front import ABOUT, MOTTO, NUMBER, PLACE, SYMBOL, URGENCY, is_anchor, kind_of, motto, sending
from directives.paper.text import Line, ends_open, fold, is_caps, starts_lower
from directives.paper.words import BODY_HEADS, SYMBOL_KINDS

_MOTTO_WORDS = "cong hoa xa hoi chu nghia viet nam"
_TITLE_OF_ANOTHER = re.compile(r"^doan (?:tncs|thanh nien cong san) ho chi minh$")
_INNER_RULE = re.compile(r"\s*(?:[-–—_=~*]{3,}|[-–—_=~*](?:\s[-–—_=~*]){2,})\s*")
_STAMP = re.compile(
    r"^\W*(?:(?:tuyet |toi )?mat|du thao.*|ban (?:sao|chinh|goc).*|xem xong tra lai|luu hanh noi bo|tai lieu .*|so)\W*$"
)


@dataclass
class Header:
    """What the header prints; what it does not print stays None."""

    parent_agency: str | None = None
    agency: str | None = None
    number: str | None = None
    place: str | None = None
    date_iso: str | None = None
    urgency: str | None = None
    about: str | None = None
    official: bool = False
    agency_lines: list[str] = field(default_factory=list)


def read_header(lines: list[Line]) -> Header:
    """Reads each column of each line; the first value of a kind wins, so doubled lines do no harm."""
    header = Header()
    cells = _without_motto(header, _cells(lines))
    index = 0
    while index < len(cells):
        cell, _ = cells[index]
        about = ABOUT.match(cell)
        number = NUMBER.match(cell)
        if about:
            index, subject = _read_about(cells, index, about["rest"])
            header.about = header.about or subject or None
            continue
        if number:
            header.official = True
            if not (number["free"] or number["bare"]) and index + 1 < len(cells) and SYMBOL.match(cells[index + 1][0]):
                index += 1
                number = NUMBER.match(f"Số: {cells[index][0]}")
            cell = _read_number(header, number)
            if not cell:
                index += 1
                continue
        if URGENCY.match(fold(cell)) and is_caps(cell):
            header.urgency = header.urgency or cell.strip(" *|[]().")
        elif _read_date(header, cells, index, cell):
            header.official = True
        elif is_caps(cell) and not kind_of(cell) and not _STAMP.match(fold(cell)):
            header.agency_lines.append(cell.lstrip("/\\|.,;:-–*_ "))
        index += 1
    header.parent_agency, header.agency = name_agencies(header.agency_lines)
    return header


def symbol_kind(number: str | None) -> str | None:
    """The kind a number's symbol names (12/KH-UBND, 53-CT/TU)."""
    if not number:
        return None
    parts = re.split(r"[/\-\s]+", number)
    return SYMBOL_KINDS.get(parts[1]) if len(parts) > 2 else None


def _cells(lines: list[Line]) -> list[tuple[str, bool]]:
    """The cells without the rules that a flattened table left beside its words."""
    return [
        (cell, line.gap and not at)
        for line in lines
        for at, each in enumerate(line.cells)
        if (cell := _INNER_RULE.sub(" ", each).strip())
    ]


def _without_motto(header: Header, cells: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Takes out the national title and motto, on one line or broken over several."""
    kept: list[tuple[str, bool]] = []
    waiting = ""
    for at, (cell, gap) in enumerate(cells):
        plain = fold(cell).strip()
        if motto(cell):
            header.official, waiting = True, ""
            cell = _cut_motto(cell)
        elif kept and _TITLE_OF_ANOTHER.match(plain):
            header.official = True
            continue
        elif waiting and plain and waiting.startswith(plain):
            waiting = waiting[len(plain) :].strip()
            continue
        elif plain and plain != _MOTTO_WORDS and _MOTTO_WORDS.startswith(plain) and at + 1 < len(cells):
            rest = _MOTTO_WORDS[len(plain) :].strip()
            following = " ".join(fold(other) for other, _ in cells[at + 1 : at + 4])
            if rest and following.startswith(rest):
                header.official, waiting = True, rest
                continue
        if cell:
            kept.append((cell, gap))
    return kept


def _cut_motto(cell: str) -> str:
    while found := MOTTO.search(fold(cell)):
        cell = f"{cell[: found.start()]} {cell[found.end() :]}"
    return cell.strip(" -–—_|")


def _read_number(header: Header, found: re.Match) -> str:
    """Takes the number out of its line and returns what else stands there."""
    free = found["free"] if found["free"] is not None else found["bare"]
    symbol = SYMBOL.match(free)
    if not symbol:
        alone = re.match(r"^\s*(\d{1,6})\s*$", free)
        if alone and header.number is None:
            header.number = alone[1]
        return "" if alone or not HEADER_DATE.search(free) else free
    if header.number is None:
        tail = re.sub(r"\s*/\s*", "/", symbol["s"]).strip()
        header.number = symbol["n"] + tail
    return free[symbol.end() :].strip()


def _read_about(cells: list[tuple[str, bool]], index: int, first: str) -> tuple[int, str]:
    """The V/v line with the lines it wraps over: to a blank line, or to another part of the header."""
    words = [first] if first else []
    index += 1
    while index < len(cells) and len(words) < 8:
        cell, gap = cells[index]
        known = is_anchor(cell) or ABOUT.match(cell) or sending(cell) or URGENCY.match(fold(cell))
        if known or (gap and words and not starts_lower(cell) and not ends_open(words[-1])):
            break
        if is_caps(cell) and words and not is_caps(words[0]) and _names_issuer(cell, words[-1]):
            break
        if re.search(r",\s*ngày\b", cell) or (_is_place_start(cell) and _continues_place(cells, index)):
            break
        words.append(cell)
        index += 1
    return index, tidy_subject(" ".join(words))


def _names_issuer(cell: str, above: str) -> bool:
    """A line of the agency's name below a V/v in small letters: of a body, or of the place it stands for."""
    place = re.match(r"(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|dac khu) ", fold(cell))
    return bool(BODY_HEADS.match(fold(cell)) or (place and not ends_open(above)))


def tidy_subject(subject: str) -> str:
    return re.sub(r"\s+", " ", subject).strip().rstrip(".;:,- ").strip()


def _read_date(header: Header, cells: list[tuple[str, bool]], index: int, cell: str) -> bool:
    """'Place, ngày … tháng … năm …', whole or wrapped in two; a place broken before its comma is put together."""
    found = HEADER_DATE.search(cell) or HEADER_SLASHED.search(cell)
    if not found and re.search(r"\bngày\b", cell) and index + 1 < len(cells):
        cell = f"{cell} {cells[index + 1][0]}"
        found = HEADER_DATE.search(cell)
        if found:
            cells[index + 1] = (cell[found.end() :].strip(" .,;"), cells[index + 1][1])
    if not found:
        return _is_place_start(cell) and _continues_place(cells, index)
    place = PLACE.match(cell[: found.start()])
    if not place and found.re is HEADER_SLASHED:
        return False
    if header.place is None and (header.date_iso is None or place):
        header.date_iso = header_iso(found)
        header.place = place["place"].strip() if place else None
        if place and index and not cells[index][1] and _is_place_start(cells[index - 1][0]):
            header.place = f"{cells[index - 1][0]} {header.place}"
    return True


def _is_place_start(cell: str) -> bool:
    return bool(re.match(r"^(?:Thành phố|TP\.?|Tp\.?|Tỉnh|Huyện|Quận|Thị xã|Xã|Phường|Đặc khu)(?:\s\w+){0,3}$", cell))


def _continues_place(cells: list[tuple[str, bool]], index: int) -> bool:
    return index + 1 < len(cells) and bool(re.match(r"^[^,]{1,30},\s*ngày\b", cells[index + 1][0]))
