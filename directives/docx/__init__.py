"""The same paper for Word: `render_docx(paper)` gives a .docx in the form of NĐ 30/2020, equal in words to the PDF."""

from directives.docx.press import render_docx

__all__ = ["render_docx"]
