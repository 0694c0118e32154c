"""Heads of papers: columns in any order, blanks, titles, addressees."""

import pytest

from directives.paper import read

LETTER = """UBND TỈNH HẢI GIANG
SỞ KHOA HỌC VÀ CÔNG NGHỆ

Số: 15/SKHCN-BCVT
V/v bảo đảm thông tin liên lạc
dịp Tết Nguyên đán

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hải Giang, ngày 05 tháng 01 năm 2026

Kính gửi:
- UBND các xã, phường, đặc khu;
- Các doanh nghiệp viễn thông.

Sở đề nghị các đơn vị thực hiện./.
"""
COLUMNS = """UBND TỈNH HẢI GIANG\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ KHOA HỌC VÀ CÔNG NGHỆ      Độc lập - Tự do - Hạnh phúc
Số: 15/SKHCN-BCVT\tHải Giang, ngày 05 tháng 01 năm 2026
V/v bảo đảm thông tin liên lạc
dịp Tết Nguyên đán
Kính gửi:
- UBND các xã, phường, đặc khu;
- Các doanh nghiệp viễn thông.
Sở đề nghị các đơn vị thực hiện./.
"""
ONE_SPACE = """UBND TỈNH HẢI GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ KHOA HỌC VÀ CÔNG NGHỆ Độc lập - Tự do - Hạnh phúc
Số: 15/SKHCN-BCVT Hải Giang, ngày 05 tháng 01 năm 2026
V/v bảo đảm thông tin liên lạc dịp Tết Nguyên đán
Kính gửi:
- UBND các xã, phường, đặc khu;
- Các doanh nghiệp viễn thông.
Sở đề nghị các đơn vị thực hiện./.
"""
DRESSED = """**UBND TỈNH HẢI GIANG**
**SỞ KHOA HỌC\u00a0VÀ
CÔNG NGHỆ**
-------
**CỘNG HOÀ XÃ HỘI
CHỦ NGHĨA VIỆT NAM**
Độc lập – Tự do – Hạnh phúc
---------------
|
Số:
15/SKHCN-BCVT
|
Số: 15/SKHCN-BCVT
*Hải Giang, ngày 05
tháng 01 năm 2026*

*V/v bảo đảm thông tin liên lạc
dịp Tết Nguyên đán*
V/v bảo đảm thông tin liên lạc

** **

**Kính gửi:**

- UBND các xã, phường,
đặc khu;

- Các doanh nghiệp viễn thông.

Sở đề nghị các đơn vị thực hiện./.
"""
TORN = """Kính gửi:
Số: 15/SKHCN-BCVT
UBND TỈNH HẢI GIANG
Hải Giang, ngày 05 tháng 01 năm 2026
V/v bảo đảm thông tin liên lạc dịp Tết Nguyên đán
- UBND các xã, phường, đặc khu;
- Các doanh nghiệp viễn thông.
Sở đề nghị các đơn vị thực hiện./.
"""


