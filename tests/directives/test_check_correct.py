"""Papers that are right in another way than the models: other layouts, other authorities, words that only look wrong."""

import re

import pytest

from bench.accuracy import CORPUS, paper_text
from directives.paper import Paper, read
from directives.paper.check import check
from tests.directives.check_models import LETTER, PLAN
from tests.directives.check_pairs import SIGN
from tests.directives.test_check_rules import KNOWN

COLUMNS = """UBND TỈNH HẢI GIANG          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ KHOA HỌC VÀ CÔNG NGHỆ          Độc lập - Tự do - Hạnh phúc
―――――――          ―――――――――
Số: 05/SKHCN-BCVT          Hải Giang, ngày 05 tháng 01 năm 2026
V/v bảo đảm thông tin liên lạc
dịp tết Nguyên đán Bính Ngọ

"""
BESIDE = """Nơi nhận:          KT. GIÁM ĐỐC
- Như trên;          PHÓ GIÁM ĐỐC
- Ủy ban nhân dân tỉnh (để b/c);
- Lưu: VT, BCVT.          Trần Thị Bình
"""
LAYOUTS = {
    "columns": COLUMNS + LETTER[LETTER.index("Kính gửi") : LETTER.index("Nơi nhận")] + BESIDE,
    "hard wraps": re.sub(r"(.{60,75}) ", r"\1\n", LETTER),
    "markdown": "\n".join(f"**{line}**" if line.isupper() else line for line in LETTER.split("\n")),
    "alike": LETTER.replace("dịp tết Nguyên đán Bính Ngọ", "trên địa bàn tỉnh").replace(
        "bưu chính;", "bưu chính trên địa bàn tỉnh;"
    ),
    "number blank": LETTER.replace("Số: 05/", "Số:      /"),
    "urgent": LETTER.replace("Kính gửi:", "HỎA TỐC\n\nKính gửi:").replace("14/01/2026", "07/01/2026"),
}
BLOCKS = (
    *("GIÁM ĐỐC", "Q. GIÁM ĐỐC", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG"),
    *("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG BƯU CHÍNH", "TL. GIÁM ĐỐC\nKT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG"),
    *("TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH", "TM. BAN CHỈ ĐẠO\nKT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN"),
)
CITATIONS = """Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;
Căn cứ Chỉ thị số 46-CT/TW ngày 16 tháng 5 năm 2025 của Bộ Chính trị về lãnh đạo cuộc bầu cử;
Theo đề nghị của Trưởng phòng tại Tờ trình số 12/TTr-BCVT ngày 03/01/2026;"""
WORDS = (
    "Hội đồng nhân dân, Viện kiểm sát nhân dân, lực lượng vũ trang nhân dân, thế trận an ninh nhân dân.",
    "Hành vi vi phạm; thông tin truyền thông thông suốt; năng lực lực lượng.",
    "Các cơ sở xây dựng, cán bộ nội vụ, đồng bộ tài chính.",
    "Lần thứ hai, trực 24/24 giờ tại Thành phố Hồ Chí Minh.",
    "Thư điện tử, điện thoại, điện tín có nội dung xấu; thông tin có nội dung tốt.",
    "Sở Khoa học và Công nghệ đề nghị; gửi về Sở Khoa học và Công nghệ để phối hợp.",
)


def said(text):
    return {each.rule for each in check(read(text), **KNOWN)}


@pytest.mark.parametrize("name", LAYOUTS)
def test_other_layouts(name):
    assert said(LAYOUTS[name]) == set()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.replace("\n", " / "))
def test_other_authorities(block):
    assert said(LETTER.replace(SIGN, f"{block}\n")) == set()


def test_other_citations():
    assert said(PLAN.replace("Căn cứ Luật Viễn thông ngày 24 tháng 11 năm 2023;", CITATIONS)) == set()


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words[:20])
def test_words_that_only_look_wrong(words):
    assert {each.rule for each in check(Paper(body=words), **KNOWN)} == {"no-paper"}


def test_a_reply_that_orders_nothing_has_no_demands():
    start, end = LETTER.index("1. Các doanh nghiệp bưu"), LETTER.index("Sở Khoa học và Công nghệ đề nghị các")
    reply = LETTER[:start].replace("yêu cầu các đơn vị thực hiện:", "có ý kiến như sau:")
    assert said(f"{reply}1. Mạng lưới ổn định.\n\n2. Giá cước không đổi.\n\n{LETTER[end:]}") == set()


