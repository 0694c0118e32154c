"""The pages of a finished paper as a screen shows them: exact pictures, their size, and the words for who cannot see them.

Takes a filed PDF, or a scan that is a PDF or a photograph; stores nothing."""

import io
import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from directives.pdf.join import MOST_PIXELS

PDF = "application/pdf"
WIDE = 1240  # pixels: 150 dots an inch of A4
TALL = 4 * WIDE
TINTS = [17 * step for step in range(16)]  # from ink to paper
QUALITY = 80
A4_WIDE = 595.28
BROKEN = (pdfium.PdfiumError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, MemoryError)
# PDFium keeps one state for the whole process: two threads in it at once would crash it.
_alone = threading.Lock()


class UnreadablePages(ValueError):
    """The file is broken, locked with a password or gone."""


@dataclass(frozen=True)
class Leaf:
    """A page by its number from 1: its size in points and the words a PDF holds for it, in the order of printing."""

    number: int
    width: float
    height: float
    text: str = ""

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of its picture."""
        scale = _scale(self.width, self.height)
        return round(self.width * scale), round(self.height * scale)


def _scale(width: float, height: float) -> float:
    return min(WIDE / width, TALL / height)


@cache
def _inks() -> Image.Image:
    """The colours our printer has: black, and the red of the urgency mark, each as far as white."""
    inks = Image.new("P", (1, 1))
    inks.putpalette([part for tint in TINTS for part in (tint, tint, tint)] + [p for t in TINTS for p in (255, t, t)])
    return inks


@lru_cache(maxsize=32)
def leaves(path: Path, content_type: str) -> tuple[Leaf, ...]:
    """Every page of a stored file, which never changes: about 3 ms a page the first time, then at once.

    Refuses (UnreadablePages) what cannot be opened."""
    try:
        if content_type != PDF:
            width, height = _photograph(path).size
            return (Leaf(1, A4_WIDE, A4_WIDE * height / width),)
        with _alone, pdfium.PdfDocument(path) as document:
            return tuple(_leaf(document, number) for number in range(1, len(document) + 1))
    except BROKEN as broken:
        raise UnreadablePages from broken


def _leaf(document, number: int) -> Leaf:
    page = document[number - 1]
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise ValueError("a page without a size")
    return Leaf(number, width, height, page.get_textpage().get_text_bounded().replace("\r\n", "\n").strip())


def picture(path: Path, content_type: str, number: int, *, drawn: bool) -> tuple[bytes, str]:
    """Page `number` as (bytes, content type), about 75 ms: a PNG of few colours when it was `drawn` by our printer, a JPEG of a
    scan. Refuses what cannot be opened (UnreadablePages) and a page that is not there (IndexError)."""
    try:
        photo = _page(path, number) if content_type == PDF else _photograph(path, number)
        made = io.BytesIO()
        if drawn:
            photo = photo.quantize(palette=_inks(), dither=Image.Dither.NONE)
            photo.save(made, "PNG")
            return made.getvalue(), "image/png"
        photo.save(made, "JPEG", quality=QUALITY)
        return made.getvalue(), "image/jpeg"
    except BROKEN as broken:
        raise UnreadablePages from broken


def _page(path: Path, number: int) -> Image.Image:
    with _alone, pdfium.PdfDocument(path) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        return page.render(scale=_scale(*page.get_size())).to_pil().convert("RGB")


def _photograph(path: Path, number: int = 1) -> Image.Image:
    """A photographed page, upright."""
    if number != 1:
        raise IndexError(number)
    with Image.open(path) as source:
        if source.width * source.height > MOST_PIXELS:
            raise ValueError("too large an image")
        source.thumbnail((TALL, TALL))
        photo = ImageOps.exif_transpose(source).convert("RGB")
    return photo.resize((WIDE, round(photo.height * WIDE / photo.width))) if photo.width > WIDE else photo
