"""Many filed papers as one file to be printed: in order, a bookmark each, on request every paper on a sheet of its own."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

A4 = (595.28, 841.89)
A4_INCHES = (8.27, 11.69)
FINEST = 3508  # pixels of the longer side: 300 dots an inch
MOST_PIXELS = 80_000_000
TIES = {"/AA", "/StructParents", "/Tabs"}  # of a page to its own document, which is not taken along


class UnreadableFile(ValueError):
    """The file is broken or locked with a password; the message says which."""


@dataclass(frozen=True)
class Part:
    """One paper: what its bookmark says, where its file lies, and what that is (a PDF, or an image of one page)."""

    title: str
    path: Path
    content_type: str = "application/pdf"


def join(parts: Sequence[Part], target: BinaryIO, *, two_sided: bool = False) -> int:
    """Write the pages of `parts` to `target` and return how many there are; `two_sided` ends each paper on an even page.

    Refuses (UnreadableFile) a file that cannot be read. About 2 ms a page; only what is copied is read."""
    opened = []
    try:
        with pikepdf.new() as volume:
            starts = []
            for part in parts:
                opened.append(_open(part))
                starts.append((part.title, len(volume.pages)))
                volume.pages.extend(opened[-1].pages)
                if two_sided and len(volume.pages) % 2:
                    volume.add_blank_page(page_size=A4)
            for page in volume.pages:
                for tie in TIES & set(page.obj.keys()):
                    del page.obj[tie]
            with volume.open_outline() as outline:
                outline.root.extend(pikepdf.OutlineItem(title, start) for title, start in starts)
            volume.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return len(volume.pages)
    finally:
        for document in opened:
            document.close()


def _open(part: Part) -> pikepdf.Pdf:
    try:
        if part.content_type == "application/pdf":
            return pikepdf.open(part.path)
        return pikepdf.open(_as_pdf(part.path))
    except pikepdf.PasswordError as locked:
        raise UnreadableFile(f"Tệp của văn bản {part.title} có đặt mật khẩu nên không gộp để in được.") from locked
    except (pikepdf.PdfError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as broken:
        raise UnreadableFile(f"Tệp của văn bản {part.title} bị hỏng hoặc không còn trên máy chủ.") from broken


def _as_pdf(path: Path) -> io.BytesIO:
    """A photographed page, upright, as large as A4 allows and no finer than print shows."""
    made = io.BytesIO()
    with Image.open(path) as source:
        if source.width * source.height > MOST_PIXELS:
            raise ValueError("too large an image")
        source.thumbnail((FINEST, FINEST))
        photo = ImageOps.exif_transpose(source).convert("RGB")
    sides = zip(sorted(photo.size), A4_INCHES, strict=True)
    photo.save(made, format="PDF", resolution=max(pixels / inches for pixels, inches in sides), quality=85)
    return made
