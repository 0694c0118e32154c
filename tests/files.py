"""Small files that are what they say: what a test uploads where the content does not matter."""

import io
import zipfile

from PIL import Image

PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
)


def pdf_of(size):
    """A PDF of exactly so many bytes."""
    return PDF[:9] + b"%" + b"x" * (size - len(PDF) - 2) + b"\n" + PDF[9:]


def picture(form):
    """The smallest picture in a format of Pillow."""
    made = io.BytesIO()
    Image.new("RGB", (2, 2), "white").save(made, form)
    return made.getvalue()


PNG, JPEG = picture("PNG"), picture("JPEG")


def office(*parts):
    """An Office file of these parts: a name alone, or with the text it holds."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(*(part if isinstance(part, tuple) else (part, "<x/>")))
    return made.getvalue()
