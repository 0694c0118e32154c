"""LibreOffice opens the .docx and prints what our printer prints: measured by the same functions, in one run of it."""

import pytest

from directives.docx import render_docx
from directives.paper import read
from directives.pdf.press import PLAIN
from directives.pdf.sheet import lay_out
from docs.papers.__main__ import models
from tests.directives.docx_file import SOFFICE, by_office
from tests.directives.pdf_geometry import check_paper
from tests.directives.pdf_page import Printed
from tests.directives.test_docx_parts import PAPERS

NEAR = 1.0
# LibreOffice draws the rule above footnotes in the first section only, whoever wrote the file; so none with a note in an annex.
ODD = {"minutes"}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_every_kind_as_we_do(tmp_path):
    papers = {name: paper for name, paper in PAPERS.items() if name not in ODD}
    papers |= {model.stem: read(model.read_text(encoding="utf-8")) for model in models()}
    assert len(papers) > 30
    printed = by_office({name: render_docx(paper) for name, paper in papers.items()}, tmp_path)
    faults = {}
    for name, pdf in printed.items():
        try:
            check_paper(Printed(pdf), lay_out(papers[name], PLAIN), NEAR)
        except AssertionError as fault:
            faults[name] = str(fault)
    assert faults == {}
