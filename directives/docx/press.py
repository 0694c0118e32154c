"""Paper to .docx: the sheet that is printed as PDF, written as WordprocessingML (ECMA-376) with real styles.

The parts are templates, as those of the PDF are: what a văn thư meets in Word (names of styles, sizes, what is kept
together) stands there to be read. The same paper gives the same bytes: no clock, no chance, entries in a fixed order."""

import io
import re
import zipfile

from django.template.loader import render_to_string

from directives.docx.measure import measure
from directives.paper.model import Paper
from directives.pdf.press import PLAIN
from directives.pdf.sheet import PrintExtras, lay_out

PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/core.xml": "core.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/document.xml": "document.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fonts.xml",
    "word/footnotes.xml": "footnotes.xml",
    "word/theme/theme1.xml": "theme.xml",
    "word/header1.xml": "header_first.xml",
    "word/header2.xml": "header_next.xml",
}
# What templates leave between elements; a text of one space is no such thing.
BETWEEN = re.compile(r">\s+<(?!/w:t>)")
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def render_docx(paper: Paper, *, extra: PrintExtras = PLAIN) -> bytes:
    """The .docx of `paper`; number and day left blank as in the PDF. Refuses with `UnprintableText` what the PDF refuses."""
    sheet = lay_out(paper, extra)
    context = {"sheet": sheet, "author": sheet.issuer or " ".join(sheet.agency), **measure(sheet)}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, template in PARTS.items():
            text = BETWEEN.sub("><", render_to_string(f"directives/docx/{template}", context))
            package.writestr(zipfile.ZipInfo(name, LONG_AGO), text.strip(), zipfile.ZIP_DEFLATED)
    return target.getvalue()
