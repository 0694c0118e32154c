"""Words of a cleaned body are found again in the text as it was typed, and rows of a page in what the text says now."""

import random
from unicodedata import normalize

import pytest
from django.http import QueryDict

from directives.forms.follow import Standing, follow, standing, unspoken, unwanted
from directives.paper.draft import read_body
from directives.paper.spots import Spots

TYPED = """Căn cứ Kế hoạch số 12/KH-UBND ngày 02/01/2026;

  1.  Các doanh nghiệp   viễn thông trực 24/24.


a) Báo cáo trước ngày 20/01/2027,kèm ảnh 📷 chụp.
- **Bưu điện tỉnh** niêm yết giờ mở cửa.
|STT|Việc|
| 1 | Trực |
2. Thực hiện chế độ trực."""


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_stretch_of_a_line_is_found_where_it_was_typed(form):
    typed = normalize(form, TYPED)
    body = read_body(typed).body
    spots = Spots(typed, body)
    browser = typed.encode("utf-16-le")  # a browser counts in these units
    dice, at = random.Random(7), 0
    for line in body.split("\n"):
        for _ in range(40):
            start = dice.randrange(len(line))
            end = dice.randrange(start, len(line)) + 1
            words = line[start:end]
            if words != words.strip() or "Bưu điện" in line:
                continue
            first, last = spots.span(at + start, at + end)
            found = normalize("NFC", browser[2 * first : 2 * last].decode("utf-16-le"))
            assert "".join(found.split()) == "".join(words.split())
        at += len(line) + 1


def test_a_line_cleaned_of_more_than_blanks_is_meant_as_a_whole():
    typed = TYPED.replace("📷", "")
    body = read_body(typed).body
    start = body.index("niêm yết")
    first, last = Spots(typed, body).span(start, start + 8)
    assert typed[first:last] == "- **Bưu điện tỉnh** niêm yết giờ mở cửa."


def test_words_that_were_never_typed_stand_nowhere():
    assert Spots("một dòng", "một dòng\nmột dòng khác").span(10, 14) is None
    assert Spots("", "").span(0, 0) is None


def row(index, label, text, **more):
    return Standing(index, label, text, **more)


def test_a_row_is_known_by_its_words_then_by_its_label():
    rows = [row(0, "1", "trực"), row(1, "2", "báo cáo"), row(2, "3", "báo cáo")]
    found = [("1", "báo  cáo"), ("2", "báo cáo"), ("3", "rà soát"), ("1", "trực ban")]
    assert [each and each.index for each in follow(found, rows)] == [1, 2, None, 0]


def test_the_rows_of_a_page_are_read_as_they_were_sent():
    data = QueryDict(mutable=True)
    data.update(
        {
            "requirements-TOTAL_FORMS": "2",
            "requirements-0-label": " 1 ",
            "requirements-0-text": "trực\r\nban",
            "requirements-0-fresh": "1",
            "requirements-0-starts": "7",
            "requirements-1-DELETE": "on",
        }
    )
    data.setlist("unwanted", ["2\tgửi ảnh", "không có dấu ngăn"])
    first, second = standing(data, "requirements")
    assert first == row(0, "1", "trực\nban", fresh=True, starts=7)
    assert (second.index, second.dropped, second.text) == (1, True, "")
    assert unwanted(data) == [row(None, "2", "gửi ảnh")]
    assert unspoken([{"label": "1", "text": "trực ban"}, {"label": "2", "text": "x"}], [first]) == ["2\tx"]
    data["requirements-TOTAL_FORMS"] = "9" * 400
    assert standing(data, "requirements") == []
