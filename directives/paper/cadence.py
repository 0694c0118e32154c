"""How often: phrases of what comes again and again, each with its cadence (`day`, `2/day`, `3 hour`, `6 month`)."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from directives.paper.dates import EVER, HOUR, HOURS, WEEKDAY, clock_time, unnamed
from directives.paper.model import Deadline
from directives.paper.text import lines_with

UNITS = {
    "ngày": "day",
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "năm": "year",
    "giờ": "hour",
    "phút": "minute",
}
MOST = 2000
_H = unnamed(HOUR)
_EVERS = ("hằng ", "hàng ", "mỗi ")
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4}
_N = r"(?:\d{1,2}|một|hai|ba|bốn)"
_ACTS = r"(?:báo\s+cáo|gửi|cập\s+nhật|tổng\s+hợp|thống\s+kê|giao\s+ban|rà\s+soát|kiểm\s+tra|thông\s+tin|đăng|phát|nộp)"
_BEFORE = r"(?:trước|vào|lúc|chậm\s+nhất|muộn\s+nhất)"

_DAILY = re.compile(
    rf"\b{_BEFORE}\s+(?:lúc\s+)?(?P<clock>{_H})(?P<more>(?:\s*(?:,|và)\s*(?:lúc\s+|trước\s+)?(?:{_H})){{0,5}})\s*,?\s*(?:của\s+|vào\s+)?"
    rf"(?:{EVER}\s+(?P<unit>ngày|tuần|tháng)|(?P<weekday>(?:ngày\s+)?{WEEKDAY})(?!\s*,?\s*\(?\s*(?:ngày\s+)?\d)\s*(?:{EVER}\s+tuần)?)"
    rf"|\b(?:trước|vào|chậm\s+nhất)\s+(?:ngày\s+)?{WEEKDAY}\s+{EVER}\s+tuần",
    re.IGNORECASE,
)
_OF_THE_DAY = re.compile(rf"\bbáo\s+cáo\s+ngày\s+{_BEFORE}\s+(?:lúc\s+)?(?P<clock>{_H})(?!\s*,?\s*ngày)", re.IGNORECASE)
_AFTER_ACT = re.compile(
    rf"\b(?P<act>{_ACTS})"
    rf"(?P<object>(?:\s(?!(?:báo\s+cáo|gửi|cập\s+nhật|trước|vào|lúc|chậm)\s)[^\s.;:,\n]+){{0,9}}?)\s(?:định\s+kỳ\s+)?"
    rf"(?:(?P<times>{_N})\s*lần\s*(?:/|mỗi\s|một\s|trong\s(?:một\s)?)\s*(?P<per>ngày|tuần|tháng)"
    rf"|{EVER}\s+(?P<unit>ngày|tuần|tháng|quý)(?:\s+(?P<more>{_N})\s*lần)?)"
    rf"(?!\s+theo\s+quy\s+định)(?=\s*(?:[.,;:()/\n]|$|về\s|cho\s|gửi\s|để\s|qua\s|và\s|trước\s))",
    re.IGNORECASE,
)
_HOUR_LATER = re.compile(
    rf"[^.;:\n]{{0,80}}?[\s(](?:trước|vào|lúc|chậm\s+nhất)\s+(?:lúc\s+)?(?P<clock>{_H})(?!\s*,?\s*ngày)", re.IGNORECASE
)
_BEFORE_ACT = re.compile(
    rf"(?:(?P<regular>\bđịnh\s+kỳ\s*,?\s+)|(?:^|(?<=[.;:(]\s))(?:[-+•]\s*|[\da-zđ]{{1,2}}[.)]\s*)?)(?P<phrase>(?:(?:vào\s+)?{WEEKDAY}\s+)?{EVER}\s+(?P<unit>ngày|tuần|tháng|quý|năm)"
    rf"(?:\s*[,(]?\s*(?:trước|vào|chậm\s+nhất)\s+(?:(?P<clock>{_H})|ngày\s+(?P<day>[0-3]?\d)(?![\d/])(?:\s+(?:của\s+)?tháng\s+(?:đầu|cuối)[^.;,)\n]{{0,30}})?))?)"
    rf"(?=[^.;\n]{{0,80}}?\b{_ACTS}\b)",
    re.IGNORECASE | re.MULTILINE,
)
_MONTHS = re.compile(
    r"(?<!năm )\bđịnh\s+kỳ\s+(?P<count>0?[2-9]|1[0-2])\s+tháng(?:\s*/\s*(?:1\s+)?lần)?(?!\s*\d|\s+(?:trước|chậm)\s)",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"\b(?P<count>\d{1,2})\s*(?P<unit>giờ|phút|ngày|tuần|tháng)\s*(?:/|một\s|1\s)\s*(?:01\s+|1\s+|một\s+)?lần\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    rf"\b(?:định\s+kỳ\s+|tối\s+thiểu\s+|ít\s+nhất\s+)?(?P<times>{_N})\s*(?:\([^)\n]{{1,12}}\)\s*)?lần\s*(?:/|trong\s|mỗi\s|một\s)\s*(?:một\s+|1\s+)?"
    rf"(?P<per>ngày|tuần|tháng|quý)\b|\b(?:mỗi\s+|một\s+)(?P<per2>ngày|tuần|tháng)\s+(?P<times2>{_N})\s*lần(?!\s+thứ)"
    rf"|\b{_ACTS}\s+(?P<per3>ngày)\s+(?P<times3>\d{{1,2}})\s*lần(?!\s+thứ)",
    re.IGNORECASE,
)
_OF_QUARTER = re.compile(
    r"\b(?:trước|chậm\s+nhất(?:\s+(?:là|vào))?)\s+ngày\s+(?P<day>[0-3]?\d)\s+(?:của\s+)?tháng\s+(?:(?P<quarter>(?:đầu|cuối)(?:\s+(?:của\s+)?(?:mỗi\s+)?quý))|(?P<month>sau|kế\s+tiếp|tiếp\s+theo|liền\s+(?:sau|kề)))"
    r"(?:\s+(?:sau|tiếp\s+theo|liền\s+kề))?",
    re.IGNORECASE,
)


def cadences(body: str, lower: str) -> Iterator[Deadline]:
    """Every phrase of recurrence, at most 2,000 of a form; `due` is the day of the month where one is named."""
    for match in found_in(_DAILY, body, lower, *_EVERS, "thứ", "chủ nhật"):
        times = 1 + len(HOURS.findall(match["more"] or ""))
        yield _make(match, _often(times, match["unit"] or "tuần"), time=clock_time(match["clock"]))
    for match in found_in(_OF_THE_DAY, body, lower, "báo cáo ngày"):
        yield _make(match, "day", time=clock_time(match["clock"]))
    for match in found_in(_AFTER_ACT, body, lower, *_EVERS, "lần"):
        yield _after_act(body, match)
    for match in found_in(_BEFORE_ACT, body, lower, *_EVERS):
        group = 0 if match["regular"] else "phrase"
        every = UNITS[match["unit"].lower()]
        if every == "day" and not match["clock"]:
            yield _with_hour(body, match, match.start(group), every)
        else:
            yield _make(match, every, group, time=clock_time(match["clock"]), due=match["day"])
    for match in found_in(_MONTHS, body, lower, "định kỳ"):
        yield _make(match, f"{int(match['count'])} month")
    for match in found_in(_SPACED, body, lower, "lần"):
        count, unit = int(match["count"]), UNITS[match["unit"].lower()]
        yield _make(match, unit if count == 1 else f"{count} {unit}")
    for match in found_in(_OFTEN, body, lower, "lần"):
        per = match["per"] or match["per2"] or match["per3"]
        yield _make(match, _often(_number(match["times"] or match["times2"] or match["times3"]), per))
    for match in found_in(
        _OF_QUARTER, body, lower, *(f"tháng {word}" for word in ("đầu", "cuối", "sau", "kế", "tiếp", "liền"))
    ):
        yield _make(match, "quarter" if match["quarter"] else "month", due=match["day"])


def found_in(pattern: re.Pattern, body: str, lower: str, *words: str) -> Iterator[re.Match]:
    """The pattern's matches in the lines that hold one of the words."""
    lines = lines_with(lower, *words)
    return islice(chain.from_iterable(pattern.finditer(body, start, end) for start, end in lines), MOST)


def _after_act(body: str, match: re.Match) -> Deadline:
    times = match["times"] or match["more"]
    unit = match["per"] or match["unit"]
    every = _often(_number(times), unit) if times else UNITS[unit.lower()]
    if unit.lower() != "ngày":
        return _make(match, every)
    return _with_hour(body, match, match.start(), every)


def _with_hour(body: str, match: re.Match, start: int, every: str) -> Deadline:
    """'báo cáo hằng ngày … trước 16 giờ': the hour may stand later in the clause."""
    later = _HOUR_LATER.match(body, match.end())
    phrase = body[start : later.end("clock") if later else match.end()].rstrip(" ,.;:(")
    clock = clock_time(later["clock"]) if later else None
    return Deadline(phrase, "recurring", time=clock, every=every, start=start, end=start + len(phrase))


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower()) or int(text)


def _often(times: int, unit: str) -> str:
    return UNITS[unit.lower()] if times == 1 else f"{times}/{UNITS[unit.lower()]}"


def _make(match: re.Match, every: str, group: str | int = 0, **values: str | None) -> Deadline:
    phrase = match[group].rstrip(" ,.;:(")
    start = match.start(group)
    return Deadline(phrase, "recurring", every=every, start=start, end=start + len(phrase), **values)
