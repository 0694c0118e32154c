"""The four fonts of the paper: where they are, what they hold, how wide a text is in them."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont

STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


def font_file(style: str) -> Path:
    """The font of a style; missing, it says how to get it, because a machine's own font must never step in."""
    path = Path(settings.PAPER_FONTS) / f"PaperSerif-{style}.ttf"
    if not path.is_file():
        raise ImproperlyConfigured(f"Thiếu phông chữ in văn bản {path}. Chạy “make setup” để tạo lại.")
    return path


@cache
def _advances(path: Path) -> dict[int, float]:
    with TTFont(path, lazy=True) as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[name][0] / em for code, name in font.getBestCmap().items()}


def characters() -> frozenset[int]:
    """The code points that every style can print."""
    return _common(tuple(font_file(style) for style in STYLES))


@cache
def _common(paths: tuple[Path, ...]) -> frozenset[int]:
    return frozenset.intersection(*(frozenset(_advances(path)) for path in paths))


def width(text: str, style: str, size: float) -> float:
    """Width in points, kerning aside."""
    advances = _advances(font_file(style))
    return size * sum(advances.get(ord(char), 1.0) for char in text)
