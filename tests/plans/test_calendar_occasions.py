from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.calendar.holidays import known_overrides
from plans.calendar.lunar import lunar_label
from plans.calendar.occasions import DUTY_LAYERS, propose
from plans.calendar.offsets import span_offsets

at = datetime.fromisoformat


def phases(occasion):
    return {phase.kind: (phase.starts_at, phase.ends_at) for phase in occasion.phases}


def test_election():
    occasion = propose("election", year=2026)
    assert occasion == propose("election", d_day=date(2026, 3, 15))
    assert occasion.name.startswith("Bầu cử đại biểu Quốc hội khóa XVI")
    assert phases(occasion) == {
        "before": (at("2025-12-30"), at("2026-03-12")),
        "during": (at("2026-03-12"), at("2026-03-18")),
        "after": (at("2026-03-18"), at("2026-03-23")),
    }
    assert occasion.ends_on == date(2026, 3, 22), "an extra or repeat vote may be held on the seventh day"


def test_election_under_the_older_law_lasts_longer():
    assert propose("election", year=2021).ends_on == date(2021, 6, 7)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [(2024, date(2024, 2, 7), date(2024, 2, 15)), (2026, date(2026, 2, 15), date(2026, 2, 22))],
)
def test_tet_runs_from_28_chap_to_mung_6(year, first, last):
    """Three days before mùng 1 when Chạp has 30 days (2024), two when it has 29 (2026)."""
    occasion = propose("tet", year=year)
    starts_at, ends_at = phases(occasion)["during"]
    assert (starts_at.date(), ends_at.date() - timedelta(days=1)) == (first, last)
    assert lunar_label(first, with_year=False) == "28 tháng Chạp"
    assert lunar_label(last, with_year=False) == "mùng 6 tháng Giêng"


def test_name_of_tet():
    assert propose("tet", year=2027).name == "Tết Nguyên đán Đinh Mùi năm 2027"
    assert propose("tet", d_day=date(2027, 2, 6)) == propose("tet", year=2027)


@pytest.mark.parametrize(
    ("year", "span"),
    [(2020, (-2, 0)), (2024, (-2, 1)), (2025, (-3, 0)), (2026, (-4, 0))],
)
def test_national_day_covers_its_days_off(year, span):
    occasion = propose("national_day", year=year, overrides=known_overrides())
    assert span_offsets(occasion.d_day, *phases(occasion)["during"]) == span


def test_other():
    occasion = propose("other", d_day=date(2026, 12, 19), name="Đại hội")
    assert (occasion.name, occasion.d_day) == ("Đại hội", date(2026, 12, 19))
    assert occasion.starts_on < occasion.d_day < occasion.ends_on


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("election", {"year": 2031}),
        ("election", {"d_day": date(2011, 5, 22)}),
        ("tet", {"d_day": date(2030, 2, 3)}),
        ("national_day", {"d_day": date(2026, 9, 3)}),
        ("other", {"year": 2026}),
        ("tet", {}),
        ("storm", {"year": 2026}),
    ],
)
def test_refuses_what_it_cannot_know(kind, arguments):
    with pytest.raises(ValueError):
        propose(kind, **arguments)


@given(
    st.one_of(
        st.builds(lambda year: propose("tet", year=year), st.integers(2016, 2060)),
        st.builds(lambda year: propose("national_day", year=year), st.integers(2016, 2060)),
        st.builds(lambda day: propose("election", d_day=day), st.dates(date(2015, 9, 1), date(2060, 1, 1))),
        st.builds(lambda day: propose("other", d_day=day), st.dates(date(2015, 9, 1), date(2060, 1, 1))),
    )
)
def test_phases_touch_and_fill_the_occasion(occasion):
    assert [phase.kind for phase in occasion.phases] == ["before", "during", "after"]
    assert all(earlier.ends_at == later.starts_at for earlier, later in pairwise(occasion.phases))
    assert all(phase.starts_at < phase.ends_at for phase in occasion.phases)
    assert occasion.phases[0].starts_at.date() == occasion.starts_on
    assert occasion.phases[-1].ends_at.date() == occasion.ends_on + timedelta(days=1)
    during = occasion.phases[1]
    assert during.starts_at.date() <= occasion.d_day < during.ends_at.date()
    assert during.duty_layers == DUTY_LAYERS
    assert all(set(phase.duty_layers) <= set(DUTY_LAYERS) for phase in occasion.phases)
    if occasion.kind == "election":
        assert occasion.ends_on >= occasion.d_day + timedelta(days=7)
