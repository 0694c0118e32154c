"""What a shift may be, how its hours are written, and which shifts a pattern makes. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assignments.coverage import LAYERS
from assignments.states import LONGEST_SHIFT
from plans.states import DutyKind

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
MOST_PLANNED = 1000


def day_start(day):
    return datetime.combine(day, time.min, ZONE)


def window_of(occasion):
    """The moments of an occasion `[start, end)`: from 00:00 of its first day to the end of its last."""
    return day_start(occasion.starts_on), day_start(occasion.ends_on) + DAY


def in_order(layers):
    """The layers once each, in the order of the five."""
    known = [layer for layer in LAYERS if layer in layers]
    return known + sorted(set(layers) - set(known))


def span_words(starts_at, ends_at):
    """`07:00–19:00 ngày 15/03/2026`, `19:00 ngày 15/03 – 07:00 ngày 16/03/2026`; midnight ends a day as 24:00."""
    start, end = starts_at.astimezone(ZONE), ends_at.astimezone(ZONE)
    last, hour = end.date(), f"{end:%H:%M}"
    if end.time() == time.min and end > start:
        last, hour = last - DAY, "24:00"
    if start.date() == last:
        return f"{start:%H:%M}–{hour} ngày {last:%d/%m/%Y}"
    year = "" if start.year == last.year else f"/{start.year}"
    return f"{start:%H:%M} ngày {start:%d/%m}{year} – {hour} ngày {last:%d/%m/%Y}"


def gap_words(gap):
    """`Thiếu trực ứng cứu thông tin 02:00–06:00 ngày 15/03/2026, 240 phút`."""
    layer = DutyKind(gap.layer).label.lower()
    return f"Thiếu {layer} {span_words(gap.starts_at, gap.ends_at)}, {thousands(gap.minutes)} phút"


def thousands(number):
    return f"{number:,}".replace(",", ".")


def need_words(needs):
    """[(layers, hours)]: what is required in the same hours together, in the order of the hours."""
    by_hours = {}
    for need in needs:
        by_hours.setdefault((need.starts_at, need.ends_at), []).append(DutyKind(need.layer).label)
    return [
        (", ".join([labels[0], *(label.lower() for label in labels[1:])]), span_words(*hours))
        for hours, labels in sorted(by_hours.items())
    ]


def days_of(needs, occasion):
    """(first, last) day on which something is required; of an occasion that requires nothing, its own."""
    if not needs:
        return occasion.starts_on, occasion.ends_on
    start, end = min(need.starts_at for need in needs), max(need.ends_at for need in needs)
    return start.astimezone(ZONE).date(), (end - timedelta(minutes=1)).astimezone(ZONE).date()


def from_words(moment, beside):
    """The hour alone on the day of `beside`, with the day on any other."""
    there = moment.astimezone(ZONE)
    return f"{there:%H:%M}" if there.date() == beside.astimezone(ZONE).date() else f"{there:%H:%M} ngày {there:%d/%m}"


def until_words(moment, beside):
    """As `from_words`, of an end: midnight is 24:00 of the day it closes."""
    there = moment.astimezone(ZONE)
    if there.time() != time.min:
        return from_words(moment, beside)
    closed = there.date() - DAY
    return "24:00" if closed == beside.astimezone(ZONE).date() else f"24:00 ngày {closed:%d/%m}"


def length_words(minutes):
    """`45 phút`, `8 giờ`, `25 giờ 30 phút`."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} giờ"] * bool(hours) + [f"{rest} phút"] * bool(rest or not hours))


def shift_faults(layers, starts_at, ends_at, window):
    """What is wrong with one stretch, as {field: sentence}; empty when nothing is.

    Refused: no layer or an unknown one, an end not after the start, more than `LONGEST_SHIFT`, no moment within the
    window. A stretch that reaches beyond the window is no fault.
    """
    faults = {}
    if not layers or not set(layers) <= set(LAYERS):
        faults["layers"] = "Hãy chọn ít nhất một loại trực có trong danh mục."
    if ends_at <= starts_at:
        faults["ends_at"] = "Giờ kết thúc phải sau giờ bắt đầu; ca qua đêm kết thúc vào ngày hôm sau."
    elif ends_at - starts_at > LONGEST_SHIFT:
        length = length_words(int((ends_at - starts_at).total_seconds() // 60))
        longest = int(LONGEST_SHIFT.total_seconds() // 3600)
        faults["ends_at"] = (
            f"Ca trực dài {length}, quá {longest} giờ một người được trực liền. Hãy tách thành nhiều ca."
        )
    elif ends_at <= window[0] or starts_at >= window[1]:
        last = window[1].astimezone(ZONE) - DAY
        faults["starts_at"] = (
            f"Ca trực nằm ngoài thời gian của đợt ({window[0].astimezone(ZONE):%d/%m/%Y} – {last:%d/%m/%Y})."
        )
    return faults


@dataclass(frozen=True)
class Pattern:
    """A way to divide days among people: how long each stands, and the usual hour of handing over."""

    code: str
    label: str
    hours: int
    begins: time


PATTERNS = {
    pattern.code: pattern
    for pattern in (
        Pattern("24", "Ca 24 giờ (07:00 hôm trước – 07:00 hôm sau)", 24, time(7)),
        Pattern("2x12", "2 ca × 12 giờ", 12, time(7)),
        Pattern("3x8", "3 ca × 8 giờ", 8, time(7)),
        Pattern("day", "Theo ngày (00:00–24:00)", 24, time.min),
    )
}


@dataclass(frozen=True)
class Planned:
    """One stretch of one person that a pattern would make."""

    person: object
    starts_at: datetime
    ends_at: datetime


def planned(pattern, people, starts_on, ends_on, begins=None):
    """The stretches that fill every minute from `starts_on` to `ends_on`, both included, people taking turns in their order.

    `begins` is the hour of handing over, the pattern's own unless given. The first and the last stretch are cut at
    midnight, so nothing is missing at the edges. Refuses (ValueError, in Vietnamese) nobody, days the wrong way round,
    more than `MOST_PLANNED` stretches.
    """
    rule, people = PATTERNS[pattern], list(people)
    if not people:
        raise ValueError("Hãy chọn ít nhất một người để xếp ca.")
    if ends_on < starts_on:
        raise ValueError("Ngày cuối phải từ ngày đầu trở đi.")
    if ((ends_on - starts_on).days + 1) * 24 // rule.hours > MOST_PLANNED:
        raise ValueError(f"Khoảng thời gian quá dài: mỗi lần xếp được nhiều nhất {MOST_PLANNED} ca. Hãy chia nhỏ.")
    first, last = day_start(starts_on), day_start(ends_on) + DAY
    start = datetime.combine(starts_on - DAY, begins or rule.begins, ZONE)
    made = []
    while start < last:
        end = start + timedelta(hours=rule.hours)
        if end > first:
            made.append(Planned(people[len(made) % len(people)], max(start, first), min(end, last)))
        start = end
    return made
