"""Phrases of time: their types, and the moment at which a demand is late."""

# ruff: noqa: DTZ001

from datetime import date, datetime

import pytest

from directives.paper import due_moment, read

OPENING = "Số: 1/AB-C\nV/v việc\n\nKính gửi: Các đơn vị.\n\nSở yêu cầu:\n\n1. Mở đầu.\n\n2. "


def one(sentence: str):
    (found,) = read(f"{OPENING}{sentence}\n\n3. Kết thúc.").deadlines
    return found


def lunar(day: int, month: int) -> date:
    return {(28, 12): date(2026, 2, 15), (2, 1): date(2026, 2, 18)}[day, month]


@pytest.mark.parametrize(
    ("sentence", "phrase", "due", "late"),
    [
        ("Nộp trước ngày 20/01/2026.", "trước ngày 20/01/2026", "2026-01-20", datetime(2026, 1, 20)),
        ("Nộp trước 15h00 ngày 20/01/2026.", "trước 15h00 ngày 20/01/2026", "2026-01-20", datetime(2026, 1, 20, 15)),
        (
            "Nộp trước 17 giờ 30 phút, ngày 20 tháng 01 năm 2026.",
            "trước 17 giờ 30 phút, ngày 20 tháng 01 năm 2026",
            "2026-01-20",
            datetime(2026, 1, 20, 17, 30),
        ),
        ("Nộp chậm nhất ngày 05/3/2026.", "chậm nhất ngày 05/3/2026", "2026-03-05", datetime(2026, 3, 6)),
        (
            "Nộp chậm nhất là 24h00 ngày 5-3-2026.",
            "chậm nhất là 24h00 ngày 5-3-2026",
            "2026-03-05",
            datetime(2026, 3, 6),
        ),
        ("Trực đến hết ngày 05.03.2026.", "đến hết ngày 05.03.2026", "2026-03-05", datetime(2026, 3, 6)),
        (
            "Việc này hoàn thành ngay trong ngày 05 tháng 3 năm 2026.",
            "hoàn thành ngay trong ngày 05 tháng 3 năm 2026",
            "2026-03-05",
            datetime(2026, 3, 6),
        ),
        ("Hạn cuối: ngày 20/3/2026.", "Hạn cuối: ngày 20/3/2026", "2026-03-20", datetime(2026, 3, 21)),
        ("Nộp trước thứ Sáu, ngày 20/3/2026.", "trước thứ Sáu, ngày 20/3/2026", "2026-03-20", datetime(2026, 3, 20)),
        ("Trực đến hết tháng 12 năm 2025.", "đến hết tháng 12 năm 2025", "2025-12-31", datetime(2026, 1, 1)),
        ("Duy trì đến hết năm 2025.", "đến hết năm 2025", "2025-12-31", datetime(2026, 1, 1)),
        ("Trình xong trước 25/8.", "xong trước 25/8", "08-25", None),
        (
            "Nộp trước 11h30' ngày 05/02/2026.",
            "trước 11h30' ngày 05/02/2026",
            "2026-02-05",
            datetime(2026, 2, 5, 11, 30),
        ),
        (
            "Nộp trước 10 giờ sáng ngày 05/02/2026.",
            "trước 10 giờ sáng ngày 05/02/2026",
            "2026-02-05",
            datetime(2026, 2, 5, 10),
        ),
        (
            "Nộp trước 2 giờ chiều ngày 05/02/2026.",
            "trước 2 giờ chiều ngày 05/02/2026",
            "2026-02-05",
            datetime(2026, 2, 5, 14),
        ),
        ("Gửi trong sáng ngày 05/02/2026.", "trong sáng ngày 05/02/2026", "2026-02-05", datetime(2026, 2, 6)),
        (
            "Gửi trước 10h00, ngày thứ Hai (02/02/2026).",
            "trước 10h00, ngày thứ Hai (02/02/2026",
            "2026-02-02",
            datetime(2026, 2, 2, 10),
        ),
        ("Hạn nộp: 20/3/2026.", "Hạn nộp: 20/3/2026", "2026-03-20", datetime(2026, 3, 21)),
        ("Thời hạn hoàn thành: 30/6/2026.", "Thời hạn hoàn thành: 30/6/2026", "2026-06-30", datetime(2026, 7, 1)),
        (
            "Việc này hoàn thành vào ngày 20/3/2026.",
            "hoàn thành vào ngày 20/3/2026",
            "2026-03-20",
            datetime(2026, 3, 21),
        ),
        (
            "Gửi lịch trực trước ngày 20 tháng Chạp (ngày 07/02/2026).",
            "trước ngày 20 tháng Chạp",
            "2026-02-07",
            datetime(2026, 2, 7),
        ),
        ("Nộp trước tháng 5/2026.", "trước tháng 5/2026", "2026-05", datetime(2026, 5, 1)),
        ("Gửi trước ngày 28 tháng Chạp.", "trước ngày 28 tháng Chạp", None, datetime(2026, 2, 15)),
        ("Gửi trước 14h00 mùng 2 Tết.", "trước 14h00 mùng 2 Tết", None, datetime(2026, 2, 18, 14)),
    ],
)
def test_deadlines_and_when_they_are_late(sentence, phrase, due, late):
    found = one(sentence)
    assert (found.phrase, found.type, found.due, found.item) == (phrase, "deadline", due, "2")
    assert due_moment(found, lunar=lunar) == late


