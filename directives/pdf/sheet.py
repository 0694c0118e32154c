"""A `Paper` laid out as NĐ 30/2020 PL I wants it printed: tolerant reading is over, from here everything is strict."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from directives.paper.model import Paper, SignOff
from directives.pdf.anchors import mark_demands
from directives.pdf.annexes import Annex, PaperTable, lay_annexes
from directives.pdf.body import MM, Block, body_blocks
from directives.pdf.breaks import wrap
from directives.pdf.fonts import width
from directives.pdf.ink import Ink, UnprintableText
from directives.pdf.runs import Notes

LEFT_ROOM = 69 * MM
ABOUT_ROOM = 66 * MM
RIGHT_ROOM = 95 * MM
# As far as the date may reach over the column of the number.
OVER_ROOM = 4 * MM
TITLE_ROOM = 140 * MM
SIGN_ROOM = 80 * MM
COPIES_ROOM = 80 * MM
MOST_COPIES = 48
NARROW_SIGN_ROOM = 53 * MM
IN_ONE_ROW = 3
# Room for the clerk's hand: two of these are as wide as a digit.
GAP = "\u00a0"
URGENCY = {"": "", "KHẨN": "khan", "THƯỢNG KHẨN": "thuong-khan", "HỎA TỐC": "hoa-toc"}


@dataclass(frozen=True)
class PrintExtras:
    """What a paper prints that its text does not hold: `issuer` is the agency's name as written in a sentence,
    `sent_by` who "điện" in a công điện (else the agency), `tables` the annexes, `demands` the sentences to be found again:
    (name, starts, ends) in the body."""

    issuer: str | None = None
    sent_by: str | None = None
    tables: Sequence[PaperTable] = ()
    demands: Sequence[tuple[str, int, int]] = ()


@dataclass(frozen=True)
class Signature:
    """The titles from top to bottom, each cut into its lines, then the name; `main` is the issuer's."""

    titles: list[list[str]]
    name: str
    main: bool = False

    @property
    def lines(self) -> list[str]:
        return [line for title in self.titles for line in title]


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
    body: list[Block]
    signature: Signature
    cosigners: list[Signature]
    copies: list[str]
    annexes: list[Annex]
    attached: str
    issuer: str

    @property
    def many_copies(self) -> bool:
        """The copy list may be longer than a page: then it runs on to the next, below the signature."""
        lines = sum(1 + int(width(f"- {entry}", "Regular", 11) / COPIES_ROOM) for entry in self.copies)
        return lines > MOST_COPIES

    @property
    def signing_rows(self) -> list[list[Signature | None]]:
        """Where several sign: two or three side by side, more in rows of two, the issuer's block always the last."""
        blocks: list[Signature | None] = [*self.cosigners, self.signature]
        if len(blocks) <= IN_ONE_ROW:
            return [blocks]
        if len(blocks) % 2:
            blocks.insert(-1, None)
        return [blocks[at : at + 2] for at in range(0, len(blocks), 2)]


def lay_out(paper: Paper, extra: PrintExtras) -> Sheet:
    """Raises `UnprintableText` when any part holds what the fonts cannot print."""
    ink = Ink()
    kind = ink(paper.kind, "tên loại").lower()
    letter = kind in {"", "công văn"}
    number, symbol = _number(ink(paper.number, "số, ký hiệu"))
    place, date = ink(paper.place, "địa danh"), _date(ink(paper.date_iso, "ngày tháng"))
    dated = f"{place}, {date}" if place else date[:1].upper() + date[1:]
    if width(dated, "Italic", 13) > RIGHT_ROOM + OVER_ROOM:
        dated = f"{place}, {date.replace(' ', GAP)}"
    if kind == "biên bản" and not (paper.place or paper.date_iso):
        dated = ""
    subject = _subject(ink(paper.subject, "trích yếu"), letter)
    agency = ink.caps(paper.agency, "tên cơ quan ban hành")
    telegram = kind == "công điện" or paper.recipient_label == "điện"
    urgency = ink.caps(paper.urgency, "mức độ khẩn").replace("HOẢ", "HỎA")
    if urgency not in URGENCY:
        raise UnprintableText(
            f"Mức độ khẩn “{urgency}” không có trong Nghị định 30: chỉ có khẩn, thượng khẩn, hỏa tốc."
        )
    notes = Notes(ink)
    notes.open(paper.body)
    room = SIGN_ROOM if len(paper.cosigners) != IN_ONE_ROW - 1 else NARROW_SIGN_ROOM
    *cosigners, signature = (_signature(block, room, ink) for block in (*paper.cosigners, paper.signer))
    sheet = Sheet(
        title=": ".join(filter(None, [_called(kind, number + symbol), subject])),
        parent=_lines(ink.caps(paper.parent_agency, "tên cơ quan chủ quản"), "Regular", 12, LEFT_ROOM),
        agency=_lines(agency, "Bold", 12, LEFT_ROOM),
        number=number + symbol,
        dated=dated,
        dated_wide=RIGHT_ROOM < width(dated, "Italic", 13) <= RIGHT_ROOM + OVER_ROOM,
        about=_lines(f"V/v {subject}" if letter and subject else "", "Regular", 12, ABOUT_ROOM),
        type_name="" if letter else kind.upper(),
        subject=[] if letter else _lines(subject, "Bold", 14, TITLE_ROOM),
        urgency=urgency,
        urgency_box=URGENCY[urgency],
        addressed_by=_wired(ink(extra.sent_by, "nơi gửi điện") or agency) if telegram else "",
        addressees=_listed([ink(entry, "phần Kính gửi") for entry in paper.recipients], closed=telegram),
        body=body_blocks(paper.body, paper.items, paper.bases, kind=kind, ink=ink, notes=notes),
        signature=replace(signature, main=True),
        cosigners=cosigners,
        copies=_listed([ink(entry, "phần Nơi nhận") for entry in paper.noi_nhan], closed=True),
        annexes=lay_annexes(paper, extra.tables, ink, notes),
        attached=f"{(kind or 'văn bản').capitalize()} số {number}{symbol} {date}",
        issuer=ink(extra.issuer, "tên cơ quan ban hành"),
    )
    mark_demands(sheet.body, paper.body, extra.demands)
    ink.check()
    return sheet


def _lines(text: str, style: str, size: float, room: float) -> list[str]:
    return wrap(text, style, size, room) if text else []


def _signature(block: SignOff, room: float, ink: Ink) -> Signature:
    titles = [_lines(ink.caps(line, "chức vụ người ký"), "Bold", 14, room) for line in block.lines]
    return Signature([title for title in titles if title], ink(block.name, "họ tên người ký"))


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
