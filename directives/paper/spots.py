"""Where words of a cleaned body stand in the text as it was typed, so that a page can lead to them. Pure."""

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate

LOOK_AHEAD = 200
_BARE = re.compile(r"[\W_]+")


class Spots:
    """Places in `typed` (one line end a line, as a browser counts it) of the words of `body`, which was read from it.

    Lines are paired in order by their letters; in a line that was cleaned of more than blanks the whole line is meant."""

    def __init__(self, typed: str, body: str):
        self.typed = typed
        self.body = body.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.body)]
        self.lines = _paired(typed, self.body)
        wide = [at for at, char in enumerate(typed) if char > "\uffff"] if typed and max(typed) > "\uffff" else []
        self.wide = wide

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of the typed text in the units of a browser (UTF-16); None where its line is not found."""
        first, last = self._place(start, whole_to_end=False), self._place(end, whole_to_end=True)
        if first is None or last is None:
            return None
        return self._units(first), self._units(max(first, last))

    def _place(self, at: int, *, whole_to_end: bool) -> int | None:
        row = min(bisect_right(self.starts, at) - 1, len(self.body) - 1)
        found = self.lines[row]
        if found is None:
            return None
        begin, stop = found
        line, typed = self.body[row], self.typed[begin:stop]
        inside = at - self.starts[row]
        if line == typed:
            return begin + inside
        if _letters(line) != _letters(typed):
            return stop if whole_to_end else begin
        return begin + _position(typed, _letters(line[:inside]), whole_to_end)

    def _units(self, at: int) -> int:
        return at + bisect_right(self.wide, at - 1)


def _paired(typed: str, body: list[str]) -> list[tuple[int, int] | None]:
    lines, at = [], 0
    for raw in typed.split("\n"):
        text = raw.strip()
        begin = at + len(raw) - len(raw.lstrip())
        if text:
            lines.append((_key(text), begin, begin + len(text)))
        at += len(raw) + 1
    found: list[tuple[int, int] | None] = []
    here = 0
    for line in body:
        key = _key(line)
        ahead = range(here, min(here + LOOK_AHEAD, len(lines)))
        place = next((each for each in ahead if lines[each][0] == key), None)
        if place is None:
            found.append(None)
        else:
            found.append(lines[place][1:])
            here = place + 1
    return found


def _key(line: str) -> str:
    return _BARE.sub("", unicodedata.normalize("NFC", line)) or line


def _letters(text: str) -> int:
    """How many characters that are neither blank nor an accent set beside its letter."""
    if text.isascii():
        return len(text) - sum(map(text.count, " \t"))
    return sum(not char.isspace() and not unicodedata.combining(char) for char in text)


def _position(text: str, letters: int, to_end: bool) -> int:
    """The place before the letter of that number; with `to_end` the one behind the letter before it."""
    count = 0
    for at, char in enumerate(text):
        if char.isspace() or unicodedata.combining(char):
            continue
        if count == letters and not to_end:
            return at
        count += 1
        if count == letters and to_end:
            rest = at + 1
            while rest < len(text) and unicodedata.combining(text[rest]):
                rest += 1
            return rest
    return len(text) if letters else 0
