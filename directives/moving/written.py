"""Days as papers write them, and the same writing with another day in it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plans.calendar.labels import weekday_name

_D, _M, _Y = r"(?P<d>[0-3]?\d)", r"(?P<m>[01]?\d)", r"(?P<y>(?:19|20)\d\d)"
_SIGN = r"\s*[/.-]\s*"
_TO = r"(?:,|và|-|–|(?:cho\s+)?đến(?:\s+hết)?)"
_BARE = rf"(?P<bare>(?:(?<!\d)[0-3]?\d\s*{_TO}\s*(?:ngày\s+)?){{1,6}})?"
_FULL = re.compile(rf"(?<![\d/.,-]){_BARE}(?<!\d){_D}{_SIGN}{_M}{_SIGN}{_Y}(?![\d/]|-\w)", re.IGNORECASE)
_WORDS = re.compile(
    rf"(?<![\d/.,-]){_BARE}(?<!\d){_D}\s+tháng\s+{_M}(?:(?:\s*,?\s+năm\s+|\s*/\s*){_Y})?(?![\d/])", re.IGNORECASE
)
_SHORT = re.compile(
    rf"\b(?P<lead>ngày|dịp|lễ|khánh|hết|đến|từ|trước|sau|và|sáng|trưa|chiều|tối|đêm)\s+{_BARE}(?<!\d){_D}\s*/\s*{_M}(?!\d|\s*/|\.\d|\s*(?:âm\s+lịch|ÂL\b))",
    re.IGNORECASE,
)
_SURE = frozenset(("ngày", "dịp", "lễ", "khánh", "hết", "sáng", "chiều", "tối", "đêm", "trưa"))
_NUMBER = re.compile(r"(?<!\d)[0-3]?\d(?!\d)")
_WEEK = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_WEEK_BEFORE = re.compile(rf"\b(?P<w>{_WEEK})\s*,?\s*\(?\s*(?:ngày\s+)?$", re.IGNORECASE)
_WEEK_AFTER = re.compile(rf"\s*[,(]\s*(?P<w>{_WEEK})\b\)?", re.IGNORECASE)
_UNTIL = re.compile(rf"\s*\)?\s*{_TO}(?:\s+[^.;\n]{{0,25}}?)?\s*", re.IGNORECASE)
_ALL_DAY = {(24, 7), (7, 24)}
_PADDED = re.compile(r"(?<!\d)[0-3]?\d/(0?)[3-9](?:/|\b)")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """A day where it stands, perhaps with others of its month before it ("14, 15 và 16/02/2026") and a weekday beside it.

    Places are those of the whole text. `on` is the day meant; `follows` says that its year is that of the day after it."""

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    numbers: tuple[tuple[int, int, str], ...]
    bare: tuple[tuple[int, int, int], ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    on: date | None = None
    follows: date | None = None

    def others(self) -> list[date]:
        """The days before it whose month and year it gives."""
        return [self.on.replace(day=number) for _, _, number in self.bare]

    def write(self, land: Callable[[date], date], *, padded: bool, follows: date | None = None) -> str:
        """The same words with the days `land` gives. Days have two figures, months 1 and 2 too, the others where `padded`.

        A year that was left out is written where the day it leaned on (`follows`, as it is now) lies in another year."""
        new = land(self.on)
        month = f"{new.month:0{2 if padded or new.month < 3 else 1}d}"
        changes = []
        for start, end, name in self.numbers:
            changes.append((start, end, {"d": f"{new.day:02d}", "m": month, "y": str(new.year)}[name]))
        last = max(end for _, end, _ in self.numbers)
        if self.year is None and follows and follows.year != new.year:
            changes.append((last, last, f"/{new.year}" if "tháng" not in self.text else f" năm {new.year}"))
        for (start, end, _), other in zip(self.bare, map(land, self.others()), strict=True):
            there = f"{other.day:02d}"
            if (other.month, other.year) != (new.month, new.year):
                there += f"/{other.month:0{2 if padded or other.month < 3 else 1}d}"
            if other.year != new.year:
                there += f"/{other.year}"
            changes.append((start, end, there))
        for start, end in self.weekdays:
            changes.append((start, end, _weekday_like(self.text[start - self.start : end - self.start], new)))
        text = self.text
        for start, end, words in sorted(changes, reverse=True):
            text = text[: start - self.start] + words + text[end - self.start :]
        return text


def _weekday_like(written: str, day: date) -> str:
    """The weekday in the writing of the old one: by number, with or without a capital."""
    name = weekday_name(day)
    if re.search(r"\d", written) and day.weekday() < 6:
        name = f"Thứ {day.weekday() + 2}"
    if written.islower():
        return name.lower()
    return name[0].lower() + name[1:] if written[0].islower() else name


def months_padded(text: str) -> bool:
    """Whether this text writes months from March to September with a nought (20/03); NĐ 30/2020 does not."""
    found = [match[1] for match in _PADDED.finditer(text)]
    return found.count("0") * 2 > len(found)


def days_in(text: str, nearest: Callable[[int, int], date | None]) -> list[Written]:
    """Every day written in figures, in order; `nearest(day, month)` gives the year where none is printed or leaned on."""
    found: list[Written] = []
    for each in sorted(_matches(text), key=lambda one: (one.start, -one.end)):
        if not found or each.start >= found[-1].end:
            found.append(each)
    meant: list[Written] = []
    for each in reversed(found):
        after = meant[-1] if meant else None
        leans = after is not None and each.year is None and _UNTIL.fullmatch(text, each.end, after.start)
        on = _meant(each, after.on if leans and after.on else None, nearest)
        if on is not None:
            meant.append(_with(each, on, after.on if leans else None))
    return meant[::-1]


def _meant(each: Written, before: date | None, nearest: Callable[[int, int], date | None]) -> date | None:
    try:
        if each.year is not None:
            return date(each.year, each.month, each.day)
        if before is None:
            return nearest(each.day, each.month)
        same = date(before.year, each.month, each.day)
        return same if same <= before else same.replace(year=before.year - 1)
    except ValueError:
        return None


def _with(each: Written, on: date, follows: date | None) -> Written:
    bare = each.bare if all(number < on.day for _, _, number in each.bare) else ()
    return Written(**(vars(each) | {"on": on, "follows": follows, "bare": bare}))


def _matches(text: str) -> Iterator[Written]:
    for match in _FULL.finditer(text):
        if not re.search(r"số\s*$", text[max(0, match.start() - 6) : match.start()], re.IGNORECASE):
            yield _written(text, match)
    for match in _WORDS.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()].lower()
        if match["y"] or before.rstrip().endswith("ngày"):
            yield _written(text, match)
    for match in _SHORT.finditer(text):
        pair, sure = (int(match["d"]), int(match["m"])), match["lead"].lower() in _SURE
        two_figures = len(match["d"]) == 2 or len(match["m"]) == 2
        if pair not in _ALL_DAY and (sure or two_figures) and 1 <= pair[0] <= 31 and 1 <= pair[1] <= 12:
            yield _written(text, match)


def _written(text: str, match: re.Match) -> Written:
    numbers = tuple((*match.span(name), name) for name in ("d", "m", "y") if match.groupdict().get(name))
    bare, weekdays = (), ()
    start, end = match.start("d"), match.end()
    if match["bare"]:
        start = match.start("bare")
        bare = tuple((*each.span(), int(each[0])) for each in _NUMBER.finditer(text, *match.span("bare")))
    if before := _WEEK_BEFORE.search(text, max(0, start - 40), start):
        start, weekdays = before.start(), (before.span("w"),)
    if after := _WEEK_AFTER.match(text, end):
        end, weekdays = after.end(), (*weekdays, after.span("w"))
    year = match.groupdict().get("y")
    return Written(
        start, end, text[start:end], int(match["d"]), int(match["m"]), year and int(year), numbers, bare, weekdays
    )
