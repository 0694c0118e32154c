"""What moving a paper from one occasion to the next is told and what it says, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OccasionDates:
    """An occasion as far as its papers depend on it; `kind` is election, tet, national_day or other."""

    kind: str
    d_day: date
    name: str = ""


@dataclass(frozen=True)
class Offer:
    """Another way to write it, and why somebody may want that."""

    new: str
    why: str


@dataclass(frozen=True)
class Move:
    """A place of the text that depends on the occasion: what stands there and what is proposed instead.

    `what` is day, lunar, month, year, name, term, count or cited. Words that stay are moves too, where their meaning or their
    reason should be looked at: `new` is then `old`. `old_on` and `new_on` are the days meant, None where none is."""

    start: int
    end: int
    old: str
    new: str
    what: str
    why: str
    old_on: date | None = None
    new_on: date | None = None
    day_off: str = ""
    offers: tuple[Offer, ...] = ()

    @property
    def kept(self) -> bool:
        return self.new == self.old


@dataclass(frozen=True)
class Moved:
    """A text with its moves in order; none overlaps another."""

    text: str
    moves: tuple[Move, ...]

    def changed(self, chosen: Mapping[Move, str] | None = None) -> str:
        """The text with every move made as proposed, or in the words chosen for it."""
        parts, at = [], 0
        for move in self.moves:
            parts += [self.text[at : move.start], (chosen or {}).get(move, move.new)]
            at = move.end
        return "".join([*parts, self.text[at:]])

    def place(self, at: int, chosen: Mapping[Move, str] | None = None) -> int:
        """Where a place of the old text stands in the changed one; inside a moved stretch, where that begins."""
        shift = 0
        for move in self.moves:
            if move.end <= at:
                shift += len((chosen or {}).get(move, move.new)) - (move.end - move.start)
            elif move.start < at:
                return move.start + shift
        return at + shift

    def within(self, start: int, end: int) -> Iterable[Move]:
        """The moves in a stretch of the old text."""
        return [move for move in self.moves if start <= move.start and move.end <= end]
