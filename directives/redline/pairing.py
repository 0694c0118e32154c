"""Which line of one text became which line of another."""

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher

LIKELY = 0.45  # share of common words from which two lines are tried as one
SURELY = 0.7  # the same for a line that also changed its place
FEWEST_WORDS = 4  # a shorter line found elsewhere says nothing
MOST_TRIED = 40_000  # pairs of lines: a greater stretch is read as struck out and written anew


def pairs(old, new):
    """Two lists of `Line` → (in their order [(i, j)], moved {i: j}). Near linear: lines that occur once in both hold the
    rest in place."""
    kept = list(_matches([line.key for line in old], [line.key for line in new], 0, 0))
    found, i0, j0 = [], 0, 0
    for i, j in [*kept, (len(old), len(new))]:
        found += _likely(old, new, range(i0, i), range(j0, j))
        found += [(i, j)] if i < len(old) else []
        i0, j0 = i + 1, j + 1
    return found, _moved(old, new, found)


def _matches(a, b, i0, j0):
    """Pairs of places with equal keys, rising on both sides; `i0` and `j0` are where the lists begin."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        yield i0 + head, j0 + head
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    inner_a, inner_b = a[head : len(a) - tail], b[head : len(b) - tail]
    if inner_a and inner_b:
        yield from _inside(inner_a, inner_b, i0 + head, j0 + head)
    for back in range(tail, 0, -1):
        yield i0 + len(a) - back, j0 + len(b) - back


def _inside(a, b, i0, j0):
    times_a, times_b = Counter(a), Counter(b)
    at = {key: j for j, key in enumerate(b) if times_b[key] == 1}
    fixed = _rising([(i, at[key]) for i, key in enumerate(a) if times_a[key] == 1 and key in at])
    if not fixed:
        if len(a) * len(b) <= MOST_TRIED:
            for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
                yield from ((i0 + block.a + step, j0 + block.b + step) for step in range(block.size))
        return
    last_i, last_j = 0, 0
    for i, j in fixed:
        yield from _matches(a[last_i:i], b[last_j:j], i0 + last_i, j0 + last_j)
        yield i0 + i, j0 + j
        last_i, last_j = i + 1, j + 1
    yield from _matches(a[last_i:], b[last_j:], i0 + last_i, j0 + last_j)


def _rising(found):
    """The longest run of these pairs (sorted by the first) whose second places rise."""
    ends, tops, before = [], [], {}
    for place, (_, j) in enumerate(found):
        at = bisect_left(ends, j)
        ends[at:] = [j] if at == len(ends) else [j, *ends[at + 1 :]]
        tops[at:] = [place] if at == len(tops) else [place, *tops[at + 1 :]]
        before[place] = tops[at - 1] if at else None
    run, place = [], tops[-1] if tops else None
    while place is not None:
        run.append(found[place])
        place = before[place]
    return run[::-1]


def _likely(old, new, rows, columns):
    """Between two equal lines: the pairs in their order that have most in common."""
    if not rows or not columns or len(rows) * len(columns) > MOST_TRIED:
        return []
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    alike = {}
    for m, i in enumerate(rows):
        above, here = best[m], best[m + 1]
        for n, j in enumerate(columns):
            here[n + 1] = max(above[n + 1], here[n])
            share = common(old[i], new[j])
            if share >= LIKELY and above[n] + share > here[n + 1]:
                here[n + 1] = above[n] + share
                alike[m, n] = share
    found, m, n = [], len(rows), len(columns)
    while m and n:
        if best[m][n] == best[m - 1][n]:
            m -= 1
        elif best[m][n] == best[m][n - 1]:
            n -= 1
        else:
            m, n = m - 1, n - 1
            found.append((rows[m], columns[n]))
    return found[::-1]


def common(line, other):
    """The share of words two lines have in common; a row of a table is never a paragraph."""
    if bool(line.cells) != bool(other.cells) or not line.bag or not other.bag:
        return 0.0
    return 2 * len(line.bag & other.bag) / (len(line.bag) + len(other.bag))


def _moved(old, new, found):
    left = [i for i in range(len(old)) if len(old[i].bag) >= FEWEST_WORDS]
    left = [i for i in left if i not in {i for i, _ in found}]
    free = sorted(set(range(len(new))) - {j for _, j in found})
    if len(left) * len(free) > MOST_TRIED:
        return {}
    moved = {}
    for i in left:
        share, j = max(((common(old[i], new[j]), -j) for j in free), default=(0, 0))
        if share >= SURELY:
            moved[i] = -j
            free.remove(-j)
    return moved
