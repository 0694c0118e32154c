"""What a PDF does besides showing its pages: nothing that runs, sends, opens or hides is taken."""

import io
import re

import pikepdf

from units.uploads.refusals import Unfit

MOST_OBJECTS = 200_000
MOST_PAGES = 2_000
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.S)
_NAME = rb"(?![A-Za-z0-9])"
ACTIVE = {
    "JavaScript": re.compile(rb"/(?:JS|JavaScript)" + _NAME),
    "chạy chương trình": re.compile(rb"/Launch" + _NAME),
    "tự gửi dữ liệu đi": re.compile(rb"/(?:SubmitForm|ImportData)" + _NAME),
    "phim, âm thanh, 3D": re.compile(rb"/(?:RichMedia|Rendition|Movie|Sound|3D)" + _NAME),
    "biểu mẫu XFA": re.compile(rb"/XFA" + _NAME),
}
ATTACHED = re.compile(rb"/(?:EmbeddedFiles?|EF|FileAttachment|GoToE)" + _NAME)


def check_pdf(data, name):
    """Refuses (Unfit) a PDF with a password or locked rights, a damaged one, one that acts, one that carries files.

    Every object is looked at as the library writes it anew (names unescaped, strings left out), streams by their dictionary;
    what streams hold is not unpacked. About 30 ms for 1 MB."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Unfit(name, "encrypted")
            if int(pdf.trailer.get("/Size", 0)) > MOST_OBJECTS:
                raise Unfit(name, "bomb")
            if not len(pdf.pages):
                raise Unfit(name, "broken")
            if len(pdf.pages) > MOST_PAGES:
                raise Unfit(name, "pages", what=len(pdf.pages), most=MOST_PAGES)
            said = _STRING.sub(b"", b"\n".join(map(_written, pdf.objects)))
    except pikepdf.PasswordError as locked:
        raise Unfit(name, "encrypted") from locked
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RecursionError, MemoryError) as damaged:
        raise Unfit(name, "broken") from damaged
    for what, pattern in ACTIVE.items():
        if pattern.search(said):
            raise Unfit(name, "active", what=what)
    if ATTACHED.search(said):
        raise Unfit(name, "attached")


def _written(thing):
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    return thing.unparse(resolved=True) if isinstance(thing, pikepdf.Object) else b""
