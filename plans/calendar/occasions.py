"""Proposals for a new occasion: its name, D-day, and three phases that touch. People change them before saving."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from plans.calendar.election import election_day, election_name, repeat_vote_until
from plans.calendar.holidays import NO_OVERRIDES, Overrides, days_off_around
from plans.calendar.labels import day_label
from plans.calendar.lunar import CHAP, can_chi, lunar_of, solar_of, tet

KINDS = ("election", "tet", "national_day", "other")
PHASES = ("before", "during", "after")
# The five layers of 24/24 duty: trực lãnh đạo, điều hành, ca, ứng cứu thông tin, vận hành.
DUTY_LAYERS = ("leader", "operations", "shift", "response", "running")

# While an occasion is only prepared no roster is owed; afterwards someone decides, someone dispatches, someone repairs.
_LAYERS = {"before": (), "during": DUTY_LAYERS, "after": ("leader", "operations", "response")}


@dataclass(frozen=True)
class PhaseOutline:
    """A phase `[starts_at, ends_at)` and the duty layers it requires."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    duty_layers: tuple[str, ...]


@dataclass(frozen=True)
class OccasionOutline:
    """`starts_on` and `ends_on` are the first and last day, both included."""

    kind: str
    name: str
    d_day: date
    starts_on: date
    ends_on: date
    phases: tuple[PhaseOutline, ...]


def propose(
    kind: str,
    *,
    year: int | None = None,
    d_day: date | None = None,
    name: str | None = None,
    overrides: Overrides = NO_OVERRIDES,
) -> OccasionOutline:
    """From a year, or from D-day itself.

    Refuses what it cannot know: the day of an election not yet decided, the day of an occasion of no fixed kind.
    """
    if kind not in KINDS:
        raise ValueError(f"Không có loại đợt {kind!r}.")
    if d_day is None and year is None:
        raise ValueError("Cần năm hoặc ngày chính của đợt.")
    return {"election": _election, "tet": _tet, "national_day": _national_day, "other": _other}[kind](
        year, d_day, name, overrides
    )


def _election(year, d_day, name, overrides):
    """24/24 from three days before to two days after; then until the last day for an extra or repeat vote."""
    d_day = d_day or election_day(year)
    if d_day is None:
        raise ValueError(f"Chưa có ngày bầu cử của năm {year}; hãy nhập ngày bầu cử đã được công bố.")
    return _outline(
        "election",
        name or election_name(d_day),
        d_day,
        starts_on=d_day - timedelta(days=75),
        during=(d_day - timedelta(days=3), d_day + timedelta(days=2)),
        ends_on=repeat_vote_until(d_day),
    )


def _tet(year, d_day, name, overrides):
    """24/24 from 28 Chạp (two days before mùng 1 when there is no 30 Chạp, three when there is) to mùng 6."""
    d_day = d_day or tet(year)
    lunar = lunar_of(d_day)
    if (lunar.day, lunar.month) != (1, 1):
        raise ValueError(f"Ngày {day_label(d_day)} là {lunar}, không phải mùng 1 Tết.")
    return _outline(
        "tet",
        name or f"Tết Nguyên đán {can_chi(lunar.year)} năm {lunar.year}",
        d_day,
        starts_on=d_day - timedelta(days=45),
        during=(solar_of(28, CHAP, lunar.year - 1), solar_of(6, 1, lunar.year)),
        ends_on=solar_of(10, 1, lunar.year),
    )


def _national_day(year, d_day, name, overrides):
    """24/24 over the whole run of days off around 02/9, and at least from two days before."""
    d_day = d_day or date(year, 9, 2)
    if (d_day.day, d_day.month) != (2, 9):
        raise ValueError(f"Ngày {day_label(d_day)} không phải ngày Quốc khánh 02/9.")
    first, last = days_off_around(d_day, overrides)
    return _outline(
        "national_day",
        name or f"Quốc khánh 02/9 năm {d_day.year}",
        d_day,
        starts_on=d_day - timedelta(days=20),
        during=(min(first, d_day - timedelta(days=2)), last),
        ends_on=last + timedelta(days=5),
    )


def _other(year, d_day, name, overrides):
    if d_day is None:
        raise ValueError("Đợt này không có ngày cố định; hãy nhập ngày chính.")
    return _outline(
        "other",
        name or f"Đợt phục vụ ngày {day_label(d_day)}",
        d_day,
        starts_on=d_day - timedelta(days=14),
        during=(d_day - timedelta(days=1), d_day),
        ends_on=d_day + timedelta(days=3),
    )


def _outline(kind, name, d_day, *, starts_on, during, ends_on):
    first, last = during
    edges = [starts_on, first, last + timedelta(days=1), ends_on + timedelta(days=1)]
    instants = [datetime.combine(edge, time.min) for edge in edges]
    phases = tuple(
        PhaseOutline(phase, starts_at, ends_at, _LAYERS[phase])
        for phase, starts_at, ends_at in zip(PHASES, instants, instants[1:], strict=False)
    )
    return OccasionOutline(kind, name, d_day, starts_on, ends_on, phases)