@pytest.mark.parametrize(
    "text", [LETTER, COLUMNS, ONE_SPACE, DRESSED], ids=["plain", "columns", "one-space", "dressed"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_one_letter_however_it_was_pasted(text, ends):
    paper = read(text.replace("\n", ends))
    assert paper.kind == "công văn"
    assert (paper.parent_agency, paper.agency) == ("UBND TỈNH HẢI GIANG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    assert (paper.number, paper.place, paper.date_iso) == ("15/SKHCN-BCVT", "Hải Giang", "2026-01-05")
    assert paper.subject == "bảo đảm thông tin liên lạc dịp Tết Nguyên đán"
    assert paper.recipient_label == "Kính gửi"
    assert paper.recipients == ("UBND các xã, phường, đặc khu", "Các doanh nghiệp viễn thông")
    assert paper.body == "Sở đề nghị các đơn vị thực hiện./."


def test_header_lines_between_the_label_and_its_list():
    paper = read(TORN)
    assert (paper.number, paper.date_iso) == ("15/SKHCN-BCVT", "2026-01-05")
    assert paper.subject == "bảo đảm thông tin liên lạc dịp Tết Nguyên đán"
    assert paper.recipients == ("UBND các xã, phường, đặc khu", "Các doanh nghiệp viễn thông")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: /STTTT-QLVT", "/STTTT-QLVT"),
        ("Số:           /SNV-XDCQ", "/SNV-XDCQ"),
        ("Số: ....../SNV-XDCQ", "/SNV-XDCQ"),
        ("Số: … /SNV-XDCQ", "/SNV-XDCQ"),
        ("Số: 07 /QĐ-UBND", "07/QĐ-UBND"),
        ("Số 53-CV/TU", "53-CV/TU"),
        ("Số: 12a/KH-BCĐ", "12a/KH-BCĐ"),
        ("Số: 01/2026/QĐ-UBND", "01/2026/QĐ-UBND"),
        ("Số:", None),
    ],
)
def test_number_as_printed(printed, number):
    assert read(LETTER.replace("Số: 15/SKHCN-BCVT", printed)).number == number


@pytest.mark.parametrize(
    ("printed", "place", "day"),
    [
        ("Hải Giang, ngày tháng 01 năm 2026", "Hải Giang", "2026-01"),
        ("Hải Giang, ngày      tháng 01 năm 2026", "Hải Giang", "2026-01"),
        ("Hải Giang, ngày ... tháng ... năm 2026", "Hải Giang", None),
        ("Hải Giang, ngày … tháng 3 năm 2026", "Hải Giang", "2026-03"),
        ("Thành phố Hồ Chí\nMinh, ngày 28 tháng 11 năm 2025", "Thành phố Hồ Chí Minh", "2025-11-28"),
        ("Hải Giang, ngày 31 tháng 02 năm 2026", "Hải Giang", None),
        ("Hải Giang, ngày 5/1/2026", "Hải Giang", "2026-01-05"),
    ],
)
def test_place_and_day_as_printed(printed, place, day):
    paper = read(LETTER.replace("Hải Giang, ngày 05 tháng 01 năm 2026", printed))
    assert (paper.place, paper.date_iso) == (place, day)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("KẾ HOẠCH", "kế hoạch"),
        ("PHƯƠNG ÁN", "phương án"),
        ("THÔNG BÁO", "thông báo"),
        ("BÁO CÁO", "báo cáo"),
        ("QUYẾT ĐỊNH", "quyết định"),
        ("CHỈ THỊ", "chỉ thị"),
        ("HƯỚNG DẪN", "hướng dẫn"),
        ("TỜ TRÌNH", "tờ trình"),
        ("GIẤY MỜI", "giấy mời"),
        ("CHƯƠNG TRÌNH", "chương trình"),
        ("CÔNG ĐIỆN", "công điện"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "spaced"])
def test_typed_kinds_with_their_subject(title, kind, gap):
    lines = [
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 03/AB-SKHCN",
        "Hải Giang, ngày 05 tháng 01 năm 2026",
        title,
        "Bảo đảm thông tin liên lạc phục vụ cuộc bầu cử đại biểu Quốc hội",
        "khóa XVI, nhiệm kỳ 2026 - 2031",
        "Căn cứ Luật Viễn thông số 24/2023/QH15;",
        "Sở làm như sau:",
        "1. Việc thứ nhất.",
    ]
    paper = read(gap.join(lines))
    assert paper.kind == kind
    assert paper.subject == (
        "Bảo đảm thông tin liên lạc phục vụ cuộc bầu cử đại biểu Quốc hội khóa XVI, nhiệm kỳ 2026 - 2031"
    )
    assert paper.body.startswith("Căn cứ Luật Viễn thông")
    assert [basis.number for basis in paper.bases] == ["24/2023/QH15"]
    assert (paper.recipient_label, paper.recipients) == (None, ())


def test_decision_keeps_its_issuer_line_in_the_body_and_ve_viec_in_its_title():
    paper = read(
        "ỦY BAN NHÂN DÂN\nTỈNH HẢI GIANG\nSố: 9/QĐ-UBND\nHải Giang, ngày 3 tháng 2 năm 2026\nQUYẾT ĐỊNH\n"
        "Về việc thành lập Tổ trực\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẢI GIANG\nCăn cứ Luật A;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Thành lập Tổ trực.\nĐiều 2. Quyết định này có hiệu lực từ ngày 01/3/2026."
    )
    assert (paper.kind, paper.subject) == ("quyết định", "Về việc thành lập Tổ trực")
    assert paper.agency == "ỦY BAN NHÂN DÂN TỈNH HẢI GIANG"
    assert paper.body.split("\n")[:3] == ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẢI GIANG", "Căn cứ Luật A;", "QUYẾT ĐỊNH:"]
    assert [item.label for item in paper.items] == ["Điều 1", "Điều 2"]
    assert [(each.type, each.due) for each in paper.deadlines] == [("effective", "2026-03-01")]


