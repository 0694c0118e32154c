"""What is left out of history and what stays. No database."""

import pytest

from units.discreet import LEFT_OUT, discreet
from units.models import UnitEntry


@pytest.mark.parametrize(
    "personal",
    ["0912345678", "0912 345 678", "0912.345.678", "091 234 5678", "0912-34-56-78", "+84912345678", "+84 912 345 678",
     "0084912345678", "09 12 34 56 78", "le.thu-ha+truc@so.haigiang.gov.vn", "A@b.vn"],
)  # fmt: skip
def test_a_mobile_number_or_address_is_left_out(personal):
    assert discreet(f"Gọi anh Nam ({personal}), gấp.") == f"Gọi anh Nam ({LEFT_OUT}), gấp."


def test_two_numbers_written_with_a_stroke_go_both():
    assert discreet("ĐT: 0912345678/0987.654.321") == f"ĐT: {LEFT_OUT}/{LEFT_OUT}"


@pytest.mark.parametrize(
    "kept",
    ["Số 0912/UBND-KT", "0203 382 5123", "19001091", "08 giờ 00 ngày 22/11/2026", "08 00 22 11 2026", "09.09.2026 10.30",
     "079185001234", "1.091.234.567 đồng", "H27.19.08.2026", "H27.03.05.01.02.04", "QĐ 12/2025/QĐ-TTg"],
)  # fmt: skip
def test_numbers_of_papers_offices_days_and_people_s_cards_stay(kept):
    assert discreet(kept) == kept


def test_the_column_is_never_longer_than_it_may_be():
    field = UnitEntry._meta.get_field("what")
    stored = field.get_prep_value("a@b.vn " * 71)
    assert len(stored) <= field.max_length and "@" not in stored
    assert field.deconstruct()[1] == "django.db.models.CharField"
