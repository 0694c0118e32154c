"""Which occasion a paper that is linked to none was written for, from its own words: a proposal for a person to confirm."""

import re
from datetime import date

from directives.moving.model import OccasionDates
from directives.paper.dates import DAY, day_iso
from plans.calendar.election import election_day, election_name
from plans.calendar.lunar import can_chi, tet

_YEARS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TET = re.compile(r"\bTết\b[^.;\n]{0,40}?(?<!\d)(20\d\d)(?!\d)", re.IGNORECASE)
_NATIONAL = re.compile(r"\bQuốc khánh\b[^.;\n]{0,30}?(?<!\d)(20\d\d)(?!\d)", re.IGNORECASE)
_VOTE = re.compile(rf"\b(?:bầu\s+cử|bỏ\s+phiếu)\b[^.;\n]{{0,80}}?\bngày\s+(?:{DAY})", re.IGNORECASE)
_TERM = re.compile(r"\bnhiệm\s+kỳ\s+(20\d\d)\s*[–-]\s*20\d\d", re.IGNORECASE)


def guess_occasion(text: str, kind: str) -> OccasionDates | None:
    """The occasion of this kind that the text names with its year or day; None where it names none."""
    if kind == "tet" and (found := _TET.search(text)):
        year = int(found[1])
        return OccasionDates(kind, tet(year), f"Tết Nguyên đán {can_chi(year)} năm {year}")
    if kind == "national_day" and (found := _NATIONAL.search(text)):
        return OccasionDates(kind, date(int(found[1]), 9, 2), f"Quốc khánh 02/9 năm {found[1]}")
    if kind == "election":
        return _election(text)
    return None


def _election(text: str) -> OccasionDates | None:
    for found in _VOTE.finditer(text):
        day = day_iso(found)
        if day and len(day) == 10:
            on = date.fromisoformat(day)
            return OccasionDates("election", on, election_name(on))
    if (found := _TERM.search(text)) and (on := election_day(int(found[1]))):
        return OccasionDates("election", on, election_name(on))
    return None
