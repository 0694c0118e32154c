"""When a demand is due: pure functions of the demand and its D-day."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from plans.calendar.labels import day_label
from plans.calendar.offsets import due_instant, due_label
from plans.states import Cadence


def aware(instant):
    """A local instant of the calendar as the database keeps it."""
    return timezone.make_aware(instant)


def local(instant):
    """An instant of the database as the calendar counts: local and naive."""
    return timezone.localtime(instant).replace(tzinfo=None)


def item_due(item, d_day):
    """The instant from which the demand is late (half-open). None without a deadline, and for a daily demand (`item_days`)."""
    if item.due_at:
        return item.due_at
    if item.every or item.due_offset is None:
        return None
    return aware(due_instant(d_day, item.due_offset, item.due_time))


def item_days(item, d_day):
    """First and last day, both included, of a demand owed every day; None for the others."""
    if item.every != Cadence.DAY:
        return None
    return d_day + timedelta(days=item.repeat_from), d_day + timedelta(days=item.repeat_until)


def item_offsets(item):
    """What of the demand moves with D-day: no offset, one, or the first and the last of a daily one."""
    if item.every:
        return item.repeat_from, item.repeat_until
    return () if item.due_offset is None else (item.due_offset,)


def offset_words(offset):
    """`D-30`, `D`, `D+2`."""
    return f"D{offset:+d}" if offset else "D"


def daily_words(first: date, last: date, at: time | None):
    hour = f"trước {at:%H:%M} " if at else ""
    return f"{hour}hằng ngày, từ {day_label(first)} đến {day_label(last)}"


def due_words(item, d_day):
    """The deadline as the reader sees it; empty when the demand has none."""
    if days := item_days(item, d_day):
        return daily_words(*days, item.due_time)
    due = item_due(item, d_day)
    return due_label(local(due)) if due else ""


def start_of(day: date) -> datetime:
    """00:00 of that day, aware."""
    return aware(datetime.combine(day, time.min))
