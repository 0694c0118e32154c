"""What an item begins with: Phần, Chương, Mục, Điều, I., 1., 1.1., a), -, +, and whether it can be the next one."""

import re
from dataclasses import dataclass

LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

RANK = {
    "phần": 0,
    "chương": 1,
    "mục": 2,
    "tiểu mục": 3,
    "capital": 4,
    "roman": 5,
    "điều": 6,
    "number": 7,
    "dotted": 8,
    "paren": 12,
    "letter": 13,
    "dash": 15,
    "plus": 16,
}

_NAMED = re.compile(
    r"^(?P<name>Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|TIỂU MỤC|Mục|MỤC|Điều|ĐIỀU)\s+"
    r"(?P<value>[IVXLC]+|\d{1,3}[a-zđ]?|thứ\s\w+|THỨ\s\w+)\s*(?P<end>[.:]|[-–—]\s|$|(?=\s))\s*(?P<rest>.*)$"
)
_CAPITAL = re.compile(r"^(?P<value>[A-EĐGH])\s*[.)/]\s+(?P<rest>\S.*)$")
_ROMANS = re.compile(r"^(?P<value>[IVX]{1,6})\s*(?:[./)]|\s[-–—](?=\s))\s*(?P<rest>\S.*)?$")
_DOTTED = re.compile(r"^(?P<value>\d{1,2}(?:\.\d{1,2}){1,3})(?P<end>[.)/:]?)(?:\s+(?P<rest>\S.*))?$")
_NUMBER = re.compile(r"^(?P<value>\d{1,3})\s?(?P<end>[.)/])(?:\s+|(?=[A-ZĐÀ-Ỹ]))(?P<rest>\S.*)?$")
_PARTY = re.compile(r"^(?P<value>\d{1,2})\s?[-–]\s+(?P<rest>[^\W\d_a-zà-ỹ].*)$")
_TIGHT = re.compile(r"^(?P<value>\d{1,2})\.(?P<rest>[^\W\d_].*)$")
_PAREN = re.compile(r"^\((?P<value>\d{1,2}|[a-zđ])\)[.:]?\s*(?P<rest>\S.*)$")
_LETTER = re.compile(r"^(?P<value>[a-zđ])\s?[.)/]\s*(?P<rest>\S.*)$")
_BULLET = re.compile(r"^(?P<value>[-–—•●▪·◦\uf0b7]|\+|o(?=\s[A-ZĐ]))\s*(?P<rest>[^\s\-–—].*)$")


@dataclass(frozen=True, slots=True)
class Marker:
    """`label` as a reader would cite it, `value` to tell what comes next, `at` where the item's own words begin."""

    style: str
    label: str
    value: tuple[int, ...]
    at: int


def find_marker(text: str) -> Marker | None:
    """The marker a line begins with, judged by its letters alone."""
    head = text[:1]
    if not head:
        return None
    if head in "PCMTĐ" and (found := _NAMED.match(text)):
        return _named(found)
    if head.isdigit():
        return _numbered(text)
    if head in "IVX" and (found := _ROMANS.match(text)):
        value = _roman(found["value"])
        if value:
            return Marker("roman", found["value"], (value,), _at(found))
    if head == "(" and (found := _PAREN.match(text)):
        value = int(found["value"]) if found["value"].isdigit() else LETTERS.index(found["value"]) + 1
        return Marker("paren", f"({found['value']})", (value,), _at(found))
    if (head.islower() or head == "đ") and (found := _LETTER.match(text)):
        return Marker("letter", found["value"], (LETTERS.find(found["value"]) + 1,), _at(found))
    if head.isupper() and (found := _CAPITAL.match(text)):
        return Marker("capital", found["value"], (LETTERS.find(found["value"].lower()) + 1,), _at(found))
    if found := _BULLET.match(text):
        if found["value"] == "+":
            return Marker("plus", "+", (), _at(found))
        return Marker("dash", "-", (), _at(found))
    return None


def _named(found: re.Match) -> Marker | None:
    name, value = found["name"].lower(), found["value"]
    number = int(re.sub(r"\D", "", value) or 0) or _roman(value) or 0
    title = found["rest"][:1]
    if name == "điều" and found["end"] not in (".", ":") and found["rest"]:
        return None
    if not found["end"] and title and not title.isupper():
        return None
    return Marker(name, f"{name.capitalize()} {value}", (number,), _at(found))


def _numbered(text: str) -> Marker | None:
    if found := _DOTTED.match(text):
        parts = tuple(map(int, found["value"].split(".")))
        if found["rest"] or found["end"]:
            return Marker("dotted", found["value"], parts, _at(found))
        return None
    if found := _NUMBER.match(text) or _TIGHT.match(text) or _PARTY.match(text):
        style = "paren" if "end" in found.groupdict() and found["end"] == ")" else "number"
        label = f"{found['value']})" if style == "paren" else found["value"]
        return Marker(style, label, (int(found["value"]),), _at(found))
    return None


def _at(found: re.Match) -> int:
    return found.start("rest") if found["rest"] else found.end()


def _roman(value: str) -> int:
    total = 0
    for letter, after in zip(value, [*value, ""][1:], strict=True):
        worth = _ROMAN.get(letter, 0)
        total += -worth if after and _ROMAN.get(after, 0) > worth else worth
    return total


class Sequence:
    """Remembers the last value of each style, to tell a next item from a line that looks like one.

    A list that is still open may skip a number; one that a higher level has closed may only go on without a gap, as
    articles do from chapter to chapter.
    """

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, ...]] = {}
        self._ever: dict[str, int] = {}

    def follows(self, marker: Marker) -> bool:
        """The marker starts a list or goes on with one that is open; a gap of one is a slip and is let through."""
        if not marker.value:
            return True
        last = self._last.get(marker.style)
        if marker.style == "dotted":
            *parent, own = marker.value
            if last and last[: len(parent)] == tuple(parent) and len(last) >= len(marker.value):
                return 0 < own - last[len(parent)] <= 2
            return own == 1
        if marker.value == (1,) or marker.value[0] == self._ever.get(marker.style, 0) + 1:
            return True
        return last is not None and 0 < marker.value[0] - last[0] <= 2

    def accept(self, marker: Marker) -> None:
        rank = RANK[marker.style]
        self._last = {style: value for style, value in self._last.items() if RANK[style] <= rank}
        self._last[marker.style] = marker.value
        if marker.value:
            self._ever[marker.style] = marker.value[0]
        if marker.style == "dotted":
            self._last.setdefault("number", marker.value[:1])
