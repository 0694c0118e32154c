"""What may come in as a file: judged by its content, not by its name."""

import io
import re
import zipfile
from pathlib import PurePosixPath

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError

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
    """The content type of an uploaded file. Refuses (ValidationError) what is empty, too large, or of another type than `allowed`."""
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
    return content_type
