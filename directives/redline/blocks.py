"""The redline as it is read: what changed with a line around it, what did not folded away, tables as tables."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from textwrap import shorten

from directives.redline.lines import Line, lines_of
from directives.redline.pairing import pairs
from directives.redline.words import Change, compare

MOST_LETTERS = 600_000  # of both texts together
AROUND = 1  # unchanged lines shown beside a change
FEWEST_FOLDED = 3
SNIPPET = 70
QUIET = frozenset({"same", "renumbered"})


@dataclass(frozen=True)
class Row:
    """One line of the redline. `kind` is same, renumbered, changed, gone, new, moved, or left (the old place of what
    moved); `cells` its changes, one tuple for a paragraph, more for a row of a table."""

    kind: str
    cells: tuple[tuple[Change, ...], ...]
    table: bool = False


@dataclass(frozen=True)
class Block:
    """Rows that are drawn together: `table` in a table, `folded` out of sight until asked for."""

    rows: tuple[Row, ...]
    table: bool = False
    folded: bool = False

    def parts(self):
        """What is folded, as blocks that are drawn together."""
        return _drawn(self.rows)

    def said(self):
        """What is folded, in words."""
        renumbered = sum(row.kind == "renumbered" for row in self.rows)
        also = f", {renumbered} đoạn trong đó đổi số mục" if renumbered else ""
        return f"{len(self.rows)} đoạn không đổi lời{also}"


@dataclass(frozen=True)
class Redline:
    """What to strike out and add to come from one text to the other. `too_long` when that was not tried."""

    rows: tuple[Row, ...] = ()
    too_long: bool = False

    @property
    def changed(self):
        return self.too_long or any(row.kind != "same" for row in self.rows)

    def blocks(self):
        """The rows to draw, stretches without a change folded."""
        near = set()
        for at, row in enumerate(self.rows):
            if row.kind not in QUIET:
                near |= set(range(at - AROUND, at + AROUND + 1))
        found = []
        for shown, places in groupby(range(len(self.rows)), key=near.__contains__):
            rows = tuple(self.rows[at] for at in places)
            fold = not shown and len(rows) >= FEWEST_FOLDED
            found += [Block(rows, folded=True)] if fold else _drawn(rows)
        return found

    def said(self):
        """How much changed, in words."""
        if self.too_long:
            return "Hai bản dài quá nên không so được từng chữ tại đây"
        counts = {kind: sum(row.kind == kind for row in self.rows) for kind in SAID}
        found = [f"{counts[kind]} {word}" for kind, word in SAID.items() if counts[kind]]
        return ", ".join(found) or "không đổi"


SAID = {
    "changed": "chỗ sửa",
    "new": "đoạn thêm",
    "gone": "đoạn bỏ",
    "moved": "đoạn chuyển chỗ",
    "renumbered": "đoạn chỉ đổi số mục",
}


def redline(before, after):
    """Two texts compared: lines are matched without their numbers and wherever they went, words only inside lines that
    changed, spaces never. Two papers of 25 kB take some ten milliseconds; more than 600,000 letters are not compared."""
    if len(before) + len(after) > MOST_LETTERS:
        return Redline(too_long=before != after)
    old, new = lines_of(before), lines_of(after)
    kept, moved = pairs(old, new)
    came = {j: i for i, j in moved.items() if len(_pair(old[i], new[j])) == 1}
    moved = set(came.values())
    rows, i0, j0 = [], 0, 0
    for i, j in [*kept, (len(old), len(new))]:
        rows += [_left(old[at]) if at in moved else _whole("gone", old[at]) for at in range(i0, i)]
        for at in range(j0, j):
            rows += _pair(old[came[at]], new[at], moved=True) if at in came else [_whole("new", new[at])]
        if i < len(old):
            rows += _pair(old[i], new[j])
        i0, j0 = i + 1, j + 1
    return Redline(tuple(rows))


def _whole(kind, line):
    texts = [line.label, *line.cells] if line.cells and line.label else line.cells or (line.text(),)
    return Row(kind, tuple((Change(kind, text),) for text in texts), bool(line.cells))


def _left(line):
    return Row("left", ((Change("same", shorten(line.text(), SNIPPET, placeholder="…")),),))


def _pair(old: Line, new: Line, moved=False):
    """One row, or two where the lines have too little in common."""
    label = _label(old.label, new.label)
    if old.key == new.key:
        words = [(Change("same", text),) for text in (new.cells or (new.words,))]
    elif new.cells:
        words = _cells(old.cells, new.cells)
    else:
        words = [compare(old.words, new.words)]
        if words == [None]:
            return [_whole("gone", old), _whole("new", new)]
    kind = "changed" if old.key != new.key else "renumbered" if old.label != new.label else "same"
    if moved:
        kind = "moved"
    if new.cells:
        return [Row(kind, ((label,) if label else ()) + tuple(words), True)]
    return [Row(kind, (_spaced(label) + words[0],))]


def _label(old, new):
    if old == new:
        return (Change("same", new),) if new else ()
    return tuple(Change(kind, text) for kind, text in (("gone", old), ("new", new)) if text)


def _spaced(label):
    return (*label[:-1], Change(label[-1].kind, f"{label[-1].text} ")) if label else ()


def _cells(old, new):
    """Cell against cell; where a column came or went, the cells that say the same keep their place."""
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Change("same", text),) for text in new[j1:j2]]
            continue
        for before, after in zip_longest(old[i1:i2], new[j1:j2]):
            both = (Change("gone", before or ""), Change("new", after or ""))
            words = compare(before, after) if before and after else None
            found.append(words or tuple(each for each in both if each.text))
    return found


def _drawn(rows):
    return [Block(tuple(run), table) for table, run in groupby(rows, key=lambda row: row.table)]
