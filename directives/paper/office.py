"""Text out of a Word file: paragraphs and tables in their order, automatic numbers written out where they are certain."""

import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from directives.paper.hidden import hidden_marks
from directives.paper.markers import find_marker

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
    """The text of a .docx, tables one row a line with tabs between cells. Refuses what is no Word file, and bombs.

    A mark of secrecy that stands in a header, a footer, a note or a text box opens the text, where it is looked for."""
    data = _load(source)
    _check(data)
    try:
        document = Document(BytesIO(data))
        return "\n".join([*hidden_marks(document), *_lines(document)])
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


def _lines(document: DocumentFile) -> list[str]:
    numbers = _Numbers(document)
    lines: list[str] = []
    for block in document.element.body.iterchildren():
        if block.tag == qn("w:p"):
            paragraph = Paragraph(block, document)
            lines.extend([numbers.label(paragraph) + _text(paragraph), ""])
        elif block.tag == qn("w:tbl"):
            lines.extend([*_rows(Table(block, document), numbers), ""])
    return lines


def _text(paragraph: Paragraph) -> str:
    return paragraph.text.replace("\r", "\n")


def _rows(table: Table, numbers: "_Numbers") -> list[str]:
    """A table without borders is a letterhead: its columns are read one after the other, each with its own lines."""
    rows = []
    for row in table.rows:
        cells, seen = [], set()
        for cell in row.cells:
            if id(cell._tc) in seen:
                continue
            seen.add(id(cell._tc))
            cells.append([numbers.label(each) + _text(each) for each in cell.paragraphs if each.text.strip()])
        if any(len(cell) > 1 for cell in cells):
            for cell in cells:
                rows.extend([*cell, ""])
        else:
            rows.append("\t".join(cell[0] for cell in cells if cell))
    return rows


class _Numbers:
    """Automatic numbering, counted as Word counts it, for the formats that are certain; the rest stays without label."""

    def __init__(self, document: DocumentFile) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._count: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.findall(qn("w:abstractNum")):
            name = abstract.get(qn("w:abstractNumId"))
            for level in abstract.findall(qn("w:lvl")):
                form, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
                start = level.find(qn("w:start"))
                if form is None or text is None:
                    continue
                first = int(start.get(qn("w:val"), "1")) if start is not None else 1
                key = (name, int(level.get(qn("w:ilvl"), "0")))
                self._levels[key] = (form.get(qn("w:val"), ""), text.get(qn("w:val"), ""), first)
        for number in root.findall(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            if link is not None:
                self._abstract[number.get(qn("w:numId"))] = link.get(qn("w:val"))

    def label(self, paragraph: Paragraph) -> str:
        """`1. `, `a) `, `- ` before the paragraph's own text, or nothing."""
        place = _numbering(paragraph)
        if place is None or not paragraph.text.strip() or find_marker(paragraph.text.strip()):
            return ""
        name, depth = self._abstract.get(place[0]), place[1]
        known = self._levels.get((name, depth)) if name is not None else None
        if not known:
            return ""
        form, pattern, first = known
        if form == "bullet":
            return "+ " if pattern.strip() in ("+", "o") else "- "
        self._count[(name, depth)] = self._count.get((name, depth), first - 1) + 1
        for key in [key for key in self._count if key[0] == name and key[1] > depth]:
            del self._count[key]
        return self._fill(name, depth, pattern)

    def _fill(self, name: str, depth: int, pattern: str) -> str:
        for level in range(depth + 1):
            form, _, first = self._levels.get((name, level), ("", "", 1))
            written = _written(form, self._count.get((name, level), first))
            if f"%{level + 1}" in pattern and written is None:
                return ""
            pattern = pattern.replace(f"%{level + 1}", written or "")
        return f"{pattern.strip()} " if pattern.strip() else ""


def _numbering(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and level of a paragraph, its own or its style's."""
    sources = [paragraph._p.pPr]
    style = paragraph.style
    for _ in range(10):
        if style is None:
            break
        sources.append(style.element.pPr)
        style = style.base_style
    for properties in sources:
        if properties is not None and properties.numPr is not None and properties.numPr.numId is not None:
            depth = properties.numPr.ilvl.val if properties.numPr.ilvl is not None else 0
            return (str(properties.numPr.numId.val), depth) if properties.numPr.numId.val else None
    return None


def _written(form: str, value: int) -> str | None:
    if form in ("decimal", "decimalZero"):
        return f"{value:02d}" if form == "decimalZero" else str(value)
    if form in ("upperRoman", "lowerRoman"):
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        letter = "abcdefghijklmnopqrstuvwxyz"[value - 1]
        return letter if form == "lowerLetter" else letter.upper()
    return None


def _roman(value: int) -> str:
    text = ""
    for worth, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while value >= worth:
            text, value = text + letters, value - worth
    return text