def test_day_without_year_takes_the_year_of_the_paper_only_when_given():
    found = one("Nộp trước ngày 15/01.")
    assert found.due == "01-15"
    assert due_moment(found) is None
    assert due_moment(found, issued="2025-12-20") == datetime(2026, 1, 15)
    assert due_moment(found, issued="2026-01") == datetime(2026, 1, 15)


def test_lunar_day_without_a_calendar_is_no_moment():
    assert due_moment(one("Gửi trước ngày 28 tháng Chạp.")) is None


@pytest.mark.parametrize(
    ("sentence", "phrase", "every", "time", "due"),
    [
        ("Gửi số liệu trước 13 giờ hằng ngày về Sở.", "trước 13 giờ hằng ngày", "day", "13:00", None),
        ("Báo cáo nhanh 02 lần/ngày về Sở.", "Báo cáo nhanh 02 lần/ngày", "2/day", None, None),
        ("Đơn vị báo cáo hằng ngày về Sở trước 16 giờ.", "báo cáo hằng ngày về Sở trước 16 giờ", "day", "16:00", None),
        (
            "Giao ban trước 7 giờ 30 và 16 giờ 30 hàng ngày.",
            "trước 7 giờ 30 và 16 giờ 30 hàng ngày",
            "2/day",
            "07:30",
            None,
        ),
        ("Nộp trước 15 giờ thứ Sáu hằng tuần.", "trước 15 giờ thứ Sáu hằng tuần", "week", "15:00", None),
        ("Nộp trước ngày 25 hằng tháng.", "trước ngày 25 hằng tháng", "month", None, "25"),
        ("Nộp trước ngày 10 tháng 6 hàng năm.", "trước ngày 10 tháng 6 hàng năm", "year", None, "06-10"),
        ("Nộp trước ngày 15/01 của năm sau liền kề.", "trước ngày 15/01 của năm sau liền kề", "year", None, "01-15"),
        ("Hằng ngày, trước 16 giờ 00, báo cáo về Sở.", "Hằng ngày, trước 16 giờ 00", "day", "16:00", None),
        ("Hằng ngày báo cáo Sở vào 8h.", "Hằng ngày báo cáo Sở vào 8h", "day", "08:00", None),
        ("Báo cáo 2 lần một ngày.", "Báo cáo 2 lần một ngày", "2/day", None, None),
        ("Báo cáo ngày 02 lần về Sở.", "Báo cáo ngày 02 lần", "2/day", None, None),
        ("Báo cáo mỗi ngày một lần.", "Báo cáo mỗi ngày một lần", "day", None, None),
        ("Báo cáo 3 giờ/lần về Sở.", "3 giờ/lần", "3 hour", None, None),
        ("Báo cáo ngày trước 16h30.", "Báo cáo ngày trước 16h30", "day", "16:30", None),
        ("Định kỳ thứ Sáu hằng tuần báo cáo Sở.", "Định kỳ thứ Sáu hằng tuần", "week", None, None),
        ("Hằng tháng, các đơn vị báo cáo Sở.", "Hằng tháng", "month", None, None),
        ("Định kỳ hằng tháng (trước ngày 20) gửi báo cáo.", "Định kỳ hằng tháng (trước ngày 20", "month", None, "20"),
        (
            "Định kỳ hằng quý, trước ngày 10 của tháng đầu quý sau, gửi báo cáo.",
            "Định kỳ hằng quý, trước ngày 10 của tháng đầu quý sau",
            "quarter",
            None,
            "10",
        ),
        ("Gửi báo cáo trước ngày 15 của tháng cuối quý.", "trước ngày 15 của tháng cuối quý", "quarter", None, "15"),
        ("Báo cáo định kỳ 6 tháng về Sở.", "định kỳ 6 tháng", "6 month", None, None),
    ],
)
def test_recurring(sentence, phrase, every, time, due):
    found = one(sentence)
    assert (found.phrase, found.type, found.every, found.time, found.due) == (phrase, "recurring", every, time, due)
    assert due_moment(found) is None


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        (
            "Trả lời trong 05 ngày làm việc kể từ ngày nhận được văn bản.",
            "trong 05 ngày làm việc kể từ ngày nhận được văn bản",
        ),
        ("Báo cáo sau bầu cử 03 ngày.", "sau bầu cử 03 ngày"),
        ("Nộp chậm nhất 03 ngày sau ngày bầu cử.", "chậm nhất 03 ngày sau ngày bầu cử"),
        ("Báo cáo trong vòng 24 giờ kể từ khi xảy ra sự cố.", "trong vòng 24 giờ kể từ khi xảy ra sự cố"),
        ("Khắc phục trong 24h kể từ khi nhận tin.", "trong 24h kể từ khi nhận tin"),
        ("Báo cáo khi có sự cố (không quá 30 phút kể từ khi phát hiện).", "không quá 30 phút kể từ khi phát hiện"),
        ("Kiểm tra xong trước ngày khai mạc 05 ngày.", "xong trước ngày khai mạc 05 ngày"),
        ("Kiểm tra xong 05 ngày trước ngày khai mạc.", "05 ngày trước ngày khai mạc"),
        ("Hoàn thành trước Tết Nguyên đán.", "Hoàn thành trước Tết Nguyên đán"),
        ("Nộp trong vòng 5 ngày làm việc và lưu bản chính.", "trong vòng 5 ngày làm việc"),
    ],
)
def test_relative(sentence, phrase):
    found = one(sentence)
    assert (found.phrase, found.type, found.due) == (phrase, "relative", None)


