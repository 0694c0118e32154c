"""What the printer makes of a paper's words: strict in form, faithful in content."""

from dataclasses import replace

import pytest

from directives.paper.model import Basis, Item, Paper
from directives.pdf import PrintExtras
from directives.pdf.body import body_blocks
from directives.pdf.breaks import pieces, wrap
from directives.pdf.fonts import width
from directives.pdf.ink import Ink
from directives.pdf.runs import Notes
from directives.pdf.sheet import lay_out
from tests.directives.pdf_papers import LETTER, PLAN, TELEGRAM, with_body


def laid(paper):
    ink = Ink()
    notes = Notes(ink)
    notes.open(paper.body)
    return body_blocks(paper.body, paper.items, paper.bases, kind=paper.kind or "", ink=ink, notes=notes)


def lines_of(*paragraphs, kind="kế hoạch"):
    return laid(with_body(Paper(kind=kind), *paragraphs))


def sheet(paper, **extra):
    return lay_out(paper, PrintExtras(**extra))


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (("A;", "B"), ["A;", "B."]),
        (("- A.", "– B,", "+ C;"), ["A;", "B;", "C."]),
        (("A",), ["A"]),
        (("A.",), ["A"]),
        (("", " ; "), []),
    ],
)
def test_addressees_end_as_the_decree_says(given, printed):
    assert sheet(replace(LETTER, recipients=given)).addressees == printed


def test_copies_and_wired_addressees_always_end_with_a_full_stop():
    assert sheet(replace(LETTER, noi_nhan=("Lưu: VT",))).copies == ["Lưu: VT."]
    assert sheet(replace(TELEGRAM, recipients=("Các xã",))).addressees == ["Các xã."]


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("5/SKHCN", "05/SKHCN"),
        ("12/SKHCN", "12/SKHCN"),
        ("0125/KH-UBND", "0125/KH-UBND"),
        (" 7 / QyĐ-SKHCN ", "07/QyĐ-SKHCN"),
        ("/SKHCN", "\u00a0" * 8 + "/SKHCN"),
        (None, "\u00a0" * 8 + "/"),
        ("45", "45"),
    ],
)
def test_number(number, printed):
    assert sheet(replace(LETTER, number=number)).number == printed


def test_what_is_absent_is_absent():
    page = sheet(Paper(body="Xin chào"))
    assert (
        page.dated
        == "Ngày\u00a0\u00a0\u00a0\u00a0 tháng".replace("Ngày", "Ngày ")
        + " \u00a0\u00a0\u00a0\u00a0 năm "
        + "\u00a0" * 8
    )
    assert (page.parent, page.agency, page.about, page.type_name, page.addressees, page.copies) == (
        [],
        [],
        [],
        "",
        [],
        [],
    )
    assert (page.signature.lines, page.signature.name, page.urgency) == ([], "", "")


@pytest.mark.parametrize("subject", ["V/v rà soát.", "Về việc rà soát", "v/v: rà soát;", "rà soát"])
def test_subject_of_a_letter_is_announced_once(subject):
    assert sheet(replace(LETTER, subject=subject)).about == ["V/v rà soát"]


def test_subject_of_a_named_paper_begins_with_a_capital():
    assert sheet(replace(PLAN, subject="bảo đảm liên lạc.")).subject == ["Bảo đảm liên lạc"]


def test_who_wires_may_be_named():
    assert sheet(TELEGRAM, sent_by="Giám đốc Sở").addressed_by == "Giám đốc Sở điện:"
    assert sheet(TELEGRAM).addressed_by == "SỞ KHOA HỌC VÀ CÔNG NGHỆ điện:"
    assert sheet(replace(TELEGRAM, recipient_label="Kính gửi", agency=None)).addressed_by == "Điện:"
    assert sheet(LETTER).addressed_by == ""


@pytest.mark.parametrize("last", ["Kết thúc", "Kết thúc.", "Kết thúc;", "Kết thúc ./.", "Kết thúc. / .", "Kết thúc./."])
def test_the_body_closes_once(last):
    assert [line.text for line in lines_of("Mở đầu.", last)] == ["Mở đầu.", "Kết thúc./."]


def test_a_note_may_follow_the_close():
    assert [line.text for line in lines_of("Kết thúc./.", "(Gửi kèm phụ lục)")] == ["Kết thúc./.", "(Gửi kèm phụ lục)"]


def test_roles_come_from_the_items():
    lines = lines_of(
        "Chương I *Quy định chung*",
        "Mục 2",
        "I. *Mục đích*",
        "1. *Nội dung:*",
        "2. *Doanh nghiệp:* làm ngay.",
        "3. Không có tiêu đề.",
        "a) *Điểm có tiêu đề:*",
        "- Gạch đầu dòng;",
        "Điều 4. *Hiệu lực.*",
        "Điều 5. Thi hành ngay.",
        "Điều 6. *Thành lập Tổ thường trực bảo đảm thông tin liên lạc gồm các ông, bà có tên sau:*",
        "Đoạn thường.",
    )
    assert [(line.role, line.lead, line.text) for line in lines] == [
        ("part", "", "Chương I"),
        ("part", "", "QUY ĐỊNH CHUNG"),
        ("part", "", "Mục 2"),
        ("section", "", "I. MỤC ĐÍCH"),
        ("heading", "", "1. Nội dung:"),
        ("plain", "2. Doanh nghiệp:", "làm ngay."),
        ("plain", "", "3. Không có tiêu đề."),
        ("plain", "", "a) Điểm có tiêu đề:"),
        ("plain", "", "- Gạch đầu dòng;"),
        ("heading", "", "Điều 4. Hiệu lực."),
        ("plain", "Điều 5.", "Thi hành ngay."),
        ("plain", "Điều 6.", "Thành lập Tổ thường trực bảo đảm thông tin liên lạc gồm các ông, bà có tên sau:"),
        ("plain", "", "Đoạn thường./."),
    ]


