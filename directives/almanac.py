"""The house's calendar as the checker of papers wants it: days off with their names, lunar days."""

from datetime import date

from directives.paper.check import Calendar
from plans.calendar.holidays import NO_OVERRIDES, Overrides, day_name, is_day_off
from plans.calendar.labels import weekday_name
from plans.calendar.lunar import days_of_chap, lunar_of


def almanac(overrides: Overrides = NO_OVERRIDES) -> Calendar:
    """`overrides` are the days moved by the yearly decisions."""

    def day_off(day: date) -> str | None:
        return (day_name(day, overrides) or weekday_name(day)) if is_day_off(day, overrides) else None

    def lunar(day: date) -> tuple[int, int]:
        found = lunar_of(day)
        return found.day, found.month

    return Calendar(day_off, lunar, days_of_chap)
