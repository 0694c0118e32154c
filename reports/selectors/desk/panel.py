"""A panel of work as every desk shows it."""

from dataclasses import dataclass
from datetime import datetime

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """One piece of work: what, where, its state or deadline."""

    text: str
    url: str
    note: str = ""
    due_at: datetime | None = None
    tone: str = ""
    word: str = ""


@dataclass(frozen=True)
class Panel:
    """One kind of work of one role. `total` may exceed the lines shown; `url` lists them all; `first` stands above the occasions
    that a leader sees."""

    title: str
    lines: list
    total: int
    url: str
    empty: str
    icon: str = "inbox"
    first: bool = False


def panel(title, rows, line, url, empty, icon="inbox"):
    shown = [line(row) for row in rows[:SHOWN]]
    total = len(shown) if len(shown) < SHOWN else rows.count()
    return Panel(title, shown, total, url, empty, icon)