def test_without_items_every_line_is_a_plain_paragraph():
    body = "I. MỤC ĐÍCH\n1. Một\n\nĐiều 1. Hai"
    lines = laid(Paper(kind="kế hoạch", body=body))
    assert [(line.role, line.lead, line.text) for line in lines] == [
        ("plain", "", "I. MỤC ĐÍCH"),
        ("plain", "", "1. Một"),
        ("plain", "", "Điều 1. Hai./."),
    ]


def test_a_title_on_the_next_line_belongs_to_its_chapter():
    body = "CHƯƠNG I\nQuy định chung\nĐoạn."
    paper = Paper(body=body, items=(Item("Chương I", "Quy định chung", "", (), 0, 23),))
    assert [(line.role, line.text) for line in laid(paper)] == [
        ("part", "CHƯƠNG I"),
        ("part", "QUY ĐỊNH CHUNG"),
        ("plain", "Đoạn./."),
    ]


def test_foreign_bullets_become_dashes():
    body = "\uf0b7 Một;\n• Hai;"
    items = (Item("-", None, "Một;", (), 0, 6), Item("-", None, "Hai;", (), 7, 13))
    assert [line.text for line in laid(Paper(body=body, items=items))] == ["- Một;", "- Hai./."]


@pytest.mark.parametrize(
    ("paragraphs", "bases"),
    [
        (["Căn cứ A,", "Căn cứ B.", "Sở ban hành."], 0),
        (["Căn cứ A;", "Căn cứ B;", "Sở ban hành."], 2),
        (["Căn cứ A;", "Theo đề nghị của B.", "Sở ban hành."], 2),
        (["Thực hiện A;", "Căn cứ B;", "Sở ban hành."], 2),
        (["Thực hiện A;", "Sở yêu cầu."], 0),
        (["Căn cứ A, Sở yêu cầu các đơn vị:", "1. Làm ngay."], 0),
        (["Mở đầu.", "Căn cứ A;"], 0),
    ],
)
def test_bases_are_told_from_sentences(paragraphs, bases):
    lines = lines_of(*paragraphs)
    assert [line.role for line in lines].count("basis") == bases
    assert [line.text[-1] for line in lines[:bases]] == [";", "."][-bases:] if bases else True


def test_a_single_basis_is_known_by_what_the_reader_found():
    body = "Căn cứ Quyết định số 3/QĐ-UBND.\nSở ban hành Kế hoạch."
    whole, part = Basis("Quyết định", start=7, end=30), Basis("Quyết định", start=7, end=17)
    for basis, role in ((whole, "basis"), (part, "plain")):
        lines = laid(Paper(kind="kế hoạch", body=body, bases=(basis,)))
        assert [line.role for line in lines] == [role, "plain"]


def test_a_decision_without_its_resolving_line_is_printed_plainly():
    assert {line.role for line in lines_of("GIÁM ĐỐC SỞ", "Nội dung.", kind="quyết định")} == {"plain"}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("theo Công văn số 4953/UBND-THNV ngày 31/12/2026 của", ["số 4953/UBND-THNV", "31/12/2026"]),
        ("nhiệm kỳ 2026 - 2031, trực 24/24 giờ", ["2026 - 2031", "24/24"]),
        ("Nghị quyết 102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN và https://a.vn/b và/hoặc", []),
        ("(số 35/2025/QĐ-UBND)", ["số 35/2025/QĐ-UBND"]),
        ("từ 07 giờ 00 ngày 12/3 theo khoản 2 Điều 5", ["07 giờ 00", "12/3", "khoản 2", "Điều 5"]),
        ("Đề nghị Quý cơ quan tạo điều kiện để ông có tên ở trên hoàn thành nhiệm vụ.", ["nhiệm vụ."]),
        ("đạt 1.124/1.124 khu vực, gọi 0225 3 999 115.", ["1.124/1.124", "0225 3 999 115"]),
    ],
)
def test_numbers_and_dates_stay_whole(text, whole):
    parts = pieces(text)
    assert "".join(part for part, _ in parts) == text
    assert [part for part, bound in parts if bound] == whole


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH HẢI GIANG VÙNG VEN", ["ỦY BAN NHÂN DÂN", "TỈNH HẢI GIANG VÙNG VEN"]),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG HẢI GIANG", ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG HẢI GIANG"]),
        ("SỞ Y TẾ", ["SỞ Y TẾ"]),
    ],
)
def test_headings_break_by_sense(text, lines):
    assert wrap(text, "Bold", 12, 195) == lines


def test_headings_keep_their_words_and_their_room():
    text = "Bảo đảm thông tin liên lạc phục vụ bầu cử đại biểu Quốc hội khóa XVI nhiệm kỳ 2026 - 2031 trong năm 2026"
    for room in range(120, 500, 20):
        lines = wrap(text, "Bold", 14, room)
        assert " ".join(lines).replace("\u00a0", " ") == text
        assert all(width(line, "Bold", 14) <= room for line in lines)
        assert not any(line.endswith(("năm", "khóa", "-", "kỳ")) for line in lines)


def test_a_word_wider_than_its_column_still_prints():
    assert wrap("A" * 200, "Bold", 12, 100) == ["A" * 200]
    assert wrap("A " + "B" * 200, "Bold", 12, 100) == ["A", "B" * 200]
    assert wrap(" ".join(["chữ"] * 3000), "Bold", 12, 100)