def letter_of(opening, *items):
    """The model letter with another opening and other items."""
    start, end = LETTER.index("1. Các doanh nghiệp bưu"), LETTER.index("Sở Khoa học và Công nghệ đề nghị các")
    head = LETTER[:start].replace("yêu cầu các đơn vị thực hiện:", opening)
    return f"{head}{chr(10).join(items)}\n\n{LETTER[end:]}"


def test_a_report_to_a_superior_orders_nothing_though_it_asks_for_things():
    report = letter_of(
        "xin báo cáo như sau:",
        "1. Về mức phí: Sở đề nghị điều chỉnh mức phí theo lộ trình.",
        "2. Về bảo hành: nhà cung cấp có trách nhiệm sửa chữa trong thời gian hợp đồng.",
    )
    assert said(report) == set()


def test_an_opinion_that_gives_tasks_orders():
    given = letter_of("có ý kiến chỉ đạo như sau:", "1. Giao các doanh nghiệp bưu chính, viễn thông kiểm tra các trạm.")
    assert said(given) == {"demand-date", "demand-proof"}
    asked = letter_of("có ý kiến như sau:", "1. Sở đề nghị các doanh nghiệp bưu chính, viễn thông kiểm tra trạm.")
    assert said(asked) == {"demand-date", "demand-proof"}


def test_a_head_of_two_columns_one_space_apart():
    head = (
        "UBND TỈNH HẢI GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ KHOA HỌC VÀ CÔNG NGHỆ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 05/SKHCN-BCVT Hải Giang, ngày 05 tháng 01 năm 2026\nV/v bảo đảm thông tin liên lạc dịp tết\nNguyên đán Bính Ngọ\n\n"
    )
    assert said(head + LETTER[LETTER.index("Kính gửi") :]) == set()


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("dịp tết Nguyên đán Bính Ngọ", "phục vụ bầu cử ngày 15/3/2026"),
        (
            "Kiểm tra nguồn điện",
            "Thực hiện ý kiến của Bộ Khoa học và Công nghệ tại Công văn số 9/BKHCN-CVT ngày 03/01/2026 về kiểm tra",
        ),
        (
            "Kiểm tra nguồn điện",
            "Báo cáo viên, MobiFone, iOffice, panô; nhiệm kỳ 2026-2031, giai đoạn 2026-2030; kiểm tra",
        ),
        ("Kiểm tra nguồn điện", "Kiểm tra thuở ban đầu, quờ quạng, huơ tay, khuỷu, nguồn điện"),
    ],
    ids=["day in the subject", "issuer said before", "names", "rare syllables"],
)
def test_what_only_looks_wrong_in_a_letter(was, now):
    assert was in LETTER
    assert said(LETTER.replace(was, now)) == set()


def test_an_annex_that_a_note_mentions():
    note = "\nTrần Thị Bình\n\n1 Theo mẫu tại Phụ lục.\nPhụ lục\nMẪU BÁO CÁO\n(Kèm theo Công văn số 05/SKHCN-BCVT)\n"
    assert said(LETTER.replace("\nTrần Thị Bình\n", note)) == set()


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real papers is not beside the project")
def test_the_tet_dispatch_is_seen_through():
    """The slip in its addressees, the duty nobody reports, the deadline that ends on a Sunday before the day is known."""
    (file,) = CORPUS.glob("003_*")
    findings = check(read(paper_text(file)), calendar=KNOWN["calendar"])
    places = {each.rule: (each.where, each.message) for each in findings}
    assert places["own-words"][0] == "Kính gửi"
    assert "cấp”/“cáp" in places["own-words"][1]
    assert places["duty-unreported"][0] == "mục 5"
    assert "mạng cấp" in places["duty-unreported"][1]
    assert "19/01/2020, Chủ nhật" in places["due-day-off"][1]
    assert "10/01/2020" in places["lead-blank"][1]
    assert [each.where for each in findings if each.rule == "demand-date"] == [f"mục {n}" for n in (1, 2, 3, 4, 5)]
