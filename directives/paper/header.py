"""The head of a paper (NĐ 30/2020 PL I.II, ô 1-5b): who issues it, its number, place, day, urgency and V/v."""

import re
from dataclasses import dataclass, field

from directives.paper.agency import name_agencies
from directives.paper.dates import HEADER_DATE, HEADER_SLASHED, header_iso
from directives.paper.text import Line, ends_open, fold, is_caps, starts_lower
from directives.paper.words import BODY_HEADS, KINDS, SYMBOL_KINDS

_MOTTO = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–—.]?\s*tu do\s*[-–—.]?\s*hanh phuc|dang cong san viet nam"
)
_MOTTO_WORDS = "cong hoa xa hoi chu nghia viet nam"
NUMBER = re.compile(
    r"^(?:Số|SỐ)\s*(?:[:.]\s*(?P<free>.*)|(?P<bare>[\d.…_\s]*[/-]\s*[A-ZĐ].*))$",
)
_SYMBOL = re.compile(
    r"^[\s.…_]*(?P<n>\d{0,6}[A-Za-z]?)[\s.…_]*(?P<s>(?:/\s*\d{4}\s*)?[/-]\s*[A-ZĐƯÔ][\w&ĐƯ.]*(?:\s?[-–/&]\s?[A-ZĐƯÔ][\w&.]*)*)"
)
ABOUT = re.compile(r"^(?P<label>V\s*/\s*v|V\s*\.\s*v|Về việc|Về việc)(?![\w/])\s*[:.]?\s*(?P<rest>.*)$", re.IGNORECASE)
_URGENCY = re.compile(r"^\W*(?P<mark>hoa toc(?: hen gio)?|thuong khan|khan)\W*$")
_STAMP = re.compile(
    r"^\W*(?:(?:tuyet |toi )?mat|du thao.*|ban (?:sao|chinh|goc).*|xem xong tra lai|luu hanh noi bo|tai lieu .*|so)\W*$"
)
_PLACE = re.compile(r"^(?P<place>[^\d,;:]{2,60}?)\s*,\s*$")
_KINDS = {fold(kind): kind for kind in KINDS}
_KIND_LINE = re.compile(rf"^(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})(?![a-z])\s*:?\s*")
_CALL = re.compile(r"^(?P<who>.{0,160}?)\s*\b(?P<label>điện|Điện|ĐIỆN)\s*:\s*(?P<rest>.*)$")
_SEND = re.compile(r"^\W*(?P<again>đồng\s+)?kính\s+gửi(?!\w)\s*(?P<mark>[:;.]?)\s*(?P<rest>.*)$", re.IGNORECASE)
_REACH = 90


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


@dataclass(frozen=True)
class Front:
    """Where the parts of the front stand, as line numbers; `end` is the first line that is not header."""

    end: int
    kind: int | None = None
    send: int | None = None
    call: int | None = None


def sending(text: str) -> re.Match | None:
    """A 'Kính gửi' that labels addressees; in running prose it is followed by neither colon nor capital nor dash."""
    found = _SEND.match(text)
    if found and (found["mark"] or not found["rest"] or found["rest"][0] in "-–" or found["rest"][0].isupper()):
        return found
    return None


def calling(text: str) -> re.Match | None:
    """'<ISSUER> điện:' above the addressees of a công điện."""
    found = _CALL.match(text)
    return found if found and (not found["who"] or is_caps(found["who"]) or not found["rest"]) else None


def kind_of(text: str) -> tuple[str, str] | None:
    """The kind a title line names, and what stands after it on the same line."""
    found = _KIND_LINE.match(fold(text))
    if not found or not is_caps(text[: found.end("kind")]):
        return None
    return _KINDS[found["kind"]], text[found.end() :]


