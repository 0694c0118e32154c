"""Statutory days of an election: data by version of the law (`data/election_offsets.toml`), picked by election day."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from plans.calendar.labels import day_label, weekday_name

_DATA = Path(__file__).parent.parent / "data" / "election_offsets.toml"
_SUNDAY = 6


@dataclass(frozen=True)
class StatutoryOffset:
    """One act and its last day, counted from election day; `confirmed` is False where the text was not at hand."""

    code: str
    label: str
    days: int
    source: str
    confirmed: bool = True


@dataclass(frozen=True)
class ElectionLaw:
    """One version of the law, for election days in `[starts_on, ends_on)`; `ends_on` None while it is in force."""

    name: str
    source: str
    starts_on: date
    ends_on: date | None
    offsets: tuple[StatutoryOffset, ...]

    def offset(self, code: str) -> StatutoryOffset:
        return next(offset for offset in self.offsets if offset.code == code)


@dataclass(frozen=True)
class Milestone:
    """A statutory day of one election."""

    code: str
    label: str
    on: date
    source: str
    law: str
    confirmed: bool


@cache
def _data():
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@cache
def election_laws() -> tuple[ElectionLaw, ...]:
    return tuple(
        ElectionLaw(
            name=law["name"],
            source=law["source"],
            starts_on=law["from"],
            ends_on=law.get("until"),
            offsets=tuple(StatutoryOffset(**offset) for offset in law["offset"]),
        )
        for law in _data()["law"]
    )


def law_for(d_day: date) -> ElectionLaw:
    """Refuses an election day that no recorded version covers."""
    for law in election_laws():
        if law.starts_on <= d_day and (law.ends_on is None or d_day < law.ends_on):
            return law
    raise ValueError(f"Chưa có dữ liệu luật bầu cử áp dụng cho ngày {day_label(d_day)}.")


def milestones(d_day: date) -> list[Milestone]:
    """In order of time."""
    law = law_for(d_day)
    found = [
        Milestone(
            offset.code,
            offset.label,
            d_day + timedelta(days=offset.days),
            offset.source,
            law.name,
            offset.confirmed,
        )
        for offset in law.offsets
    ]
    return sorted(found, key=lambda milestone: milestone.on)


def repeat_vote_until(d_day: date) -> date:
    """The last day on which an extra or repeat vote may be held: 7 days after under the law in force."""
    return d_day + timedelta(days=law_for(d_day).offset("repeat_vote").days)


def sunday_warning(d_day: date) -> str | None:
    """Election day is a Sunday (Điều 5); None when it is."""
    if d_day.weekday() == _SUNDAY:
        return None
    return f"Ngày bầu cử phải là Chủ nhật; ngày {day_label(d_day)} là {weekday_name(d_day)}."


def election_day(year: int) -> date | None:
    """The nationwide election day held in `year`, where one is recorded."""
    return next((held["day"] for held in _data()["election"] if held["day"].year == year), None)


def is_nationwide(d_day: date) -> bool:
    """Whether a nationwide election is recorded on this day: `milestones` are those of one. A by-election (bầu cử bổ sung) has
    rules of its own, which are not recorded here."""
    return any(held["day"] == d_day for held in _data()["election"])


def election_name(d_day: date) -> str:
    """With khóa and nhiệm kỳ for a nationwide election; plain for another one (bầu cử bổ sung, a day not yet recorded)."""
    term = next((held["term"] for held in _data()["election"] if held["day"] == d_day), None)
    if term:
        return f"Bầu cử đại biểu Quốc hội {term}"
    return f"Bầu cử ngày {day_label(d_day)}"
