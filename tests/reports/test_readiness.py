"""Counts, order and cells: what leaders read is what the rows say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assignments.states import AssignmentStatus as S
from reports.selectors.readiness import occasion_matrix, running_occasions, standings, unit_lines, worst_units
from tests import make
from tests.reports.conftest import HOUR, morning


def test_a_standing_counts_every_state_and_leaves_out_cancelled(told, now):
    standing, quiet = standings([told.occasion, told.quiet], now)
    assert {figure.label: figure.count for figure in standing.figures()} == {
        "quá hạn": 3,
        "không thực hiện được": 1,
        "có vướng mắc": 1,
        "chờ Sở xác nhận": 1,
        "chưa tiếp nhận": 4,
        "đang thực hiện": 2,
        "hoàn thành": 4,
    }
    assert (standing.total, standing.closed, standing.percent) == (13, 4, 30)
    assert (quiet.total, quiet.late, quiet.percent, quiet.worst) == (0, 0, 0, [])


def test_a_hundred_per_cent_means_that_nothing_is_missing(cast, now):
    occasion = make.occasion()
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom], of=occasion)
    for status in [S.CLOSED] * 200 + [S.SENT]:
        make.assignment(cast, status, of=make.requirement(paper, "n"), occasion=occasion)
    assert standings([occasion], now)[0].percent == 99


def test_late_begins_at_the_very_instant(cast, now):
    occasion = make.occasion()
    make.assignment(cast, due_at=now, occasion=occasion)
    just_before = now - timedelta(microseconds=1)
    for at, late in ((just_before, 0), (now, 1)):
        assert standings([occasion], at)[0].late == late
        assert [line.late for line in unit_lines(occasion, at)] == [late]
        assert occasion_matrix(occasion, at).late == late
        assert [one.late for one in worst_units([occasion], at)[occasion.pk]] == [late] * late


@pytest.mark.parametrize("status", [S.SUBMITTED, S.DECLINED, S.CLOSED, S.CANCELLED])
def test_what_the_unit_no_longer_owes_is_not_late(cast, now, status):
    occasion = make.occasion()
    make.assignment(cast, status, due_at=now - HOUR, occasion=occasion)
    assert standings([occasion], now)[0].late == 0
    assert occasion_matrix(occasion, now).late == 0
    assert worst_units([occasion], now) == {occasion.pk: []}


def ranked(cast, now):
    """Units in the order they must come: overdue count, then how long, then name (Đ after D, accents last)."""
    occasion = make.occasion()
    paper = make.dispatch(cast, "issued", of=occasion)
    wanted = [
        ("Bưu cục Ba", [1, 1, 1]),
        ("Công ty Một", [9]),
        ("Công ty Dừa", [2]),
        ("Công ty Đước", [2]),
        ("Bưu cục An", []),
        ("Bưu cục Ấn", []),
        ("Bưu cục Bốn", []),
    ]
    for name, hours in reversed(wanted):
        unit = make.unit(name=name)
        make.assignment(cast, S.CLOSED, to=unit, of=make.requirement(paper, "n"), occasion=occasion)
        for late in hours:
            due = now - late * HOUR
            make.assignment(cast, to=unit, of=make.requirement(paper, "n"), due_at=due, occasion=occasion)
    return occasion, [name for name, _ in wanted]


def test_worst_units_come_first(cast, now):
    occasion, names = ranked(cast, now)
    lines = unit_lines(occasion, now)
    assert [line.unit.name for line in lines] == names
    assert [line.hours_late(now) for line in lines] == [1, 9, 2, 2, 0, 0, 0]
    assert [line.unit.name for line in occasion_matrix(occasion, now).lines] == names
    assert [one.unit.name for one in worst_units([occasion], now)[occasion.pk]] == names[:3]
    assert [line.unit.name for line in occasion_matrix(occasion, now, only_late=True).lines] == names[:4]


def test_lines_of_units_agree_with_the_standing(told, cast, now):
    lines = {
        line.unit: (line.total, line.closed, line.late, line.late_since) for line in unit_lines(told.occasion, now)
    }
    assert lines == {
        cast.telecom: (6, 2, 2, morning(-3)),
        cast.postal: (5, 2, 1, morning(-2)),
        cast.rival: (2, 0, 0, None),
    }


def cells(matrix):
    return {line.unit.name: [cell and (cell.word, cell.tone) for cell in line.cells] for line in matrix.lines}


def test_the_matrix_folds_days_and_leaves_out_days_to_come(told, cast, now):
    matrix = occasion_matrix(told.occasion, now)
    assert [column.pk for column in matrix.columns] == [told.roster.pk, told.proof.pk, told.daily.pk]
    assert cells(matrix) == {
        "Công ty Viễn thông Sao Biển": [("Quá hạn", "late"), ("Hoàn thành", "done"), ("Quá hạn", "late")],
        "Bưu điện tỉnh Hải Giang": [("Quá hạn", "late"), ("Chờ xác nhận", "submitted"), ("Hoàn thành", "done")],
        "Công ty Viễn thông Cánh Buồm": [
            ("Không thực hiện được", "refused"),
            ("Đã tiếp nhận", "active"),
            ("Đã hủy", "void"),
        ],
        "Ủy ban nhân dân xã An Bình": [("Đã hủy", "void"), None, None],
    }
    assert (matrix.total, matrix.late) == (12, 3)


def test_a_folded_cell_counts_its_late_days(told, cast):
    evening = morning(2) + 9 * HOUR
    words = {line.unit: line.cells[2].word for line in occasion_matrix(told.occasion, evening).lines if line.cells[2]}
    assert words[cast.telecom] == "Quá hạn 3 ngày"


def test_the_matrix_of_one_kind_counts_only_that_kind(told, now):
    matrix = occasion_matrix(told.occasion, now, kind="postal")
    assert [line.unit.name for line in matrix.lines] == ["Bưu điện tỉnh Hải Giang"]
    assert (matrix.total, matrix.late) == (4, 1)


def test_an_occasion_runs_to_the_end_of_its_last_day(cast, now):
    today = timezone.localdate(now)
    ending = make.occasion(d_day=today - timedelta(days=7))
    over = make.occasion(d_day=today - timedelta(days=8))
    coming = make.occasion(d_day=today + timedelta(days=99))
    assert running_occasions(now) == [ending, coming]
    assert over not in running_occasions(now)
