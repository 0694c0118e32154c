import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.calendar.holidays import (
    HolidayOverride,
    add_working_days,
    day_name,
    days_off_around,
    end_of_period,
    is_day_off,
    is_working_day,
    known_overrides,
    next_working_day,
    notice_of,
    previous_working_day,
)

KNOWN = known_overrides()
DAYS = st.dates(date(2016, 1, 1), date(2035, 12, 1))


@pytest.mark.parametrize(
    ("tet", "first", "last"),
    [
        (date(2018, 2, 16), date(2018, 2, 14), date(2018, 2, 20)),
        (date(2020, 1, 25), date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 12), date(2021, 2, 10), date(2021, 2, 16)),
        (date(2022, 2, 1), date(2022, 1, 29), date(2022, 2, 6)),
        (date(2023, 1, 22), date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 10), date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 29), date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 17), date(2026, 2, 14), date(2026, 2, 22)),
    ],
)
def test_days_off_of_tet(tet, first, last):
    assert days_off_around(tet, KNOWN) == (first, last)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2020, (9, 2), (9, 2)),
        (2021, (9, 2), (9, 5)),
        (2022, (9, 1), (9, 4)),
        (2023, (9, 1), (9, 4)),
        (2024, (8, 31), (9, 3)),
        (2025, (8, 30), (9, 2)),
        (2026, (8, 29), (9, 2)),
    ],
)
def test_days_off_of_quoc_khanh(year, first, last):
    assert days_off_around(date(year, 9, 2), KNOWN) == (date(year, *first), date(year, *last))


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019, 2020])
def test_one_day_for_quoc_khanh_before_the_2019_code(year):
    """With the compensation day when 2/9 itself fell on a weekend."""
    day = date(year, 9, 2)
    named = [d for d in (day + timedelta(days=n) for n in range(-3, 4)) if day_name(d)]
    expected = {2017: [day, date(2017, 9, 4)], 2018: [day, date(2018, 9, 3)]}
    assert named == expected.get(year, [day])


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_swapped_days(off, worked):
    assert is_day_off(off, KNOWN)
    assert is_working_day(worked, KNOWN)
    assert f"{off:%d/%m/%Y}" in day_name(worked, KNOWN)
    assert f"{worked:%d/%m/%Y}" in day_name(off, KNOWN)
    assert KNOWN[off].source == KNOWN[worked].source != ""


def test_known_overrides_are_the_swaps_and_nothing_else():
    assert sorted(KNOWN) == [
        date(2024, 4, 29),
        date(2024, 5, 4),
        date(2025, 4, 26),
        date(2025, 5, 2),
        date(2026, 1, 2),
        date(2026, 1, 10),
        date(2026, 8, 22),
        date(2026, 8, 31),
    ]


def test_culture_day_is_off_from_2026():
    assert is_working_day(date(2025, 11, 24))
    assert is_day_off(date(2026, 11, 24))
    assert day_name(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"


def test_names():
    assert day_name(date(2026, 2, 17)) == "Tết Nguyên đán"
    assert day_name(date(2026, 9, 2)) == "Quốc khánh"
    assert day_name(date(2026, 4, 27)) == "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"
    assert day_name(date(2026, 3, 15)) is None, "an ordinary Sunday has no name"
    assert day_name(date(2026, 3, 16)) is None


def test_an_override_beats_the_library_both_ways():
    tet, sunday = date(2027, 2, 5), date(2027, 2, 14)
    notice = {
        tet: HolidayOverride("workday", "Ngày làm việc", "Thông báo thử"),
        sunday: HolidayOverride("workday", "Làm bù", "Thông báo thử"),
        date(2027, 2, 11): HolidayOverride("day_off", "Nghỉ Tết", "Thông báo thử"),
    }
    days = sorted(notice)
    assert [is_working_day(day) for day in days] == [False, True, False]
    assert [is_working_day(day, notice) for day in days] == [True, False, True]
    assert [day_name(day, notice) for day in days] == ["Ngày làm việc", "Nghỉ Tết", "Làm bù"]


def test_override_kind_is_checked():
    with pytest.raises(ValueError):
        HolidayOverride("holiday", "Tết", "")


def test_a_year_without_its_notice_is_an_estimate():
    assert notice_of(2026).startswith("Thông báo số 9441/TB-BNV")
    assert notice_of(2027) is None


def test_working_days_over_tet():
    friday_before = date(2026, 2, 13)
    assert next_working_day(friday_before, KNOWN) == date(2026, 2, 23)
    assert add_working_days(friday_before, 5, KNOWN) == date(2026, 2, 27)
    assert previous_working_day(date(2026, 2, 23), KNOWN) == friday_before
    assert add_working_days(date(2026, 2, 23), -1, KNOWN) == friday_before


def test_a_swap_across_the_new_year():
    assert is_day_off(date(2018, 12, 31))
    assert is_working_day(date(2019, 1, 5))


def test_a_worked_saturday_counts():
    assert next_working_day(date(2026, 8, 21), KNOWN) == date(2026, 8, 22)


def test_end_of_period_moves_to_the_next_working_day():
    assert end_of_period(date(2026, 2, 14), KNOWN) == date(2026, 2, 23)
    assert end_of_period(date(2026, 2, 13), KNOWN) == date(2026, 2, 13)


@given(DAYS, st.integers(1, 60))
def test_adding_working_days_counts_them(day, n):
    later = add_working_days(day, n, KNOWN)
    between = [day + timedelta(days=i) for i in range(1, (later - day).days + 1)]
    assert sum(is_working_day(d, KNOWN) for d in between) == n
    assert is_working_day(later, KNOWN)


@given(DAYS.filter(lambda day: is_working_day(day, KNOWN)), st.integers(-60, 60))
def test_adding_and_taking_away_returns_to_the_same_working_day(day, n):
    assert add_working_days(add_working_days(day, n, KNOWN), -n, KNOWN) == day


@given(DAYS)
def test_a_day_is_worked_or_off(day):
    assert is_working_day(day, KNOWN) != is_day_off(day, KNOWN)
    first, last = days_off_around(day, KNOWN)
    assert first <= day <= last
    if is_day_off(day, KNOWN):
        assert is_working_day(first - timedelta(days=1), KNOWN)
        assert is_working_day(last + timedelta(days=1), KNOWN)


def test_texts_are_nfc():
    for override in KNOWN.values():
        assert unicodedata.is_normalized("NFC", override.name + override.source)
