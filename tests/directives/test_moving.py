"""A paper moved to the next occasion: what becomes of every date, what stays, and why. No database."""

from datetime import date

import pytest

from directives.moving import OccasionDates, guess_occasion, move_dates, standing

TET = {year: OccasionDates("tet", on, name) for year, on, name in (
    (2024, date(2024, 2, 10), "Tết Nguyên đán Giáp Thìn năm 2024"),
    (2025, date(2025, 1, 29), "Tết Nguyên đán Ất Tỵ năm 2025"),
    (2026, date(2026, 2, 17), "Tết Nguyên đán Bính Ngọ năm 2026"),
    (2027, date(2027, 2, 6), "Tết Nguyên đán Đinh Mùi năm 2027"),
    (2032, date(2032, 2, 11), "Tết Nguyên đán Nhâm Tý năm 2032"),
    (2033, date(2033, 1, 31), "Tết Nguyên đán Quý Sửu năm 2033"),
)}  # fmt: skip
VOTE = {year: OccasionDates("election", on) for year, on in ((2021, date(2021, 5, 23)), (2026, date(2026, 3, 15)))}
BY_VOTE = OccasionDates("election", date(2027, 6, 13)), OccasionDates("election", date(2028, 9, 10))
NATIONAL = {
    year: OccasionDates("national_day", date(year, 9, 2), f"Quốc khánh 02/9 năm {year}") for year in (2025, 2026)
}
STORM = (
    OccasionDates("other", date(2025, 10, 6), "Ứng phó bão số 11"),
    OccasionDates("other", date(2026, 7, 20), "Ứng phó bão số 3"),
)
ROUNDS = {
    "tet": (TET[2026], TET[2027]),
    "no 30 Chạp": (TET[2024], TET[2025]),
    "30 Chạp again": (TET[2032], TET[2033]),
    "vote": (VOTE[2021], VOTE[2026]),
    "by-vote": BY_VOTE,
    "national": (NATIONAL[2025], NATIONAL[2026]),
    "storm": STORM,
}
# Round, text, what it becomes, words of the reason of the first move.
SAYS = [
    ("tet", "trước ngày 10/02/2026.", "trước ngày 30/01/2027.", "23 tháng Chạp (D-7)"),
    ("tet", "ngày 5 tháng 02 năm 2026", "ngày 25 tháng 01 năm 2027", "18 tháng Chạp"),
    ("tet", "từ 7 giờ 00 ngày 14/02/2026", "từ 7 giờ 00 ngày 03/02/2027", "27 tháng Chạp"),
    ("tet", "từ ngày 10/01 đến hết ngày 22/02/2026", "từ ngày 30/12/2026 đến hết ngày 11/02/2027", "22 tháng Mười một"),
    ("tet", "các ngày 14, 15 và 16/02/2026", "các ngày 03, 04 và 05/02/2027", "giao thừa (D-1)"),
    ("tet", "thứ Sáu, ngày 13/02/2026", "thứ Ba, ngày 02/02/2027", "26 tháng Chạp"),
    ("tet", "ngày 12.02.2026 (thứ 5)", "ngày 01.02.2027 (thứ 2)", "25 tháng Chạp"),
    ("tet", "ngày 23 tháng Chạp năm Ất Tỵ", "ngày 23 tháng Chạp năm Bính Ngọ", "thứ Bảy, 30/01/2027"),
    ("tet", "từ 28 Chạp đến mùng 3 Tết", "từ 28 Chạp đến mùng 3 Tết", "thứ Năm, 04/02/2027"),
    ("tet", "DỊP TẾT NGUYÊN ĐÁN BÍNH NGỌ NĂM 2026", "DỊP TẾT NGUYÊN ĐÁN ĐINH MÙI NĂM 2027", "tên đợt"),
    ("tet", "dịp Tết Bính Ngọ 2026, Xuân 2026", "dịp Tết Đinh Mùi 2027, Xuân 2027", "tên đợt"),
    ("tet", "trong tháng 12/2025 và quý I/2026", "trong tháng 12/2026 và quý I/2027", "tháng tương ứng"),
    ("tet", "tuần cuối tháng 02 năm 2026", "tuần cuối tháng 02 năm 2027", "tháng tương ứng"),
    ("tet", "kỷ niệm 96 năm Ngày thành lập Đảng 03/02/2026", "kỷ niệm 97 năm Ngày thành lập Đảng 03/02/2027", "số năm"),
    ("tet", "nghỉ từ ngày 14/02/2026 đến ngày 22/02/2026", "nghỉ từ ngày 04/02/2027 đến ngày 10/02/2027", "kỳ nghỉ"),
    ("tet", "Tết Dương lịch 2026 (01/01/2026), hết ngày 31/12/2025", "Tết Dương lịch 2027 (01/01/2027), hết ngày 31/12/2026", "năm"),
    ("no 30 Chạp", "đêm 30 Tết (09/02/2024)", "đêm 29 Tết (28/01/2025)", "tháng Chạp này có 29 ngày"),
    ("no 30 Chạp", "ngày 08/02/2024", "ngày 28/01/2025", "29 tháng Chạp"),
    ("30 Chạp again", "đêm 29 Tết, sáng 28 tháng Chạp", "đêm 30 Tết, sáng 28 tháng Chạp", "tháng Chạp này có 30 ngày"),
    ("vote", "Quốc hội khoá XV, HĐND nhiệm kỳ 2021-2026", "Quốc hội khoá XVI, HĐND nhiệm kỳ 2026-2031", "khóa tiếp theo"),
    ("vote", "niêm yết danh sách cử tri ngày 13/4/2021", "niêm yết danh sách cử tri ngày 03/02/2026", "D-40, mốc luật định"),
    ("vote", "hết hạn nộp hồ sơ ứng cử: ngày 14/3/2021", "hết hạn nộp hồ sơ ứng cử: ngày 01/02/2026", "(luật cũ D-70)"),
    ("vote", "kiểm tra trạm phát sóng ngày 03/4/2021", "kiểm tra trạm phát sóng ngày 24/01/2026", "D-50; trùng mốc luật định"),
    ("vote", "ngày 23/5/2021, khóa XIII của Đảng, nhiệm kỳ 2020 - 2025", "ngày 15/3/2026, khóa XIII của Đảng, nhiệm kỳ 2020 - 2025", "D"),
    ("by-vote", "trước 16 giờ ngày 10/6/2027", "trước 16 giờ ngày 07/9/2028", "D-3"),
    ("national", "dịp Quốc khánh 02/9/2025", "dịp Quốc khánh 02/9/2026", "cố định 02/9"),
    ("national", "trực từ ngày 30/8 đến 02/9/2025; kỷ niệm 80 năm", "trực từ ngày 30/8 đến 02/9/2026; kỷ niệm 81 năm", "D-3"),
    ("storm", "Bão số 11: trước 17 giờ 00 ngày 05/10/2025", "Bão số 3: trước 17 giờ 00 ngày 19/7/2026", "tên đợt"),
    ("storm", "ngày 06/10/2025 (tức 15 tháng Tám)", "ngày 20/7/2026 (tức mùng 7 tháng Sáu)", "D"),
]  # fmt: skip
STAYS = [
    "Thực hiện Kế hoạch số 15/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh về bảo đảm Tết Nguyên đán Bính Ngọ năm 2026;",
    "theo Công văn số 12/SKHCN-BCVT ngày 15/01/2026 của Sở về trực Tết năm 2026.",
    "Luật số 85/2015/QH13, Nghị định số 30/2020/NĐ-CP, Luật Viễn thông năm 2023, giai đoạn 2021 - 2026",
    "điện thoại 0903.112.334, 02373.718.258; trực 24/24 giờ, 24/7; kinh phí 15.000.000 đồng; 1/2 số trạm; lúc 7 giờ 30",
    "Ngày thành lập Đảng 03/02/1930; nhiệm kỳ 2025 - 2030; Văn bản số 20/01/2026",
]


