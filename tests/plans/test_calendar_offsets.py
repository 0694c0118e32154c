from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.calendar.holidays import known_overrides
from plans.calendar.offsets import (
    daily_instants,
    diff,
    due_day,
    due_instant,
    due_label,
    due_warnings,
    span_offsets,
)

TET_2020 = date(2020, 1, 25)

at = datetime.fromisoformat
LONG_AGO = at("2000-01-01")


def test_without_a_time_the_whole_day_counts():
    due = due_instant(TET_2020, -6)
    assert due == at("2020-01-20")
    assert due_label(due) == "hết ngày 19/01/2020"
    assert due_day(due) == date(2020, 1, 19)


def test_with_a_time():
    due = due_instant(TET_2020, -6, time(16, 0))
    assert due == at("2020-01-19 16:00")
    assert due_label(due) == "16:00 ngày 19/01/2020"
    assert due_day(due) == date(2020, 1, 19)


def test_midnight_is_the_end_of_the_day_before():
    assert due_label(due_instant(TET_2020, 0, time(0, 0))) == "hết ngày 24/01/2020"


@given(st.dates(date(2016, 1, 1), date(2060, 1, 1)), st.integers(-120, 30), st.none() | st.times())
def test_the_due_day_is_the_day_of_the_offset(d_day, offset, clock):
    clock = clock and clock.replace(second=0, microsecond=0)
    expected = d_day + timedelta(days=offset)
    if clock == time.min:
        expected -= timedelta(days=1)
    assert due_day(due_instant(d_day, offset, clock)) == expected


def test_daily():
    dues = daily_instants(date(2026, 3, 15), -1, 1, time(16, 0))
    assert dues == [at("2026-03-14 16:00"), at("2026-03-15 16:00"), at("2026-03-16 16:00")]
    assert daily_instants(date(2026, 3, 15), 0, 0) == [at("2026-03-16")]
    assert daily_instants(date(2026, 3, 15), 1, 0) == []


def test_span_offsets_are_half_open():
    d_day = date(2026, 3, 15)
    assert span_offsets(d_day, at("2026-03-12"), at("2026-03-18")) == (-3, 2)
    assert span_offsets(d_day, at("2026-03-12 07:00"), at("2026-03-18 07:00")) == (-3, 3)


def test_diff_shows_old_and_new():
    changes = diff(
        date(2026, 3, 15),
        date(2026, 3, 22),
        [("phương án", -30, None), ("báo cáo", 0, time(8, 0))],
        now=LONG_AGO,
    )
    assert [(c.item, c.old_due, c.new_due) for c in changes] == [
        ("phương án", at("2026-02-14"), at("2026-02-21")),
        ("báo cáo", at("2026-03-15 08:00"), at("2026-03-22 08:00")),
    ]
    tet, sunday = (c.warnings for c in changes)
    assert [w.code for w in tet] == ["day_off"]
    assert tet[0].text == (
        "Thứ Sáu, 20/02/2026 là ngày nghỉ (Mùng bốn Tết Nguyên đán); ngày làm việc liền trước là Thứ Sáu, 13/02/2026."
    )
    assert sunday[0].text == (
        "Chủ nhật, 22/03/2026 là ngày nghỉ hằng tuần; ngày làm việc liền trước là Thứ Sáu, 20/03/2026."
    )


def test_diff_of_nothing():
    assert diff(TET_2020, TET_2020, [("a", -6, None)], now=LONG_AGO) == []


@pytest.mark.parametrize(
    ("now", "codes"),
    [
        (at("2026-03-13 15:59"), []),
        (at("2026-03-13 16:00"), ["past"]),
        (at("2026-03-14"), ["past"]),
    ],
)
def test_past_is_from_the_very_instant(now, codes):
    assert [w.code for w in due_warnings(at("2026-03-13 16:00"), now=now)] == codes


def test_end_of_a_working_day_before_a_day_off_is_no_day_off():
    """Due at 00:00 on Saturday means until the end of Friday."""
    assert due_warnings(due_instant(date(2026, 3, 15), -2), now=LONG_AGO) == ()


def test_swapped_days_count():
    worked_saturday = due_instant(date(2026, 8, 22), 0)
    assert due_warnings(worked_saturday, now=LONG_AGO, overrides=known_overrides()) == ()
    assert due_warnings(due_instant(date(2026, 1, 2), 0), now=LONG_AGO) == ()
    assert [w.code for w in due_warnings(due_instant(date(2026, 1, 2), 0), now=LONG_AGO, overrides=known_overrides())]
