"""A text as lines that can be told again when they were renumbered, moved or spaced otherwise."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from directives.paper.markers import find_marker
from directives.paper.tables import cells, is_row

WORD = re.compile(r"\w+(?:[./:-]\w+)*|[^\w\s]")
_COUNTER = re.compile(r"^(?:\d{1,4}(?:\.\d{1,3})*[.)]?|[a-zđ]\)|-)$")


@dataclass(frozen=True)
class Line:
    """A paragraph, or a row of a table when it has `cells`. `label` is its number ("2.", "a)", a row's running number),
    which is no part of `words`; lines with equal `key` say the same."""

    label: str
    words: str
    cells: tuple[str, ...] = ()

    @cached_property
    def key(self):
        return (bool(self.cells), self.cells or self.words)

    @cached_property
    def bag(self):
        """The words it is made of, to tell quickly how much two lines have in common."""
        return frozenset(WORD.findall(" ".join(self.cells).lower() if self.cells else self.words.lower()))

    def settled(self, base, mine, theirs, prefer):
        """The same line with the number of whoever changed it."""
        return replace(self, label=theirs.label if mine.label == base.label else mine.label)

    def text(self):
        if self.cells:
            return f"| {' | '.join([self.label, *self.cells] if self.label else self.cells)} |"
        return f"{self.label} {self.words}".strip()


def lines_of(text):
    """The lines of a text that carry words. Blank lines and runs of spaces mean nothing on paper and are not kept."""
    return [_line(" ".join(raw.split())) for raw in text.splitlines() if raw.strip()]


def _line(text):
    if is_row(text):
        row = tuple(" ".join(cell.split()) for cell in cells(text))
        return Line(row[0], "", row[1:]) if _COUNTER.match(row[0]) else Line("", "", row)
    marker = find_marker(text)
    at = marker.at if marker else 0
    return Line(text[:at].strip(), text[at:].strip())