def find_front(lines: list[Line]) -> Front:
    """Finds title, addressees or, failing both, the last line of a header without them."""
    kind = send = call = None
    last = -1
    for index, line in enumerate(lines[:_REACH]):
        for cell in line.cells:
            if send is None and sending(cell):
                send = index
            titled = kind_of(cell)
            if titled and kind is None and send is None:
                rest = titled[1]
                if (
                    not rest
                    or (last >= 0 and index - last <= 6 and not is_caps(line.text[: len(line.text) // 2 + 1]))
                    or (is_caps(cell) and (last >= 0 or _URGENCY.match(fold(rest))))
                ):
                    kind = index
            if kind is None and send is None and is_anchor(cell):
                last = index
        if kind is not None and call is None and send is None and calling(line.text) and index - kind <= 15:
            call = index
            break
        if send is not None or (kind is not None and index - kind > 15):
            break
    if kind is None and send is None:
        for index, line in enumerate(lines[:30]):
            if calling(line.text) and is_caps(calling(line.text)["who"] or "a"):
                call = index
                break
    starts = [index for index in (kind, send, call) if index is not None]
    if starts:
        return Front(min(starts), kind, send, call)
    return Front(_plain_end(lines, last))


def is_anchor(cell: str) -> bool:
    """A line that only a header has."""
    if NUMBER.match(cell) or _motto(cell):
        return True
    dated = HEADER_DATE.search(cell) if len(cell) < 90 else None
    return bool(dated and _PLACE.match(cell[: dated.start()]) and not cell[dated.end() :].strip(" .,;*"))


def is_component(line: Line) -> bool:
    """A header line met outside the header, when columns were torn apart."""
    return all(
        is_anchor(cell) or ABOUT.match(cell) or (_URGENCY.match(fold(cell)) and is_caps(cell)) for cell in line.cells
    )


def _plain_end(lines: list[Line], last: int) -> int:
    if last < 0:
        return 0
    end = last + 1
    while end < len(lines) and end - last < 12 and ABOUT.match(lines[end].text):
        end += 1
        while end < len(lines) and not lines[end].gap and not is_anchor(lines[end].text):
            end += 1
    return end


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
            if not (number["free"] or number["bare"]) and index + 1 < len(cells) and _SYMBOL.match(cells[index + 1][0]):
                index += 1
                number = NUMBER.match(f"Số: {cells[index][0]}")
            cell = _read_number(header, number)
            if not cell:
                index += 1
                continue
        if _URGENCY.match(fold(cell)) and is_caps(cell):
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
    return [(cell, line.gap and not at) for line in lines for at, cell in enumerate(line.cells)]


def _without_motto(header: Header, cells: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Takes out the national title and motto, on one line or broken over several."""
    kept: list[tuple[str, bool]] = []
    waiting = ""
    for at, (cell, gap) in enumerate(cells):
        plain = fold(cell).strip()
        if _motto(cell):
            header.official, waiting = True, ""
            cell = _cut_motto(cell)
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


def _motto(cell: str) -> re.Match | None:
    """The national title or motto as a header prints it, not as a sentence mentions it."""
    found = _MOTTO.search(fold(cell)) if len(cell) < 160 else None
    if not found or not (found[0].startswith("doc") or is_caps(cell[found.start() : found.end()])):
        return None
    rest = f"{cell[: found.start()]}{cell[found.end() :]}".strip(" -–—_|*.")
    return found if not rest or is_caps(rest) or _SYMBOL.search(rest) or HEADER_DATE.search(rest) else None


def _cut_motto(cell: str) -> str:
    while found := _MOTTO.search(fold(cell)):
        cell = f"{cell[: found.start()]} {cell[found.end() :]}"
    return cell.strip(" -–—_|")


def _read_number(header: Header, found: re.Match) -> str:
    """Takes the number out of its line and returns what else stands there."""
    free = found["free"] if found["free"] is not None else found["bare"]
    symbol = _SYMBOL.match(free)
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
        known = is_anchor(cell) or ABOUT.match(cell) or sending(cell) or _URGENCY.match(fold(cell))
        if known or (gap and words and not starts_lower(cell) and not ends_open(words[-1])):
            break
        if is_caps(cell) and BODY_HEADS.match(fold(cell)) and words and not is_caps(words[0]):
            break
        if re.search(r",\s*ngày\b", cell) or (_is_place_start(cell) and _continues_place(cells, index)):
            break
        words.append(cell)
        index += 1
    return index, tidy_subject(" ".join(words))


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
    place = _PLACE.match(cell[: found.start()])
    if header.date_iso is None and header.place is None:
        header.date_iso = header_iso(found)
        header.place = place["place"].strip() if place else None
        if place and index and not cells[index][1] and _is_place_start(cells[index - 1][0]):
            header.place = f"{cells[index - 1][0]} {header.place}"
    return True


def _is_place_start(cell: str) -> bool:
    return bool(re.match(r"^(?:Thành phố|TP\.?|Tp\.?|Tỉnh|Huyện|Quận|Thị xã|Xã|Phường|Đặc khu)(?:\s\w+){0,3}$", cell))


def _continues_place(cells: list[tuple[str, bool]], index: int) -> bool:
    return index + 1 < len(cells) and bool(re.match(r"^[^,]{1,30},\s*ngày\b", cells[index + 1][0]))
