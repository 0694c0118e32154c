"""Vietnamese order, search without accents, and text as it is stored."""

import unicodedata

import pytest

from tests import make
from units.models import Unit
from units.states import UnitKind
from units.text import fold, nfc, person_key, search_key, sort_key, tidy

# The order of a Vietnamese dictionary: the letter first (a ă â, d đ, e ê, o ô ơ, u ư), then ngang huyền hỏi ngã sắc nặng,
# a shorter word before a longer one, the first syllable before the second.
ORDER = (
    """
a|à|ả|ã|á|ạ|an|àn|ang|anh|ạnh|ao|ă|ằ|ẳ|ẵ|ắ|ặ|ăn|â|ầ|ẩ|ẫ|ấ|ậ|ân|ba|bà|bả|bã|bá|bạ|ba ba|bà ba|bá ba|bá bà|bác|ban|bắc
cam|can|cần thơ|cha|da|dương|đa|đá|đà nẵng|đỏ|đông|e|è|em|ê|ế|ệ|ga|hải|hãi|hái|hại|hải dương|hải giang|hải phòng|i|ì
khanh|lang sơn|lạng sơn|ma|mà|mả|mã|má|mạ|nam|nga|nghệ an|o|ọ|ong|ô|ổ|ông|ơ|ờ|ớ|pha|quan|quán|sa|ta|tha|thanh|thành|thạnh
tra|u|ụ|ung|ư|ử|ưng|va|xa|y|ỳ|ỷ|ỹ|ý|ỵ|yên
""".strip()
    .replace("\n", "|")
    .split("|")
)


def test_the_key_sorts_as_a_vietnamese_dictionary():
    assert sorted(set(ORDER), key=sort_key) == ORDER
    assert len({sort_key(word) for word in ORDER}) == len(ORDER)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("word", ["Đặng Hữu Ước", "Thủy", "ẮẰẲẴẶ", "quyền"])
def test_the_key_is_the_same_however_the_text_was_typed_and_whatever_its_case(form, word):
    typed = unicodedata.normalize(form, word)
    assert sort_key(typed) == sort_key(word.lower()) == sort_key(word.upper())


def test_numbers_and_marks_do_not_disturb_the_order():
    names = ["Phường 1", "Phường 2", "Phường An Hải", "Xã Ba-Tri", "Xã Ba Vì"]
    assert sorted(set(names), key=sort_key) == ["Phường 1", "Phường 2", "Phường An Hải", "Xã Ba Vì", "Xã Ba-Tri"]


def test_people_are_listed_by_given_name():
    names = ["Trần Văn An", "Lê Thị Ánh", "Nguyễn Ân", "Bùi Bình", "Đỗ Văn Bình", "Phạm Đức", "Lò Thị Y"]
    assert sorted(set(names), key=person_key) == names


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kế hoạch  Đợt", "ke hoach dot"),
        ("ĐẶNG HỮU ƯỚC", "dang huu uoc"),
        (unicodedata.normalize("NFD", "Bưu điện Tỉnh"), "buu dien tinh"),
        ("Hòa", "hoa"),
        ("Hoà", "hoa"),
        ("  ỷ\u00a0lại \n", "y lai"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  Sở   Khoa\thọc ", "Sở Khoa học"),
        (unicodedata.normalize("NFD", "Sở Khoa học và Công nghệ"), "Sở Khoa học và Công nghệ"),
        ("Xã\u00a0Hồng\u200b Hà\ufeff", "Xã Hồng Hà"),
        ("Công\u202ety\x00 A", "Công ty A".replace(" ty", "ty")),
    ],
)
def test_tidy(text, stored):
    assert tidy(text) == stored
    assert unicodedata.is_normalized("NFC", tidy(text))


def test_nfc_keeps_lines():
    assert nfc("một\nhai") == "một\nhai"


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (("Ủy ban nhân dân xã Hồng Hà",), "ubnd xa hong ha"),
        (("UBND xã Hồng Hà",), "uy ban nhan dan"),
        (("Công ty Trách nhiệm hữu hạn Sao Biển", "SB"), "tnhh"),
        (("Công ty TNHH Sao Biển",), "trach nhiem huu han"),
    ],
)
def test_short_and_long_forms_find_each_other(names, typed):
    key = search_key(*names)
    assert all(word in key for word in typed.split())


@pytest.mark.django_db
def test_the_database_sorts_by_the_same_order():
    """On PostgreSQL the key is compared by bytes, whatever the locale of the server."""
    for name in reversed(ORDER):
        make.unit(UnitKind.OTHER, name)
    assert list(Unit.objects.order_by("sort_key").values_list("name", flat=True)) == ORDER
