"""Two drafts side by side, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\S+[^\S\n]*|\s")


class Change(NamedTuple):
    """A stretch of text: `kind` is same, gone or new."""

    kind: str
    text: str


def redline(before, after):
    """What to strike out and what to add to come from one text to the other.

    Paragraphs are compared first and words only inside those that changed, so a long paper costs little."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    changes = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            changes.append(Change("same", "".join(old[i1:i2])))
        else:
            changes += _by_words("".join(old[i1:i2]), "".join(new[j1:j2]))
    return _joined(changes)


def _by_words(before, after):
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Change("gone", "".join(old[i1:i2]))
        if j2 > j1:
            yield Change("new", "".join(new[j1:j2]))


def _joined(changes):
    whole = []
    for change in changes:
        if whole and whole[-1].kind == change.kind:
            whole[-1] = Change(change.kind, whole[-1].text + change.text)
        elif change.text:
            whole.append(change)
    return whole