def test_telegram_names_whom_it_wires_and_how_urgently():
    paper = read(
        "CÔNG ĐIỆN HỎA TỐC\nVỀ VIỆC ỨNG PHÓ\nBÃO SỐ 5\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẢI GIANG điện:\n\n"
        "- Giám đốc các sở, ban,\nngành;\n- Chủ tịch UBND các xã, phường;\n\nBão số 5 đang vào bờ. Yêu cầu:\n1. Trực."
    )
    assert (paper.kind, paper.urgency, paper.subject) == ("công điện", "HỎA TỐC", "ỨNG PHÓ BÃO SỐ 5")
    assert paper.recipient_label == "điện"
    assert paper.recipients == ("Giám đốc các sở, ban, ngành", "Chủ tịch UBND các xã, phường")
    assert paper.agency is None


@pytest.mark.parametrize(
    ("block", "recipients"),
    [
        ("Kính gửi: Viễn thông Hải Giang.\n\nThân bài.", ["Viễn thông Hải Giang"]),
        (
            "Kính gửi: Chủ tịch Ủy ban nhân dân các xã, phường, đặc khu trực\nthuộc tỉnh\nThực hiện Kế hoạch số 1/KH-A.",
            ["Chủ tịch Ủy ban nhân dân các xã, phường, đặc khu trực thuộc tỉnh"],
        ),
        ("Kính gửi:  - Các xã, phường;\n- Bưu điện tỉnh.\nThân bài.", ["Các xã, phường", "Bưu điện tỉnh"]),
        ("Kính gửi:\nSở Nội vụ;\nSở Tài chính.\n\nThân bài.", ["Sở Nội vụ", "Sở Tài chính"]),
        (
            "Kính gửi: Thủ tướng Chính phủ.\nĐồng kính gửi:\n- Bộ Nội vụ;\n- Bộ Tài chính.\n\nThân bài.",
            ["Thủ tướng Chính phủ", "Bộ Nội vụ", "Bộ Tài chính"],
        ),
        (
            "Kính gửi: Ông Lê An, Giám đốc A\n          Bà Hà My, Giám đốc B\n\nThân bài.",
            ["Ông Lê An, Giám đốc A", "Bà Hà My, Giám đốc B"],
        ),
        ("Kính gửi:\n\n- Sở A;\n\n- Sở B.\n\nThân bài.", ["Sở A", "Sở B"]),
    ],
)
def test_addressees(block, recipients):
    paper = read(f"Số: 1/AB-C\nV/v việc\n\n{block}")
    assert list(paper.recipients) == recipients
    assert paper.body in ("Thân bài.", "Thực hiện Kế hoạch số 1/KH-A.")


def test_nothing_is_invented():
    paper = read("Hôm nay trời đẹp.\n\nChúng tôi kính gửi lời chào tới ông Nguyễn Văn An.")
    values = (paper.kind, paper.agency, paper.number, paper.place, paper.date_iso, paper.subject, paper.recipient_label)
    assert values == (None,) * 7
    assert (paper.recipients, paper.items, paper.deadlines, paper.bases, paper.noi_nhan) == ((), (), (), (), ())
    assert paper.signer.name is None
    assert read("") == read(" \n\u200b\n")


def test_an_invitation_without_a_subject_begins_with_its_body():
    paper = read("GIẤY MỜI\n\nSở Khoa học và Công nghệ trân trọng kính mời: Ông Lê Hoàng Nam\nTới dự: Họp giao ban./.")
    assert (paper.kind, paper.subject) == ("giấy mời", None)
    assert paper.body.startswith("Sở Khoa học và Công nghệ trân trọng kính mời: Ông Lê Hoàng Nam\n")
