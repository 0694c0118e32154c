"""The head of a paper (ô 1-4): national title and motto, agency, number and symbol, place and day."""

import re
from collections.abc import Iterator

from directives.paper.check.rule import ERROR, WARNING, Remark, rule
from directives.paper.check.sheet import Printed, Sheet
from directives.paper.dates import HEADER_DATE, HEADER_SLASHED, iso
from directives.paper.model import Span
from directives.paper.text import fold
from directives.paper.words import OTHER_SYMBOLS, SYMBOL_KINDS

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ABBREVIATIONS = {kind: symbol for symbol, kind in SYMBOL_KINDS.items()} | OTHER_SYMBOLS
_TYPES = {symbol for kind, symbol in ABBREVIATIONS.items() if kind != "kết luận"}
_MIXED = {"QyĐ", "CTr", "TTr", "TrS", "TTg"}
_NATION = re.compile(r"cong\s*hoa\s+xa\s*hoi\s+chu\s*nghia\s+viet\s*nam")
_MOTTO = re.compile(r"doc\s*lap\W+tu\s*do\W+hanh\s*phuc")
_HEAD = re.compile(r"cong hoa|doc lap")
_NUMBER = re.compile(r"^Số(?P<colon>\s*:)?\s*(?P<free>.*)$", re.IGNORECASE)
_SIGN = re.compile(r"(?P<n>\d*)(?P<rest>\s*[/-]\s*\D.*)$")
_LINE_DATE = re.compile(r"^(?P<place>[^\d,;:]{2,60}?)(?P<comma>\s*,)?\s+(?=ngày\b)", re.IGNORECASE)
_BESIDE = re.compile(r"\s+[A-ZĐ]\S*(?:\s+[^\s,]+){0,5},\s*ngày\b.*$")
_CITY = re.compile(r"^(?:TP|Tp|T\.P)\b\.?\s*(?P<rest>.*)$")


def _cell(sheet: Sheet, pattern: re.Pattern) -> Printed | None:
    return next((cell for cell in sheet.front if pattern.search(fold(cell.text))), None)


def _bare(sheet: Sheet) -> bool:
    """Neither nation nor agency: a text copied without its frame, or a draft."""
    return not _cell(sheet, _HEAD) and not sheet.paper.agency


def _joined(sheet: Sheet, pattern: re.Pattern) -> bool:
    """The title may be broken over several lines."""
    return bool(pattern.search(re.sub(r"\s+", " ", fold(sheet.paper.front))))


@rule("head-absent", WARNING, "NĐ 30/2020 PL I.II.1-2", needs="print")
def head_absent(sheet: Sheet) -> Iterator[Remark]:
    """The text has neither the national title nor an issuing agency: probably copied without its frame."""
    if _bare(sheet):
        yield Remark(
            "phần đầu",
            "Không thấy Quốc hiệu, Tiêu ngữ và tên cơ quan ban hành; nếu chép từ tệp khác, khung đầu trang chưa được chép",
        )


@rule("nation", ERROR, "NĐ 30/2020 PL I.II.1.a", needs="print")
def nation(sheet: Sheet) -> Iterator[Remark]:
    """The national title stands in capitals, letter for letter; HÒA and HOÀ are both accepted, as in the decree."""
    cell = _cell(sheet, _NATION)
    if not cell:
        if not _bare(sheet) and not _joined(sheet, _NATION):
            yield Remark("Quốc hiệu", f"Thiếu Quốc hiệu “{NATION}”")
        return
    found = _NATION.search(fold(cell.text))
    if cell.text[found.start() : found.end()].replace("HOÀ", "HÒA") != NATION:
        span = _inside(cell, found)
        yield Remark("Quốc hiệu", f"Quốc hiệu phải viết đúng là “{NATION}”", span, NATION)


