"""Opens a Word file, whoever gave it: what is no Word file, or was made to exhaust a server, is refused."""

import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document

from directives.paper.hidden import hidden_marks
from directives.paper.wordtext import document_lines

MOST_BYTES = 20 * 1024 * 1024
_MOST_UNPACKED = 120 * 1024 * 1024
_MOST_PARTS = 4000
_MOST_RATIO = 200
_NOT_WORD = (
    "Tệp này không phải là văn bản Word (.docx) đọc được; hãy mở bằng Word hoặc LibreOffice rồi lưu lại thành .docx."
)
_TOO_BIG = "Tệp Word này quá lớn hoặc được nén bất thường nên không được mở."


class UnreadablePaper(Exception):
    """The file cannot be read; the message is a sentence for the person who gave it."""


def read_docx(source: str | Path | bytes) -> str:
    """The text of a .docx in the forms of a draft (tables, notes, annexes). Refuses what is no Word file, and bombs.

    A mark of secrecy that stands in a header, a footer, a note or a text box opens the text, where it is looked for."""
    data = _load(source)
    _check(data)
    try:
        document = Document(BytesIO(data))
        return "\n".join([*hidden_marks(document), *document_lines(document)])
    except UnreadablePaper:
        raise
    except Exception as error:  # python-docx and lxml raise anything on a damaged package
        raise UnreadablePaper(_NOT_WORD) from error


def _load(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        try:
            if path.stat().st_size > MOST_BYTES:
                raise UnreadablePaper(_TOO_BIG)
            data = path.read_bytes()
        except OSError as error:
            raise UnreadablePaper(f"Không mở được tệp {path.name}.") from error
    if len(data) > MOST_BYTES:
        raise UnreadablePaper(_TOO_BIG)
    return data


def _check(data: bytes) -> None:
    """Judges the archive by its directory before anything is unpacked; XML is unpacked by counting what really comes."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > _MOST_PARTS or size > _MOST_UNPACKED or size > _MOST_RATIO * max(len(data), 4096):
                raise UnreadablePaper(_TOO_BIG)
            if "word/document.xml" not in archive.namelist():
                raise UnreadablePaper(_NOT_WORD)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_xml(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadablePaper(_NOT_WORD) from error


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        head = stream.read(4096)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise UnreadablePaper(_TOO_BIG)
        left = part.file_size - len(head)
        while chunk := stream.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise UnreadablePaper(_TOO_BIG)
