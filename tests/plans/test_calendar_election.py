import unicodedata
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.calendar.election import (
    election_day,
    election_laws,
    election_name,
    law_for,
    milestones,
    repeat_vote_until,
    sunday_warning,
)

E2016, E2021, E2026 = date(2016, 5, 22), date(2021, 5, 23), date(2026, 3, 15)


def days(d_day):
    return {milestone.code: milestone.on for milestone in milestones(d_day)}


@pytest.mark.parametrize(
    ("code", "in_2016", "in_2021", "in_2026"),
    [
        ("announced", "2016-01-28", "2021-01-28", "2025-11-20"),
        ("committees", "2016-02-07", "2021-02-07", "2025-11-30"),
        ("districts", "2016-03-03", "2021-03-04", "2025-12-25"),
        ("boards", "2016-03-13", "2021-03-14", "2026-01-04"),
        ("teams", "2016-04-02", "2021-04-03", "2026-01-31"),
        ("candidate_files", "2016-03-13", "2021-03-14", "2026-02-01"),
        ("voter_list", "2016-04-12", "2021-04-13", "2026-02-03"),
        ("daily_notice", "2016-05-12", "2021-05-13", "2026-03-05"),
    ],
)
def test_table_of_statutory_days(code, in_2016, in_2021, in_2026):
    found = [days(d_day)[code].isoformat() for d_day in (E2016, E2021, E2026)]
    assert found == [in_2016, in_2021, in_2026]


def test_days_known_for_one_version_only():
    assert days(E2021)["team_minutes"] == date(2021, 5, 26)
    assert days(E2026)["team_minutes"] == date(2026, 3, 18)
    assert days(E2026)["ballots_to_boards"] == date(2026, 2, 26)
    assert days(E2026)["ballots_to_teams"] == date(2026, 3, 2)
    assert days(E2026)["board_minutes"] == date(2026, 3, 20)
    assert days(E2026)["committee_minutes"] == date(2026, 3, 22)
    assert days(E2026)["results"] == date(2026, 3, 25)


def test_milestones_are_in_order_and_name_their_law():
    found = milestones(E2026)
    assert all(earlier.on <= later.on for earlier, later in pairwise(found))
    assert {milestone.law for milestone in found} == {"Luật số 85/2015/QH13, sửa đổi bởi Luật số 83/2025/QH15"}
    assert next(milestone for milestone in found if milestone.code == "election").on == E2026


def test_repeat_vote():
    assert repeat_vote_until(E2026) == date(2026, 3, 22), "7 days under the law in force"
    assert repeat_vote_until(E2021) == date(2021, 6, 7), "15 days before the amendment"


def test_what_was_not_read_in_the_text_says_so():
    assert all(milestone.confirmed for milestone in milestones(E2026))
    assert {milestone.code for milestone in milestones(E2021) if not milestone.confirmed} == {
        "teams",
        "ballots_to_boards",
        "candidates_posted",
        "ballots_to_teams",
        "results_local",
        "results",
    }


def test_versions_of_the_law_touch_without_overlap():
    laws = election_laws()
    assert all(earlier.ends_on == later.starts_on for earlier, later in pairwise(laws))
    assert laws[-1].ends_on is None
    assert law_for(date(2025, 6, 30)) != law_for(date(2025, 7, 1))
    for law in laws:
        codes = [offset.code for offset in law.offsets]
        assert len(codes) == len(set(codes))
        for offset in law.offsets:
            assert unicodedata.is_normalized("NFC", offset.label)
            assert offset.source.startswith("Điều ")


def test_an_election_older_than_the_data_is_refused():
    with pytest.raises(ValueError, match="22/05/2011"):
        milestones(date(2011, 5, 22))


def test_election_day_is_a_sunday():
    assert [sunday_warning(day) for day in (E2016, E2021, E2026)] == [None, None, None]
    warning = sunday_warning(date(2026, 3, 16))
    assert warning == "Ngày bầu cử phải là Chủ nhật; ngày 16/03/2026 là Thứ Hai."


@given(st.dates(date(2015, 9, 1), date(2060, 1, 1)))
def test_one_warning_in_six_days_of_seven(day):
    warned = [sunday_warning(day + timedelta(days=n)) is not None for n in range(7)]
    assert warned.count(False) == 1


def test_names_and_days_of_past_elections():
    assert [election_day(year) for year in (2016, 2021, 2026, 2031)] == [E2016, E2021, E2026, None]
    assert election_name(E2026) == (
        "Bầu cử đại biểu Quốc hội khóa XVI và đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031"
    )
    assert election_name(date(2027, 5, 16)) == "Bầu cử ngày 16/05/2027"