@pytest.mark.parametrize(("name", "text", "becomes", "why"), SAYS)
def test_a_text_moves_with_its_occasion(name, text, becomes, why):
    old, new = ROUNDS[name]
    moved = move_dates(text, old=old, new=new)
    assert moved.changed() == becomes
    assert why in moved.moves[0].why
    for move in moved.moves:
        assert text[move.start : move.end] == move.old
        assert becomes[moved.place(move.start) :].startswith(move.new)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_cited_and_what_is_no_date_stays(text):
    assert move_dates(text, old=TET[2026], new=TET[2027]).changed() == text


def test_cited_papers_are_told_apart_and_a_deadline_behind_them_moves():
    first = "Căn cứ Chỉ thị số 53-CT/TU ngày 18/12/2025 của Tỉnh ủy;\n"
    text = f"{first}Theo Kế hoạch số 15/KH-UBND ngày 05/01/2026, nộp trước ngày 20/01/2026."
    moved = move_dates(text, old=TET[2026], new=TET[2027])
    cited = [move.old for move in moved.moves if move.what == "cited"]
    assert cited == ["Chỉ thị số 53-CT/TU ngày 18/12/2025 của Tỉnh ủy", "Kế hoạch số 15/KH-UBND ngày 05/01/2026"]
    assert moved.changed().endswith("ngày 05/01/2026, nộp trước ngày 09/01/2027.")


