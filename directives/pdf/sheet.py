"""A `Paper` laid out as NĐ 30/2020 PL I wants it printed: tolerant reading is over, from here everything is strict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directives.paper.model import Item, Paper
from directives.pdf.ink import Ink, width, wrap

MM = 72 / 25.4
TEXT_WIDTH = 165 * MM
INDENT = 12.7 * MM
LEFT_COLUMN = 74.5 * MM
ABOUT_ROOM = 70 * MM
TITLE_ROOM = 140 * MM
SIGN_ROOM = 80 * MM
END = re.compile(r"[\s.;,]*\.\s*/\s*\.$")
RESOLVE = re.compile(r"(QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:?")
BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Xét)\b")
URGENCY = {"KHẨN": "khan", "THƯỢNG KHẨN": "thuong-khan", "HỎA TỐC": "hoa-toc"}
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True)
class PaperTable:
    """An annex with one table. `widths` are shares of the page width (any unit); cells are text."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    landscape: bool = False


@dataclass(frozen=True)
class PrintExtras:
    """What a paper prints that its text does not hold: `issuer` is the agency's name as written in a sentence,
    `sent_by` who "điện" in a công điện (else the agency), `tables` the annexes."""

    issuer: str | None = None
    sent_by: str | None = None
    tables: Sequence[PaperTable] = ()


@dataclass
class Line:
    """A paragraph of the body: `lead` is the part in bold, `keep` holds it to what follows on the same page."""

    role: str
    text: str
    lead: str = ""
    keep: bool = False


@dataclass(frozen=True)
class Annex:
    label: str
    title: str
    columns: list[tuple[str, str]]
    rows: list[list[str]]
    landscape: bool


@dataclass(frozen=True)
class Sheet:
    """What the template prints, and nothing it has to decide."""

    title: str
    parent: list[str]
    agency: list[str]
    number: str
    symbol: str
    place: str
    day: str
    month: str
    year: str
    about: list[str]
    type_name: str
    subject: list[str]
    urgency: str
    urgency_box: str
    addressed_by: str
    addressees: list[str]
    body: list[Line]
    authority: list[list[str]]
    signer: str
    copies: list[str]
    annexes: list[Annex]
    kind: str
    issuer: str


def lay_out(paper: Paper, extra: PrintExtras) -> Sheet:
    """Raises `UnprintableText` when any part holds what the fonts cannot print."""
    ink = Ink()
    kind = ink(paper.kind, "tên loại").lower()
    letter = kind in {"", "công văn"}
    number, symbol = _number(ink(paper.number, "số, ký hiệu"))
    year, month, day = _date(paper.date_iso)
    subject = _subject(ink(paper.subject, "trích yếu"), letter)
    agency = ink.caps(paper.agency, "tên cơ quan ban hành")
    telegram = paper.recipient_label == "điện"
    urgency = ink.caps(paper.urgency, "mức độ khẩn")
    sheet = Sheet(
        title=" ".join(filter(None, [kind.capitalize() or "Văn bản", number and f"{number}{symbol}", subject])),
        parent=_lines(ink.caps(paper.parent_agency, "tên cơ quan chủ quản"), "Regular", 12, LEFT_COLUMN),
        agency=_lines(agency, "Bold", 12, LEFT_COLUMN),
        number=number,
        symbol=symbol,
        place=ink(paper.place, "địa danh"),
        day=day,
        month=month,
        year=year,
        about=_lines(f"V/v {subject}" if letter and subject else "", "Regular", 12, ABOUT_ROOM),
        type_name="" if letter else kind.upper(),
        subject=[] if letter else _lines(subject, "Bold", 14, TITLE_ROOM),
        urgency=urgency,
        urgency_box=URGENCY.get(urgency, ""),
        addressed_by=(ink(extra.sent_by, "nơi gửi điện") or agency) if telegram else "",
        addressees=_listed([ink(entry, "phần Kính gửi") for entry in paper.recipients], closed=telegram),
        body=_body(paper, ink, kind),
        authority=[_lines(ink.caps(line, "chức vụ người ký"), "Bold", 14, SIGN_ROOM) for line in paper.signer.lines],
        signer=ink(paper.signer.name, "họ tên người ký"),
        copies=_listed([ink(entry, "phần Nơi nhận") for entry in paper.noi_nhan], closed=True),
        annexes=[_annex(table, order, len(extra.tables), ink) for order, table in enumerate(extra.tables, 1)],
        kind=kind,
        issuer=ink(extra.issuer, "tên cơ quan ban hành"),
    )
    ink.check()
    return sheet


def _lines(text: str, style: str, size: float, room: float) -> list[str]:
    return wrap(text, style, size, room) if text else []


def _number(printed: str) -> tuple[str, str]:
    number, slash, symbol = printed.partition("/")
    number = number.strip()
    return number.zfill(2) if number.isdecimal() else number, f"/{symbol.strip()}" if slash or not number else ""


def _date(iso: str | None) -> tuple[str, str, str]:
    """Days below 10 and the months 1 and 2 take a leading zero, no other month does (PL I.II.4.b)."""
    year, month, day = (*(iso or "").split("-"), "", "")[:3]
    month = month.lstrip("0")
    return year, month.zfill(2) if month in {"1", "2"} else month, day.zfill(2) if day else ""


