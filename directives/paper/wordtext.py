"""The words of a Word file in the order of the page: paragraphs, tables, boxes and notes, as if all its changes were
accepted. A table is rows `| a | b |`; a letterhead or a block of signatures is what stands in its columns."""

import re
from collections.abc import Iterator
from itertools import takewhile, zip_longest

from docx.document import Document as DocumentFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from directives.paper.annexes import LANDSCAPE
from directives.paper.front import motto
from directives.paper.markers import find_marker
from directives.paper.signatures import is_office
from directives.paper.tables import even, row_of
from directives.paper.wordlists import Numbers

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INSIDE = {
    *(
        qn(f"w:{name}")
        for name in ("r", "ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "dir", "bdo")
    ),
    *(qn("w:customXml"), f"{_MATH}oMathPara", f"{_MATH}oMath", f"{_MATH}r"),
}
_AROUND = {*(qn(f"w:{name}") for name in ("ins", "moveTo", "customXml", "sdtContent"))}
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXTS = (qn("w:t"), f"{_MATH}t")
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_PICTURES = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
_BOX = qn("w:txbxContent")
_NO_LINE = ("nil", "none")
_ANNEX = re.compile(r"^\s*phụ\s+lục\b", re.IGNORECASE)
_COPIES = re.compile(r"^\W*nơi\s+nhận\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# Of the papers we write: there the lines of a paragraph are one name or title, cut by sense.
_OF_ONE = {"parent", "agency", "post"}
_MOST_COLUMNS = 63
_MOST_NOTES = 999
_DEEPEST = 20


def document_lines(document: DocumentFile) -> list[str]:
    """The lines of the document, a blank one after each paragraph; the words of its notes come last, as `[1] …`."""
    return _Words(document).lines()


class _Words:
    def __init__(self, document: DocumentFile) -> None:
        self._document = document
        self._numbers = Numbers(document)
        self._notes = {kind: _notes(document, kind) for kind in ("footnotes", "endnotes")}
        styles = document.styles.element.findall(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style for style in styles}
        self._told: list[str] = []
        self._open = ""

    def lines(self) -> list[str]:
        lines: list[str] = []
        section: list[str] = []
        for block in self._document.element.body.iterchildren():
            section += self._block(block, 0)
            ends = block if block.tag == qn("w:sectPr") else block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            if ends is not None:
                lines += _marked(section, first=not lines) if _is_landscape(ends) else section
                section = []
        return [*lines, *section, *self._told]

    def _block(self, block, depth: int) -> list[str]:
        """A paragraph, a table, or what holds more of them; a table of contents is no text of the paper."""
        if depth > _DEEPEST:
            return []
        if block.tag == qn("w:p"):
            return self._paragraph(block, depth)
        if block.tag == qn("w:tbl"):
            return [*self._table(block, depth), ""]
        if block.tag == qn("w:sdt"):
            gallery = block.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
            if gallery is not None and "Contents" in gallery.get(qn("w:val"), ""):
                return []
        elif block.tag not in _AROUND:
            return []
        return [line for inner in block.iterchildren() for line in self._block(inner, depth + 1)]

    def _paragraph(self, paragraph, depth: int) -> list[str]:
        parts: list[str] = []
        boxes: list = []
        self._collect(paragraph, parts, boxes)
        text = "".join(parts).replace("\r", "\n")
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) in _OF_ONE:
            text = text.replace("\n", " ")
        if text.strip() and not self._open and not find_marker(text.strip()):
            text = self._numbers.label(paragraph) + text
        text, self._open = self._open + text, ""
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            text, self._open = "", text
        inside = [line for box in boxes for inner in box.iterchildren() for line in self._block(inner, depth + 1)]
        return [text, "", *inside] if text or not self._open else inside

    def _collect(self, node, parts: list[str], boxes: list) -> None:
        """The words of a run or of what holds runs; what was deleted is not there any more."""
        for child in node.iterchildren():
            tag = child.tag
            if tag in _TEXTS:
                parts.append(child.text or "")
            elif tag in _INSIDE:
                self._collect(child, parts, boxes)
            elif tag in _SIGNS:
                parts.append(_SIGNS[tag])
            elif tag == qn("w:br"):
                parts.append("\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else "")
            elif tag in _NOTES:
                self._mark(_NOTES[tag], child.get(qn("w:id")), parts)
            elif tag in _PICTURES:
                boxes += _outermost(child)
            elif tag == f"{_MC}AlternateContent":
                shown = child.find(f"{_MC}Choice")
                shown = child.find(f"{_MC}Fallback") if shown is None else shown
                if shown is not None:
                    self._collect(shown, parts, boxes)

    def _mark(self, kind: str, name: str | None, parts: list[str]) -> None:
        """A note is marked only behind a word, without a blank between them."""
        words = self._notes[kind].get(name)
        before = "".join(parts).rstrip()
        if words and before and len(self._told) < _MOST_NOTES:
            parts[:] = [before, f"[{len(self._told) + 1}]"]
            self._told.append(f"[{len(self._told) + 1}] {words}")

    def _table(self, table, depth: int) -> list[str]:
        rows = [self._row(row, depth) for row in _rows(table)]
        paragraphs = [text for row in rows for cell in row for text in cell]
        wide = max(map(len, rows), default=0)
        form = any(motto(text) or _COPIES.match(text) for text in paragraphs)
        ruled = wide > 1 and not form and self._ruled(table)
        if ruled or (wide > 2 and len(rows) > 2 and not form and not any(map(is_office, paragraphs))):
            return [
                row_of(row) for row in even([tuple(_SPACE.sub(" ", " ".join(cell)) for cell in row) for row in rows])
            ]
        return [line for row in rows for line in _columns(row)]

    def _row(self, row, depth: int) -> list[list[str]]:
        """The cells of a row, each its lines; a cell merged with the one above or the one before it is empty."""
        before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        cells: list[list[str]] = [[] for _ in range(_count(before))]
        for cell in _cells(row):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            texts = [text for block in cell.iterchildren() for text in self._block(block, depth + 1)]
            lines = [_plain(line) for text in texts for line in text.split("\n") if line.strip()]
            goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
            cells.append([] if goes_on else lines)
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            cells += [[] for _ in range(_count(span) - 1)]
        return cells[:_MOST_COLUMNS]

    def _ruled(self, table) -> bool:
        """Lines are drawn in the table: by itself, by its style, or by a cell."""
        own = table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
        if own is None:
            link = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
            name = link.get(qn("w:val")) if link is not None else None
            for _ in range(_DEEPEST):
                style = self._styles.get(name)
                if style is None or own is not None:
                    break
                own = style.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
                base = style.find(qn("w:basedOn"))
                name = base.get(qn("w:val")) if base is not None else None
        return any(_drawn(borders) for borders in ([own] if own is not None else [*table.iter(qn("w:tcBorders"))]))


def _rows(table) -> Iterator:
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is table and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def _cells(row) -> Iterator:
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            yield cell


def _columns(cells: list[list[str]]) -> list[str]:
    """Columns are read one after the other; signatures side by side line by line, so that each keeps its column."""
    if not any(len(cell) > 1 for cell in cells):
        return ["\t".join(cell[0] if cell else "" for cell in cells)]
    told = [cell for cell in cells if cell]
    if len(told) > 1 and all(any(map(is_office, cell)) for cell in told):
        return ["\t".join(line) for line in zip_longest(*told, fillvalue="")]
    return [line for cell in told for line in (*cell, "")]


def _plain(line: str) -> str:
    """A line inside a cell: a row that is nested there is told as its words."""
    return line.strip("| ").replace(" | ", " ") if line.startswith("|") else line


def _marked(section: list[str], *, first: bool) -> list[str]:
    """A section across the page: its annexes are, or the annex it belongs to."""
    begins = next((line for line in section if line.strip()), "")
    lines = [] if first or _ANNEX.match(begins) else [LANDSCAPE]
    for line in section:
        lines += [LANDSCAPE, line] if _ANNEX.match(line) else [line]
    return lines


def _is_landscape(section) -> bool:
    size = section.find(qn("w:pgSz"))
    return size is not None and int(size.get(qn("w:w"), "0")) > int(size.get(qn("w:h"), "0"))


def _drawn(borders) -> bool:
    return any(border.get(qn("w:val"), "nil") not in _NO_LINE for border in borders.iterchildren())


def _count(number) -> int:
    return min(int(number.get(qn("w:val"), "0")), _MOST_COLUMNS) if number is not None else 0


def _outermost(picture) -> Iterator:
    """The boxes of a picture, none inside another, without those that only old programs are shown."""
    for box in picture.iter(_BOX):
        above = takewhile(lambda each: each is not picture, box.iterancestors())
        if not any(each.tag in (_BOX, f"{_MC}Fallback") for each in above):
            yield box


def _notes(document: DocumentFile, kind: str) -> dict[str, str]:
    """The words of each note by its id; the lines that part notes from the page have a type and no words."""
    for link in document.part.rels.values():
        if not link.is_external and link.reltype.endswith(f"/{kind}"):
            root = parse_xml(link.target_part.blob)
            return {note.get(qn("w:id")): _said(note) for note in root.iterchildren() if note.get(qn("w:type")) is None}
    return {}


def _said(note) -> str:
    said = ("".join(text.text or "" for text in each.iter(qn("w:t"))) for each in note.iter(qn("w:p")))
    return _SPACE.sub(" ", " ".join(said)).strip()
