"""A stand-in for the scan of a signed paper: its filed pages, a little askew, saying that they are none. The demonstration
fakes neither signature nor seal."""

import io
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from directives.pdf.fonts import font_file
from directives.pdf.pages import leaves, picture

ASKEW = 0.4  # degrees
SAYS = "Bản trình diễn, thay cho bản quét đã ký, đóng dấu"


def blank_scan(dispatch):
    """PDF bytes of as many pages as the filed paper has; about 0.2 s a page."""
    stored = dispatch.pdf
    path = Path(settings.MEDIA_ROOT) / stored.path
    sheets = [_scanned(path, stored.content_type, leaf.number) for leaf in leaves(path, stored.content_type)]
    volume, made = sheets[0], io.BytesIO()
    volume.save(made, "PDF", save_all=True, append_images=sheets[1:], resolution=150, quality=60)
    return made.getvalue()


def _scanned(path, content_type, number):
    content, _ = picture(path, content_type, number, drawn=False)
    photo = Image.open(io.BytesIO(content)).convert("L")
    pen = ImageDraw.Draw(photo)
    pen.text((190, 30), SAYS, fill=110, font=ImageFont.truetype(font_file("Italic"), 20))
    return photo.rotate(ASKEW, resample=Image.Resampling.BICUBIC, fillcolor=250)
