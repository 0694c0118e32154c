"""The printed page measured against NĐ 30/2020 Phụ lục I: places within 1 mm, sizes and styles as its table says."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from directives.pdf import render_pdf
from tests.directives.pdf_page import MM, Printed
from tests.directives.pdf_papers import DECISION, LETTER, PLAN, REPORT, TELEGRAM, with_body

LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277
ISSUER_CENTRE, NATION_CENTRE = 65, 147.5
REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic", "Paper-Serif-Bold-Italic"
NEAR = 1.0
SINGLE = 1.15


@cache
def printed(paper):
    return Printed(render_pdf(paper).pdf)


def baseline_of_first(size):
    """Where the first line of `size` points stands under the top margin at single spacing: the font's ascent is 0.891."""
    return TOP + (0.891 + (SINGLE - 1.107) / 2) * size * MM


NUMBERED = replace(LETTER, number="5/SKHCN-BCVT", date_iso="2026-11-04")


@pytest.mark.parametrize("paper", [LETTER, NUMBERED, PLAN, DECISION, TELEGRAM, REPORT], ids=lambda paper: paper.kind)
def test_header_stands_in_its_prescribed_place(paper):
    page = printed(paper)
    nation, motto = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), page.find("Độc lập - Tự do - Hạnh phúc")
    parent, agency = page.find("UBND TỈNH HẢI GIANG"), page.find("SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    number, dated = page.find("Số:"), page.find("Hải Giang, ngày")

    assert (nation.size, nation.font) == (12, BOLD)
    assert (motto.size, motto.font) == (13, BOLD)
    assert (parent.size, parent.font) == (12, REGULAR)
    assert (agency.size, agency.font) == (12, BOLD)
    assert (number.size, number.font) == (13, REGULAR)
    assert (dated.size, dated.font) == (13, ITALIC)

    first = baseline_of_first(12)
    second = first + 12 * SINGLE * MM
    third = second + (1.5 + 0.75 + 6 + 13 * SINGLE) * MM
    assert nation.baseline == pytest.approx(first, abs=NEAR)
    assert parent.baseline == pytest.approx(nation.baseline, abs=0.1)
    assert agency.baseline == pytest.approx(second, abs=NEAR)
    assert motto.baseline == pytest.approx(second, abs=NEAR)
    assert number.baseline == pytest.approx(third, abs=NEAR)
    assert dated.baseline == pytest.approx(number.baseline, abs=0.1)


@pytest.mark.parametrize("paper", [NUMBERED, DECISION, TELEGRAM], ids=lambda paper: paper.kind)
def test_header_columns_are_centred(paper):
    page = printed(paper)
    for start in ("UBND TỈNH HẢI GIANG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số:"):
        assert page.find(start).centre == pytest.approx(ISSUER_CENTRE, abs=NEAR)
    for start in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do", "Hải Giang, ngày"):
        assert page.find(start).centre == pytest.approx(NATION_CENTRE, abs=NEAR)


def test_rules_of_the_header_have_their_lengths():
    page = printed(LETTER)
    motto, agency = page.find("Độc lập - Tự do - Hạnh phúc"), page.find("SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    [full], [short] = page.under(motto), page.under(agency)
    assert (full.left, full.right) == (pytest.approx(motto.left, abs=0.5), pytest.approx(motto.right, abs=0.5))
    assert 1 / 3 <= short.length / (agency.right - agency.left) <= 1 / 2
    assert short.centre == pytest.approx(agency.centre, abs=0.5)
    assert len(page.rules) == 2


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
    assert printed(replace(DECISION, date_iso=iso)).find("Hải Giang").text == f"Hải Giang, {words}"


def test_subject_of_a_letter_stands_under_its_number():
    page = printed(LETTER)
    first, number = page.find("V/v "), page.find("Số:")
    below = [line for line in page.on(1) if line.left < 100 and number.baseline < line.baseline < 60]
    assert [(line.size, line.font) for line in below] == [(12, REGULAR)] * len(below)
    assert first.baseline - number.baseline == pytest.approx((3.09 + 6 + 10.95) * MM, abs=NEAR)
    assert all(line.centre == pytest.approx(ISSUER_CENTRE, abs=NEAR) for line in below)
    assert " ".join(line.text for line in below) == f"V/v {LETTER.subject[:-1]}"
    assert not page.under(below[-1])


def test_several_addressees_stand_under_the_colon():
    page = printed(LETTER)
    [label] = [line for line in page.lines if line.text.startswith("Kính gửi")]
    colon = page.find(":") if label.text == "Kính gửi" else None
    dashes = [line for line in page.on(1) if line.text.startswith("- ") and line.baseline < 95]
    assert [line.text for line in dashes] == [
        "- Ủy ban nhân dân các xã, phường, đặc khu;",
        "- Các doanh nghiệp bưu chính, viễn thông trên địa bàn tỉnh;",
        "- Trung tâm Chuyển đổi số tỉnh.",
    ]
    column = colon.left if colon else label.right - 14 * 0.278 * MM
    assert all(line.left == pytest.approx(column, abs=NEAR) for line in dashes)
    assert {(line.size, line.font) for line in [label, *dashes]} == {(14, REGULAR)}


def test_one_addressee_stands_on_the_line_of_the_label():
    assert printed(REPORT).find("Kính gửi").text == "Kính gửi: Ủy ban nhân dân tỉnh Hải Giang"


@pytest.mark.parametrize("paper", [PLAN, DECISION, TELEGRAM, REPORT], ids=lambda paper: paper.kind)
def test_kind_and_subject_are_centred_and_bold_over_a_short_rule(paper):
    page = printed(paper)
    middle = (LEFT + RIGHT) / 2
    [kind] = [line for line in page.lines if line.text == paper.kind.upper()]
    subject = [
        line
        for line in page.on(1)
        if 0 < line.baseline - kind.baseline < 14 and line.font == BOLD and line.text.rstrip() in _words(paper.subject)
    ]
    assert " ".join(line.text for line in subject) == paper.subject
    for line in [kind, *subject]:
        assert (line.size, line.font) == (14, BOLD)
        assert line.centre == pytest.approx(middle, abs=NEAR)
    [rule] = page.under(subject[-1])
    longest = max(line.right - line.left for line in subject)
    assert 1 / 3 <= rule.length / longest <= 1 / 2
    assert rule.centre == pytest.approx(middle, abs=NEAR)


def _words(text):
    words = text.split()
    return {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}


def test_body_is_justified_indented_and_spaced():
    page = printed(LETTER)
    lines = [line for line in page.on(1) if line.baseline > 90 and line.size == 14]
    firsts = [line for line in lines if line.left == pytest.approx(LEFT + 12.7, abs=0.2)]
    wrapped = [line for line in lines if line.left == pytest.approx(LEFT, abs=0.2)]
    full = [line for line, after in pairwise(lines) if after in wrapped and line.baseline != after.baseline]
    assert len(firsts) >= 8
    assert len(firsts) + len(wrapped) >= len(lines) - 1
    assert all(line.right == pytest.approx(RIGHT, abs=0.4) for line in full)
    within = [after.baseline - line.baseline for line, after in pairwise(lines) if after in wrapped]
    between = [after.baseline - line.baseline for line, after in pairwise(lines) if after in firsts]
    step = within[0]
    assert step == pytest.approx(18 * MM, abs=0.05)
    assert 14 * SINGLE <= step / MM <= 14 * SINGLE * 1.5
    assert all(gap - step >= 6 * MM - 0.05 for gap in between)


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


@pytest.mark.parametrize(("mark", "width"), [("khẩn", 20), ("thượng khẩn", 40), ("hoả tốc", 30)])
def test_urgency_is_boxed_in_bright_red(mark, width):
    page = printed(replace(LETTER, urgency=mark))
    box = max((rule for rule in page.rules if rule.colour == (1, 0, 0)), key=lambda rule: rule.length)
    text = page.find(mark.upper().replace("HOẢ", "HỎA"))
    assert (text.size, text.font, text.colour) == (13, BOLD, (1, 0, 0))
    assert box.length == pytest.approx(width, abs=0.2)
    assert box.bottom - box.top == pytest.approx(8, abs=0.2)
    assert box.left == pytest.approx(LEFT, abs=0.2)
    assert text.centre == pytest.approx(box.centre, abs=0.5)
    assert box.top < text.baseline < box.bottom
    label = page.find("Kính gửi")
    assert box.top - 2 < label.baseline < box.bottom + 2


def test_nothing_is_red_without_urgency():
    assert {line.colour for line in printed(LETTER).lines} == {(0, 0, 0)}


@pytest.mark.parametrize("paper", [LETTER, PLAN, DECISION, TELEGRAM, REPORT], ids=lambda paper: paper.kind)
def test_signature_and_copies_stand_level(paper):
    page = printed(paper)
    rendered = render_pdf(paper)
    copies = page.find("Nơi nhận:")
    title = [line for line in page.lines if line.text == paper.signer.lines[0].upper()][-1]
    name = page.find(paper.signer.name)
    assert copies.baseline == pytest.approx(title.baseline, abs=NEAR)
    assert (copies.size, copies.font) == (12, BOLD_ITALIC)
    assert copies.left == pytest.approx(LEFT, abs=0.2)
    for line in (title, name):
        assert (line.size, line.font) == (14, BOLD)
        assert line.centre == pytest.approx(LEFT + 165 * 3 / 4, abs=NEAR)
    entries = [line for line in page.lines if line.size == 11]
    assert all(line.font == REGULAR and line.left == pytest.approx(LEFT, abs=0.2) for line in entries)
    assert [line.text[:2] for line in entries] == ["- "] * len(paper.noi_nhan)
    assert [line.text[-1] for line in entries] == [";"] * (len(entries) - 1) + ["."]

    box = rendered.sign_box
    height = page.sizes[box.page - 1][1]
    assert box.page == title.page == name.page
    assert title.baseline < height - box.top * MM < height - box.bottom * MM < name.baseline
    assert (box.top - box.bottom) * MM >= 25
    assert (box.left + box.right) / 2 * MM == pytest.approx(name.centre, abs=NEAR)


def test_page_numbers_stand_in_the_top_margin_from_the_second_page():
    page = printed(LONG)
    assert len(page.sizes) >= 4
    for number in range(1, len(page.sizes) + 1):
        above = [line for line in page.on(number) if line.baseline < TOP]
        if number == 1:
            assert above == []
            continue
        [line] = above
        assert line.text == str(number)
        assert (line.font, line.size) == (REGULAR, 14)
        assert line.centre == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
        assert 5 < line.baseline < 18


def test_everything_stands_between_the_margins():
    for paper in (LETTER, PLAN, DECISION, TELEGRAM, REPORT, LONG):
        page = printed(paper)
        assert {(round(width), round(height)) for width, height in page.sizes} == {(210, 297)}
        for line in page.lines:
            assert line.left >= LEFT - 0.2, line
            assert line.right <= RIGHT + 0.4, line
            assert line.baseline <= BOTTOM, line


WORDS = "Các doanh nghiệp viễn thông kiểm tra nguồn điện dự phòng, bảo dưỡng nhà trạm, gửi báo cáo đúng hạn về Sở. "
LONG = with_body(PLAN, *[f"{number}. {WORDS * (1 + number % 4)}" for number in range(1, 45)])


@pytest.mark.parametrize("last", ["Trân trọng./.", WORDS.strip(), (WORDS * 2).strip(), (WORDS * 4).strip()])
def test_two_lines_of_the_body_stand_on_the_page_of_the_signature(last):
    """Whatever the length of the text: slid line by line over a page break."""
    for count in range(16, 31, 2):
        paragraphs = [f"Dòng thứ {number} của văn bản này ngắn." for number in range(count)]
        page = printed(with_body(LETTER, *paragraphs, last))
        name = page.find(LETTER.signer.name)
        title = page.find("KT. GIÁM ĐỐC")
        copies = page.find("Nơi nhận:")
        assert name.page == title.page == copies.page == len(page.sizes)
        body = {
            line.baseline
            for line in page.on(name.page)
            if line.size == 14 and line.font == REGULAR and TOP < line.baseline < title.baseline
        }
        assert len(body) >= 2, (count, sorted(body))


def test_a_heading_never_ends_a_page():
    for filler in range(24, 36):
        body = [f"Dòng thứ {number} của văn bản này ngắn." for number in range(filler)]
        page = printed(with_body(PLAN, *body, "I. *Tiêu đề một*", "1. *Tiêu đề hai*", *body))
        assert len(page.sizes) >= 3
        for number in range(1, len(page.sizes)):
            lowest = max((line for line in page.on(number) if line.size == 14), key=lambda line: line.baseline)
            assert lowest.font == REGULAR, filler


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
    [rule] = [rule for rule in page.rules if rule.right < 100]
    longest = max(line.right - line.left for line in issuer if line.font == BOLD)
    assert 1 / 3 <= rule.length / longest <= 1 / 2
    assert rule.top > issuer[-1].baseline
    assert all(line.left > 110 for line in page.lines if line.text.startswith(("TRƯỞNG PHÒNG", "VÀ HẠ TẦNG")))


def test_an_issuer_without_superior_stands_level_with_the_nation():
    page = printed(replace(PLAN, parent_agency=None))
    assert page.find("SỞ KHOA HỌC").baseline == pytest.approx(page.find("CỘNG HÒA").baseline, abs=0.1)
