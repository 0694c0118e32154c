"""What to strike out and what to add inside one paragraph."""

from difflib import SequenceMatcher
from typing import NamedTuple

from directives.redline.lines import WORD

ALIKE = 0.4  # below this share of common letters two paragraphs are two paragraphs
MOST_WORDS = 2_000  # beyond the common beginning and end: words compared one by one cost their square


class Change(NamedTuple):
    """A stretch of text: `kind` is same, gone or new."""

    kind: str
    text: str


def compare(before, after):
    """The changes from one line of words to another; None when they have too little in common to be read as one.

    A word that stays between two longer changes is taken into them: whole phrases are read, not confetti."""
    old, new = _tokens(before), _tokens(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = (old[head : len(old) - tail], new[head : len(new) - tail])
    steps = [(True, old[:head], new[:head]), *_steps(*middle), (True, old[len(old) - tail :], new[len(new) - tail :])]
    steps = _gathered([step for step in steps if step[1] or step[2]])
    same = sum(_length(mine) for equal, mine, _ in steps if equal)
    if before and after and 2 * same < ALIKE * (_length(old) + _length(new)):
        return None
    return tuple(_changes(steps))


def _tokens(text):
    """(word, the space behind it): a space more or less is no change."""
    found = [(each.start(), each.end(), each[0]) for each in WORD.finditer(text)]
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [(word, text[end:nxt]) for (_, end, word), nxt in zip(found, ends, strict=True)]


def _common(old, new):
    count = 0
    for (mine, _), (theirs, _) in zip(old, new, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _steps(old, new):
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return [(False, old, new)]
    matcher = SequenceMatcher(None, [word for word, _ in old], [word for word, _ in new])
    return [(tag == "equal", old[i1:i2], new[j1:j2]) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]


def _gathered(steps):
    """The steps with every equal stretch that is no longer than the changes on both its sides made part of them."""
    kept = []
    for equal, old, new in steps:
        if not equal and len(kept) > 1 and kept[-1][0]:
            (_, old1, new1), (_, old2, new2) = kept[-2:]
            if _length(old2) <= min(max(_length(old1), _length(new1)), max(_length(old), _length(new))):
                kept[-2:] = [(False, old1 + old2 + old, new1 + new2 + new)]
                continue
        if not equal and kept and not kept[-1][0]:
            kept[-1] = (False, kept[-1][1] + old, kept[-1][2] + new)
            continue
        kept.append((equal, old, new))
    return kept


def _length(tokens):
    return sum(len(word) for word, _ in tokens)


def _changes(steps):
    for equal, old, new in steps:
        if equal:
            yield Change("same", _text(new))
            continue
        if old:
            yield Change("gone", _text(old))
        if new:
            yield Change("new", _text(new))


def _text(tokens):
    return "".join(word + space for word, space in tokens)
