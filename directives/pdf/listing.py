"""Long lists as annexes of NĐ 30/2020 (PL I.III.1): landscape A4, the head of the table repeated on every page.

Drawn straight onto the page: a table of 2,200 rows takes a second, where the layout engine of `press` takes half a minute.
Same fonts, same refusal of what they cannot print, nothing fetched, the same bytes for the same list."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from directives.pdf.body import MM
from directives.pdf.breaks import wrap
from directives.pdf.fonts import STYLES, font_file, width
from directives.pdf.ink import Ink

PAGE = (297 * MM, 210 * MM)
TOP, RIGHT, BOTTOM, LEFT = 20 * MM, 15 * MM, 20 * MM, 30 * MM
ROOM = PAGE[0] - LEFT - RIGHT
TITLE, TEXT, CELL, FOOT = 14.0, 13.0, 12.0, 9.0
LEADING = 1.15
PAD_X, PAD_Y = 4.0, 2.5
RULE = 30 * MM


@dataclass(frozen=True)
class Column:
    """`share` of the width of the page, in any unit; figures and marks are `centred`, words are not."""

    name: str
    share: float
    centred: bool = False


@dataclass(frozen=True)
class Listing:
    """One annex. `label`: `Phụ lục`, or nothing; `title` in capitals, a line each; `remark` in brackets, in italics;
    `facts` above and `notes` below the table, a line each; `mark`: what the foot of every page says (its version)."""

    name: str
    label: str
    title: Sequence[str]
    remark: str
    facts: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    mark: str = ""


@dataclass
class _Page:
    opens: bool = False
    rows: list = field(default_factory=list)
    notes: list = field(default_factory=list)


@dataclass
class _Laid:
    name: str
    label: str
    mark: str
    columns: Sequence[Column]
    head: list
    widths: list
    title: list
    remark: list
    facts: list
    pages: list


def print_listings(listings: Sequence[Listing], *, title: str, contents=None) -> tuple[bytes, int]:
    """The PDF and how many pages it has. One annex is numbered by itself, its first page without a number; several are
    numbered through. `contents(starts)`, given the first page of each, makes a listing that is put before them; its length
    may not depend on the numbers.

    Refuses with `UnprintableText` what the fonts cannot print. About 0.4 ms a row."""
    ink = Ink()
    laid = [_lay_out(one, ink) for one in listings]
    if contents:
        front = len(_lay_out(contents([1000] * len(laid)), ink).pages)
        starts, at = [], front + 1
        for one in laid:
            starts.append(at)
            at += len(one.pages)
        laid.insert(0, _lay_out(contents(starts), ink))
    title = ink(title, "tên tệp")
    ink.check()
    return _draw(laid, title), sum(len(one.pages) for one in laid)


# --- layout -----------------------------------------------------------------------------------------------------------


def _lay_out(listing, ink):
    place = listing.name
    whole = sum(column.share for column in listing.columns)
    widths = [ROOM * column.share / whole for column in listing.columns]
    head = [
        _broken(ink(column.name, place), "Bold", CELL, wide - 2 * PAD_X)
        for column, wide in zip(listing.columns, widths, strict=True)
    ]
    title = [part for line in listing.title for part in wrap(ink(line.upper(), place), "Bold", TITLE, ROOM * 0.8)]
    remark = wrap(ink(listing.remark, place), "Italic", TITLE, ROOM * 0.8) if listing.remark else []
    facts = [part for line in listing.facts for part in _broken(ink(line, place), "Regular", TEXT, ROOM)]
    name, label, mark = ink(listing.name, place), ink(listing.label, place), ink(listing.mark, place)
    laid = _Laid(name, label, mark, listing.columns, head, widths, title, remark, facts, [_Page(opens=True)])
    left = _first_room(laid)
    for row in listing.rows:
        cells = [
            _broken(ink(cell, place), "Regular", CELL, wide - 2 * PAD_X) for cell, wide in zip(row, widths, strict=True)
        ]
        high = _height(cells)
        if high > left and (laid.pages[-1].rows or laid.pages[-1].opens):
            laid.pages.append(_Page())
            left = PAGE[1] - TOP - BOTTOM - _height(head)
        laid.pages[-1].rows.append((cells, high))
        left -= high
    for line in [part for note in listing.notes for part in _broken(ink(note, place), "Italic", TEXT, ROOM)]:
        high = TEXT * LEADING * 1.2
        if high > left - PAD_Y * 4:
            laid.pages.append(_Page())
            left = PAGE[1] - TOP - BOTTOM
        laid.pages[-1].notes.append(line)
        left -= high
    return laid


def _first_room(laid):
    lines = bool(laid.label) + len(laid.title) + len(laid.remark)
    above = lines * TITLE * LEADING + 16 + len(laid.facts) * TEXT * LEADING * 1.1 + 8
    return PAGE[1] - TOP - BOTTOM - above - _height(laid.head)


def _height(cells):
    return max(len(lines) for lines in cells) * CELL * LEADING + 2 * PAD_Y


@cache
def _wide(word, style, size):
    return width(word, style, size)


def _broken(text, style, size, room):
    """Lines no wider than `room`; a word that is wider alone is cut anywhere."""
    space = _wide(" ", style, size)
    lines, line, used = [], [], 0.0
    for word in text.split(" "):
        wide = _wide(word, style, size)
        if line and used + space + wide > room:
            lines.append(" ".join(line))
            line, used = [], 0.0
        while wide > room and len(word) > 1:
            end = max(1, next(n for n in range(len(word), 0, -1) if n == 1 or width(word[:n], style, size) <= room))
            lines.append(word[:end])
            word = word[end:]
            wide = width(word, style, size)
        used += wide + (space if line else 0)
        line.append(word)
    return [*lines, " ".join(line)]


# --- drawing ----------------------------------------------------------------------------------------------------------


@cache
def _register():
    for style in STYLES:
        pdfmetrics.registerFont(TTFont(f"PaperSerif-{style}", str(font_file(style))))


def _draw(laid, title):
    _register()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=PAGE, invariant=1, lang="vi-VN", initialFontName="PaperSerif-Regular")
    canvas.setTitle(title)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    number, alone = 0, len(laid) == 1
    for order, one in enumerate(laid):
        for page in one.pages:
            number += 1
            if page.opens and not alone:
                canvas.bookmarkPage(str(order))
                canvas.addOutlineEntry(one.name, str(order))
            if number > 1:
                _centred(canvas, str(number), "Regular", TITLE, PAGE[1] - TOP / 2 - TITLE / 3)
            _draw_page(canvas, one, page)
            canvas.showPage()
    canvas.save()
    return made.getvalue()


def _draw_page(canvas, one, page):
    y = PAGE[1] - TOP
    if page.opens:
        y = _draw_opening(canvas, one, y)
    if page.rows or page.opens:
        y = _draw_row(canvas, one, (one.head, _height(one.head)), y, style="Bold")
    for row in page.rows:
        y = _draw_row(canvas, one, row, y)
    y -= PAD_Y * 3
    for line in page.notes:
        y -= TEXT * LEADING * 1.2
        _text(canvas, line, "Italic", TEXT, LEFT, y)
    if one.mark:
        _text(canvas, one.mark, "Italic", FOOT, LEFT, BOTTOM / 2)


def _draw_opening(canvas, one, y):
    lines = [(one.label, "Bold")] if one.label else []
    lines += [(line, "Bold") for line in one.title] + [(line, "Italic") for line in one.remark]
    for text, style in lines:
        y -= TITLE * LEADING
        _centred(canvas, text, style, TITLE, y)
    y -= 7
    canvas.setLineWidth(0.75)
    canvas.line(LEFT + (ROOM - RULE) / 2, y, LEFT + (ROOM + RULE) / 2, y)
    y -= 9
    for line in one.facts:
        y -= TEXT * LEADING * 1.1
        _text(canvas, line, "Regular", TEXT, LEFT, y)
    return y - 8


def _draw_row(canvas, one, row, y, style="Regular"):
    cells, high = row
    x = LEFT
    canvas.setLineWidth(0.5)
    for lines, wide, column in zip(cells, one.widths, one.columns, strict=True):
        canvas.rect(x, y - high, wide, high)
        middle = style == "Bold"
        at = y - PAD_Y - (high - 2 * PAD_Y - len(lines) * CELL * LEADING) / 2 * middle
        for line in lines:
            at -= CELL * LEADING
            indent = (wide - _wide(line, style, CELL)) / 2 if column.centred or middle else PAD_X
            _text(canvas, line, style, CELL, x + indent, at + CELL * 0.22)
        x += wide
    return y - high


def _centred(canvas, text, style, size, y):
    _text(canvas, text, style, size, LEFT + (ROOM - width(text, style, size)) / 2, y)


def _text(canvas, text, style, size, x, y):
    canvas.setFont(f"PaperSerif-{style}", size)
    canvas.drawString(x, y, text)
