"""LibreOffice opens the .docx and prints what our printer prints: measured by the same functions, in one run of it."""

import pytest

from directives.docx import render_docx
from directives.pdf.press import PLAIN
from directives.pdf.sheet import lay_out
from tests.directives.docx_file import SOFFICE, by_office
from tests.directives.pdf_geometry import check_paper
from tests.directives.pdf_page import Printed
from tests.directives.test_docx_parts import PAPERS

NEAR = 1.0
# LibreOffice draws the rule above footnotes in the first section only, whoever wrote the file; so none with a note in an annex.
OPENED = {name: paper for name, paper in PAPERS.items() if name != "minutes"}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_it_as_we_do(tmp_path):
    printed = by_office({name: render_docx(paper) for name, paper in OPENED.items()}, tmp_path)
    faults = {}
    for name, pdf in printed.items():
        try:
            check_paper(Printed(pdf), lay_out(PAPERS[name], PLAIN), NEAR)
        except AssertionError as fault:
            faults[name] = str(fault)
    assert faults == {}
