from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.calendar.lunar import LunarDay, can_chi, days_of_chap, lunar_label, lunar_of, solar_of, tet

# year: can chi, mùng 1, length of the Chạp before it, Giỗ Tổ 10/3
TABLE = {
    2016: ("Bính Thân", "Mon 08/02", 29, "16/04"),
    2017: ("Đinh Dậu", "Sat 28/01", 30, "06/04"),
    2018: ("Mậu Tuất", "Fri 16/02", 30, "25/04"),
    2019: ("Kỷ Hợi", "Tue 05/02", 30, "14/04"),
    2020: ("Canh Tý", "Sat 25/01", 30, "02/04"),
    2021: ("Tân Sửu", "Fri 12/02", 30, "21/04"),
    2022: ("Nhâm Dần", "Tue 01/02", 29, "10/04"),
    2023: ("Quý Mão", "Sun 22/01", 30, "29/04"),
    2024: ("Giáp Thìn", "Sat 10/02", 30, "18/04"),
    2025: ("Ất Tỵ", "Wed 29/01", 29, "07/04"),
    2026: ("Bính Ngọ", "Tue 17/02", 29, "26/04"),
    2027: ("Đinh Mùi", "Sat 06/02", 29, "16/04"),
    2028: ("Mậu Thân", "Wed 26/01", 29, "04/04"),
    2029: ("Kỷ Dậu", "Tue 13/02", 29, "23/04"),
    2030: ("Canh Tuất", "Sat 02/02", 29, "12/04"),
    2031: ("Tân Hợi", "Thu 23/01", 29, "01/04"),
    2032: ("Nhâm Tý", "Wed 11/02", 29, "19/04"),
    2033: ("Quý Sửu", "Mon 31/01", 30, "09/04"),
    2034: ("Giáp Dần", "Sun 19/02", 30, "28/04"),
    2035: ("Ất Mão", "Thu 08/02", 30, "17/04"),
}


@pytest.mark.parametrize("year", TABLE)
def test_table_of_tet(year):
    found = (can_chi(year), f"{tet(year):%a %d/%m}", days_of_chap(year), f"{solar_of(10, 3, year):%d/%m}")
    assert found == TABLE[year]
    assert tet(year).year == year


@pytest.mark.parametrize(
    ("year", "vietnamese", "chinese"),
    [
        (1968, date(1968, 1, 29), date(1968, 1, 30)),
        (1985, date(1985, 1, 21), date(1985, 2, 20)),
        (2007, date(2007, 2, 17), date(2007, 2, 18)),
        (2030, date(2030, 2, 2), date(2030, 2, 3)),
    ],
)
def test_tet_is_not_the_chinese_new_year(year, vietnamese, chinese):
    assert tet(year) == vietnamese
    assert lunar_of(chinese) != LunarDay(1, 1, year)


@given(st.dates(date(1968, 3, 1), date(2099, 12, 31)))
def test_round_trip_from_a_day(day):
    lunar = lunar_of(day)
    assert solar_of(lunar.day, lunar.month, lunar.year, lunar.leap) == day


@given(st.dates(date(1968, 3, 1), date(2099, 12, 30)))
def test_days_follow_one_another(day):
    today, tomorrow = lunar_of(day), lunar_of(day + timedelta(days=1))
    if tomorrow.day == 1:
        assert today.day in (29, 30)
        assert (tomorrow.month == today.month % 12 + 1) or (tomorrow.leap and tomorrow.month == today.month)
    else:
        assert (tomorrow.day, tomorrow.month, tomorrow.leap) == (today.day + 1, today.month, today.leap)


@pytest.mark.parametrize(
    "lunar",
    [
        (30, 12, 2025, False),  # Chạp of Ất Tỵ has 29 days: no 30 Tết
        (1, 6, 2026, True),  # 2026 has no leap month
        (1, 5, 2025, True),  # the leap month of 2025 is the sixth
        (31, 1, 2026, False),
        (0, 1, 2026, False),
        (1, 13, 2026, False),
    ],
)
def test_refuses_a_day_that_does_not_exist(lunar):
    with pytest.raises(ValueError):
        solar_of(*lunar)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 2, 15), "28 tháng Chạp năm Ất Tỵ"),
        (date(2026, 2, 16), "29 tháng Chạp năm Ất Tỵ"),
        (date(2026, 2, 17), "mùng 1 tháng Giêng năm Bính Ngọ"),
        (date(2026, 2, 26), "mùng 10 tháng Giêng năm Bính Ngọ"),
        (date(2026, 2, 27), "11 tháng Giêng năm Bính Ngọ"),
        (date(2025, 7, 25), "mùng 1 tháng Sáu nhuận năm Ất Tỵ"),
    ],
)
def test_labels(day, label):
    assert lunar_label(day) == label


def test_label_without_year():
    assert lunar_label(date(2026, 2, 18), with_year=False) == "mùng 2 tháng Giêng"
