"""Days and moments of forms: two ways to write them, and the years the product reckons with."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from units.forms.fields import DayField, MomentField


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_outside_the_calendar_is_refused(day):
    for field, value in ((DayField(), day), (MomentField(), f"{day}T12:00"), (MomentField(), f"{day}T00:00+14:00")):
        with pytest.raises(ValidationError) as caught:
            field.clean(value)
        assert caught.value.messages == ["Ngày phải trong khoảng từ 01/01/2000 đến 31/12/2100."]


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
def test_its_edges_are_inside(day):
    assert DayField().clean(day) == date.fromisoformat(day)
    assert MomentField().clean(f"{day}T23:59").date() == date.fromisoformat(day)


def test_a_day_is_written_the_vietnamese_way_never_the_american():
    assert DayField().clean("03/12/2026") == date(2026, 12, 3)
    assert MomentField().clean("03/12/2026 08:30").date() == date(2026, 12, 3)
    with pytest.raises(ValidationError):
        DayField().clean("12/25/2026")


def test_a_field_may_reach_farther_back():
    assert DayField(first=date(1945, 9, 2)).clean("1998-05-21") == date(1998, 5, 21)