@pytest.mark.parametrize(
    ("sentence", "kind", "due"),
    [
        ("Trực từ ngày 14/02/2026 đến hết ngày 22/02/2026.", "window", "2026-02-14 .. 2026-02-22"),
        ("Trực từ ngày 16 đến ngày 20/01/2026.", "window", "2026-01-16 .. 2026-01-20"),
        ("Trực từ tháng 10 năm 2025 đến hết tháng 3 năm 2026.", "window", "2025-10 .. 2026-03-31"),
        ("Trực từ ngày 28 tháng Chạp đến mùng 6 Tết.", "window", None),
        ("Trực trong các ngày 14, 15 và 16/3/2026.", "window", "2026-03-14 .. 2026-03-16"),
        (
            "Nghỉ từ thứ Bảy, ngày 14/02/2026 (tức 27 tháng Chạp) đến hết Chủ nhật, ngày 22/02/2026.",
            "window",
            "2026-02-14 .. 2026-02-22",
        ),
        ("Ra quân đồng loạt vào ngày 08/3/2026.", "milestone", "2026-03-08"),
        ("Lễ khai mạc: 19 giờ 30, ngày 20/9/2026.", "milestone", "2026-09-20"),
        ("Thời gian: từ 8h00 đến 11h00 ngày 20/9/2026.", "milestone", "2026-09-20"),
        ("Hội nghị trực tuyến vào 8h00, ngày 15/01/2026.", "milestone", "2026-01-15"),
        ("Tổng kết trong tháng 10 năm 2026.", "milestone", "2026-10"),
        ("Hoàn thành trong quý I/2026.", "window", "2026-01 .. 2026-03"),
        ("Sở dự kiến tổ chức hội nghị vào ngày 02/02/2026.", "milestone", "2026-02-02"),
        ("Tổng kết vào tháng 4 năm 2026.", "milestone", "2026-04"),
        ("Thời gian: 08 giờ 00, ngày 05/02/2026.", "milestone", "2026-02-05"),
        ("Quy định này có hiệu lực thi hành từ ngày 01/3/2026.", "effective", "2026-03-01"),
    ],
)
def test_windows_milestones_and_effect_bind_no_one(sentence, kind, due):
    found = one(sentence)
    assert (found.type, found.due) == (kind, due)
    assert due_moment(found) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Công văn số 12/SNV-VP ngày 20/01/2020 và Luật số 1/2015/QH13 ngày 25/6/2015.",
        "Các dự án đã được phê duyệt trước ngày 01/7/2025 thực hiện theo quy định cũ.",
        "Trực 24/24 giờ trước, trong và sau ngày bầu cử.",
        "Hoàn thành trước ngày 31/02/2026.",
        "Số liệu tính đến hết ngày 30/6/2025 là 12.",
        "Phục vụ đời sống hằng ngày của nhân dân.",
        "Việc này thực hiện báo cáo định kỳ hằng tháng theo quy định tại Kế hoạch.",
    ],
)
def test_what_is_no_deadline(sentence):
    assert read(f"{OPENING}{sentence}\n\n3. Kết thúc.").deadlines == ()


