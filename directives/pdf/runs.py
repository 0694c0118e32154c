"""Stretches of text of one look, and the footnotes that hang on them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directives.paper.notes import footnotes, is_words, marks
from directives.pdf.breaks import pieces
from directives.pdf.fonts import width
from directives.pdf.ink import Ink, UnprintableText

NOTE_SIZE = 11
# A note is never cut by the end of a page: forty lines of 165 mm are as much as the foot of one holds; points.
LONGEST_NOTE = 40 * 165 * 72 / 25.4
JOINER = "\u2060"
JOINTS = re.compile(r"([-–/])(?=.)")


@dataclass(frozen=True)
class Run:
    """`style` is empty, `bold` or `raised` (a mark that says again the number of a footnote printed before); `whole` stays on
    one line; `note` holds the words of the footnote whose number, `text`, stands here. `demands` are the names of those whose
    sentence it belongs to, each with whether it begins here."""

    text: str
    style: str = ""
    whole: bool = False
    note: str | None = None
    demands: tuple[tuple[str, bool], ...] = ()

    @property
    def within(self) -> tuple[str, ...]:
        """The names of its demands."""
        return tuple(name for name, _ in self.demands)

    @property
    def tied(self) -> str:
        """The text with spaces that end no line, if it is `whole`."""
        return self.text.replace(" ", "\u00a0") if self.whole else self.text

    @property
    def bound(self) -> str:
        """The same with joiners, which leave no trace on the page, wherever else the layout engine could break it."""
        return JOINTS.sub(rf"\1{JOINER}", self.tied) if self.whole else self.text


class Notes:
    """Footnotes, numbered through the whole paper in the order in which their marks are met."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._given = 0
        self.open("")

    def open(self, text: str) -> None:
        """From here on the marks mean what this text says; the count goes on."""
        self._words = footnotes(text)
        self._numbers: dict[str, str] = {}

    def holds(self, paragraph: str) -> bool:
        """The paragraph is the words of a footnote, and so none of the text."""
        return is_words(paragraph, self._words)

    def runs(self, text: str, lead: str = "", style: str = "") -> list[Run]:
        """What is printed of a text and of its bold `lead`."""
        return [*self._runs(lead, "bold"), *self._runs(f" {text}" if lead and text else text, style)]

    def _runs(self, text: str, style: str) -> Iterator[Run]:
        at = 0
        for found in marks(text, self._words):
            yield from _plain(text[at : found.start()], style)
            yield self._mark(found["mark"])
            at = found.end()
        yield from _plain(text[at:], style)

    def _mark(self, mark: str) -> Run:
        if mark in self._numbers:
            return Run(self._numbers[mark], "raised")
        self._given += 1
        self._numbers[mark] = str(self._given)
        note = self._ink(self._words[mark], f"chú thích {mark}")
        if width(note, "Regular", NOTE_SIZE) > LONGEST_NOTE:
            raise UnprintableText(
                f"Chú thích {mark} quá dài để in ở chân trang. Hãy rút ngắn hoặc đưa vào nội dung, phụ lục của văn bản."
            )
        return Run(self._numbers[mark], note=note)


def _plain(text: str, style: str) -> Iterator[Run]:
    for piece, whole in pieces(text):
        yield Run(piece, style, whole)
