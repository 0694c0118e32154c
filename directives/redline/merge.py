"""Two people changed the same list of lines: what both did, where they did not touch the same line."""

from dataclasses import dataclass

from directives.redline.lines import lines_of
from directives.redline.pairing import pairs


@dataclass(frozen=True)
class Clash:
    """A line both changed, each in another way; None where one struck it out."""

    base: object | None
    mine: object | None
    theirs: object | None


def merge(base, mine, theirs, prefer="mine"):
    """Three lists of things with `key`, `bag`, `cells` and `settled` (as `Line`) → (the merged list, the clashes).

    A line changed, struck out or moved by one side is so; numbers follow whoever changed them; what both added at one
    place stands there twice, theirs first. Where both changed one line that of the side `prefer` is taken, and told."""
    ours, other = _Side(base, mine), _Side(base, theirs)
    merged, clashes = [], []
    for at in range(len(base) + 1):
        added, clash = _added(base, at, ours, other, prefer)
        merged += added
        clashes += clash
        if at == len(base):
            break
        line, mine_now, theirs_now = base[at], ours.now[at], other.now[at]
        taken = _taken(line, mine_now, theirs_now, prefer)
        if taken is _BOTH:
            clashes.append(Clash(line, mine_now, theirs_now))
            taken = mine_now if prefer == "mine" else theirs_now
        if taken is not None:
            merged.append(taken.settled(line, mine_now, theirs_now, prefer) if mine_now and theirs_now else taken)
    return merged, clashes


def merge_texts(base, mine, theirs, prefer="mine"):
    """The same of three texts, paragraph by paragraph → (text, clashes of texts)."""
    lines, clashes = merge(lines_of(base), lines_of(mine), lines_of(theirs), prefer)
    return "\n".join(line.text() for line in lines), [
        Clash(*(line and line.text() for line in (clash.base, clash.mine, clash.theirs))) for clash in clashes
    ]


_BOTH = object()


class _Side:
    """What one side made of each line (`now`), and what it added before each (`added`)."""

    def __init__(self, base, lines):
        kept, _ = pairs(base, lines)
        self.now = [None] * len(base)
        self.added = {}
        i0, j0 = 0, 0
        for i, j in [*kept, (len(base), len(lines))]:
            if j > j0:
                self.added[i0] = lines[j0:j]
            if i < len(base):
                self.now[i] = lines[j]
            i0, j0 = i + 1, j + 1


def _taken(line, mine, theirs, prefer):
    """The line as it stands after both, None where it is struck out, `_BOTH` where they disagree."""
    keys = [each and each.key for each in (line, mine, theirs)]
    if keys[1] == keys[2]:
        return mine if prefer == "mine" else theirs
    if keys[2] == keys[0]:
        return mine
    return theirs if keys[1] == keys[0] else _BOTH


def _added(base, at, ours, other, prefer):
    """What both sides put before a line. In the place of one that both struck out it is one change told twice."""
    mine, theirs = ours.added.get(at, []), other.added.get(at, [])
    if not mine or not theirs:
        return [*mine, *theirs], []
    if [each.key for each in mine] == [each.key for each in theirs]:
        return mine, []
    if at < len(base) and ours.now[at] is None and other.now[at] is None:
        most = max(len(mine), len(theirs))
        pad = [[*lines, *[None] * (most - len(lines))] for lines in (mine, theirs)]
        return (mine if prefer == "mine" else theirs), [Clash(None, *both) for both in zip(*pad, strict=True)]
    return [*theirs, *mine], []
