"""The body of a paper as blocks, each with a role (NĐ 30/2020 PL I.II.6): what is bold, what is centred, what is kept
together, where căn cứ end and the body closes with `./.`; tables and footnotes in their places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from directives.paper.model import Basis, Item
from directives.paper.tables import Table, blocks
from directives.pdf.fonts import width
from directives.pdf.ink import Ink
from directives.pdf.runs import Notes, Run
from directives.pdf.tables import UPRIGHT, TableBlock, table_block

MM = 72 / 25.4
LINE_ROOM = (165 - 12.7) * MM
END = re.compile(r"[\s.;,]*\.\s*/\s*\.$")
RESOLVE = re.compile(r"(QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:?")
BASIS = re.compile(r"(Căn cứ|Thực hiện|Theo đề nghị|Xét)\b")
PART = re.compile(r"(Phần|Chương|Mục|Tiểu mục) ")
ARTICLE = re.compile(r"Điều\s+\w+\s*[.:]?\s*", re.IGNORECASE)
SECTION = re.compile(r"([IVXLC]+|[A-ZĐ])[.)/\s]")
MINOR = re.compile(r"\(?[\da-zđ]{1,2}\)|[-+]")
DASH = re.compile(r"^\s*[–—•●▪·◦\uf0b7]\s*")
# Before a colon: what is longer is no title of a Điều but a sentence that introduces its khoản.
LONGEST_TITLE = 70
DECISIONS = {"quyết định", "nghị quyết"}


@dataclass
class Line:
    """A paragraph. `role`: plain, basis, authority, resolve, part, section or heading; `lead` is its bold beginning and
    `text` the rest; `runs` are both as they are printed. `keep` holds it on one page with what follows, `cited` says that
    the reader found nothing in it but papers this one rests on; `starts` and `ends` are its place in the text it was read from."""

    role: str
    text: str
    lead: str = ""
    keep: bool = False
    cited: bool = False
    starts: int = 0
    ends: int = 0
    runs: list[Run] = field(default_factory=list)


Block = Line | TableBlock


def body_blocks(
    text: str,
    items: Sequence[Item],
    bases: Sequence[Basis],
    *,
    ink: Ink,
    notes: Notes,
    kind: str = "",
    place: str = "nội dung",
    room: float = UPRIGHT,
) -> list[Block]:
    """The text of a body or an annex. A line is an item when `items` says that one begins there; nothing is guessed from
    its looks. `place` names the text in the refusal of what cannot be printed, `room` is the width for tables in points.
    The words of footnotes are no paragraphs: they hang on the runs of their marks."""
    known = {item.start: item for item in _flat(items)}
    titles = {ink(item.heading, place).casefold() for item in known.values() if item.heading}
    made: list[Block] = []
    for block in blocks(text):
        where = f"{place}, đoạn {len(made) + 1}"
        if isinstance(block, Table):
            made.append(
                table_block(
                    block.rows, ink=ink, notes=notes, place=where, room=room, starts=block.start, ends=block.end
                )
            )
        elif not notes.holds(block.text):
            made += _lines(block, known, titles, made, bases, ink, where)
    lines = [block for block in made if isinstance(block, Line)]
    _mark_bases(lines, kind)
    _close(made)
    for line in lines:
        line.runs = notes.runs(line.text, line.lead)
    return made


def _lines(block, known, titles, above, bases, ink, where) -> list[Line]:
    start = block.start + len(block.text) - len(block.text.lstrip())
    item = known.get(start)
    text = ink(DASH.sub("- ", block.text) if item and item.label == "-" else block.text, where)
    if not text:
        return []
    if item:
        made = _item_lines(text, item, ink)
    elif above and isinstance(above[-1], Line) and above[-1].role == "part" and text.casefold() in titles:
        made = [Line("part", text.upper(), keep=True)]
    else:
        cited = any(start < basis.start and basis.end + len("./.") >= block.end > basis.start for basis in bases)
        made = [Line("plain", text, cited=cited)]
    for line in made:
        line.starts, line.ends = block.start, block.end
    return made


def _flat(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _flat(item.items)


def _item_lines(text: str, item: Item, ink: Ink) -> list[Line]:
    label, heading = ink(item.label, "nội dung"), ink(item.heading, "nội dung")
    if PART.match(label):
        title = text[len(label) :].strip(" .:") if text.casefold().startswith(label.casefold()) else ""
        return [Line("part", part, keep=True) for part in ([label, title.upper()] if title else [text])]
    article = ARTICLE.match(text)
    if article:
        text = f"{label}. {text[article.end() :]}"
    elif MINOR.match(text) or not heading:
        return [Line("plain", text, keep=bool(heading))]
    end = len(label) + 1 if article else len(text)
    sentence = article and text.endswith(":") and len(text) > LONGEST_TITLE
    if heading and heading in text and not sentence:
        end = text.index(heading) + len(heading)
        while end < len(text) and text[end] in ".:":
            end += 1
    lead, rest = text[:end], text[end:].strip()
    if rest:
        return [Line("plain", rest, lead=lead)]
    if SECTION.match(lead):
        return [Line("section", lead.upper(), keep=True)]
    return [Line("heading", lead, keep=True)]


def _mark_bases(lines: list[Line], kind: str) -> None:
    """Căn cứ open the body in italics, each ending with `;`, the last with `.`; in a decision they stand between the
    authority and QUYẾT ĐỊNH: (Mẫu 1.2). A "Căn cứ" that runs on into a sentence is an ordinary paragraph."""
    resolve = next((place for place, line in enumerate(lines) if RESOLVE.fullmatch(line.text)), None)
    first = 0
    if kind in DECISIONS and resolve is not None:
        _become(lines[resolve], "resolve", lines[resolve].text.rstrip(" :") + ":")
        while first < resolve and lines[first].text.isupper():
            _become(lines[first], "authority", lines[first].text)
            first += 1
        last = resolve
    else:
        last = _end_of_bases(lines)
    for place in range(first, last):
        text = lines[place].text.rstrip(" ;.,")
        _become(lines[place], "basis", f"{text}." if place == last - 1 else f"{text};")


def _become(line: Line, role: str, text: str) -> None:
    line.role, line.text, line.lead, line.keep = role, text, "", role != "basis"


def _end_of_bases(lines: list[Line]) -> int:
    last = 0
    while last < len(lines) and lines[last].role == "plain" and BASIS.match(lines[last].text):
        text = lines[last].text
        closed = text.endswith(".") and (lines[last].cited or (last > 0 and not text.startswith("Thực hiện")))
        if not (closed or text.endswith(";")):
            break
        last += 1
    return last if any(line.text.startswith("Căn cứ") for line in lines[:last]) else 0


def _close(made: list[Block]) -> None:
    """The text closes with `./.`. At least two lines of it stand on the page of the signature, so the last paragraphs are
    kept with it."""
    lines = [block for block in made if isinstance(block, Line)]
    if lines and made[-1] is lines[-1] and not any(END.search(line.text) for line in lines):
        lines[-1].text = lines[-1].text.rstrip(" .;,") + "./."
    for line in lines:
        line.text = END.sub("./.", line.text)
        line.keep = line.keep or line.text.endswith(":")
    kept = 0
    for block in reversed(made):
        block.keep = True
        if isinstance(block, TableBlock):
            break
        kept += 1 if width(f"{block.lead} {block.text}", "Bold" if block.lead else "Regular", 14) < LINE_ROOM else 2
        if kept >= 2:
            break
