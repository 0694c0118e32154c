"""Annexes: a title of their own, pages numbered anew, a header on every page, landscape where asked."""

from dataclasses import replace

import pytest

from directives.paper.annexes import read_annexes
from directives.paper.draft import read_body
from directives.pdf import PaperTable, PrintExtras, UnprintableText, render_pdf
from directives.pdf.sheet import lay_out
from tests.directives.pdf_geometry import check_paper
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


WORK = "Kiểm tra nguồn điện dự phòng, đo kiểm vùng phủ sóng, bố trí trạm lưu động và người trực tại chỗ. "


def text_table(*rows):
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def measured(body="", annexes=""):
    """The report with this text, printed and measured."""
    drafted = read_body(body or REPORT.body)
    paper = replace(
        REPORT,
        body=drafted.body,
        items=drafted.items,
        bases=drafted.bases,
        annexes=read_annexes(annexes) if annexes else (),
    )
    page, sheet = Printed(render_pdf(paper).pdf), lay_out(paper, PrintExtras())
    check_paper(page, sheet)
    return page, sheet


def test_a_table_of_the_text_runs_on_with_its_head_groups_and_sums():
    rows = [(str(row), f"Xã An Hòa {row}", WORK) for row in range(1, 40)]
    head, group, total = ("STT", "Đơn vị", "Nhiệm vụ"), ("II", "Khu vực ven biển", ""), ("", "Tổng cộng", "39")
    body = f"Danh sách như sau[1]:\n{text_table(head, *rows[:9], group, *rows[9:], total)}\n[1] Theo số liệu của Sở."
    page, sheet = measured(f"{body}\nCác đơn vị thực hiện nghiêm túc.")
    [table] = [block for block in sheet.body if hasattr(block, "columns")]
    assert table.styles == ["figures", "", ""]
    assert table.widths[2] > 2 * table.widths[1] > 4 * table.widths[0]
    for start in ("Khu vực ven biển", "Tổng cộng"):
        assert page.find(start).style == "Bold"
    below = next(line for line in page.lines if line.text.endswith("Hòa 10"))
    assert page.find("Khu vực ven biển").page == below.page
    assert page.find("Theo số liệu của Sở.").baseline > 265


def test_a_paper_may_end_with_a_table_and_its_last_rows_stay_with_the_signature():
    rows = [(str(row), WORK) for row in range(1, 40)]
    page, _ = measured(f"Danh sách như sau:\n{text_table(('STT', 'Nhiệm vụ'), *rows)}")
    assert page.find(REPORT.signer.name).page == next(line.page for line in page.lines if line.text == "39")


def test_a_table_too_wide_turns_its_annex_and_one_too_wide_for_that_is_set_small():
    names = [f"Thônggiámsát{number}" for number in range(8)]
    wide = text_table(names, *[["1.250"] * 8] * 3)
    wider = text_table([*names, *names], *[["1.250"] * 16] * 3)
    long = f"DÀI\nI. Kết quả\nMở đầu[1]:\n1. {WORK * 40}\n[1] Chú thích."
    annexes = f"Phụ lục I\nRỘNG\n{wide}\nPhụ lục II\nRỘNG HƠN\n{wider}\nPhụ lục III\n{long}"
    _, sheet = measured(annexes=annexes)
    assert [annex.landscape for annex in sheet.annexes] == [True, True, False]
    assert [annex.body[0].size for annex in sheet.annexes[:2]] == [12, 9]


def test_a_row_taller_than_a_page_begins_where_it_stands_and_loses_no_word():
    rows = [("1", WORK.strip()), ("2", (WORK * 60).strip())]
    drafted = replace(REPORT, annexes=read_annexes(f"Phụ lục\nDÀI\n{text_table(('STT', 'Nhiệm vụ'), *rows)}"))
    page = Printed(render_pdf(drafted).pdf)
    assert "".join("".join(page.rows).split()).count("bốtrítrạmlưuđộng") == 61
    first = page.find("Phụ lục").page
    assert [line.page for line in page.lines if line.text == "Nhiệm vụ"] == list(range(first, len(page.sizes) + 1))
    assert max(line.baseline for line in page.lines if line.page == first) > 250


def test_a_note_longer_than_the_foot_of_a_page_is_refused_for_its_end_would_be_lost():
    drafted = replace(REPORT, body=f"Sở báo cáo[1] như sau.\n[1] {(WORK * 60).strip()}")
    with pytest.raises(UnprintableText, match="Chú thích 1 quá dài"):
        render_pdf(drafted)


def test_what_a_decision_brings_into_force_bears_its_own_title():
    text = "QUY CHẾ\nTRỰC BẢO ĐẢM THÔNG TIN LIÊN LẠC\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này áp dụng trong Sở."
    page, sheet = measured(annexes=text)
    assert (sheet.annexes[0].label, sheet.annexes[0].title) == ("", ["QUY CHẾ", "TRỰC BẢO ĐẢM THÔNG TIN LIÊN LẠC"])
    assert page.find("Điều 1. Phạm vi").style == "Bold"
    assert page.find("Quy chế này áp dụng trong Sở./.").page == 2
