"""The reminder ladder as a pure function of an instant."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.ladder import LATE, RUNGS, ZONE, last_day, reached_at, rung, windows


def at(day, hour=0, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


DUE_END_OF_19TH = at(20)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(11, 23), None),
        (at(12, 6, 59), None),
        (at(12, 7), 7),
        (at(16, 6, 59), 7),
        (at(16, 7), 3),
        (at(18, 7), 1),
        (at(19, 7), 0),
        (at(19, 23, 59), 0),
        (at(20), LATE),
        (at(25), LATE),
    ],
)
def test_newest_rung(now, expected):
    assert rung(DUE_END_OF_19TH, now) == expected


def test_a_deadline_at_midnight_belongs_to_the_day_before():
    assert last_day(DUE_END_OF_19TH) == at(19).date()
    assert last_day(at(20, 0, 1)) == at(20).date()


moments = st.integers(0, 60 * 24 * 40).map(lambda minutes: at(1) + timedelta(minutes=minutes))


@given(since=moments, gap=st.integers(1, 60 * 24 * 20), due=moments)
def test_windows_miss_no_rung_and_add_none(since, gap, due):
    """A deadline lies in a window exactly when one of its rungs was reached in (since, now]."""
    now = since + timedelta(minutes=gap)
    reached = [since < reached_at(due, step) <= now for step in (*RUNGS, LATE)]
    inside = any(after < due <= until for after, until in windows(since, now))
    assert inside == any(reached)
