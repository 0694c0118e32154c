"""Phrases of time as they are written, each typed; whether one binds anybody is judged by `time`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from directives.paper.cadence import MOST, UNITS, cadences, found_in
from directives.paper.dates import DAY, EVER, HOUR, HOURS, MONTH, WEEKDAY, clock_time, day_iso, iso, unnamed
from directives.paper.model import Deadline
from directives.paper.text import lowered

_D, _H, _M = unnamed(DAY), unnamed(HOUR), unnamed(MONTH)
_LUNAR = (
    r"(?:(?:mùng|mồng)\s*\d{1,2}(?:\s*(?:Tết|tháng\s*(?:Giêng|Chạp|\d{1,2})))?|\d{1,2}\s*(?:tháng\s*(?:Chạp|Giêng)|Tết)"
    r"|\d{1,2}/\d{1,2}\s*âm\s*lịch)"
)
_EVENT = r"(?:bầu\s+cử\s*,?\s*(?:ngày\s+)?|bỏ\s+phiếu\s*,?\s*(?:ngày\s+)?)?"
_YEARLY = rf"\s*(?:{EVER}\s+năm|của\s+năm\s+(?:sau|liền\s+kề|tiếp\s+theo|kế\s+tiếp)(?:\s+liền\s+kề)?)"
_CLOCK = rf"(?:lúc\s+|hồi\s+)?(?P<clock>{_H}(?:\s*(?:sáng|trưa|chiều|tối))?)\s*,?\s*"
_DONE = r"(?:(?:hoàn\s+thành|xong)\s+(?:ngay\s+)?)?"

_PART = r"(?:(?:buổi\s+)?(?:sáng|trưa|chiều|tối|đêm)\s+)?"
_BY = (
    r"(?P<word>trước|(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến|trước))?(?:\s+hết)?|không\s+(?:muộn|chậm|trễ)\s+hơn|không\s+quá|"
    r"(?:thời\s+)?hạn\s+(?:chót|cuối(?:\s+cùng)?|nộp|gửi|báo\s+cáo|hoàn\s+thành)(?:\s*(?:là|:|đến|vào))*|"
    r"thời\s+hạn(?:\s*(?:là|:|đến|trước))+|(?:thời\s+gian|tiến\s+độ)\s+hoàn\s+thành\s*:|(?<=hoàn thành )(?:vào\s+)?(?=ngày)|"
    r"(?:kéo\s+dài\s+)?đến\s+hết|hết|trong|vào|kéo\s+dài\s+đến)"
)
_DUE = re.compile(
    rf"\b(?P<lead>{_DONE}){_BY}(?:\s+|(?<=hoàn thành )|(?<=hoàn thành vào )){_PART}"
    rf"(?:{_CLOCK})?(?:(?:ngày\s+)?{WEEKDAY}\s*,?\s*\(?)?"
    rf"(?:(?P<day>ngày\s+(?:hết\s+)?{_EVENT}(?:{_LUNAR}|{_D})|{_LUNAR}|(?<=[\s(])\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}(?!\d)"
    rf"|(?P<short>(?<=\s)\d{{1,2}}/\d{{1,2}}(?=\s*(?:[.;,)\n]|$))))"
    rf"(?P<yearly>{_YEARLY})?|(?P<monthday>ngày\s+[0-3]?\d)\s+{EVER}\s+(?P<unit>tháng|quý))",
    re.IGNORECASE,
)
_MONTH_END = re.compile(
    rf"\b(?:{_DONE}(?:vào\s+)?(?P<word>đến\s+hết|trước|cuối|(?:thời\s+gian|tiến\s+độ|thời\s+hạn)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?\s*:(?:\s+trong)?|chậm\s+nhất(?:\s+(?:là|trong|đến|vào))*(?:\s+hết|\s+cuối)?|trong)\s+"
    rf"(?:tháng\s+(?:{_M})|quý\s+(?:IV|I{{1,3}}|[1-4])\s*(?:/|,?\s*năm)\s*\d{{4}}|năm\s+(?:19|20)\d\d(?!\d)))",
    re.IGNORECASE,
)
_END = rf"(?:(?:{_H})\s*,?\s*)?(?:{WEEKDAY}\s*,?\s*\(?)?(?:ngày\s+{_EVENT})?(?:{_LUNAR}|{_D}|\d{{1,2}}(?=\s+(?:cho\s+)?đến))"
_END_MONTH = rf"tháng\s+(?:{_M}|\d{{1,2}}(?![\d/]))"
_WINDOW = re.compile(
    rf"(?:\bĐợt\s+\d{{1,2}}\s*:\s*)?\b(?:từ|trong)\s+(?P<from>{_END_MONTH}|{_END})\)?(?:\s+năm\s+[^\W\d_]+\s+[^\W\d_]+)?(?:\s*\([^()\n]{{1,60}}\))?\s*,?\s+"
    rf"(?:(?:cho\s+)?đến|và\s+kết\s+thúc(?:\s+(?:vào|lúc))?)\s+(?P<all>hết\s+)?"
    rf"(?P<to>{_END_MONTH}|{_END})",
    re.IGNORECASE,
)
_DAYS_IN = re.compile(
    rf"\btrong\s+(?:các|hai|ba|\d{{1,2}})\s+ngày\s+(?P<from>\d{{1,2}}(?:/\d{{1,2}})?)"
    rf"(?:\s*,\s*\d{{1,2}}(?:/\d{{1,2}})?){{0,9}}\s*(?:,|và|-|–)\s*(?:ngày\s+)?(?P<to>{_D})(?P<all>)",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(rf"(?:\bĐợt\s+\d{{1,2}}\s*:\s*)\btrong\s+tháng\s+(?:{_M})", re.IGNORECASE)
_AFTER = re.compile(rf"(?:\bĐợt\s+\d{{1,2}}\s*:\s*)?\bsau\s+ngày\s+{_EVENT}(?P<day>{_D})", re.IGNORECASE)
_MILESTONE = re.compile(
    rf"\b(?:dự\s+kiến|tổng\s+kết|sơ\s+kết|khai\s+mạc|bế\s+mạc|ra\s+quân|phát\s+động|khởi\s+công|khánh\s+thành|diễn\s+ra|được\s+tổ\s+chức|tổ\s+chức\s+(?:hội\s+nghị|cuộc\s+họp|họp|lễ))"
    rf"(?:\s[^.;:,\n]{{0,60}}?)?:?\s(?:vào\s+)?(?:(?:lúc\s+)?(?P<clock>{_H})\s*,?\s*)?"
    rf"(?:vào|trong|từ|,|(?<=lúc))?\s*(?P<day>ngày\s+(?:{_LUNAR}|{_D})|(?:(?<=vào )|(?<=trong ))tháng\s+(?:{_M}))",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"\b(?:hội\s+nghị|cuộc\s+họp|buổi\s+lễ)\b[^.;:\n]{{0,60}}?\s(?:vào|lúc)\s+(?:lúc\s+)?(?P<clock2>{_H})\s*,?\s*(?P<day2>ngày\s+(?:{_D}))|"
    rf"\bthời\s+gian\s*:\s*(?:(?:\d{{1,2}}|một|nửa)\s+(?:ngày|buổi)\s*,?\s+)?(?:từ\s+|vào\s+|lúc\s+|hồi\s+|bắt\s+đầu\s+(?:từ|lúc)\s+)*(?:(?P<clock>{_H})(?:\s*(?:đến|-|–)\s*{_H})?\s*,?\s*)?"
    rf"(?:(?:sáng|chiều|tối)?\s*{WEEKDAY}\s*,?\s*\(?)?(?P<day>ngày\s+(?:{_D}))",
    re.IGNORECASE,
)
_COUNT = r"\d{1,3}\s*(?:\([^)\n]{1,20}\)\s*)?(?:ngày(?:\s+làm\s+việc)?|(?:giờ|h)(?:\s+làm\s+việc)?|phút|tuần|tháng)"
_COUNTED = re.compile(r"\d\s*(?:\([^)\n]{1,20}\)\s*)?(?:ngày|giờ|h|phút|tuần|tháng)(?!\w)", re.IGNORECASE)
_SINCE = r"(?:kể\s+từ|tính\s+từ|từ)\s+(?:khi|ngày|thời\s+điểm|lúc)[^.;,()\n]{0,100}"
_FROM = (
    rf"(?:{_SINCE}|(?:sau|trước|so\s+với)\s+(?:khi|ngày|thời\s+điểm|bầu\s+cử|cuộc\s+bầu\s+cử|Tết|lễ)[^.;,()\n]{{0,60}})"
)
_OCCASION = (
    r"(?:bầu\s+cử|Tết(?:\s+Nguyên\s+đán)?|nghỉ\s+lễ|lễ|hội\s+nghị|(?:khai|bế)\s+mạc|diễn\s+(?:ra|tập)|kỳ\s+họp|đại\s+hội|sự\s+kiện)"
    r"(?![\w-])"
)
_RELATIVE = re.compile(
    rf"\b(?:trong\s+(?:vòng|thời\s+hạn|thời\s+gian)\s+(?:không\s+quá\s+)?{_COUNT}(?:\s*,?\s*{_FROM})?"
    rf"|(?:chậm|muộn)\s+nhất\s+(?:là\s+|sau\s+|trong\s+)*{_COUNT}(?:\s*,?\s*{_FROM})?"
    rf"|(?:sau|trong|không\s+quá|trước)\s+{_COUNT}\s*,?\s*{_FROM}"
    rf"|trong\s+\d{{1,3}}\s+ngày\s+làm\s+việc"
    rf"|(?:trước|sau)\s+(?:khi\s+kết\s+thúc\s+)?(?:ngày\s+)?(?:cuộc\s+)?{_OCCASION}\s+(?:chậm\s+nhất\s+|ít\s+nhất\s+|tối\s+thiểu\s+)?{_COUNT}"
    rf"|(?:ít\s+nhất|tối\s+thiểu|sớm)\s+trước\s+{_COUNT}|trước\s+(?:ít\s+nhất|tối\s+thiểu)\s+{_COUNT}"
    rf"|(?<!trong )(?<!\()(?:ít\s+nhất\s+|tối\s+thiểu\s+)?{_COUNT}\s+trước\s+(?:ngày|khi)\s+(?:cuộc\s+)?{_OCCASION}"
    rf"|(?:hoàn\s+thành|xong)\s+trước\s+(?:ngày\s+|khi\s+)?(?:cuộc\s+)?{_OCCASION}(?:\s+(?:ít\s+nhất\s+|tối\s+thiểu\s+)?{_COUNT})?)",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(
    rf"\bcó\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*,?\s*(?:kể\s+)?từ\s+(?:ngày\s+)?(?P<day>{_D})", re.IGNORECASE
)

_SECOND = re.compile(rf"\s*(?:,|và)\s+((?:trước\s+)?ngày\s+(?P<day>{_D})(?:{_YEARLY})?)")
_MONTH_WORDS = (
    *(
        f"{word} {unit}"
        for word in ("trước", "hết", "cuối", "trong", "nhất", "vào", "là", "đến")
        for unit in ("tháng", "quý", "năm")
    ),
    *("thời gian", "tiến độ", "thời hạn"),
)
_EVENT_WORDS = (
    *(
        "dự kiến",
        "tổng kết",
        "sơ kết",
        "khai mạc",
        "bế mạc",
        "ra quân",
        "phát động",
        "khởi công",
        "khánh thành",
        "diễn ra",
    ),
    *("được tổ chức", "tổ chức hội nghị", "tổ chức cuộc họp", "tổ chức họp", "tổ chức lễ"),
)
_BESIDE = re.compile(rf"\s*\(\s*(?:(?:tức|nhằm|là)\s+)*(?:ngày\s+)?(?P<day>{_D})")
_DAYS = re.compile(DAY)
_MONTHS = re.compile(MONTH)
_DUTY = re.compile(
    r"\b(?:hoàn thành|gửi|báo cáo|nộp|xong|ngay|thực hiện|triển khai|đăng ký|cung cấp|trình|tổng hợp|ban hành|tham mưu)\b",
    re.IGNORECASE,
)
_REGULAR = re.compile(rf"\b{EVER}\s+năm\b|\bđịnh\s+kỳ\b", re.IGNORECASE)
_REACH = 500


def candidates(body: str) -> Iterator[Deadline]:
    """Every phrase that may bind somebody, in no order; each form is looked for only in the lines that hold its words."""
    lower = lowered(body)
    for match in found_in(_WINDOW, body, lower, " đến ", "và kết thúc"):
        yield _make(match, "window", due=_span(match))
    for match in islice(_DAYS_IN.finditer(body), MOST):
        yield _make(match, "window", due=_span(match))
    for match in islice(_DUE.finditer(body), MOST):
        yield from _due(body, match)
    for match in found_in(_MONTH_END, body, lower, *_MONTH_WORDS):
        yield from _month_end(body, match)
    for match in found_in(_IN_MONTH, body, lower, "đợt"):
        yield _make(match, "window", due=_month(match[0]))
    for match in found_in(_AFTER, body, lower, "sau ngày"):
        line = body.rfind("\n", 0, match.start()) + 1
        if match.start() - line <= 12 or match[0].startswith("Đợt"):
            day = _day(match["day"])
            yield _make(match, "window", due=f"after {day}" if day else None)
    for match in found_in(_MILESTONE, body, lower, *_EVENT_WORDS):
        yield _make(match, "milestone", due=_day(match["day"]) or _month(match["day"]), time=clock_time(match["clock"]))
    for match in found_in(_HELD, body, lower, "thời gian", "hội nghị", "cuộc họp", "buổi lễ"):
        day, clock = match["day"] or match["day2"], match["clock"] or match["clock2"]
        yield _make(match, "milestone", due=_day(day), time=clock_time(clock))
    yield from cadences(body, lower)
    for match in found_in(_RELATIVE, body, lower, *_counted(body), "thành trước", "xong trước"):
        yield _make(match, "relative")
    for match in found_in(_EFFECTIVE, body, lower, "hiệu lực"):
        yield _make(match, "effective", due=_day(match["day"]))


def _counted(body: str) -> set[str]:
    """The counts of days and hours that stand in the text, as words to look for."""
    return {lowered(found[0]) for found in islice(_COUNTED.finditer(body), MOST)}


def _due(body: str, match: re.Match) -> Iterator[Deadline]:
    word = match["word"].lower()
    before = body[max(0, match.start() - 70) : match.start()]
    clause = re.split(r"[.;\n]", before)[-1]
    if word == "trong" and not match["lead"] and not _DUTY.search(clause):
        day = _day(match["day"] or "")
        if day:
            yield _make(match, "window", due=day)
        return
    if clause.rstrip().endswith(("tính", "từ")) or (word == "hết" and not _DUTY.search(clause)):
        return
    clock = clock_time(match["clock"])
    if word == "vào" and not (match["monthday"] or match["yearly"]):
        return
    if match["short"] and not (match["lead"] or _DUTY.search(clause)):
        return
    if match["monthday"]:
        number = re.search(r"\d+", match["monthday"])[0]
        yield _make(match, "recurring", due=number, time=clock, every=UNITS[match["unit"].lower()])
        return
    day = _day(match["day"])
    if lunar_day(match["day"]):
        solar = _BESIDE.match(body, match.end())
        day = _day(solar["day"]) if solar else None
    elif day is None:
        return
    yearly = day and len(day) == 5 and _REGULAR.search(sentence_at(body, match.start(), match.end()))
    if match["yearly"] or yearly:
        yield _make(match, "recurring", due=day, time=clock, every="year")
        second = _SECOND.match(body, match.end())
        if second:
            yield _make(second, "recurring", 1, due=_day(second["day"]), every="year")
    else:
        yield _make(match, "deadline", due=day, time=clock)


def _month_end(body: str, match: re.Match) -> Iterator[Deadline]:
    word = match["word"].lower()
    due = _month(match[0]) or _quarter(match[0])
    year = re.search(r"năm\s+(\d{4})$", match[0])
    if due is None and year and "tháng" not in match[0].lower():
        due = year[1]
    if due is None:
        return
    clause = re.split(r"[.;\n]", body[max(0, match.start() - 70) : match.start()])[-1]
    bound = _DUTY.search(clause) or _DUTY.match(match[0])
    if ":" in word and "hoàn" not in word:
        word, bound = "trong", True
    if word == "trong" or (word == "cuối" and not bound):
        if word == "trong" and (bound or (match[0][0] == "T" and "tháng" in match[0].lower())):
            quarter = _quarter(match[0])
            first = iso(None, str(int(quarter[5:]) - 2), quarter[:4]) if quarter else None
            yield _make(match, "window", due=f"{first} .. {quarter}" if quarter else due)
        return
    if clause.rstrip().endswith(("tính", "từ")):
        return
    yield _make(match, "deadline", due=due if word == "trước" else _last_day(due))


def _span(match: re.Match) -> str | None:
    """`first .. last`; the first takes the year of the last when it has none of its own."""
    last = _day(match["to"]) or _month(match["to"])
    if last and match["all"] and len(last) == 7:
        last = _last_day(last)
    if not last or len(last) < 7:
        return None
    year, month = last[:4], last[5:7]
    first = _day(match["from"]) or _month(match["from"])
    if first is None and HOURS.fullmatch(match["from"].strip(" ,")):
        first = last
    elif first is None:
        alone = re.search(r"tháng\s+(\d{1,2})$", match["from"], re.IGNORECASE)
        number = re.search(r"(\d{1,2})$", match["from"])
        if alone:
            first = iso(None, alone[1], year)
        elif number:
            first = iso(number[1], month, year)
    elif len(first) == 5:
        first = iso(first[3:], first[:2], year)
    return f"{first} .. {last}" if first and first[:4] <= last[:4] else None


def _make(match: re.Match, kind: str, group: int = 0, **values: str | None) -> Deadline:
    phrase = match[group].rstrip(" ,.;:(")
    start = match.start(group)
    return Deadline(phrase, kind, start=start, end=start + len(phrase), **values)


def _day(text: str) -> str | None:
    found = _DAYS.search(text or "")
    return day_iso(found) if found else None


def _month(text: str) -> str | None:
    found = re.search(rf"tháng\s+{MONTH}", text or "", re.IGNORECASE)
    return iso(None, found["mm"], found["my"]) if found else None


def _quarter(text: str) -> str | None:
    found = re.search(r"quý\s+(IV|I{1,3}|[1-4])\s*(?:/|,?\s*năm)\s*(\d{4})", text, re.IGNORECASE)
    if not found:
        return None
    number = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(found[1].upper()) or int(found[1])
    return f"{found[2]}-{number * 3:02d}"


def _last_day(due: str) -> str:
    year, month = int(due[:4]), int(due[5:7]) if len(due) > 4 else 12
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()


def sentence_at(body: str, start: int, end: int) -> str:
    begin = max(body.rfind(mark, max(0, start - _REACH), start) for mark in (". ", ";", "\n"))
    stops = [at for at in (body.find(mark, end, end + _REACH) for mark in (". ", ";", "\n")) if at >= 0]
    return body[max(begin + 1, start - _REACH) : min(stops, default=end + _REACH)]


def lunar_day(phrase: str) -> tuple[int, int] | None:
    """Day and month of a lunar day as written: mùng 2 (Tết), 28 tháng Chạp, 30 Tết."""
    text = phrase.lower()
    if found := re.search(r"(?:mùng|mồng)\s*(\d{1,2})(?:\s*tháng\s*(giêng|chạp|\d{1,2}))?", text):
        day, month = int(found[1]), {"giêng": 1, "chạp": 12, None: 1}.get(found[2]) or int(found[2])
    elif found := re.search(r"(\d{1,2})\s*tháng\s*(giêng|chạp)", text):
        day, month = int(found[1]), 1 if found[2] == "giêng" else 12
    elif found := re.search(r"(\d{1,2})\s*tết", text):
        day, month = int(found[1]), 12
    elif found := re.search(r"(\d{1,2})/(\d{1,2})\s*âm\s*lịch", text):
        day, month = int(found[1]), int(found[2])
    else:
        return None
    return (day, month) if 1 <= day <= 30 and 1 <= month <= 12 else None
