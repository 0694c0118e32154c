"""Where the parts of a paper's front stand (NĐ 30/2020 PL I.II): the lines by which a head, a title and addressees are known."""

import re
from dataclasses import dataclass

from directives.paper.dates import HEADER_DATE
from directives.paper.text import Line, fold, is_caps
from directives.paper.words import KINDS

MOTTO = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–—.]?\s*tu do\s*[-–—.]?\s*hanh phuc|dang cong san viet nam"
)
NUMBER = re.compile(
    r"^(?:Số|SỐ)\s*(?:[:.]\s*(?P<free>.*)|(?P<bare>[\d.…_\s]*[/-]\s*[A-ZĐ].*))$",
)
SYMBOL = re.compile(
    r"^[\s.…_]*(?P<n>\d{0,6}[A-Za-z]?)[\s.…_]*(?P<s>(?:/\s*\d{4}\s*)?[/-]\s*[A-ZĐƯÔ][\w&ĐƯ.]*(?:\s?[-–/&]\s?[A-ZĐƯÔ][\w&.]*)*)"
)
ABOUT = re.compile(r"^(?P<label>V\s*/\s*v|V\s*\.\s*v|Về việc|Về việc)(?![\w/])\s*[:.]?\s*(?P<rest>.*)$", re.IGNORECASE)
URGENCY = re.compile(r"^\W*(?P<mark>hoa toc(?: hen gio)?|thuong khan|khan)\W*$")
PLACE = re.compile(r"^(?P<place>[^\d,;:]{2,60}?)\s*,\s*$")
_KINDS = {fold(kind): kind for kind in KINDS}
_KIND_LINE = re.compile(rf"^(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})(?![a-z])\s*:?\s*")
_CALL = re.compile(r"^(?P<who>.{0,160}?)\s*\b(?P<label>điện|Điện|ĐIỆN)\s*:\s*(?P<rest>.*)$")
_SEND = re.compile(r"^\W*(?P<again>đồng\s+)?kính\s+gửi(?!\w)\s*(?P<mark>[:;.]?)\s*(?P<rest>.*)$", re.IGNORECASE)
_REACH = 90


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
                    or (is_caps(cell) and (last >= 0 or URGENCY.match(fold(rest))))
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
    if NUMBER.match(cell) or motto(cell):
        return True
    dated = HEADER_DATE.search(cell) if len(cell) < 90 else None
    return bool(dated and PLACE.match(cell[: dated.start()]) and not cell[dated.end() :].strip(" .,;*"))


def is_component(line: Line) -> bool:
    """A header line met outside the header, when columns were torn apart."""
    return all(
        is_anchor(cell) or ABOUT.match(cell) or (URGENCY.match(fold(cell)) and is_caps(cell)) for cell in line.cells
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


def motto(cell: str) -> re.Match | None:
    """The national title or motto as a header prints it, not as a sentence mentions it."""
    found = MOTTO.search(fold(cell)) if len(cell) < 160 else None
    if not found:
        return None
    rest = f"{cell[: found.start()]}{cell[found.end() :]}".strip(" -–—_|*.")
    if rest and not (found[0].startswith("doc") or is_caps(cell[found.start() : found.end()])):
        return None
    return found if not rest or is_caps(rest) or SYMBOL.search(rest) or HEADER_DATE.search(rest) else None
