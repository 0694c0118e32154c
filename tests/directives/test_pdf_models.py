"""The model paper of each kind: correct in the eyes of the checker, measured on every page, and pictured as it is printed."""

import pytest

from directives.docx import render_docx
from directives.management.commands.read_paper import load_checked
from directives.paper.words import OTHER_SYMBOLS, SYMBOL_KINDS
from directives.pdf import PrintExtras, render_pdf
from directives.pdf.sheet import lay_out
from docs.papers.__main__ import HERE, INDEX, digest, models, sums
from tests.directives.docx_file import words_of_one
from tests.directives.pdf_geometry import check_paper
from tests.directives.pdf_page import Printed

PAPERS = {model.stem: load_checked(model) for model in models()}


def test_each_kind_of_the_decree_has_its_model():
    kinds = {*SYMBOL_KINDS.values(), *OTHER_SYMBOLS, "công văn"} - {"kết luận"}
    assert {paper.kind for paper in PAPERS.values()} == kinds


@pytest.mark.parametrize("name", PAPERS)
def test_a_model_is_correct_measured_and_pictured(name):
    paper = PAPERS[name]
    assert paper.findings == ()
    pdf = render_pdf(paper).pdf
    page = Printed(pdf)
    check_paper(page, lay_out(paper, PrintExtras()))
    assert words_of_one(render_docx(paper), pdf) == {}
    assert digest(page) == sums()[name], "python -m docs.papers"
    pictures = [HERE / f"{name}-{number}.png" for number in range(1, len(page.sizes) + 1)]
    assert all(picture.is_file() and picture.name in INDEX.read_text(encoding="utf-8") for picture in pictures)


def test_the_marks_of_demands_move_nothing():
    paper = PAPERS["cong-van"]
    items = [point for item in paper.items for point in item.items]
    demands = [(f"yc-{number}", item.start, item.end) for number, item in enumerate(items)]
    marked, plain = (
        Printed(render_pdf(paper, extra=extra).pdf) for extra in (PrintExtras(demands=demands), PrintExtras())
    )
    assert marked.lines == plain.lines
