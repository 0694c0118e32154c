"""The printer of official papers: `render_pdf(paper)` gives the PDF in the exact form of NĐ 30/2020."""

from directives.pdf.ink import UnprintableText
from directives.pdf.press import RenderedPaper, SignBox, render_pdf, unprintable
from directives.pdf.sheet import PaperTable, PrintExtras

__all__ = ["PaperTable", "PrintExtras", "RenderedPaper", "SignBox", "UnprintableText", "render_pdf", "unprintable"]
