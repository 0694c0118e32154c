"""A `Paper` laid out as NĐ 30/2020 PL I wants it printed: tolerant reading is over, from here everything is strict."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directives.paper.model import Paper
from directives.pdf.body import MM, Line, body_lines
from directives.pdf.breaks import wrap
from directives.pdf.fonts import width
from directives.pdf.ink import Ink, UnprintableText

LEFT_ROOM = 69 * MM
ABOUT_ROOM = 66 * MM
RIGHT_ROOM = 95 * MM
TITLE_ROOM = 140 * MM
SIGN_ROOM = 80 * MM
# Room for the clerk's hand: two of these are as wide as a digit.
GAP = "\u00a0"
URGENCY = {"": "", "KHẨN": "khan", "THƯỢNG KHẨN": "thuong-khan", "HỎA TỐC": "hoa-toc"}
DENSE_FROM = 12
FIGURES = re.compile(r"[\d.,:/% –-]*|.{1,2}")


@dataclass(frozen=True)
class PaperTable:
    """An annex with one table. `widths` are shares of the page width (any unit); cells are text.

    Costs 1 to 2 ms a cell. From `DENSE_FROM` columns on it is set in small type."""

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


@dataclass(frozen=True)
class Column:
    name: str
    share: str


@dataclass(frozen=True)
class Annex:
    """`rows` hold each cell with its style: figures and marks are centred, words are not."""

    label: str
    title: str
    columns: list[Column]
    rows: list[list[tuple[str, str]]]
    landscape: bool
    dense: bool


@dataclass(frozen=True)
class Sheet:
    """What the template prints, and nothing it has to decide."""

    title: str
    parent: list[str]
    agency: list[str]
    number: str
    dated: str
    dated_wide: bool
    about: list[str]
    type_name: str
    subject: list[str]
    urgency: str
    urgency_box: str
    addressed_by: str
    addressees: list[str]
    body: list[Line]
    authority: list[str]
    signer: str
    copies: list[str]
    annexes: list[Annex]
    attached: str
    issuer: str


def lay_out(paper: Paper, extra: PrintExtras) -> Sheet:
    """Raises `UnprintableText` when any part holds what the fonts cannot print."""
    ink = Ink()
    kind = ink(paper.kind, "tên loại").lower()
    letter = kind in {"", "công văn"}
    number, symbol = _number(ink(paper.number, "số, ký hiệu"))
    place, date = ink(paper.place, "địa danh"), _date(ink(paper.date_iso, "ngày tháng"))
    dated = f"{place}, {date}" if place else date[:1].upper() + date[1:]
    subject = _subject(ink(paper.subject, "trích yếu"), letter)
    agency = ink.caps(paper.agency, "tên cơ quan ban hành")
    telegram = kind == "công điện" or paper.recipient_label == "điện"
    urgency = ink.caps(paper.urgency, "mức độ khẩn").replace("HOẢ", "HỎA")
    if urgency not in URGENCY:
        raise UnprintableText(
            f"Mức độ khẩn “{urgency}” không có trong Nghị định 30: chỉ có khẩn, thượng khẩn, hỏa tốc."
        )
    sheet = Sheet(
        title=": ".join(filter(None, [_called(kind, number + symbol), subject])),
        parent=_lines(ink.caps(paper.parent_agency, "tên cơ quan chủ quản"), "Regular", 12, LEFT_ROOM),
        agency=_lines(agency, "Bold", 12, LEFT_ROOM),
        number=number + symbol,
        dated=dated,
        dated_wide=width(dated, "Italic", 13) > RIGHT_ROOM,
        about=_lines(f"V/v {subject}" if letter and subject else "", "Regular", 12, ABOUT_ROOM),
        type_name="" if letter else kind.upper(),
        subject=[] if letter else _lines(subject, "Bold", 14, TITLE_ROOM),
        urgency=urgency,
        urgency_box=URGENCY[urgency],
        addressed_by=_wired(ink(extra.sent_by, "nơi gửi điện") or agency) if telegram else "",
        addressees=_listed([ink(entry, "phần Kính gửi") for entry in paper.recipients], closed=telegram),
        body=body_lines(paper, ink, kind),
        authority=[
            line
            for written in paper.signer.lines
            for line in _lines(ink.caps(written, "chức vụ người ký"), "Bold", 14, SIGN_ROOM)
        ],
        signer=ink(paper.signer.name, "họ tên người ký"),
        copies=_listed([ink(entry, "phần Nơi nhận") for entry in paper.noi_nhan], closed=True),
        annexes=[_annex(table, order, len(extra.tables), ink) for order, table in enumerate(extra.tables, 1)],
        attached=f"{(kind or 'văn bản').capitalize()} số {number}{symbol} {date}",
        issuer=ink(extra.issuer, "tên cơ quan ban hành"),
    )
    ink.check()
    return sheet


def _lines(text: str, style: str, size: float, room: float) -> list[str]:
    return wrap(text, style, size, room) if text else []


def _wired(sender: str) -> str:
    """A công điện has no Kính gửi: it says who wires (Mẫu 1.6)."""
    return f"{sender} điện:" if sender else "Điện:"


def _called(kind: str, number: str) -> str:
    return (kind or "văn bản").capitalize() + ("" if number.startswith(GAP) else f" số {number}")


def _number(printed: str) -> tuple[str, str]:
    """The number, or room for four digits; below 10 it takes a leading zero. Then the symbol with its stroke."""
    number, stroke, symbol = printed.partition("/")
    number = number.strip()
    return (number.zfill(2) if number.isdecimal() else number) or 8 * GAP, stroke + symbol.strip() if printed else "/"


def _date(iso: str) -> str:
    """Days below 10 and the months 1 and 2 take a leading zero, no other month does (PL I.II.4.b)."""
    year, month, day = (*iso.split("-"), "", "")[:3]
    month = month.lstrip("0")
    month = month.zfill(2) if month in {"1", "2"} else month
    return f"ngày {day.zfill(2) if day else 4 * GAP} tháng {month or 4 * GAP} năm {year or 8 * GAP}"


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


def _annex(table: PaperTable, order: int, count: int, ink: Ink) -> Annex:
    place = f"phụ lục {order}"
    shares = list(table.widths) or [1] * len(table.columns)
    if len(shares) != len(table.columns) or any(len(row) != len(table.columns) for row in table.rows):
        raise ValueError(f"Bảng “{table.title}”: số ô mỗi dòng phải bằng số cột.")
    cells = [[ink(cell, place) for cell in row] for row in table.rows]
    styles = ["figures" if all(FIGURES.fullmatch(row[at]) for row in cells) else "" for at in range(len(shares))]
    return Annex(
        label="Phụ lục" if count == 1 else f"Phụ lục {_roman(order)}",
        title=ink.caps(table.title, place),
        columns=[
            Column(ink(name, place), f"{100 * share / sum(shares):.3f}%")
            for name, share in zip(table.columns, shares, strict=True)
        ],
        rows=[list(zip(row, styles, strict=True)) for row in cells],
        landscape=table.landscape,
        dense=len(table.columns) >= DENSE_FROM,
    )


def _roman(order: int) -> str:
    tens, ones = divmod(order, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
