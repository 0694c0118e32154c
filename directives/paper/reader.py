"""From text to `Paper`: finds the parts of a paper, front, body, foot and annexes, and has each read by its module."""

from functools import reduce

from directives.paper.addressees import read_addressees
from directives.paper.annexes import LANDSCAPE, annex_starts, build_annexes, opens_annex
from directives.paper.bases import find_bases
from directives.paper.body import build_body
from directives.paper.front import ABOUT, find_front, is_component, kind_of
from directives.paper.header import Header, read_header, symbol_kind
from directives.paper.model import Paper
from directives.paper.notes import find_words, marks_in
from directives.paper.sign import Foot, read_foot
from directives.paper.text import Line, join, split_lines, terminated, without_page_numbers
from directives.paper.time import find_deadlines
from directives.paper.title import read_subject
from directives.paper.wrap import paragraphs

_TAIL = 45


def read(text: str) -> Paper:
    """Reads any text whatever as a paper. Never raises; what the text does not say stays None or empty."""
    lines = without_page_numbers(split_lines(text))
    front = find_front(lines)
    start = front.end
    kind, subject, label = None, None, None
    recipients: list[str] = []
    strays: list[Line] = []
    urgency = None
    if front.kind is not None:
        start = front.kind + 1
        kind, first, urgency = _title(lines[front.kind].cells)
        subject, start = read_subject(lines, front.kind, kind, first)
        strays = [line for line in lines[front.kind + 1 : start] if is_component(line) and not ABOUT.match(line.text)]
    send = front.send if front.send is not None else front.call
    if send is not None and (front.kind is None or send >= start):
        strays += lines[start:send] if front.kind is not None else []
        label, recipients, found, start = read_addressees(lines, send)
        strays += found
    header = read_header([*lines[: front.end], *strays])
    if kind is None:
        kind = _kind_without_title(header, label)
    foot, behind = _foot(lines, start)
    above, below = _with_notes(lines[start : foot.start], lines[foot.start : behind], lines[behind:])
    body = build_body(paragraphs([line for line in above if line.text != LANDSCAPE]))
    return Paper(
        kind=kind,
        parent_agency=header.parent_agency if header.official or kind else None,
        agency=header.agency if header.official or kind else None,
        number=header.number,
        place=header.place,
        date_iso=header.date_iso,
        urgency=header.urgency or urgency,
        subject=subject or header.about,
        recipient_label=label if recipients else None,
        recipients=tuple(recipients),
        bases=find_bases(body.text, body.preamble),
        items=body.items,
        deadlines=find_deadlines(body.text, body.items, body.preamble),
        signer=foot.signer,
        noi_nhan=tuple(foot.copies),
        body=body.text,
        front=_printed(lines[:start]),
        foot=_printed(lines[foot.start :]),
        annexes=build_annexes(below, paragraphs),
        cosigners=foot.cosigners,
    )


def _foot(lines: list[Line], start: int) -> tuple[Foot, int]:
    """The foot, and the line at which the annexes behind it begin. A paper without a foot may have annexes behind the
    `./.` that ends it; an annex may print a signature of its own."""
    foot = read_foot(lines, start)
    starts = [start + at for at in annex_starts(lines[start:])]
    ended = next((at for at in range(start, len(lines)) if lines[at].text.endswith("./.")), len(lines))
    first = next((at for at in starts if at > ended), None)
    if first is not None and first <= foot.start:
        own = read_foot(lines[:first], start)
        if own.copies or own.signer.lines or not foot.copies:
            return own, first
    return foot, next((at for at in starts if at > foot.start), _behind(lines, foot))


def _behind(lines: list[Line], foot: Foot) -> int:
    """Where something without a label begins below the signer's name; the end when nothing does."""
    below = range(foot.start, min(len(lines), foot.start + _TAIL + len(foot.copies)))
    named = next((at for at in below if foot.signer.name and foot.signer.name in lines[at].text), None)
    after = range(named + 1, below.stop - 1) if named is not None else ()
    return next((at for at in after if opens_annex(lines[at])), len(lines))


def _with_notes(body: list[Line], foot: list[Line], annexes: list[Line]) -> tuple[list[Line], list[Line]]:
    """Word puts the words of all notes behind everything else, the signature or the last annex: those that the body marks
    go back to it."""
    texts = [line.text for line in body]
    own = marks_in(texts).difference(find_words(texts).values())
    if not own:
        return body, annexes
    tail = [*foot, *annexes]
    starts = {len(foot) + at for at in annex_starts(annexes)}
    told = find_words([line.text for line in tail], marked=own)
    used: set[int] = set()
    words: list[Line] = []
    for at in (at for at, mark in sorted(told.items()) if mark in own):
        end = at + 1
        while end < len(tail) and end not in told and end not in starts and _runs_on(tail[end - 1], tail[end]):
            end += 1
        text = reduce(join, (line.text for line in tail[at:end]))
        words.append(Line(text, (text,), gap=False))
        used.update(range(at, end))
    return [*body, *words], [line for at, line in enumerate(annexes, len(foot)) if at not in used]


def _runs_on(above: Line, line: Line) -> bool:
    """The words of a note go on in the next line."""
    return not line.gap and not terminated(above.text)


def _printed(lines: list[Line]) -> str:
    return "\n".join(("\n" if line.gap and at else "") + "\t".join(line.cells) for at, line in enumerate(lines))


def _title(cells: tuple[str, ...]) -> tuple[str, str, str | None]:
    for at, cell in enumerate(cells):
        titled = kind_of(cell)
        if titled:
            kind, rest = titled
            rest = " ".join([rest, *cells[at + 1 :]]).strip()
            mark = rest.upper().strip(" *:()")
            if mark in ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HOẢ TỐC"):
                return kind, "", mark
            return kind, rest, None
    return "", "", None


def _kind_without_title(header: Header, label: str | None) -> str | None:
    """A paper without a title line is a công văn when it is addressed or has a V/v; a symbol may name another kind."""
    if label == "điện":
        return "công điện"
    if label or header.about:
        return "công văn"
    return symbol_kind(header.number) or ("công văn" if header.number and header.official else None)