@rule("motto", ERROR, "NĐ 30/2020 PL I.II.1.b", needs="print")
def motto(sheet: Sheet) -> Iterator[Remark]:
    """The motto stands letter for letter: three capitals, hyphens with a space on each side."""
    cell = _cell(sheet, _MOTTO)
    if not cell:
        if not _bare(sheet) and not _joined(sheet, _MOTTO):
            yield Remark("Tiêu ngữ", f"Thiếu Tiêu ngữ “{MOTTO}”")
        return
    found = _MOTTO.search(fold(cell.text))
    if cell.text[found.start() : found.end()] != MOTTO:
        yield Remark("Tiêu ngữ", f"Tiêu ngữ phải viết đúng là “{MOTTO}”", _inside(cell, found), MOTTO)


@rule("agency-absent", ERROR, "NĐ 30/2020 PL I.II.2", needs="print")
def agency_absent(sheet: Sheet) -> Iterator[Remark]:
    """A paper with a national title names the agency that issues it."""
    if not sheet.paper.agency and not _bare(sheet):
        yield Remark("Tên cơ quan", "Thiếu tên cơ quan, tổ chức ban hành văn bản")


@rule("number-absent", ERROR, "NĐ 30/2020 PL I.II.3", needs="print")
def number_absent(sheet: Sheet) -> Iterator[Remark]:
    """There is a line "Số: …"; the number itself may still be blank, for it is given after the signature."""
    if not sheet.paper.number and not _bare(sheet) and not any(_NUMBER.match(cell.text) for cell in sheet.front):
        yield Remark("Số, ký hiệu", "Thiếu dòng “Số: …/…” ghi số và ký hiệu")


def _numbers(sheet: Sheet) -> Iterator[tuple[Printed, re.Match, re.Match]]:
    for cell in sheet.front:
        line = _NUMBER.match(cell.text)
        sign = _SIGN.search(_BESIDE.sub("", line["free"])) if line else None
        if sign:
            yield cell, line, sign
            return


@rule("number-colon", ERROR, "NĐ 30/2020 PL I.II.3", needs="print")
def number_colon(sheet: Sheet) -> Iterator[Remark]:
    """A colon follows the word "Số"."""
    for cell, line, _ in _numbers(sheet):
        if not line["colon"]:
            yield Remark("Số, ký hiệu", "Sau từ “Số” phải có dấu hai chấm", _slice(cell, 0, 2), f"{cell.text[:2]}:")


@rule("number-zero", ERROR, "NĐ 30/2020 PL I.II.3.c", needs="print")
def number_zero(sheet: Sheet) -> Iterator[Remark]:
    """A number below 10 has a leading 0."""
    for cell, line, sign in _numbers(sheet):
        if len(sign["n"]) == 1:
            at = line.start("free") + sign.start("n")
            span = _slice(cell, at, at + 1)
            yield Remark("Số, ký hiệu", "Số nhỏ hơn 10 phải ghi thêm số 0 phía trước", span, f"0{sign['n']}")


@rule("symbol-spaces", WARNING, "NĐ 30/2020 PL I.II.3.c", needs="print")
def symbol_spaces(sheet: Sheet) -> Iterator[Remark]:
    """No space stands around the slash and the hyphens of number and symbol."""
    for cell, line, sign in _numbers(sheet):
        printed = sign["rest"].rstrip()
        tight = re.sub(r"\s*([/-])\s*", r"\1", printed)
        blank = not sign["n"]
        if (tight.lstrip() if blank else tight) != (printed.lstrip() if blank else printed) and " " not in tight:
            at = line.start("free") + sign.start("rest")
            span = _slice(cell, at, at + len(printed))
            yield Remark("Số, ký hiệu", "Giữa các nhóm của số và ký hiệu không có khoảng trống", span, tight)


