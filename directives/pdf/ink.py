"""What can be printed at all.

A character the paper's fonts lack would silently take a font of the machine: another width, another file on another
server. So it is refused, and so are characters nobody can see (control, direction and zero-width marks)."""

import re
import unicodedata

from directives.pdf.fonts import characters

SHOWN = 5
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


class UnprintableText(ValueError):
    """What the message names cannot be printed: characters the fonts lack or nobody sees, an unknown urgency, too long a note."""


class Ink:
    """Everything printed passes through here once: NFC, plain spaces, and a note of what cannot be printed."""

    def __init__(self) -> None:
        self.refused: dict[str, str] = {}
        self.known = characters()

    def __call__(self, text: str | None, place: str) -> str:
        clean = unicodedata.normalize("NFC", re.sub(r"[ \t\r\n]+", " ", text or "").strip(" "))
        for char in set(clean):
            if ord(char) not in self.known or unicodedata.category(char) in UNSEEN:
                self.refused.setdefault(char, place)
        return clean

    def caps(self, text: str | None, place: str) -> str:
        return self((text or "").upper(), place)

    def check(self) -> None:
        """Raises `UnprintableText` with the characters and the part of the paper where each was first met."""
        named = [f"{_name(char)} ở {self.refused[char]}" for char in sorted(self.refused)]
        if named:
            more = f" và {len(named) - SHOWN} ký tự khác" if len(named) > SHOWN else ""
            raise UnprintableText(
                f"Phông chữ văn bản không in được {'; '.join(named[:SHOWN])}{more}. Hãy xóa hoặc thay bằng ký tự khác."
            )


def _name(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"“{char}” ({code})" if char.isprintable() else f"ký tự ẩn {code}"
