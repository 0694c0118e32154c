"""Vietnamese text as the database must hold it: NFC, with keys to search without accents and to sort as people do."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = {letter: chr(ord("A") + rank) for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_SHORT_FORMS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tnhh": "trach nhiem huu han",
    "tp": "thanh pho",
}
_TONES = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text):
    """The text in NFC, without the invisible characters that copying leaves behind."""
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")


def tidy(text):
    """One line of text as it is to be stored: NFC, no control characters, single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", nfc(text))).strip()


def fold(text):
    """Letters without accents, lower case, single spaces: 'Kế hoạch Đợt' becomes 'ke hoach dot'."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", bare.replace("đ", "d").replace("Đ", "D")).strip().casefold()


def search_key(*names):
    """The folded names, and beside them the short forms people type or leave out (UBND, HĐND, TNHH, TP)."""
    key = fold(" ".join(names))
    words = f" {key} "
    more = [short for short, full in _SHORT_FORMS.items() if f" {full} " in words and f" {short} " not in words]
    more += [full for short, full in _SHORT_FORMS.items() if f" {short} " in words and f" {full} " not in words]
    return " ".join([key, *more])


def sort_key(text):
    """A key whose plain byte order is the Vietnamese dictionary order: letters first, then tones (ngang huyền hỏi ngã sắc nặng).

    The space between the two levels is less than "!" which stands for a space of the text: "ba" and "bà" before "ba ba".
    """
    first, second = [], []
    for char in unicodedata.normalize("NFC", text).casefold():
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _TONES and mark), "")
        letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        if letter in _LETTERS:
            first.append(_LETTERS[letter])
            second.append(_TONES[tone])
        elif char.isspace():
            first.append("!")
        elif char.isalnum():
            first.append(char if char.isascii() else f"z{char}")
    return "".join(first) + " " + "".join(second)


def person_key(name):
    """People are listed by given name first: 'Trần Văn Bình' sorts under B."""
    family, _, given = name.strip().rpartition(" ")
    return f"{sort_key(given)}  {sort_key(family)}"


_WRITTEN_OUT = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "tnhh": "trách nhiệm hữu hạn",
    "tp": "thành phố",
    "tp.": "thành phố",
}


def spelling_key(text):
    """Equal for texts that a reader takes for one: capitals, the place of a tone (hoà, hòa) and short forms (UBND) do not count,
    every accent does."""
    words = []
    for word in tidy(text).casefold().split():
        words += _WRITTEN_OUT.get(word, word).split()
    return " ".join(map(_spelt, words))


@lru_cache(4096)
def _spelt(word):
    marks = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in marks if mark and mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)) + tones
