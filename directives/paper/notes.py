"""Footnotes as Word's plain text has them: the mark `[1]` glued to a word, its words a later paragraph that begins `[1] `."""

import re

_MARK = re.compile(r"(?<=\S)\[(?P<mark>\d{1,3})\]")
_WORDS = re.compile(r"^\[(?P<mark>\d{1,3})\] +(?P<words>\S.*)$", re.MULTILINE)


def footnotes(text: str) -> dict[str, str]:
    """The words of each note by its mark ("1"), in the order of the marks. A mark without words, or words that no mark
    stands before, are ordinary text."""
    words: dict[str, re.Match] = {}
    for found in _WORDS.finditer(text):
        words.setdefault(found["mark"], found)
    notes: dict[str, str] = {}
    for found in _MARK.finditer(text):
        mark = found["mark"]
        if mark in words and mark not in notes and found.start() < words[mark].start():
            notes[mark] = words[mark]["words"].strip()
    return notes


def marks(text: str, notes: dict[str, str]) -> list[re.Match]:
    """The places in the text where one of the notes is marked; the group `mark` is its number."""
    return [found for found in _MARK.finditer(text) if found["mark"] in notes]


def is_words(line: str, notes: dict[str, str]) -> bool:
    """The line is the paragraph that holds the words of one of the notes."""
    found = _WORDS.match(line)
    return bool(found) and notes.get(found["mark"]) == found["words"].strip()


def without_notes(text: str) -> str:
    """The text without its notes: neither marks nor words. Places in it are not places in `text`."""
    notes = footnotes(text)
    if not notes:
        return text
    kept = [line for line in text.split("\n") if not is_words(line, notes)]
    return _MARK.sub(lambda found: "" if found["mark"] in notes else found[0], "\n".join(kept))
