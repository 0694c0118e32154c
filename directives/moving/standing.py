"""Where words that were moved still stand in a text somebody has gone on writing."""

import re
from collections.abc import Sequence


def standing(text: str, words: Sequence[str]) -> list[list[tuple[int, int]]]:
    """The places of each of the words, in their order; the longest are looked for first, so that no place is told twice.

    "20/01" does not stand in "20/01/2027", nor "năm 2027" in "ngày 20 tháng 01 năm 2027" where that day is among the words.
    """
    found: list[list[tuple[int, int]]] = [[] for _ in words]
    taken: list[tuple[int, int]] = []
    for rank in sorted(range(len(words)), key=lambda each: -len(words[each])):
        same = words.index(words[rank])
        if same != rank:
            found[rank] = found[same]
            continue
        for match in re.finditer(rf"(?<![\w/]){re.escape(words[rank])}(?![\w]|/\d)", text) if words[rank] else ():
            start, end = match.span()
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                found[rank].append((start, end))
    return found
