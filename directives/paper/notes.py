"""Footnotes as Word's plain text has them: the mark `[1]` glued to a word, its words a later paragraph that begins `[1] `."""

import re
from collections.abc import Iterable, Sequence

_MARK = re.compile(r"(?<=\S)\[(?P<mark>\d{1,3})\]")
_ANY = re.compile(r"(?:(?<=\S)|^)\[(?P<mark>\d{1,3})\]")
_WORDS = re.compile(r"^\[(?P<mark>\d{1,3})\] +(?P<words>\S.*)$", re.MULTILINE)


def footnotes(text: str) -> dict[str, str]:
    """The words of each note by its mark ("1"), in the order of the marks. A mark without words, or words that no mark
    stands before, are ordinary text."""
    lines = text.split("\n")
    words = {mark: lines[at].partition("] ")[2].strip() for at, mark in find_words(lines).items()}
    return {found["mark"]: words[found["mark"]] for found in _MARK.finditer(text) if found["mark"] in words}


def find_words(lines: Sequence[str], marked: Iterable[str] = ()) -> dict[int, str]:
    """The lines that hold the words of a note, by their place, each with its mark; of two with one mark the first.
    `marked` are marks that stand in a text above these lines."""
    marked = set(marked)
    told: set[str] = set()
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        if "[" not in line:
            continue
        words = _WORDS.match(line) if line[0] == "[" else None
        if words and words["mark"] in marked - told:
            told.add(words["mark"])
            found[at] = words["mark"]
        marked.update(_MARK.findall(line))
    return found


def marks_in(lines: Iterable[str]) -> set[str]:
    """The marks glued to words of these lines, whether they are told of or not."""
    return {mark for line in lines if "[" in line for mark in _MARK.findall(line)}


def marks(text: str, notes: dict[str, str]) -> list[re.Match]:
    """The places in the text where one of the notes is marked; the group `mark` is its number."""
    return [found for found in _MARK.finditer(text) if found["mark"] in notes]


def renumbered(lines: Sequence[str]) -> dict[str, str]:
    """What each mark of these lines is to be when they are a text of their own: notes count from 1. Empty when they do
    already, or when a mark that has no words would become one."""
    words = set(find_words(lines).values())
    order = list(dict.fromkeys(mark for line in lines for mark in _MARK.findall(line) if mark in words))
    new = {mark: str(at) for at, mark in enumerate(order, 1)}
    kept = all(mark == number for mark, number in new.items())
    return {} if kept or (marks_in(lines) - words) & set(new.values()) else new


def with_marks(text: str, new: dict[str, str]) -> str:
    """The text with its marks changed, those glued to words and the one that opens the words of a note."""
    return _ANY.sub(lambda found: f"[{new.get(found['mark'], found['mark'])}]", text)


def is_words(line: str, notes: dict[str, str]) -> bool:
    """The line is the paragraph that holds the words of one of the notes."""
    found = _WORDS.match(line)
    return bool(found) and notes.get(found["mark"]) == found["words"].strip()
