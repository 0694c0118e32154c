"""A mark of secrecy is refused; the word in a sentence is not a mark."""

import pytest

from directives.paper import secrecy_mark

LETTER = (
    "{}\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 1/AB-C\n{}\nHải Giang, ngày 5 tháng 01 năm 2026\n\nKính gửi: Sở Nội vụ.\n\n{}\n"
)


@pytest.mark.parametrize(
    ("printed", "mark"),
    [
        ("MẬT", "MẬT"),
        ("**TỐI MẬT**", "TỐI MẬT"),
        ("[TUYỆT MẬT]", "TUYỆT MẬT"),
        ("TUYỆT  MẬT", "TUYỆT MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("M\u1ea0\u0302T", "MẬT"),
        ("BẢN SAO\t\tMẬT", "MẬT"),
        ("| TỐI MẬT | HỎA TỐC |", "TỐI MẬT"),
    ],
)
@pytest.mark.parametrize("place", [0, 1], ids=["top", "among"])
def test_mark(printed, mark, place):
    parts = ["", "", "Thân bài."]
    parts[place] = printed
    assert secrecy_mark(LETTER.format(*parts)) == mark


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Luật Bảo vệ bí mật nhà nước; tài liệu mật không gửi qua hệ thống này.",
        "Không soạn văn bản có độ mật: Mật, Tối mật, Tuyệt mật trên hệ thống.",
        "BẢO MẬT",
        "",
    ],
)
def test_prose_is_no_mark(sentence):
    assert secrecy_mark(LETTER.format("", "", sentence)) is None
    assert secrecy_mark("BAN CƠ YẾU\nMẬT MÃ\n\nKính gửi: Sở A.\n\nThân bài.") is None


def test_deep_in_the_body_it_is_no_mark():
    body = "\n\n".join(f"{number}. Việc thứ {number}." for number in range(1, 60))
    assert secrecy_mark(LETTER.format("", "", f"{body}\n\nMẬT")) is None
