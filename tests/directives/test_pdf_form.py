"""The printed page measured against NĐ 30/2020 Phụ lục I: places within half a millimetre, sizes and styles as its table says."""

from dataclasses import replace
from functools import cache

import pytest

from directives.paper.model import SignOff
from directives.pdf import PrintExtras, render_pdf
from directives.pdf.sheet import lay_out
from tests.directives.pdf_geometry import LEFT, NEAR, RIGHT, check_closing, check_paper, check_text, check_urgency
from tests.directives.pdf_page import MM, Printed
from tests.directives.pdf_papers import DECISION, LETTER, PLAN, REPORT, TELEGRAM, with_body

REGULAR, BOLD, ITALIC = "Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic"
NUMBERED = replace(LETTER, number="5/SKHCN-BCVT", date_iso="2026-11-04")


@cache
def printed(paper):
    return Printed(render_pdf(paper).pdf)


@pytest.mark.parametrize("paper", [LETTER, NUMBERED, PLAN, DECISION, TELEGRAM, REPORT], ids=lambda paper: paper.kind)
def test_the_page_is_measured(paper):
    check_paper(printed(paper), lay_out(paper, PrintExtras()))


@pytest.mark.parametrize("mark", ["khẩn", "thượng khẩn"])
def test_urgency_is_boxed_in_bright_red(mark):
    paper = replace(LETTER, urgency=mark)
    page = printed(paper)
    check_urgency(page, lay_out(paper, PrintExtras()))
    box = max((rule for rule in page.rules if rule.colour == (1, 0, 0)), key=lambda rule: rule.length)
    assert box.top - 2 < page.find("Kính gửi").baseline < box.bottom + 2


def test_number_and_day_do_not_move_the_rest():
    blank, filled = printed(LETTER), printed(NUMBERED)
    assert filled.find("Số:").text == "Số: 05/SKHCN-BCVT"
    assert filled.find("Hải Giang").text == "Hải Giang, ngày 04 tháng 11 năm 2026"
    moving = ("Số:", "Hải Giang, ngày")
    still = [[line for line in page.lines if not line.text.startswith(moving)] for page in (blank, filled)]
    assert still[0] == still[1]
    for start in moving:
        before, after = blank.find(start), filled.find(start)
        assert after.baseline == before.baseline
        assert after.centre == pytest.approx(before.centre, abs=NEAR)


