"""Annexes: a title of their own, pages numbered anew, a header on every page, landscape where asked."""

import pytest

from directives.pdf import PaperTable, PrintExtras, UnprintableText, render_pdf
from tests.directives.pdf_page import Printed
from tests.directives.pdf_papers import REPORT

UNITS = PaperTable(
    "Tình hình từng đơn vị",
    ("STT", "Đơn vị", "Hoàn thành"),
    [(str(row), f"Xã An Hòa {row}", "10/12") for row in range(1, 81)],
    (1, 5, 2),
)
INCIDENTS = PaperTable("Sự cố trong kỳ", ("STT", "Sự cố"), [("1", "Đứt cáp")] * 50, (1, 8), landscape=True)
BOLD, ITALIC = "Paper-Serif-Bold", "Paper-Serif-Italic"


def printed(*tables, **extra):
    return Printed(render_pdf(REPORT, extra=PrintExtras(tables=tables, **extra)).pdf)


def test_annexes_follow_the_signature_with_pages_numbered_anew():
    page = printed(UNITS, INCIDENTS)
    assert page.find(REPORT.signer.name).page == 1
    first, second = page.find("Phụ lục I"), page.find("Phụ lục II")
    assert (first.size, first.font) == (second.size, second.font) == (14, BOLD)
    assert page.find("TÌNH HÌNH TỪNG ĐƠN VỊ").font == BOLD
    shown = [" ".join(line.text for line in page.on(number) if line.baseline < 20) for number in range(1, 8)]
    assert (first.page, second.page) == (2, 5)
    assert shown == ["", "", "2", "3", "", "2", "3"]
    sizes = [(round(width), round(height)) for width, height in page.sizes]
    assert sizes == [(210, 297)] * 4 + [(297, 210)] * 3


def test_one_annex_has_no_numeral_and_names_its_paper():
    page = printed(UNITS, issuer="Sở Khoa học và Công nghệ")
    label = page.find("Phụ lục")
    assert label.text == "Phụ lục"
    assert label.centre == pytest.approx(112.5, abs=1)
    attached = [line.text for line in page.on(2) if line.font == ITALIC]
    assert " ".join(attached) == (
        "(Kèm theo Báo cáo số         /BC-SKHCN ngày      tháng 11 năm 2026 của Sở Khoa học và Công nghệ)"
    )


def test_the_table_header_is_repeated_and_no_row_is_lost():
    page = printed(UNITS)
    for number in range(2, len(page.sizes) + 1):
        assert [line.text for line in page.on(number) if line.font == BOLD][-3:] == ["STT", "Đơn vị", "Hoàn thành"]
    assert [row for row in page.rows if row.startswith("Xã An Hòa")] == []
    cells = [line.text for line in page.lines if line.text.startswith("Xã An Hòa")]
    assert cells == [f"Xã An Hòa {row}" for row in range(1, 81)]


def test_columns_have_their_shares_and_figures_are_centred():
    page = printed(UNITS)
    unit = page.find("Xã An Hòa 7")
    [header] = [line for line in page.on(2) if line.text == "Đơn vị"]
    assert header.centre == pytest.approx(30 + 165 * (1 + 2.5) / 8, abs=1)
    assert unit.left == pytest.approx(30 + 165 / 8, abs=2.5)
    figures = [line for line in page.lines if line.text == "10/12"]
    assert all(line.centre == pytest.approx(30 + 165 * 7 / 8, abs=1) for line in figures)


def test_many_columns_are_set_small_and_stay_on_the_page():
    columns = ("STT", "Đơn vị", *[str(number) for number in range(1, 31)])
    matrix = PaperTable("Ma trận", columns, [("1", "Xã An Hòa", *["x"] * 30)] * 3, (2, 8, *[2] * 30), landscape=True)
    page = printed(matrix)
    assert {line.text for line in page.on(2)} >= {"STT", "Đơn vị", "30", "x"}
    assert max(line.right for line in page.on(2)) <= 297 - 15
    assert page.find("STT").size == 9


def test_a_table_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="số ô mỗi dòng phải bằng số cột"):
        printed(PaperTable("Bảng", ("A", "B"), [("1",)]))


def test_cells_are_checked_and_escaped():
    assert printed(PaperTable("Bảng", ("A",), [("<b>&amp;</b>",)])).find("<b>&amp;</b>")
    with pytest.raises(UnprintableText, match="ở phụ lục 1"):
        printed(PaperTable("Bảng", ("A",), [("✓",)]))
