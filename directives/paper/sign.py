"""The foot of a paper: the signature block (ô 7a, 7b) and the copy list (ô 9b), in whatever order columns left them."""

import re
from dataclasses import dataclass, field

from directives.paper.model import SignOff
from directives.paper.signatures import BEHIND, MOST_LINES, SIGNED, is_office, read_blocks, split_name
from directives.paper.text import Line, ends_open, fold, is_caps, parted, starts_lower
from directives.paper.words import AUTHORITY, is_name

_COPIES = re.compile(r"^\W*nơi\s+(?:nhận|gửi)(?!\w)\s*(?P<mark>[:;.]?)\s*(?P<rest>.*)$", re.IGNORECASE)
_DASH = re.compile(r"^[-–—•+*●▪·\uf0b7]\s*(?=\S)")
_LONGEST_ENTRY = 400
_ENDED = re.compile(r"(?<=[;.])\s+")
_TAIL = 45
_MOST_ABOVE = 9


@dataclass
class Foot:
    """`start` is the first line that is no longer body."""

    start: int
    signer: SignOff = field(default_factory=SignOff)
    copies: list[str] = field(default_factory=list)
    cosigners: tuple[SignOff, ...] = ()


def read_foot(lines: list[Line], start: int) -> Foot:
    """Reads copy list and signature after line `start`; the list is looked for first, the block beside or around it."""
    copies_at = next((at for at in range(start, len(lines)) if _copies(lines[at])), None)
    if copies_at is None:
        begin = _lone_block(lines, start)
        if begin is None:
            return Foot(len(lines))
        signer, others = read_blocks(lines[begin : begin + _TAIL])
        return Foot(begin, signer, cosigners=others)
    begin = _block_above(lines, copies_at, start)
    entries, after, beside = _read_copies(lines, copies_at)
    above, below = lines[begin:copies_at], lines[after : after + _TAIL]
    signer, others = read_blocks(above, [Line(cell, (cell,), gap=False) for cell in beside], below)
    return Foot(begin, signer, entries, others)


def _copies(line: Line) -> re.Match | None:
    for at, cell in enumerate(line.cells):
        found = _COPIES.match(cell)
        if found and (found["mark"] or not found["rest"]):
            before = line.cells[:at]
            return found if all(map(is_office, before)) else None
    return None


def _lone_block(lines: list[Line], start: int) -> int | None:
    """Without a copy list: the last run of office lines that a name follows, or that ends the text."""
    for at in range(len(lines) - 1, max(start, len(lines) - 400) - 1, -1):
        if not is_office(lines[at].text) or not (is_caps(lines[at].text) or AUTHORITY.match(lines[at].text)):
            continue
        begin = at
        while begin > start and at - begin < MOST_LINES and _titled(lines[begin - 1].text):
            begin -= 1
        while begin > start and len(lines[begin - 1].cells) > 1 and is_caps(lines[begin - 1].text):
            begin -= 1
        block, _ = read_blocks(lines[begin : begin + _TAIL])
        ends = at == len(lines) - 1
        if block.name or (ends and (AUTHORITY.match(lines[begin].text) or lines[begin - 1].text.endswith("./."))):
            return begin
    return None


def _titled(text: str) -> bool:
    return is_caps(text) and len(text) <= 80 and (is_office(text) or not text.endswith((".", ":", ";")))


def _block_above(lines: list[Line], copies_at: int, start: int) -> int:
    """The first line of a signature that was printed before the copy list, else the list itself."""
    top = copies_at
    while top > start and copies_at - top < _MOST_ABOVE and all(map(_of_block, lines[top - 1].cells)):
        top -= 1
    found = next((at for at in range(top, copies_at) if is_office(lines[at].cells[-1])), copies_at)
    return found - 1 if found > top and len(lines[found - 1].cells) > 1 and is_caps(lines[found - 1].text) else found


def _of_block(text: str) -> bool:
    return _titled(text) or is_office(text) or is_name(text) or bool(SIGNED.match(text))


