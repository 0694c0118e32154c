"""What may come in as a file: judged by its content, not by its name."""

import html
import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError

from units.secrecy import REFUSED, standing_mark
from units.text import nfc

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALLOWED = {
    "application/pdf": ".pdf",
    WORD: ".docx",
    EXCEL: ".xlsx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}
# How much of a file is looked at; only a longer one may end in the middle of a letter there.
HEAD = 8192
# Parts of a Word paper that people read, the ends of its lines, and its tags: enough to find a line without reading XML.
_WORDS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_BREAK = re.compile(r"</w:p>|<w:p[ >]|<w:br[ />]|<w:tab/>|</w:tc>")
_TAG = re.compile(r"<[^>]*>")
ALLOWED_WORDS = "PDF, Word (.docx), Excel (.xlsx), ảnh JPG hoặc PNG, văn bản .txt"


def clean_name(name, content_type):
    """A file name safe on every system, in NFC, at most 120 characters, with the ending its content calls for."""
    stem = PurePosixPath(nfc(name).replace("\\", "/")).name
    stem = stem.rpartition(".")[0] or stem
    stem = re.sub(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+', " ", stem).strip(" .")
    return (re.sub(r"\s+", " ", stem)[:110].strip() or "tep") + ALLOWED[content_type]


def content_type_of(head, upload):
    """The type as the content shows it, or None."""
    if head.startswith(b"PK\x03\x04"):
        return _office_type(upload)
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found in ALLOWED:
        return found
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as cut:
        if len(head) < HEAD or cut.start < len(head) - 4:
            return None
        text = head[: cut.start].decode("utf-8")
    return "text/plain" if text.strip() and not re.search(r"[\x00-\x08\x0e-\x1f]", text) else None


def _office_type(upload):
    try:
        with zipfile.ZipFile(io.BytesIO(upload.read())) as archive:
            names = set(archive.namelist())
            if sum(info.file_size for info in archive.infolist()) > 20 * settings.UPLOAD_MAX_BYTES:
                return None
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    finally:
        upload.seek(0)
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return WORD if "word/document.xml" in names else EXCEL if "xl/workbook.xml" in names else None


def check_upload(upload, allowed=tuple(ALLOWED)):
    """The content type of an uploaded file. Refuses (ValidationError) what is empty, too large, of another type
    than `allowed`, or marked as a state secret.
    """
    limit = settings.UPLOAD_MAX_BYTES
    if not upload.size:
        raise ValidationError(
            f"Tệp “{upload.name}” không có nội dung. Hãy kiểm tra lại và chọn tệp khác.", code="empty"
        )
    if upload.size > limit:
        raise ValidationError(
            f"Tệp “{upload.name}” lớn {upload.size / 1048576:.1f} MB, quá mức {limit // 1048576} MB. "
            "Hãy nén ảnh hoặc tách tệp rồi tải lên lại.",
            code="too_large",
        )
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    content_type = content_type_of(head, upload)
    if content_type not in allowed:
        words = ALLOWED_WORDS if len(allowed) == len(ALLOWED) else ", ".join(ALLOWED[kind] for kind in allowed)
        raise ValidationError(
            f"Tệp “{upload.name}” không đúng loại cho phép ({words}), hoặc nội dung không khớp với tên tệp.",
            code="wrong_type",
        )
    if mark := standing_mark(_text_of(upload, content_type)):
        raise ValidationError(REFUSED.format(what=f"Tệp “{upload.name}”", mark=mark), code="secret")
    return content_type


def _text_of(upload, content_type):
    """The text of a .txt file, or of a Word paper with its headers, footers and text boxes, a paragraph on each line."""
    if content_type not in ("text/plain", WORD):
        return ""
    try:
        data = upload.read()
    finally:
        upload.seek(0)
    if content_type == "text/plain":
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if _WORDS.match(name)]
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as damaged:
            raise ValidationError(f"Tệp “{upload.name}” bị hỏng, không đọc được.", code="wrong_type") from damaged
    return "\n".join(html.unescape(_TAG.sub("", _BREAK.sub("\n", part))) for part in parts)
