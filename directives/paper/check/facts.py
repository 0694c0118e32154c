"""What the checker may be told about the world: a province's own data and a calendar, both plain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KnownBasis:
    """A paper that others rest on, as registered. `superseded_on` is the first day on which it is no longer in force."""

    number: str
    date_iso: str | None = None
    superseded_by: str | None = None
    superseded_on: date | None = None


@dataclass(frozen=True)
class Registry:
    """The province: `bodies` are the names of units and groups a paper may be addressed to; `bases` the legal bases."""

    bodies: frozenset[str] = frozenset()
    bases: tuple[KnownBasis, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """`day_off` gives the words for a day on which offices rest, else None; `lunar` the lunar (day, month) of a day;
    `days_of_chap` how many days the tháng Chạp before the Tết of a year has."""

    day_off: Callable[[date], str | None]
    lunar: Callable[[date], tuple[int, int]]
    days_of_chap: Callable[[int], int]