def _subject(text: str, letter: bool) -> str:
    text = text.rstrip(" .;,")
    if letter:
        return re.sub(r"^(V/v|Về việc)\s*:?\s*", "", text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def _listed(entries: list[str], *, closed: bool) -> list[str]:
    """Each entry ends with `;`, the last with `.`; one alone stays bare unless the list is `closed`."""
    bare = [text for entry in entries if (text := entry.strip(" ;.,").lstrip("-–+• "))]
    if len(bare) == 1 and not closed:
        return bare
    return [f"{text};" for text in bare[:-1]] + [f"{text}." for text in bare[-1:]]


def _body(paper: Paper, ink: Ink, kind: str) -> list[Line]:
    items = {item.start: item for item in _flat(paper.items)}
    headings = {ink(item.heading, "nội dung").casefold() for item in items.values() if item.heading}
    lines: list[Line] = []
    position = 0
    for raw in paper.body.split("\n"):
        start = position + len(raw) - len(raw.lstrip())
        position += len(raw) + 1
        text = ink(raw, f"nội dung, đoạn {len(lines) + 1}")
        if text:
            lines += _item_lines(text, items.get(start), ink) if start in items else [Line("plain", text)]
            previous = lines[-2] if len(lines) > 1 else None
            if previous and previous.role == "part" and previous.keep and text.casefold() in headings:
                lines[-1] = Line("part", text.upper(), keep=True)
    _mark_bases(lines, kind)
    _finish(lines)
    return lines


def _flat(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _flat(item.items)


def _item_lines(text: str, item: Item, ink: Ink) -> list[Line]:
    label, heading = ink(item.label, "nội dung"), ink(item.heading, "nội dung")
    if re.match(r"(Phần|Chương|Mục|Tiểu mục)\b", text):
        rest = text[len(label) :].strip(" .:") if text.startswith(label) else ""
        parts = [label, rest.upper()] if rest else [text]
        return [Line("part", part, keep=True) for part in parts]
    article = re.match(r"Điều \d+\w*\.?", text)
    if not heading and not article:
        return [Line("plain", text)]
    if heading:
        place = text.find(heading)
        end = place + len(heading) if place >= 0 else len(text)
        while end < len(text) and text[end] in ".:":
            end += 1
    else:
        end = article.end()
    lead, rest = text[:end], text[end:].strip()
    if rest:
        return [Line("item", rest, lead=lead)]
    if re.match(r"[IVXLC]+[.)\s]", lead):
        return [Line("section", lead.upper(), keep=True)]
    return [Line("heading", lead, keep=True)]


def _mark_bases(lines: list[Line], kind: str) -> None:
    """Căn cứ stand in italics at the head of the body; a decision opens with its authority and closes them with
    QUYẾT ĐỊNH: (Mẫu 1.2). A "Căn cứ" that runs on into a sentence is an ordinary paragraph."""
    resolve = next((place for place, line in enumerate(lines) if RESOLVE.fullmatch(line.text)), None)
    first = 0
    if kind in {"quyết định", "nghị quyết"} and resolve is not None:
        lines[resolve] = Line("resolve", lines[resolve].text.rstrip(" :") + ":", keep=True)
        while first < resolve and lines[first].text.isupper():
            lines[first] = Line("authority", lines[first].text, keep=True)
            first += 1
        last = resolve
    else:
        last = first
        while last < len(lines) and lines[last].role == "plain" and BASIS.match(lines[last].text):
            if not lines[last].text.endswith(";"):
                last += last > first and lines[last].text.endswith(".")
                break
            last += 1
    for place in range(first, last):
        text = lines[place].text.rstrip(" ;.,")
        lines[place] = Line("basis", f"{text}." if place == last - 1 else f"{text};")


def _finish(lines: list[Line]) -> None:
    """The body ends with `./.`; at least two of its lines stand on the page of the signature (`keep`)."""
    if not lines:
        return
    if not any(END.search(line.text) for line in lines):
        lines[-1].text = lines[-1].text.rstrip(" .;,") + "./."
    for line in lines:
        line.text = END.sub("./.", line.text)
        line.keep = line.keep or line.text.endswith(":")
    kept = 0
    for line in reversed(lines):
        line.keep = True
        kept += (
            1 if width(f"{line.lead} {line.text}", "Bold" if line.lead else "Regular", 14) < TEXT_WIDTH - INDENT else 2
        )
        if kept >= 2:
            break


def _annex(table: PaperTable, order: int, count: int, ink: Ink) -> Annex:
    place = f"phụ lục {order}"
    columns = [ink(column, place) for column in table.columns]
    shares = list(table.widths) or [1.0] * len(columns)
    if len(shares) != len(columns) or any(len(row) != len(columns) for row in table.rows):
        raise ValueError(f"Bảng “{table.title}”: số ô mỗi dòng phải bằng số cột.")
    return Annex(
        label="Phụ lục" if count == 1 else f"Phụ lục {ROMAN[order]}",
        title=ink.caps(table.title, place),
        columns=[(column, f"{100 * share / sum(shares):.3f}%") for column, share in zip(columns, shares, strict=True)],
        rows=[[ink(cell, place) for cell in row] for row in table.rows],
        landscape=table.landscape,
    )
