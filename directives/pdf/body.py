"""The body of a paper as lines with a role each (NĐ 30/2020 PL I.II.6): what is bold, what is centred, what is kept
together, where căn cứ end and the body closes with `./.`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directives.paper.model import Item, Paper
from directives.pdf.breaks import pieces
from directives.pdf.fonts import width
from directives.pdf.ink import Ink

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


@dataclass
class Line:
    """A paragraph: `lead` is its bold beginning, `keep` holds it on one page with what follows, `cited` says that the
    reader found nothing in it but papers this one rests on."""

    role: str
    text: str
    lead: str = ""
    keep: bool = False
    cited: bool = False

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        return pieces(self.text)


def body_lines(paper: Paper, ink: Ink, kind: str) -> list[Line]:
    """A line is an item when `paper.items` says that one begins there; nothing is guessed from its looks."""
    items = {item.start: item for item in _flat(paper.items)}
    titles = {ink(item.heading, "nội dung").casefold() for item in items.values() if item.heading}
    lines: list[Line] = []
    position = 0
    for raw in paper.body.split("\n"):
        start = position + len(raw) - len(raw.lstrip())
        position += len(raw) + 1
        item = items.get(start)
        text = ink(DASH.sub("- ", raw) if item and item.label == "-" else raw, f"nội dung, đoạn {len(lines) + 1}")
        if item and text:
            lines += _item_lines(text, item, ink)
        elif text and lines and lines[-1].role == "part" and text.casefold() in titles:
            lines.append(Line("part", text.upper(), keep=True))
        elif text:
            cited = any(start < basis.start < position <= basis.end + len("./.\n") for basis in paper.bases)
            lines.append(Line("plain", text, cited=cited))
    _mark_bases(lines, kind)
    _close(lines)
    return lines


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
    if heading and heading in text:
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
    if kind in {"quyết định", "nghị quyết"} and resolve is not None:
        lines[resolve] = Line("resolve", lines[resolve].text.rstrip(" :") + ":", keep=True)
        while first < resolve and lines[first].text.isupper():
            lines[first] = Line("authority", lines[first].text, keep=True)
            first += 1
        last = resolve
    else:
        last = _end_of_bases(lines)
    for place in range(first, last):
        text = lines[place].text.rstrip(" ;.,")
        lines[place] = Line("basis", f"{text}." if place == last - 1 else f"{text};")


def _end_of_bases(lines: list[Line]) -> int:
    last = 0
    while last < len(lines) and lines[last].role == "plain" and BASIS.match(lines[last].text):
        text = lines[last].text
        closed = text.endswith(".") and (lines[last].cited or (last > 0 and not text.startswith("Thực hiện")))
        if not (closed or text.endswith(";")):
            break
        last += 1
    return last if any(line.text.startswith("Căn cứ") for line in lines[:last]) else 0


def _close(lines: list[Line]) -> None:
    """At least two lines of the body stand on the page of the signature, so the last paragraphs are kept with it."""
    if lines and not any(END.search(line.text) for line in lines):
        lines[-1].text = lines[-1].text.rstrip(" .;,") + "./."
    for line in lines:
        line.text = END.sub("./.", line.text)
        line.keep = line.keep or line.text.endswith(":")
    kept = 0
    for line in reversed(lines):
        line.keep = True
        kept += 1 if width(f"{line.lead} {line.text}", "Bold" if line.lead else "Regular", 14) < LINE_ROOM else 2
        if kept >= 2:
            break