@rule("symbol-capitals", ERROR, "NĐ 30/2020 PL I.II.3.c", needs="print")
def symbol_capitals(sheet: Sheet) -> Iterator[Remark]:
    """The symbol is in capitals, but for the abbreviations QyĐ, CTr, TTr, TrS and TTg."""
    for cell, line, sign in _numbers(sheet):
        for group in re.finditer(r"[^\W\d_]+", sign["rest"]):
            if group[0] not in _MIXED and group[0] != group[0].upper():
                at = line.start("free") + sign.start("rest") + group.start()
                wanted = {each.upper(): each for each in _MIXED}.get(group[0].upper(), group[0].upper())
                span = _slice(cell, at, at + len(group[0]))
                yield Remark("Số, ký hiệu", f"Ký hiệu viết bằng chữ in hoa: “{wanted}”", span, wanted)


@rule("symbol-kind", ERROR, "NĐ 30/2020 PL I.II.3.b, PL III.I")
def symbol_kind(sheet: Sheet) -> Iterator[Remark]:
    """The symbol begins with the abbreviation of the kind; that of a công văn has none and begins with the agency."""
    groups = [each for each in re.split(r"[/\-\s]+", sheet.paper.number or "") if each and not each.isdigit()]
    if sheet.party or not groups or not sheet.kind:
        return
    first, span = groups[0], _symbol_span(sheet, groups[0])
    wanted = ABBREVIATIONS.get(sheet.kind)
    if sheet.kind == "công văn":
        if first == "CV" or (first in _TYPES and len(groups) > 1):
            message = f"Ký hiệu công văn không có chữ viết tắt tên loại (“{first}”) mà bắt đầu bằng tên cơ quan"
            yield Remark("Số, ký hiệu", message, span)
    elif wanted and first != wanted:
        if first.upper() == wanted.upper():
            return
        known = first in _TYPES
        message = f"Ký hiệu của {sheet.kind} bắt đầu bằng “{wanted}”, không phải “{first}”"
        yield Remark("Số, ký hiệu", message, span, wanted if known and span else None)


def _symbol_span(sheet: Sheet, group: str) -> Span | None:
    for cell, line, sign in _numbers(sheet):
        at = cell.text.find(group, line.start("free") + sign.start("rest"))
        if at >= 0:
            return _slice(cell, at, at + len(group))
    return None


def _line(cell: Printed) -> re.Match | None:
    """Place and day as a header prints them; a trích yếu that ends with a day has words in small letters before it."""
    found = _LINE_DATE.match(cell.text)
    words = found["place"].split() if found else []
    named = words and len(words) <= 7 and all(word[0].isupper() or word in ("phố", "khu", "xã", "-") for word in words)
    return found if named else None


def _date(sheet: Sheet) -> Iterator[tuple[Printed, re.Match]]:
    for cell in sheet.front:
        found = HEADER_DATE.search(cell.text)
        if found and _line(cell):
            yield cell, found
            return


@rule("date-absent", ERROR, "NĐ 30/2020 PL I.II.4", needs="print")
def date_absent(sheet: Sheet) -> Iterator[Remark]:
    """There is a line with place and day, the day itself may still be blank; minutes tell theirs in the text."""
    whole = re.sub(r"\s+", " ", sheet.paper.front)
    if (
        sheet.paper.date_iso
        or sheet.kind == "biên bản"
        or _bare(sheet)
        or HEADER_DATE.search(whole)
        or HEADER_SLASHED.search(whole)
    ):
        return
    yield Remark("Địa danh, ngày tháng", "Thiếu dòng địa danh và thời gian ban hành")


@rule("place-absent", ERROR, "NĐ 30/2020 PL I.II.4.a", needs="print")
def place_absent(sheet: Sheet) -> Iterator[Remark]:
    """The place of issue stands before the day."""
    for cell in sheet.front:
        if HEADER_DATE.match(cell.text) and not sheet.paper.place and len(cell.text) < 60:
            yield Remark("Địa danh, ngày tháng", "Thiếu địa danh trước ngày tháng", cell.span)
            return


@rule("place-comma", ERROR, "NĐ 30/2020 PL I.II.4.c", needs="print")
def place_comma(sheet: Sheet) -> Iterator[Remark]:
    """A comma stands after the place."""
    for cell, _ in _date(sheet):
        line = _line(cell)
        if not line["comma"]:
            span = _slice(cell, 0, line.end())
            yield Remark("Địa danh, ngày tháng", "Sau địa danh phải có dấu phẩy", span, f"{line['place']}, ")


