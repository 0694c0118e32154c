"""Days off of state agencies (Monday to Friday weeks): the law by library, the yearly decisions as overrides.

The Prime Minister decides each year the shape of Tết, the second day of Quốc khánh and the swapped days
(BLLĐ 2019 Đ112.3), so what the library says of a year without its notice is an estimate: see `notice_of`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from holidays import country_holidays

DAY_OFF = "day_off"
WORKDAY = "workday"

_DATA = Path(__file__).parent.parent / "data" / "holidays.toml"
_ONE_DAY = timedelta(days=1)
# The library writes Tết with a capital that official papers do not use.
_SPELLING = {"Nguyên Đán": "Nguyên đán"}


@dataclass(frozen=True)
class HolidayOverride:
    """What a yearly notice makes of one day, whatever the library says."""

    kind: str
    name: str
    source: str

    def __post_init__(self):
        if self.kind not in (DAY_OFF, WORKDAY):
            raise ValueError(f"kind must be {DAY_OFF} or {WORKDAY}, not {self.kind!r}")


Overrides = Mapping[date, HolidayOverride]
NO_OVERRIDES: Overrides = MappingProxyType({})


@cache
def _library(year):
    """One calendar a year, never grown later: the library fills a shared one in place, half done for other threads."""
    return country_holidays("VN", language="vi", years=year, expand=False)


def day_name(day: date, overrides: Overrides = NO_OVERRIDES) -> str | None:
    """Why this day is not an ordinary one: the holiday, or the swap that makes it work; None for the others."""
    if day in overrides:
        return overrides[day].name
    name = _library(day.year).get(day)
    for theirs, ours in _SPELLING.items():
        name = name and name.replace(theirs, ours)
    return name


def is_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    if day in overrides:
        return overrides[day].kind == WORKDAY
    return _library(day.year).is_working_day(day)


def is_day_off(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Weekly rest, holiday, compensation or swapped day."""
    return not is_working_day(day, overrides)


def next_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1, overrides)


def previous_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> date:
    """The last working day before `day`."""
    return add_working_days(day, -1, overrides)


def end_of_period(day: date, overrides: Overrides = NO_OVERRIDES) -> date:
    """The day itself, or the next working day when a period would end on a day off (BLDS 2015 Đ148.5)."""
    return day if is_working_day(day, overrides) else next_working_day(day, overrides)


def add_working_days(day: date, n: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """The n-th working day after `day` (before it when n is negative); `day` itself is not counted (BLDS 2015 Đ147.2)."""
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    left = abs(n)
    while left:
        day += step
        if is_working_day(day, overrides):
            left -= 1
    return day


def days_off_around(day: date, overrides: Overrides = NO_OVERRIDES) -> tuple[date, date]:
    """First and last day of the unbroken run of days off that `day` belongs to; `day` alone when it is worked."""
    first = last = day
    if is_day_off(day, overrides):
        while is_day_off(first - _ONE_DAY, overrides):
            first -= _ONE_DAY
        while is_day_off(last + _ONE_DAY, overrides):
            last += _ONE_DAY
    return first, last


@cache
def _notices():
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))["notice"]


def notice_of(year: int) -> str | None:
    """The paper by which the days off of `year` were decided; None while the calendar of that year is an estimate."""
    return next((notice["source"] for notice in _notices() if notice["year"] == year), None)


@cache
def known_overrides() -> Overrides:
    """The swapped days decided so far, for the first filling of the holiday table."""
    known = {}
    for notice in _notices():
        for swap in notice.get("swap", ()):
            off, worked, source = swap["off"], swap["worked"], swap.get("source", notice["source"])
            known[off] = HolidayOverride(DAY_OFF, f"Nghỉ hoán đổi với ngày {worked:%d/%m/%Y}", source)
            known[worked] = HolidayOverride(WORKDAY, f"Làm bù cho ngày {off:%d/%m/%Y}", source)
    return MappingProxyType(known)