def test_a_deadline_on_a_day_of_rest_is_told_and_other_days_are_offered():
    (move,) = move_dates("báo cáo trước ngày 20/01/2026", old=TET[2026], new=TET[2027]).moves
    assert (move.old_on, move.new_on) == (date(2026, 1, 20), date(2027, 1, 9))
    assert move.day_off == "thứ Bảy; ngày làm việc liền trước là thứ Sáu, 08/01/2027"
    assert [offer.new for offer in move.offers] == ["08/01/2027", "20/01/2027", "20/01/2026"]


def test_a_day_far_from_the_occasion_is_told_and_stays():
    (move,) = move_dates("hiệu lực từ ngày 01/7/2025", old=TET[2026], new=TET[2027]).moves
    assert move.kept and "231 ngày" in move.why


def test_names_of_bodies_follow_their_new_names_and_months_keep_their_writing():
    text = "Sở Thông tin và Truyền thông nhận báo cáo ngày 20/03/2026 và 25/03/2026"
    pairs = [("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ")]
    moved = move_dates(text, old=TET[2026], new=TET[2027], renamed=pairs)
    assert moved.changed() == "Sở Khoa học và Công nghệ nhận báo cáo ngày 09/03/2027 và 14/03/2027"


def test_words_chosen_by_a_person_stand_instead_and_places_follow():
    text = "1. Gửi trước ngày 20/01/2026.\n2. Trực dịp Tết năm 2026."
    moved = move_dates(text, old=TET[2026], new=TET[2027])
    chosen = {moved.moves[0]: "thứ Sáu, ngày 08/01/2027"}
    assert moved.changed(chosen) == "1. Gửi trước ngày thứ Sáu, ngày 08/01/2027.\n2. Trực dịp Tết năm 2027."
    assert moved.changed(chosen)[moved.place(text.index("2. Trực"), chosen) :].startswith("2. Trực")


def test_words_stand_where_they_stand_alone():
    text = "ngày 20/01; ngày 20/01/2027 và 20/01, năm 2027, ngày 20 tháng 01 năm 2027"
    words = ["20/01", "20/01/2027", "năm 2027", "20 tháng 01 năm 2027", "vắng"]
    places = [[text[start:end] for start, end in each] for each in standing(text, words)]
    assert places == [["20/01"] * 2, ["20/01/2027"], ["năm 2027"], ["20 tháng 01 năm 2027"], []]


@pytest.mark.parametrize(
    ("kind", "text", "day"),
    [
        ("tet", "bảo đảm thông tin dịp Tết Nguyên đán Canh Tý năm 2020", date(2020, 1, 25)),
        ("national_day", "lễ Quốc khánh 02/9 năm 2019", date(2019, 9, 2)),
        ("election", "bầu cử đại biểu HĐND các cấp nhiệm kỳ 2021 - 2026", date(2021, 5, 23)),
        ("election", "bầu cử bổ sung, bỏ phiếu vào Chủ nhật, ngày 13/6/2027", date(2027, 6, 13)),
        ("tet", "trực Tết", None),
        ("other", "ứng phó bão năm 2025", None),
    ],
)
def test_the_old_occasion_is_proposed_from_the_words(kind, text, day):
    found = guess_occasion(text, kind)
    assert (found and found.d_day) == day
