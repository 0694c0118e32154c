"""Deadlines counted from D-day. A deadline is an instant, half-open: the demand is late from that instant on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from plans.calendar.holidays import NO_OVERRIDES, Overrides, day_name, is_day_off, previous_working_day
from plans.calendar.labels import day_label, weekday_name

T = TypeVar("T")

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DueWarning:
    """`code` is day_off or past; `text` is for the reader."""

    code: str
    text: str


@dataclass(frozen=True)
class DueChange(Generic[T]):
    """One demand whose deadline moves with D-day."""

    item: T
    old_due: datetime
    new_due: datetime
    warnings: tuple[DueWarning, ...]


def due_instant(d_day: date, offset: int, at: time | None = None) -> datetime:
    """Without a time the whole day counts (`hết ngày`): due at 00:00 of the next day."""
    day = d_day + timedelta(days=offset)
    if at is None:
        return datetime.combine(day + _ONE_DAY, time.min)
    return datetime.combine(day, at)


def due_day(instant: datetime) -> date:
    """The last day on which the demand can still be met: the day before, when it is due at 00:00."""
    return instant.date() - _ONE_DAY if instant.time() == time.min else instant.date()


def due_label(instant: datetime) -> str:
    """`hết ngày 19/01/2020`, or `16:00 ngày 19/01/2020`."""
    if instant.time() == time.min:
        return f"hết ngày {day_label(due_day(instant))}"
    return f"{instant:%H:%M} ngày {day_label(instant.date())}"


def daily_instants(d_day: date, first: int, last: int, at: time | None = None) -> list[datetime]:
    """One deadline a day, from offset `first` to offset `last`, both included."""
    return [due_instant(d_day, offset, at) for offset in range(first, last + 1)]


def span_offsets(d_day: date, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
    """First and last day, as offsets from D-day, that the period `[starts_at, ends_at)` touches."""
    last = (ends_at - timedelta(microseconds=1)).date()
    return (starts_at.date() - d_day).days, (last - d_day).days


def due_warnings(instant: datetime, *, now: datetime, overrides: Overrides = NO_OVERRIDES) -> tuple[DueWarning, ...]:
    """What a person should look at before this deadline is kept: it is already past, or its day is not worked."""
    found = []
    day = due_day(instant)
    if instant <= now:
        found.append(DueWarning("past", f"Thời hạn {due_label(instant)} đã qua."))
    if is_day_off(day, overrides):
        name = day_name(day, overrides)
        why = f"ngày nghỉ ({name})" if name else "ngày nghỉ hằng tuần"
        before = previous_working_day(day, overrides)
        found.append(
            DueWarning(
                "day_off",
                f"{weekday_name(day)}, {day_label(day)} là {why}; "
                f"ngày làm việc liền trước là {weekday_name(before)}, {day_label(before)}.",
            )
        )
    return tuple(found)


def diff(
    old_d_day: date,
    new_d_day: date,
    items: Iterable[tuple[T, int, time | None]],
    *,
    now: datetime,
    overrides: Overrides = NO_OVERRIDES,
) -> list[DueChange[T]]:
    """What moves when D-day moves, in the given order; `items` are (item, offset, time). Empty when D-day stays."""
    if old_d_day == new_d_day:
        return []
    changes = []
    for item, offset, at in items:
        new_due = due_instant(new_d_day, offset, at)
        warnings = due_warnings(new_due, now=now, overrides=overrides)
        changes.append(DueChange(item, due_instant(old_d_day, offset, at), new_due, warnings))
    return changes
