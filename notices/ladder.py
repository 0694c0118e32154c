"""When a deadline is spoken of: 7, 3, 1 days before, on its last day, and once it has passed. Pure: an instant in, a rung out.

A rung is reached at 07:00 local time of its day, so that people read it at the start of work; lateness at the very instant.
Of a shift its person is told at 18:00 of the day before.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RUNGS = (7, 3, 1, 0)
LATE = -1
MORNING = time(7)
EVENING = time(18)
DAY = timedelta(days=1)


def last_day(due_at):
    """The last local day on which the demand can still be met: due at 00:00 of the 20th means the 19th."""
    return (due_at.astimezone(ZONE) - timedelta(microseconds=1)).date()


def reached_at(due_at, rung):
    """The instant a rung of this deadline is reached."""
    if rung == LATE:
        return due_at
    return datetime.combine(last_day(due_at) - rung * DAY, MORNING, ZONE)


def rung(due_at, now):
    """The newest rung reached at `now`, or None: after days of silence people get one reminder, not all of them."""
    if now >= due_at:
        return LATE
    for candidate in reversed(RUNGS):
        if now >= reached_at(due_at, candidate):
            return candidate
    return None


def windows(since, now):
    """Ranges (after, until] of deadlines for which some rung was reached in (since, now]: what a sweep must look at."""
    yield since, now
    first, last = since.astimezone(ZONE), now.astimezone(ZONE)
    start = first.date() + (DAY if first.timetz() >= MORNING.replace(tzinfo=ZONE) else timedelta())
    end = last.date() - (DAY if last.timetz() < MORNING.replace(tzinfo=ZONE) else timedelta())
    if start > end:
        return
    for step in RUNGS:
        yield (
            datetime.combine(start + step * DAY, time(), ZONE),
            datetime.combine(end + (step + 1) * DAY, time(), ZONE),
        )


def spoken_until(now):
    """Shifts that begin before this instant are spoken of by now: from 18:00 on those of tomorrow, until then today's."""
    local = now.astimezone(ZONE)
    days = 2 if local.time() >= EVENING else 1
    return datetime.combine(local.date() + days * DAY, time(), ZONE)