def test_the_lunar_words_for_a_window_are_no_second_one():
    text = (
        f"{OPENING}Nghỉ từ ngày 14/02/2026 đến hết ngày 22/02/2026 (tức từ 27 tháng Chạp năm Ất Tỵ đến hết mùng 6 tháng "
        "Giêng năm Bính Ngọ)."
    )
    assert [(each.type, each.due) for each in read(text).deadlines] == [("window", "2026-02-14 .. 2026-02-22")]


def test_two_days_of_every_year():
    text = f"{OPENING}Báo cáo trước ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm."
    assert [(each.every, each.due) for each in read(text).deadlines] == [("year", "06-15"), ("year", "12-15")]


def test_an_order_told_in_the_preamble_is_past():
    text = OPENING.replace(
        "Sở yêu cầu:", "Ngày 28/10/2025, Sở đã yêu cầu các đơn vị hoàn thành trước ngày 30/10/2025. Sở yêu cầu:"
    )
    assert read(f"{text}Nộp.").deadlines == ()


def test_path_of_the_item():
    paper = read(
        f"{OPENING}Việc:\na) Nộp trước ngày 01/3/2026;\n- Gạch.\n\nII. KHÁC\n3. Nhóm\n3.1. Nộp trước ngày 02/3/2026."
        "\nSở nhắc nộp trước ngày 03/3/2026."
    )
    assert [each.item for each in paper.deadlines] == ["2.a", "II.3.1", None]
