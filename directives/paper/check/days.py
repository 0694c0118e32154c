"""Days and deadlines: what the calendar contradicts, what comes too soon, what falls on a day of rest."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from directives.paper.check.rule import ERROR, HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.dates import DAY, day_iso, iso, unnamed
from directives.paper.model import Span
from directives.paper.phrases import lunar_day
from directives.paper.text import fold, lowered

LEAD = 5
_D = unnamed(DAY)
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6} | {
    str(n + 2): n for n in range(6)
}
_WEEK = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_WEEK_DAY = re.compile(
    rf"\b(?P<week>{_WEEK})\s*,?\s*\(?\s*(?:ngày\s+)?(?P<day>{_D})|\bngày\s+(?P<day2>{_D})\s*[,(]\s*(?P<week2>{_WEEK})\b",
    re.IGNORECASE,
)
_LUNAR = (
    r"(?:(?:mùng|mồng)\s*\d{1,2}(?:\s*(?:Tết|tháng\s*(?:Giêng|Chạp|\d{1,2})))?|\d{1,2}\s*(?:tháng\s*(?:Chạp|Giêng)|Tết)"
    r"|\d{1,2}/\d{1,2}\s*âm\s*lịch)"
)
_LUNAR_SOLAR = re.compile(
    rf"\b(?P<lunar>{_LUNAR})(?:\s+(?:năm\s+)?[^\W\d_]+\s+[^\W\d_]+)?\s*[,(]\s*(?:(?:tức|nhằm|là|dương\s+lịch)\s*)*(?:ngày\s+)?(?P<day>{_D})"
    rf"|\bngày\s+(?P<day2>{_D})\s*[,(]\s*(?:(?:tức|nhằm|là)\s*)*(?:ngày\s+)?(?P<lunar2>{_LUNAR})",
    re.IGNORECASE,
)
_EVE = re.compile(r"\b30\s*(?:tháng\s*Chạp|Tết)\b", re.IGNORECASE)
_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_CAN_CHI = re.compile(
    rf"\b(?P<can>{'|'.join(_STEMS)})\s+(?P<chi>{'|'.join(_BRANCHES)}|tị|mẹo)\s*[,(-]?\s*(?:năm\s+)?(?P<year>(?:19|20)\d\d)\b"
)
_WRITTEN = re.compile(
    r"\bngày\s+(?P<d>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<m>\d{1,2})(?:(?:\s*/\s*|\s+năm\s+)(?P<y>(?:19|20)\d\d))?(?![\d/])"
    r"|(?<![\d/.-])(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>(?:19|20)\d\d)(?!\d)"
)
_RANGE = re.compile(
    r"\btừ\s+(?:ngày\s+)?(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?\s+(?:cho\s+)?đến\s+(?:hết\s+)?(?:ngày\s+)?"
    r"(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})\b"
)


def _day(text: str | None) -> str | None:
    found = re.match(DAY, text or "")
    return day_iso(found) if found else None


def _span(found: re.Match) -> Span:
    return Span("body", found.start(), found.end())


@rule("weekday-wrong", ERROR, "đối chiếu lịch")
def weekday_wrong(sheet: Sheet) -> Iterator[Remark]:
    """A day of the week agrees with its date."""
    if "thứ " not in sheet.lower and "chủ nhật" not in sheet.lower:
        return
    for found in _WEEK_DAY.finditer(sheet.paper.body):
        named = " ".join(fold(found["week"] or found["week2"]).split()).removeprefix("thu ")
        day = _day(found["day"] or found["day2"])
        if day and len(day) == 5 and sheet.issued:
            day = f"{sheet.issued[0].year + (day < sheet.issued[0].isoformat()[5:])}-{day}"
        if not day or len(day) != 10 or not iso(day[8:], day[5:7], day[:4]):
            continue
        real = date.fromisoformat(day)
        if real.weekday() != _WEEKDAYS[named]:
            message = f"Ngày {real:%d/%m/%Y} là {_NAMES[real.weekday()]}, không phải {_NAMES[_WEEKDAYS[named]]}"
            yield Remark(sheet.where(_span(found)), message, _span(found))


@rule("date-unreal", ERROR, "đối chiếu lịch")
def date_unreal(sheet: Sheet) -> Iterator[Remark]:
    """Every day that is written exists."""
    for found in _WRITTEN.finditer(sheet.paper.body):
        day, month, year = (found[name] or found[f"{name}2"] for name in "dmy")
        if (day, month) != ("24", "24") and iso(day, month, year) is None:
            span = _span(found)
            yield Remark(sheet.where(span), f"Không có ngày {day}/{month}{f'/{year}' if year else ''}", span)


@rule("can-chi-wrong", ERROR, "đối chiếu lịch")
def can_chi_wrong(sheet: Sheet) -> Iterator[Remark]:
    """The name of a lunar year agrees with its number: Bính Ngọ is 2026."""
    for part in ("front", "body"):
        text = getattr(sheet.paper, part)
        for found in _CAN_CHI.finditer(sheet.lower if part == "body" else lowered(text)):
            year = int(found["year"])
            can, chi = _STEMS[(year + 6) % 10], _BRANCHES[(year + 8) % 12]
            said = found["chi"].lower().replace("tị", "tỵ").replace("mẹo", "mão")
            if (found["can"].lower(), said) != (can, chi):
                span = Span(part, found.start(), found.end())
                yield Remark(
                    sheet.where(span), f"Năm {year} là {can.title()} {chi.title()}, không phải “{found[0]}”", span
                )


@rule("lunar-wrong", ERROR, "đối chiếu âm lịch Việt Nam", needs="calendar")
def lunar_wrong(sheet: Sheet) -> Iterator[Remark]:
    """A lunar day agrees with the solar day printed beside it."""
    if not any(word in sheet.lower for word in ("mùng", "mồng", "tháng chạp", "tháng giêng", "tết", "âm lịch")):
        return
    for found in _LUNAR_SOLAR.finditer(sheet.paper.body):
        named, day = lunar_day(found["lunar"] or found["lunar2"]), _day(found["day"] or found["day2"])
        if not named or not day or len(day) != 10 or not 1968 <= int(day[:4]) <= 2090:
            continue
        real = date.fromisoformat(day)
        if sheet.calendar.lunar(real) != named:
            number, month = sheet.calendar.lunar(real)
            message = f"Ngày {real:%d/%m/%Y} là ngày {number}/{month} âm lịch, không phải {named[0]}/{named[1]}"
            yield Remark(sheet.where(_span(found)), message, _span(found))


@rule("lunar-unreal", ERROR, "đối chiếu âm lịch Việt Nam", needs="calendar")
def lunar_unreal(sheet: Sheet) -> Iterator[Remark]:
    """There is a 30 Chạp in that year: from 2025 to 2032 there is none."""
    base = sheet.issued[0] if sheet.issued else sheet.today
    if not base or not 1968 <= base.year <= 2090:
        return
    year = base.year + (base.month > 2)
    if sheet.calendar.days_of_chap(year) == 30:
        return
    for found in _EVE.finditer(sheet.paper.body):
        message = f"Tháng Chạp trước Tết {year} chỉ có 29 ngày, không có ngày 30"
        yield Remark(sheet.where(_span(found)), message, _span(found))


@rule("window-reversed", ERROR, "đối chiếu lịch")
def window_reversed(sheet: Sheet) -> Iterator[Remark]:
    """A period does not end before it begins."""
    for found in _RANGE.finditer(sheet.paper.body):
        last = iso(found["d2"], found["m2"], found["y2"])
        first = iso(found["d"], found["m"], found["y"] or found["y2"])
        if first and last and first > last:
            message = f"Khoảng thời gian kết thúc trước khi bắt đầu: “{found[0]}”"
            yield Remark(sheet.where(_span(found)), message, _span(found))


def _urgent(sheet: Sheet) -> bool:
    return bool(sheet.paper.urgency) or sheet.kind == "công điện"


@rule("due-before-issue", ERROR, "đối chiếu ngày ban hành")
def due_before_issue(sheet: Sheet) -> Iterator[Remark]:
    """No deadline lies before the day of the paper; of an undated draft, before today."""
    if sheet.issued:
        first, what = sheet.issued[0], "ngày ban hành"
    elif sheet.today and sheet.kind:
        first, what = sheet.today, "hôm nay"
    else:
        return
    for each, last, span in sheet.dues:
        if last < first:
            yield Remark(sheet.where(span), f"Thời hạn “{each.phrase}” đã qua so với {what}", span)


@rule("due-day-off", WARNING, "Bộ luật Dân sự 2015 Điều 148; lịch nghỉ", needs="calendar")
def due_day_off(sheet: Sheet) -> Iterator[Remark]:
    """The last day of a deadline is a working day."""
    if _urgent(sheet):
        return
    for each, last, span in sheet.dues:
        words = sheet.calendar.day_off(last) if 1990 <= last.year <= 2100 else None
        if words:
            message = f"Hạn “{each.phrase}” hết vào ngày {last:%d/%m/%Y}, {words}"
            before = _back(sheet, last, 1)
            yield Remark(sheet.where(span), f"{message}; ngày làm việc liền trước là {before:%d/%m/%Y}", span)


@rule("lead-short", WARNING, "thời gian tối thiểu 5 ngày làm việc", needs="calendar")
def lead_short(sheet: Sheet) -> Iterator[Remark]:
    """Between the day of the paper and a deadline there are five working days, unless the paper is urgent."""
    if not sheet.issued or _urgent(sheet):
        return
    first = sheet.issued[0]
    for each, last, span in sheet.dues:
        if first <= last and last < first + timedelta(days=30) and _back(sheet, last, LEAD + 1, include=True) < first:
            message = f"Từ ngày ban hành đến hạn “{each.phrase}” chưa đủ {LEAD} ngày làm việc"
            yield Remark(sheet.where(span), message, span)


@rule("lead-blank", HINT, "thời gian tối thiểu 5 ngày làm việc", needs="calendar")
def lead_blank(sheet: Sheet) -> Iterator[Remark]:
    """A paper whose day is still blank is told by which day it must be issued to leave five working days."""
    if not sheet.issued or sheet.issued[0] == sheet.issued[1] or _urgent(sheet):
        return
    dues = [(last, each, span) for each, last, span in sheet.dues if last >= sheet.issued[0]]
    if not dues:
        return
    last, each, span = min(dues, key=lambda due: due[0])
    if not 1990 <= last.year <= 2100 or last > sheet.issued[1] + timedelta(days=60):
        return
    latest = _back(sheet, last, LEAD + 1, include=True)
    if sheet.issued[0] <= latest < sheet.issued[1]:
        message = (
            f"Ngày ban hành còn trống: để các đơn vị có đủ {LEAD} ngày làm việc đến hạn “{each.phrase}”, "
            f"phải ban hành chậm nhất ngày {latest:%d/%m/%Y}"
        )
        yield Remark(sheet.where(span), message, span)


def _back(sheet: Sheet, day: date, count: int, *, include: bool = False) -> date:
    """The `count`-th working day before `day`, itself counted when `include` says so. Never more than 60 days away."""
    day = day if include else day - timedelta(days=1)
    for _ in range(60):
        if not sheet.calendar.day_off(day):
            count -= 1
        if not count:
            return day
        day -= timedelta(days=1)
    return day
