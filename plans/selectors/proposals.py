"""What a new occasion may look like before anyone has typed anything."""

from dataclasses import dataclass
from datetime import date

from plans.calendar.election import election_day, election_name
from plans.calendar.lunar import can_chi, tet
from plans.calendar.occasions import propose
from plans.models import Occasion
from plans.selectors.days import overrides
from plans.states import OccasionKind


@dataclass(frozen=True)
class Suggestion:
    """An occasion that is coming and not yet entered."""

    kind: str
    name: str
    d_day: date


def proposal(kind, *, year=None, d_day=None):
    """The calendar's proposal with the days off as known here. Refuses (ValueError, in Vietnamese) what it cannot know."""
    return propose(kind, year=year, d_day=d_day, overrides=overrides())


def suggestions(today):
    """The next election, Tết and Quốc khánh that nobody has entered, nearest first. One query."""
    found = []
    for year in (today.year, today.year + 1):
        if day := election_day(year):
            found.append(Suggestion(OccasionKind.ELECTION, election_name(day), day))
        found.append(Suggestion(OccasionKind.TET, f"Tết Nguyên đán {can_chi(year)} năm {year}", tet(year)))
        found.append(Suggestion(OccasionKind.NATIONAL_DAY, f"Quốc khánh 02/9 năm {year}", date(year, 9, 2)))
    entered = set(Occasion.objects.filter(d_day__gte=today).values_list("kind", "d_day"))
    coming = [one for one in found if one.d_day >= today and (one.kind, one.d_day) not in entered]
    nearest = {}
    for one in sorted(coming, key=lambda one: one.d_day):
        nearest.setdefault(one.kind, one)
    return list(nearest.values())