@rule("place-short", ERROR, "NĐ 30/2020 PL I.II.4.a", needs="print")
def place_short(sheet: Sheet) -> Iterator[Remark]:
    """A city named after a person is written in full: "Thành phố Hồ Chí Minh"; others are written without "TP."."""
    for cell, _ in _date(sheet):
        short = _CITY.match(_line(cell)["place"])
        if short:
            minh = re.sub(r"\W", "", fold(short["rest"])) in ("hcm", "hochiminh")
            name = "Thành phố Hồ Chí Minh" if minh else short["rest"]
            span = _slice(cell, 0, len(short[0]))
            yield Remark("Địa danh, ngày tháng", f"Địa danh không viết tắt: “{name}”", span, name)


@rule("day-zero", ERROR, "NĐ 30/2020 PL I.II.4.b", needs="print")
def day_zero(sheet: Sheet) -> Iterator[Remark]:
    """A day below 10 has a leading 0."""
    for cell, found in _date(sheet):
        if len(found["d"].strip()) == 1 and found["d"].isdigit():
            span = _group(cell, found, "d")
            yield Remark("Địa danh, ngày tháng", "Ngày nhỏ hơn 10 phải ghi thêm số 0", span, f"0{found['d']}")


@rule("month-zero", ERROR, "NĐ 30/2020 PL I.II.4.b", needs="print")
def month_zero(sheet: Sheet) -> Iterator[Remark]:
    """Months 1 and 2 have a leading 0, the others none: "tháng 01", "tháng 6"."""
    for cell, found in _date(sheet):
        month = found["m"].strip()
        if month.isdigit() and 1 <= int(month) <= 9:
            wanted = f"0{int(month)}" if int(month) < 3 else str(int(month))
            if month != wanted:
                message = f"Ghi “tháng {wanted}”: chỉ tháng 1 và tháng 2 có số 0 phía trước"
                yield Remark("Địa danh, ngày tháng", message, _group(cell, found, "m"), wanted)


@rule("date-slashed", ERROR, "NĐ 30/2020 PL I.II.4.b", needs="print")
def date_slashed(sheet: Sheet) -> Iterator[Remark]:
    """The day of the paper is written with the words ngày, tháng, năm."""
    for cell in sheet.front:
        found = HEADER_SLASHED.search(cell.text)
        line = _line(cell)
        if found and line and line["comma"] and not cell.text[found.end() :].strip(" .,;"):
            day, month, year = int(found["d"]), int(found["m"]), found["y"]
            words = f"ngày {day:02d} tháng {f'0{month}' if month < 3 else month} năm {year}"
            span = _slice(cell, found.start(), found.end())
            yield Remark("Địa danh, ngày tháng", f"Phải ghi đủ chữ: “{words}”", span, words)


@rule("date-impossible", ERROR, "NĐ 30/2020 PL I.II.4.b", needs="print")
def date_impossible(sheet: Sheet) -> Iterator[Remark]:
    """The day of the paper exists in the calendar."""
    for cell, found in _date(sheet):
        day, month, year = (found[group].strip(" .…_") for group in "dmy")
        if day.isdigit() and month.isdigit() and len(year) == 4 and not iso(day, month, year):
            span = _slice(cell, found.start(), found.end())
            yield Remark("Địa danh, ngày tháng", f"Không có ngày {day}/{month}/{year}", span)


def _slice(cell: Printed, start: int, end: int) -> Span:
    return Span(cell.span.part, cell.span.start + start, cell.span.start + end)


def _inside(cell: Printed, found: re.Match) -> Span:
    return _slice(cell, found.start(), found.end())


def _group(cell: Printed, found: re.Match, name: str) -> Span:
    return _slice(cell, found.start(name), found.end(name))
