"""What may come in as a file: judged by its content, not by its name. docs/security.md says what is refused and why."""

import html
import io
import logging
import re
import zipfile

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image

from units.secrecy import REFUSED, standing_mark
from units.uploads import names, office
from units.uploads.pdf import check_pdf
from units.uploads.refusals import Unfit

log = logging.getLogger("security")
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"
ALLOWED = {
    PDF: ".pdf",
    WORD: ".docx",
    EXCEL: ".xlsx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    TEXT: ".txt",
}
ENDINGS = {kind: {ending} for kind, ending in ALLOWED.items()} | {
    "image/jpeg": {".jpg", ".jpeg", ".jpe", ".jfif"},
    TEXT: {".txt", ".csv"},
}
CALLED = {
    PDF: "PDF",
    WORD: "Word",
    EXCEL: "Excel",
    "image/jpeg": "ảnh JPG",
    "image/png": "ảnh PNG",
    TEXT: "văn bản thường",
}
ALLOWED_WORDS = "PDF, Word (.docx), Excel (.xlsx), ảnh JPG hoặc PNG, văn bản .txt"
# How much of a file is looked at for its type; only a longer one may end in the middle of a letter there.
HEAD = 8192
PDF_HEAD = 1024  # how far into a file readers of PDF look for its beginning
MOST_PIXELS = 80_000_000
ARCHIVES = {  # how it begins: how people call it
    b"Rar!": ".rar",
    b"7z\xbc\xaf\x27\x1c": ".7z",
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"MSCF": ".cab",
    b"PK\x05\x06": ".zip",
    b"PK\x07\x08": ".zip",
}
_BREAK = re.compile(r"</w:p>|<w:p[ >]|<w:br[ />]|<w:tab/>|</w:tc>")
_TAG = re.compile(r"<[^>]*>")


def clean_name(name, content_type):
    """A file name safe on every system, in NFC, at most 120 characters, with the ending its content calls for."""
    return names.clean_name(name, ALLOWED[content_type])


def check_upload(upload, allowed=tuple(ALLOWED)):
    """The content type of an uploaded file, as its content shows it.

    Refuses (ValidationError, in words that say what to do) what is empty, too large, of another type than `allowed`, an
    archive, with a password, with anything that runs or is fetched on opening, of two types at once, made to burst, damaged,
    named as something else, or marked as a state secret. Costs about 30 ms for 1 MB; nothing is written anywhere.
    """
    try:
        return _judged(upload, allowed)
    except ValidationError as refusal:
        log.warning("upload refused: %s; %s bytes", refusal.code, upload.size)
        raise


def _judged(upload, allowed):
    limit = settings.UPLOAD_MAX_BYTES
    name = names.TURNING.sub("", upload.name)
    if not upload.size:
        raise ValidationError(f"Tệp “{name}” không có nội dung. Hãy kiểm tra lại và chọn tệp khác.", code="empty")
    if upload.size > limit:
        raise ValidationError(
            f"Tệp “{name}” lớn {upload.size / 1048576:.1f} MB, quá mức {limit // 1048576} MB. "
            "Hãy nén ảnh hoặc tách tệp rồi tải lên lại.",
            code="too_large",
        )
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    content_type = _type_of(data, name)
    if content_type not in allowed:
        words = ALLOWED_WORDS if len(allowed) == len(ALLOWED) else ", ".join(ALLOWED[kind] for kind in allowed)
        raise ValidationError(
            f"Tệp “{name}” không đúng loại cho phép ({words}), hoặc nội dung không khớp với tên tệp.",
            code="wrong_type",
        )
    _check_content(data, content_type, name)
    if mark := standing_mark(_words(data, content_type)):
        raise ValidationError(REFUSED.format(what=f"Tệp “{name}”", mark=mark), code="secret")
    names.check_name(upload.name, ENDINGS[content_type], CALLED[content_type])
    return content_type


def _type_of(data, name):
    """The type as the content shows it, or None. Refuses (Unfit) archives and Office files of the old kind by their name."""
    head = data[:HEAD]
    if head.startswith(b"PK\x03\x04"):
        return {"docx": WORD, "xlsx": EXCEL}[office.kind_of_zip(data, name)]
    if head.startswith(office.OLE2):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unfit(name, "encrypted" if locked else "old_office")
    if found := next((called for begins, called in ARCHIVES.items() if head.startswith(begins)), None):
        raise Unfit(name, "archive", what=found)
    if head[257:262] == b"ustar":
        raise Unfit(name, "archive", what=".tar")
    if head.startswith(b"%PDF-"):
        return PDF
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found in ("image/jpeg", "image/png"):
        return found
    return TEXT if _is_text(head) else None


def _is_text(head):
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as cut:
        if len(head) < HEAD or cut.start < len(head) - 4:
            return False
        text = head[: cut.start].decode("utf-8")
    return bool(text.strip()) and not re.search(r"[\x00-\x08\x0e-\x1f]", text)


def _check_content(data, content_type, name):
    if content_type in (WORD, EXCEL):
        if b"%PDF-" in data[:PDF_HEAD]:
            raise Unfit(name, "two_types", what=CALLED[content_type])
        office.check_office(data, name)
        return
    if zipfile.is_zipfile(io.BytesIO(data)) or (content_type != PDF and b"%PDF-" in data[:PDF_HEAD]):
        raise Unfit(name, "two_types", what=CALLED[content_type])
    if content_type == PDF:
        check_pdf(data, name)
    elif content_type != TEXT:
        _check_picture(data, name)


def _check_picture(data, name):
    """Its size by its header and, of a PNG, every checksum; nothing is unpacked."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
            pixels = picture.width * picture.height
            if pixels <= MOST_PIXELS:
                picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pixels = 2 * MOST_PIXELS
    except (OSError, ValueError, SyntaxError, EOFError) as damaged:
        raise Unfit(name, "broken") from damaged
    if pixels > MOST_PIXELS:
        raise Unfit(name, "pixels", what=pixels // 1_000_000, most=MOST_PIXELS // 1_000_000)


def _words(data, content_type):
    """The text of a .txt file, or of a Word paper with its headers, footers and text boxes, a paragraph on each line."""
    if content_type == TEXT:
        return data.decode("utf-8", "replace")
    if content_type != WORD:
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [
            archive.read(part).decode("utf-8", "replace") for part in archive.namelist() if office.WORDS.match(part)
        ]
    return "\n".join(html.unescape(_TAG.sub("", _BREAK.sub("\n", part))) for part in parts)
