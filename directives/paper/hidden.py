"""Marks of secrecy in the corners of a Word file that are not read as text: headers, footers, notes, boxes, watermarks."""

from collections.abc import Iterator

from docx.document import Document as DocumentFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from directives.paper.secrecy import secrecy_mark

_CORNERS = {"header", "footer", "footnotes", "endnotes", "comments"}
_BOXES = (qn("w:txbxContent"), qn("w:sdtContent"))
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


def hidden_marks(document: DocumentFile) -> list[str]:
    """Each mark once, in the order in which it was met."""
    return list(dict.fromkeys(mark for text in _corners(document) if (mark := secrecy_mark(text))))


def _corners(document: DocumentFile) -> Iterator[str]:
    for link in document.part.rels.values():
        if not link.is_external and link.reltype.rsplit("/", 1)[-1] in _CORNERS:
            root = parse_xml(link.target_part.blob)
            yield from _boxes(root)
            yield from _paragraphs(root)
    yield from _boxes(document.element.body)


def _boxes(root) -> Iterator[str]:
    """Text boxes and content controls, as a whole and by paragraph: "TỐI" and "MẬT" may stand on two lines."""
    for box in root.iter(*_BOXES):
        lines = list(_paragraphs(box))
        yield from [" ".join(lines), *lines]
    for art in root.iter(_WORD_ART):
        yield art.get("string", "")


def _paragraphs(root) -> Iterator[str]:
    for paragraph in root.iter(qn("w:p")):
        yield "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
