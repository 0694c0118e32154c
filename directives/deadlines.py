"""What a phrase of time means as an instant (half-open), and how an instant is written in a paper. Pure.

"trước ngày 20/01" is met until the end of the 19th; "chậm nhất ngày 20/01", "trong ngày", "đến hết ngày" until the end
of the 20th. People do not all read the first one so, which is why both readings are offered and the author chooses.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from directives.paper import due_moment
from directives.paper.time import find_deadlines
from plans.calendar.lunar import solar_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_BEFORE_A_DAY = re.compile(r"\btrước\s+(?:hết\s+)?(?:ngày\b|\d)", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Reading:
    """One meaning of a phrase: the instant from which it is late, and that in words."""

    due_at: datetime
    words: str


def end_of(day):
    """The instant at which that day is over, here; the last day of the calendar is never over."""
    if day == date.max:
        return datetime.combine(day, time.max, ZONE)
    return datetime.combine(day + _ONE_DAY, time.min, ZONE)


def last_day(due_at):
    """The last day on which it is still in time, and the hour when it ends before midnight."""
    local = due_at.astimezone(ZONE)
    if local.time() == time.min:
        return local.date() - _ONE_DAY, None
    return local.date(), local.time().replace(tzinfo=None)


def due_from(day, hour=None):
    """The instant meant by a last day and, perhaps, an hour of it."""
    if day is None:
        return None
    return datetime.combine(day, hour, ZONE) if hour else end_of(day)


def in_words(due_at):
    day, hour = last_day(due_at)
    return f"{hour:%H:%M} ngày {day:%d/%m/%Y}" if hour else f"hết ngày {day:%d/%m/%Y}"


@lru_cache(maxsize=1024)
def readings(phrase, on):
    """The meanings of a phrase, the literal one first; `on`, the paper's day, gives the year when none is printed.

    Nothing is made of a phrase that fixes no day, or one beyond the years this product reckons with."""
    found = next((each for each in find_deadlines(phrase or "", (), 0) if each.type == "deadline"), None)
    try:
        moment = due_moment(found, lunar=partial(_next_lunar, on), issued=on.isoformat()) if found else None
    except OverflowError:
        return ()
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return ()
    literal = moment.replace(tzinfo=ZONE)
    if found.time or not _BEFORE_A_DAY.search(found.phrase):
        return (Reading(literal, in_words(literal)),)
    lenient = end_of(literal.date())
    return (
        Reading(literal, f"{in_words(literal)} – đúng câu chữ “trước ngày {literal:%d/%m}”"),
        Reading(lenient, f"{in_words(lenient)} – tính cả ngày {literal:%d/%m}"),
    )


def _next_lunar(on, day, month):
    """The first such lunar day not before `on`; None where the calendar has none (a 30th in a month of 29 days)."""
    for year in (on.year - 1, on.year, on.year + 1):
        try:
            solar = solar_of(day, month, year)
        except ValueError:
            continue
        if solar >= on:
            return solar
    return None


def phrase_of(due_at):
    """The instant as a paper of ours says it, in words that cannot be read in two ways."""
    day, hour = last_day(due_at)
    return f"trước {hour:%H} giờ {hour:%M} ngày {day:%d/%m/%Y}" if hour else f"chậm nhất ngày {day:%d/%m/%Y}"


def daily_phrase(first, last, hour=None):
    """A demand owed each day from the first to the last, both included."""
    before = f"trước {hour:%H} giờ {hour:%M} " if hour else ""
    return f"{before}hằng ngày, từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}"