def _read_copies(lines: list[Line], at: int) -> tuple[list[str], int, list[str]]:
    """The entries as printed, the line after the list, and what stood in the other column."""
    entries: list[str] = []
    beside = [cell for cell in lines[at].cells if not _COPIES.match(cell)]
    column = next((place for place, cell in enumerate(lines[at].cells) if _COPIES.match(cell)), 0)
    found = _copies(lines[at])
    rest = found["rest"].strip() if found else ""
    if rest and is_office(rest):
        beside.insert(0, rest)
    elif rest:
        entries += parted(_DASH.sub("", rest))
    index = at + 1
    while index < len(lines) and len(entries) < 200:
        line = lines[index]
        first, *others = line.cells
        if len(line.cells) > column > 0 and _DASH.match(line.cells[column]):
            beside += line.cells[:column]
            first, *others = line.cells[column:]
        if _DASH.match(first):
            if len(first) == 1 and others:
                first, *others = others
            entry, other = _without_signature(_DASH.sub("", first))
            entries += parted(entry)
            beside += other
            _share(others, entries, beside)
        elif is_office(line.text) or is_office(first) or SIGNED.match(first) or BEHIND.match(fold(first[:20])):
            if not _list_goes_on(lines, index):
                break
            beside.append(line.text)
        elif entries and _wraps(entries[-1], line):
            entries[-1] = f"{entries[-1]} {first}"
            _share(others, entries, beside)
        elif (not entries and not line.gap and not is_caps(first)) or _bare_entry(entries, line):
            entries.append(first)
            _share(others, entries, beside)
        elif entries and _list_goes_on(lines, index) and (is_name(line.text) or is_caps(line.text)):
            beside.append(line.text)
        else:
            break
        index += 1
    return [entry.strip() for entry in entries if entry.strip()], index, beside


def _without_signature(entry: str) -> tuple[str, list[str]]:
    """Parts an entry from the line of the signature that stood beside it, one space away: '- Như trên; KT. GIÁM ĐỐC'."""
    for found in _ENDED.finditer(entry[:_LONGEST_ENTRY]):
        rest = entry[found.end() : _LONGEST_ENTRY]
        if (is_office(rest) and is_caps(rest)) or split_name(rest):
            return entry[: found.start()], [rest]
        if entry.startswith("Lưu") and is_name(rest):
            return entry[: found.start()], [rest]
    return entry, []


def _share(others: list[str], entries: list[str], beside: list[str]) -> None:
    """A second column is the signature's when it reads like one, else the entry was only spaced out."""
    for cell in others:
        if is_office(cell) or is_caps(cell) or is_name(cell) or SIGNED.match(cell):
            beside.append(cell)
        elif entries:
            entries[-1] = f"{entries[-1]} {cell}"


def _list_goes_on(lines: list[Line], index: int) -> bool:
    return any(_DASH.match(line.text) for line in lines[index + 1 : index + 4])


def _bare_entry(entries: list[str], line: Line) -> bool:
    """An entry whose dash was lost with the list's automatic numbering: it ends as entries do, or is the last one."""
    last = entries[-1] if entries else ";"
    return (
        last.endswith(";")
        and not is_caps(line.text)
        and (line.text.endswith((";", ",")) or line.text.startswith("Lưu"))
    )


def _wraps(entry: str, line: Line) -> bool:
    if entry.endswith(".") and not entry.endswith(("..", "v.v.")):
        return line.text.startswith("(") and not line.gap and len(line.text) < 30
    if line.gap:
        goes_on = starts_lower(line.text) or (entry.endswith(",") and line.text.endswith(";"))
        return goes_on and not entry.endswith(";")
    text = line.text
    if is_caps(text) and not text.endswith((";", ".", ",")) and not ends_open(entry):
        return False
    if is_name(text) and not ends_open(entry):
        return False
    return not entry.endswith(";") or text.startswith("(")
