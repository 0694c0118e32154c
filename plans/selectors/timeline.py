"""An occasion as its page shows it: phases on a line, the days that matter, how far D-day is."""

from dataclasses import dataclass
from datetime import date, timedelta

from plans.calendar.election import is_nationwide, law_for, milestones, sunday_warning
from plans.calendar.labels import weekday_name
from plans.calendar.lunar import CHAP, lunar_label, lunar_of
from plans.models import Phase
from plans.selectors.dates import local, offset_words, start_of
from plans.states import DutyKind, OccasionKind

# The picture of the line is this wide, in units of its own.
WIDTH = 1000
_LUNAR_NAMES = {
    (15, CHAP): "Rằm tháng Chạp",
    (23, CHAP): "Ông Công, ông Táo",
    (28, CHAP): "Bắt đầu trực Tết 24/24",
    (1, 1): "Mùng 1 Tết (ngày D)",
    (2, 1): "Mùng 2 Tết",
    (3, 1): "Mùng 3 Tết",
    (6, 1): "Hết thời gian trực Tết",
}


@dataclass(frozen=True)
class Segment:
    """One phase on the line: `x` and `width` out of `WIDTH`; `tone` says whether it is over, running or to come."""

    phase: Phase
    x: int
    width: int
    tone: str
    word: str
    last_day: date
    layers: tuple[str, ...]


@dataclass(frozen=True)
class Timeline:
    segments: tuple[Segment, ...]
    d_day_x: int
    now_x: int | None


def timeline(occasion, phases, now):
    """Pure but for the rows it is given."""
    start, end = start_of(occasion.starts_on), start_of(occasion.ends_on + timedelta(days=1))

    def place(instant):
        return round(WIDTH * ((instant - start) / (end - start)))

    segments = []
    for phase in sorted(phases, key=lambda phase: phase.starts_at):
        x = place(phase.starts_at)
        tone, word = ("waiting", "sắp tới")
        if phase.ends_at <= now:
            tone, word = "done", "đã qua"
        elif phase.starts_at <= now:
            tone, word = "active", "đang diễn ra"
        segments.append(
            Segment(
                phase=phase,
                x=x,
                width=place(phase.ends_at) - x,
                tone=tone,
                word=word,
                last_day=local(phase.ends_at - timedelta(microseconds=1)).date(),
                layers=tuple(layer.label.removeprefix("Trực ") for layer in DutyKind if layer in phase.duty_layers),
            )
        )
    inside = start <= now < end
    return Timeline(tuple(segments), place(start_of(occasion.d_day)), place(now) if inside else None)


@dataclass(frozen=True)
class DayMark:
    """A day of the occasion that matters; `confirmed` False where the text of the law was not at hand."""

    on: date
    weekday: str
    offset: str
    label: str
    source: str
    lunar: str
    past: bool
    confirmed: bool = True


def day_marks(occasion, today):
    """Statutory days of an election; the lunar days around Tết; nothing for other occasions. Pure."""
    if occasion.kind == OccasionKind.ELECTION:
        return [
            _mark(occasion, found.on, found.label, today, source=found.source, confirmed=found.confirmed)
            for found in milestones(occasion.d_day)
        ]
    if occasion.kind == OccasionKind.TET:
        return [
            _mark(occasion, day, label, today, lunar=lunar_label(day, with_year=False))
            for day, label in _lunar_days(occasion)
        ]
    return []


def _mark(occasion, on, label, today, **more):
    facts = {"source": "", "lunar": "", "confirmed": True} | more
    return DayMark(on, weekday_name(on), offset_words((on - occasion.d_day).days), label, past=on < today, **facts)


def _lunar_days(occasion):
    day = occasion.starts_on
    while day <= occasion.ends_on:
        lunar = lunar_of(day)
        label = _LUNAR_NAMES.get((lunar.day, lunar.month))
        if day + timedelta(days=1) == occasion.d_day:
            label = "Đêm Giao thừa"
        if label:
            yield day, label
        day += timedelta(days=1)


def law_name(occasion):
    return law_for(occasion.d_day).source if occasion.kind == OccasionKind.ELECTION else ""


def law_doubt(occasion):
    """What must be compared before the statutory days are relied on; empty for a nationwide election on record."""
    if occasion.kind != OccasionKind.ELECTION or is_nationwide(occasion.d_day):
        return ""
    return (
        "Các mốc trên là của cuộc bầu cử toàn quốc. Bầu cử bổ sung có quy định và thời hạn riêng trong Luật: "
        "hãy đối chiếu trước khi dùng."
    )


def day_warning(kind, d_day):
    """What is unusual about this D-day, though not forbidden: an election that is not on a Sunday; empty when nothing is."""
    return (sunday_warning(d_day) or "") if kind == OccasionKind.ELECTION else ""


def countdown(d_day, today):
    days = (d_day - today).days
    return f"còn {days} ngày" if days > 0 else "hôm nay" if days == 0 else f"đã qua {-days} ngày"


def lunar_words(day):
    return lunar_label(day)
