"""Days off as the department sees them: the law, the yearly notices, and what the department has entered itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from plans.calendar.holidays import (
    DAY_OFF,
    WORKDAY,
    HolidayOverride,
    day_name,
    is_day_off,
    known_overrides,
    notice_of,
)
from plans.calendar.lunar import lunar_label
from plans.models import Holiday


def overrides():
    """The notices known to the product, and over them the days entered here. One query."""
    found = dict(known_overrides())
    for row in Holiday.objects.all():
        found[row.day] = HolidayOverride(DAY_OFF if row.is_day_off else WORKDAY, row.name, row.source)
    return found


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not what its weekday says; `override` is the row when the department entered it."""

    on: date
    name: str
    is_day_off: bool
    lunar: str
    source: str
    override: Holiday | None


def special_days(year):
    """Every named day of the year, in order. One query."""
    rows = {row.day: row for row in Holiday.objects.filter(day__year=year)}
    merged = overrides()
    law = notice_of(year) or "Bộ luật Lao động 2019 (ước tính)"
    found, day = [], date(year, 1, 1)
    while day.year == year:
        if name := day_name(day, merged):
            source = merged[day].source if day in merged else law
            found.append(
                SpecialDay(day, name, is_day_off(day, merged), lunar_label(day, with_year=False), source, rows.get(day))
            )
        day += timedelta(days=1)
    return found


@dataclass(frozen=True)
class RunOff:
    """Days off without a break, both ends included, with the names of the holidays in it."""

    first: date
    last: date
    names: tuple[str, ...]

    @property
    def length(self):
        return (self.last - self.first).days + 1


def runs_off(first, last, merged):
    """The runs of days off from `first` to `last` that hold a holiday; ordinary weekends are left out.

    "Mùng hai Tết Nguyên đán" is not said beside "Tết Nguyên đán".
    """
    runs, start, names, day = [], None, [], first
    while day <= last + timedelta(days=1):
        if day <= last and is_day_off(day, merged):
            start = start or day
            if (name := day_name(day, merged)) and name not in names:
                names.append(name)
        elif start:
            if names:
                short = [name for name in names if not any(other != name and other in name for other in names)]
                runs.append(RunOff(start, day - timedelta(days=1), tuple(short)))
            start, names = None, []
        day += timedelta(days=1)
    return runs


def worked_instead(first, last, merged):
    """Weekly days off between the two that a swap makes people work: (day, name)."""
    return sorted(
        (day, override.name) for day, override in merged.items() if override.kind == WORKDAY and first <= day <= last
    )
