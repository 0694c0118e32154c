"""The reader never raises, its places point at what it says, and it reads its own body the same way again."""

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from directives.paper import Item, Paper, due_moment, read, requirements, secrecy_mark, to_contract

PIECES = st.sampled_from(
    [
        "Kính gửi:",
        "Kính gửi: Sở A",
        "Đồng kính gửi:",
        "Số: /ABC-VP",
        "V/v việc gì đó",
        "Hải Giang, ngày tháng 01 năm 2026",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CỘNG HÒA",
        "KẾ HOẠCH",
        "CÔNG ĐIỆN KHẨN",
        "CHỦ TỊCH TỈNH điện:",
        "Điều 1. Việc",
        "PHẦN I",
        "I. MỤC ĐÍCH",
        "1. Sở A:",
        "1.1. Rà soát;",
        "2)",
        "a) Gửi báo cáo trước ngày 31/02/2026.",
        "đ) x",
        "- Báo cáo 02 lần/ngày",
        "+ y;",
        "(1). z",
        "trước 24h00 ngày 30 tháng Chạp",
        "từ 07 giờ ngày 16 đến 13 giờ ngày 17/11/2025",
        "từ ngày 28 tháng Chạp đến mùng 6 Tết",
        "Căn cứ Luật A; Quyết định số 1/QĐ-B ngày 99/99/2020 và Chỉ thị số 2-CT/TW;",
        "đã yêu cầu hoàn thành trước ngày 01/01/2020",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT./.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC Trần Văn A",
        "Nguyễn Văn A",
        "**",
        "*",
        "|",
        "MẬT",
        "",
        "\t",
        "\u200b\u00a0",
        "e\u0301",
    ]
)
ENDS = st.sampled_from(["\n", "\n\n", " ", "\r\n", "\t", "   ", "\x0c", ""])
PAPERS = st.lists(st.tuples(PIECES | st.text(max_size=12), ENDS), max_size=40).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)


def _all(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.items)


def check_places(paper: Paper) -> None:
    """Every place lies in the body and holds what is said to stand there."""
    for item in _all(paper.items):
        here = paper.body[item.start : item.end]
        assert here, item
        for line in filter(None, [*item.text.split("\n"), item.heading]):
            assert line in here
        for child in item.items:
            assert item.start <= child.start <= child.end <= item.end
    for one in [*paper.deadlines, *paper.bases]:
        text = one.phrase if hasattr(one, "phrase") else one.text
        assert paper.body[one.start : one.end] == text
    for demand in requirements(paper):
        assert paper.body[demand.start : demand.end] == demand.text


@settings(max_examples=250, deadline=None)
@given(PAPERS | st.text(max_size=400))
def test_any_text_is_read_and_every_place_is_right(text):
    paper = read(text)
    check_places(paper)
    secrecy_mark(text)
    to_contract(paper)
    for deadline in paper.deadlines:
        due_moment(deadline, lunar=lambda day, month: None, issued=paper.date_iso)
    assert "\r" not in paper.body
    assert not re.search(r"\n\n|  ", paper.body)


@settings(max_examples=100, deadline=None)
@given(PAPERS)
def test_reading_twice_gives_the_same(text):
    assert read(text) == read(text)
