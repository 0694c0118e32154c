"""Gaps to the minute: across midnight, phases that touch, one post in two layers. Checked against a count of minutes."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assignments.coverage import LAYERS, Gap, Need, gaps, joined, minutes, required
from assignments.duty import PATTERNS, ZONE, from_words, planned, shift_faults, span_words, until_words

START = datetime(2026, 3, 14, tzinfo=ZONE)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at(hours, more=0):
    return START + hours * HOUR + more * MINUTE


def shift(first, last, *layers):
    return SimpleNamespace(starts_at=first, ends_at=last, layers=list(layers or ["shift"]))


def phase(first, last, *layers):
    return SimpleNamespace(starts_at=first, ends_at=last, duty_layers=list(layers))


def test_what_phases_require_is_one_stretch_where_they_touch_and_is_cut_to_the_occasion():
    phases = [
        phase(at(24), at(48), "response", "leader"),
        phase(at(0), at(24), "leader"),
        phase(at(50), at(60), "leader"),
    ]
    assert required(phases, (at(2), at(55))) == [
        Need("leader", at(2), at(48)),
        Need("leader", at(50), at(55)),
        Need("response", at(24), at(48)),
    ]
    assert required([phase(at(0), at(9))]) == []


def test_the_gaps_of_a_night():
    needs = [Need("leader", at(0), at(48)), Need("response", at(0), at(48))]
    shifts = [
        shift(at(-5), at(19), "leader", "response"),
        shift(at(19), at(31), "leader"),
        shift(at(26), at(55), "response"),
        shift(at(31, 1), at(48), "leader"),
    ]
    found = gaps(needs, shifts)
    assert found == [Gap("leader", at(31), at(31, 1)), Gap("response", at(19), at(26))]
    assert minutes(found) == 1 + 7 * 60
    assert gaps(needs, []) == [Gap(need.layer, need.starts_at, need.ends_at) for need in needs]
    assert gaps([], shifts) == []
    assert Gap("leader", at(0), at(0) + timedelta(seconds=61)).minutes == 2


spans = st.tuples(st.integers(-20, 130), st.integers(1, 60), st.sets(st.sampled_from(LAYERS[:3]), min_size=1))


@settings(max_examples=150, deadline=None)
@given(st.lists(spans, max_size=8), st.lists(spans, max_size=5))
def test_as_a_count_of_minutes_says(stood, asked):
    """Every minute is missing that some phase requires and no shift holds; gaps neither touch nor overlap."""
    shifts = [
        shift(START + first * MINUTE, START + (first + length) * MINUTE, *layers) for first, length, layers in stood
    ]
    needs = required(
        [phase(START + first * MINUTE, START + (first + length) * MINUTE, *layers) for first, length, layers in asked]
    )
    found = gaps(needs, shifts)
    for layer in LAYERS[:3]:

        def held(rows, layer=layer):
            return {n for first, length, layers in rows if layer in layers for n in range(first, first + length)}

        missing = held(asked) - held(stood)
        own = [gap for gap in found if gap.layer == layer]
        assert sum(gap.minutes for gap in own) == len(missing)
        assert {
            n for gap in own for n in range((gap.starts_at - START) // MINUTE, (gap.ends_at - START) // MINUTE)
        } == missing
        pairs = [(gap.starts_at, gap.ends_at) for gap in own]
        assert joined(pairs) == pairs


@pytest.mark.parametrize("code", PATTERNS)
@pytest.mark.parametrize("people", [1, 2, 3])
def test_a_pattern_fills_every_minute_and_nobody_stands_too_long(code, people):
    first, last = date(2026, 3, 14), date(2026, 3, 17)
    made = planned(code, [f"người {n}" for n in range(people)], first, last)
    assert made[0].starts_at == at(0) and made[-1].ends_at == at(96)
    assert all(one.ends_at == next_.starts_at for one, next_ in pairwise(made))
    assert [each.person for each in made] == [f"người {n % people}" for n in range(len(made))]
    whole = [each for each in made if each.ends_at - each.starts_at == PATTERNS[code].hours * HOUR]
    assert len(made) - len(whole) == (0 if code == "day" else 2)
    window = (at(0), at(96))
    assert not any(shift_faults(["leader"], each.starts_at, each.ends_at, window) for each in made)
    with pytest.raises(ValueError, match="ít nhất một người"):
        planned(code, [], first, last)
    with pytest.raises(ValueError, match="Ngày cuối"):
        planned(code, ["ai"], last, first)


def test_what_a_stretch_may_not_be():
    window = (at(0), at(48))

    def faults(first, last, layers=("leader",)):
        return shift_faults(list(layers), first, last, window)

    assert faults(at(0), at(24)) == faults(at(-3), at(1)) == faults(at(47), at(60)) == {}
    assert set(faults(at(5), at(5))) == set(faults(at(5), at(4))) == {"ends_at"}
    assert "24 giờ 1 phút" in faults(at(0), at(24, 1))["ends_at"]
    assert set(faults(at(48), at(50))) == set(faults(at(-5), at(0))) == {"starts_at"}
    assert set(faults(at(0), at(1), ())) == set(faults(at(0), at(1), ("nobody",))) == {"layers"}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (at(7), at(19), "07:00–19:00 ngày 14/03/2026"),
        (at(0), at(24), "00:00–24:00 ngày 14/03/2026"),
        (at(19), at(31, 30), "19:00 ngày 14/03 – 07:30 ngày 15/03/2026"),
        (at(-24 * 75 + 5), at(-24 * 73), "05:00 ngày 29/12 – 24:00 ngày 30/12/2025"),
    ],
)
def test_hours_are_written_as_people_read_them(first, last, words):
    assert span_words(first, last) == words


def test_an_hour_beside_another_day_names_its_day_and_midnight_closes_one():
    noon = at(12)
    assert [until_words(moment, noon) for moment in (at(19), at(24), at(31), at(48))] == [
        "19:00",
        "24:00",
        "07:00 ngày 15/03",
        "24:00 ngày 15/03",
    ]
    assert [from_words(moment, noon) for moment in (at(19), at(24))] == ["19:00", "00:00 ngày 15/03"]
