"""What the paper's own fonts can print, and how wide it will be.

A character outside them would silently take a font of the machine: another width, another file on another server.
So it is refused, and so are characters nobody can see (control, direction and zero-width marks)."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont

STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
SHOWN = 5
# In a heading these never stand at the end of a line: "năm | 2026", "khóa | XV", "2021 | - 2026".
BOUND = re.compile(
    r"(?i:(?<=\bnăm)|(?<=\bngày)|(?<=\btháng)|(?<=\bsố)|(?<=\bkhóa)|(?<=\bkỳ)|(?<=\bthứ)|(?<=\blần)) (?=[\dIVX])"
    r"|(?<=\d) (?=[-–] ?\d)|(?<=\d [-–]) (?=\d)"
)


class UnprintableText(ValueError):
    """The text holds characters that the paper's fonts lack or that cannot be seen; the message names them."""


def font_file(style: str) -> Path:
    """The font of a style; missing, it says how to get it, because a machine's own font must never step in."""
    path = Path(settings.PAPER_FONTS) / f"PaperSerif-{style}.ttf"
    if not path.is_file():
        raise ImproperlyConfigured(f"Thiếu phông chữ in văn bản {path}. Chạy “make setup” để tạo lại.")
    return path


@cache
def _advances(path: str) -> dict[int, float]:
    font = TTFont(path, lazy=True)
    widths, em = font["hmtx"], font["head"].unitsPerEm
    return {code: widths[name][0] / em for code, name in font.getBestCmap().items()}


def advances(style: str) -> dict[int, float]:
    """The width of each printable character, in ems."""
    return _advances(str(font_file(style)))


def width(text: str, style: str, size: float) -> float:
    """Width in points, kerning aside."""
    table = advances(style)
    return size * sum(table.get(ord(char), 1.0) for char in text)


def wrap(text: str, style: str, size: float, room: float) -> list[str]:
    """Break a centred text into as few lines as `room` points allow, and those as even as they can be."""
    words = BOUND.sub("\u00a0", text).split(" ")
    widths = [width(word, style, size) for word in words]
    space = width(" ", style, size)

    def fill(limit: float) -> list[list[str]]:
        lines, used = [], limit + 1
        for word, wide in zip(words, widths, strict=True):
            if used + space + wide > limit:
                lines.append([])
                used = -space
            lines[-1].append(word)
            used += space + wide
        return lines

    best = fill(room)
    low, high = max(widths, default=0), room
    while high - low > 1:
        middle = (low + high) / 2
        lines = fill(middle)
        low, high, best = (low, middle, lines) if len(lines) <= len(best) else (middle, high, best)
    return [" ".join(line) for line in best]


class Ink:
    """Everything printed passes through here once: `NFC`, plain spaces, and a note of what cannot be printed."""

    def __init__(self) -> None:
        self.refused: dict[str, str] = {}
        tables = [advances(style) for style in STYLES]
        self.known = set(tables[0]).intersection(*tables[1:])

    def __call__(self, text: str | None, place: str) -> str:
        clean = unicodedata.normalize("NFC", re.sub(r"[ \t\r\n]+", " ", text or "").strip(" "))
        for char in clean:
            if ord(char) not in self.known or unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}:
                self.refused.setdefault(char, place)
        return clean

    def caps(self, text: str | None, place: str) -> str:
        return self((text or "").upper(), place)

    def check(self) -> None:
        if not self.refused:
            return
        named = [
            (f"“{char}” (U+{ord(char):04X})" if char.isprintable() else f"ký tự ẩn U+{ord(char):04X}") + f" ở {place}"
            for char, place in self.refused.items()
        ]
        more = f" và {len(named) - SHOWN} ký tự khác" if len(named) > SHOWN else ""
        raise UnprintableText(f"Phông chữ văn bản không in được: {'; '.join(named[:SHOWN])}{more}. Hãy xóa hoặc thay.")