def test_blank_number_and_day_leave_room_for_the_hand():
    blank = printed(LETTER)
    assert blank.find("Số:").text == "Số:         /SKHCN-BCVT"
    four_digits = printed(replace(LETTER, number="1234/SKHCN-BCVT")).find("Số:")
    number = blank.find("Số:")
    assert number.right - number.left == pytest.approx(four_digits.right - four_digits.left, abs=0.2)
    two_digits = printed(replace(LETTER, date_iso="2026-11-28")).find("Hải Giang,")
    dated = blank.find("Hải Giang,")
    assert dated.text == "Hải Giang, ngày      tháng 11 năm 2026"
    assert dated.right - dated.left == pytest.approx(two_digits.right - two_digits.left, abs=0.2)


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-01-05", "ngày 05 tháng 01 năm 2026"),
        ("2026-02-15", "ngày 15 tháng 02 năm 2026"),
        ("2026-03-09", "ngày 09 tháng 3 năm 2026"),
        ("2026-06-29", "ngày 29 tháng 6 năm 2026"),
        ("2026-12-10", "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_leading_zeros_of_dates(iso, words):
    assert lay_out(replace(DECISION, date_iso=iso), PrintExtras()).dated == f"Hải Giang, {words}"


def test_one_addressee_stands_on_the_line_of_the_label():
    assert printed(REPORT).find("Kính gửi").text == "Kính gửi: Ủy ban nhân dân tỉnh Hải Giang"


def test_headings_are_bold_and_points_upright():
    page = printed(PLAN)
    styles = {line.text: (line.size, line.font) for line in page.lines}
    for bold in ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", "III. TỔ CHỨC THỰC HIỆN"):
        assert styles[bold] == (14, BOLD)
    for upright in ("1. Trước Tết", "a) Bảo đảm", "Các đơn vị chủ động"):
        assert (page.find(upright).size, page.find(upright).font) == (14, REGULAR)
    [lead] = [line for line in printed(LETTER).lines if line.text == "2. Các doanh nghiệp bưu chính:"]
    assert lead.font == BOLD


def test_bases_are_italic_and_closed():
    page = printed(PLAN)
    bases = [line for line in page.on(1) if line.font == ITALIC and line.size == 14]
    text = " ".join(line.text for line in bases)
    assert text.startswith("Căn cứ Luật Viễn thông; Căn cứ Nghị định")
    assert text.endswith("về tổ chức đón Tết.")
    assert page.find("Sở Khoa học và Công nghệ ban hành").font == REGULAR


def test_decision_names_its_authority_and_resolves():
    page = printed(DECISION)
    for start in ("GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ", "QUYẾT ĐỊNH:"):
        line = page.find(start)
        assert (line.size, line.font) == (14, BOLD)
        assert line.centre == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
    assert page.find("Theo đề nghị của Chánh Văn phòng Sở.").font == ITALIC
    assert [line.text for line in page.lines if line.text.startswith("Điều") and line.font == BOLD] == [
        "Điều 1.",
        "Điều 2.",
        "Điều 3.",
    ]
    assert page.find("Số:").text == "Số: 07/QĐ-SKHCN"


def test_telegram_says_who_wires_whom():
    page = printed(TELEGRAM)
    assert page.find("SỞ KHOA HỌC VÀ CÔNG NGHỆ điện:")
    dashes = [line for line in page.on(1) if line.text.startswith("- ") and line.size == 14]
    assert [line.text[-1] for line in dashes] == [";", ";", "."]
    assert len({round(line.left, 1) for line in dashes}) == 1
    assert not [row for row in page.rows if "Kính gửi" in row]


def test_the_place_for_the_signature_is_told():
    page, box = printed(LETTER), render_pdf(LETTER).sign_box
    title, name = page.find("KT. GIÁM ĐỐC"), page.find(LETTER.signer.name)
    height = page.sizes[box.page - 1][1]
    assert box.page == title.page == name.page
    assert title.baseline < height - box.top * MM < height - box.bottom * MM < name.baseline
    assert (box.top - box.bottom) * MM >= 25
    assert (box.left + box.right) / 2 * MM == pytest.approx(name.centre, abs=NEAR)


WORDS = "Các doanh nghiệp viễn thông kiểm tra nguồn điện dự phòng, bảo dưỡng nhà trạm, gửi báo cáo đúng hạn về Sở. "


def test_a_long_plan_is_measured_on_every_page():
    long = with_body(PLAN, *[f"{number}. {WORDS * (1 + number % 4)}" for number in range(1, 45)])
    page = printed(long)
    assert len(page.sizes) >= 4
    check_paper(page, lay_out(long, PrintExtras()))


SHORT = [f"Dòng thứ {number} của văn bản này ngắn." for number in range(30)]


@pytest.mark.parametrize(
    ("count", "last"), [(16, "Trân trọng./."), (21, "Trân trọng./."), (19, WORDS), (17, WORDS * 4)]
)
def test_two_lines_of_the_body_stand_on_the_page_of_the_signature(count, last):
    """At lengths at which the signature would stand alone if nothing kept it with the text."""
    paper = with_body(LETTER, *SHORT[:count], last.strip())
    page = printed(paper)
    assert len(page.sizes) == 2
    assert page.find(LETTER.signer.name).page == page.find("Nơi nhận:").page == 2
    check_closing(page, lay_out(paper, PrintExtras()))


@pytest.mark.parametrize("count", [23, 24])
def test_a_heading_never_ends_a_page(count):
    paper = with_body(PLAN, *SHORT[:count], "I. *Tiêu đề một*", "1. *Tiêu đề hai*", *SHORT[:5])
    page = printed(paper)
    assert len(page.sizes) == 2
    check_text(page, lay_out(paper, PrintExtras()).body)


def test_long_names_wrap_in_their_columns():
    paper = replace(
        LETTER,
        parent_agency="Ban Chỉ đạo Chuyển đổi số và Phát triển khoa học, công nghệ tỉnh Hải Giang",
        agency="Trung tâm Giám sát, điều hành an toàn thông tin mạng và hạ tầng số vùng duyên hải",
        signer=replace(
            LETTER.signer, lines=("TL. Giám đốc", "Trưởng phòng Quản lý bưu chính, viễn thông và hạ tầng số")
        ),
        place="Thành phố Hồ Chí Minh",
        date_iso="2026-11-28",
    )
    page = printed(paper)
    number, dated = page.find("Số:"), page.find("Thành phố Hồ Chí Minh, ngày 28 tháng 11 năm 2026")
    issuer = [line for line in page.on(1) if line.baseline < number.baseline - 1 and line.left < 100]
    assert len(issuer) >= 4
    assert all(line.left >= LEFT and line.right <= 100 for line in issuer)
    assert " ".join(line.text for line in issuer if line.font == BOLD) == paper.agency.upper()
    assert dated.baseline == number.baseline
    assert dated.right <= RIGHT + 0.2
    longer = printed(replace(paper, place="Thành phố Phan Rang - Tháp Chàm"))
    assert longer.find("ngày 28 tháng 11 năm 2026").left > longer.find("Thành phố Phan Rang - Tháp Chàm,").left > 100
    assert max(line.right for line in longer.lines) <= RIGHT + 0.2
    [rule] = [rule for rule in page.rules if rule.right < 100]
    longest = max(line.right - line.left for line in issuer if line.font == BOLD)
    assert 1 / 3 <= rule.length / longest <= 1 / 2
    assert rule.top > issuer[-1].baseline
    assert all(line.left > 110 for line in page.lines if line.text.startswith(("TRƯỞNG PHÒNG", "VÀ HẠ TẦNG")))


def test_sixty_addressees_and_forty_copies_are_measured():
    communes = tuple(
        f"Ủy ban nhân dân xã An Bình {number}{' và các đơn vị sự nghiệp trực thuộc' * (number % 9 == 0)}"
        for number in range(60)
    )
    paper = replace(LETTER, recipients=communes, noi_nhan=(*communes[:39], "Lưu: VT, BCVT"))
    check_paper(printed(paper), lay_out(paper, PrintExtras()))


def test_a_copy_list_longer_than_a_page_runs_on_below_the_signature():
    paper = replace(LETTER, noi_nhan=tuple(f"Ủy ban nhân dân xã An Bình {number}" for number in range(90)))
    page = printed(paper)
    check_paper(page, lay_out(paper, PrintExtras()))
    assert page.find(LETTER.signer.name).page == len(page.sizes) - 1 == 2


@pytest.mark.parametrize("count", [1, 2, 4])
def test_further_signatures_stand_before_the_issuers(count):
    """One on the left, two in three columns, four in rows of two."""
    others = tuple(
        SignOff(("Giám đốc", f"Doanh nghiệp số {number}"), f"Lê Văn {name}") for number, name in enumerate("ABCDE")
    )
    paper = replace(LETTER, cosigners=others[:count])
    page = printed(paper)
    check_closing(page, lay_out(paper, PrintExtras()))
    assert page.find("Nơi nhận:").baseline > page.find(LETTER.signer.name).baseline
    assert max(line.right for line in page.lines) <= RIGHT + NEAR


def test_an_issuer_without_superior_stands_level_with_the_nation():
    page = printed(replace(PLAN, parent_agency=None))
    assert page.find("SỞ KHOA HỌC").baseline == pytest.approx(page.find("CỘNG HÒA").baseline, abs=0.1)
