"""Two people act on one row at the same moment: exactly one wins, the other is told, nothing is written twice."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from assignments import services
from assignments.models import Assignment, AssignmentEntry, Extension
from assignments.states import AssignmentStatus
from directives.models import Receipt
from tests import make
from tests.together import together as many_at_once
from units.history import IllegalMove

S = AssignmentStatus
WHY = "Trạm phát sóng đang bảo trì, chưa thể kiểm tra"
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


together = partial(many_at_once, refusal=IllegalMove)


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, IllegalMove)]


def test_one_closes_while_another_returns():
    cast, now = make.cast(), timezone.now()
    for _ in range(5):
        row = make.assignment(cast, S.SUBMITTED)
        outcomes = together(
            lambda row=row: services.close_assignment(row, actor=cast.head, now=now),
            lambda row=row: services.return_assignment(row, actor=cast.leader, now=now, reason=WHY),
        )
        assert len(refusals(outcomes)) == 1
        (winner,) = [outcome for outcome in outcomes if not isinstance(outcome, IllegalMove)]
        assert Assignment.objects.get(pk=row.pk).status == winner.status
        assert row.history.count() == 1


def test_ten_submits_of_one_person_are_one():
    cast, now = make.cast(), timezone.now()
    row = make.assignment(cast, S.ACCEPTED)
    outcomes = together(*[lambda: services.submit_assignment(row, actor=cast.focal, now=now, text="Đã xong")] * 10)
    assert len(refusals(outcomes)) == 9
    assert (row.history.count(), row.evidence.count()) == (1, 1)


def test_one_request_for_time_is_decided_once():
    cast, now = make.cast(), timezone.now()
    due = now + timedelta(days=1)
    row = make.assignment(cast, S.ACCEPTED, due_at=due)
    wanted = Extension.objects.create(
        assignment=row, wanted_at=due + timedelta(days=3), reason=WHY, asked_by=cast.focal, asked_at=now
    )
    outcomes = together(
        lambda: services.decide_extension(wanted, actor=cast.head, now=now, granted=True),
        lambda: services.decide_extension(wanted, actor=cast.leader, now=now, granted=False, answer=WHY),
    )
    assert len(refusals(outcomes)) == 1
    wanted.refresh_from_db()
    assert Assignment.objects.get(pk=row.pk).due_at == (wanted.wanted_at if wanted.granted else due)
    assert AssignmentEntry.objects.count() == 1


def test_a_paper_is_issued_once():
    cast, now = make.cast(), timezone.now()
    stored = make.stored_file()
    paper = make.dispatch(cast, "numbered", addressed=[cast.telecom], pdf=stored, pdf_sha256=stored.sha256, scan=stored)
    make.requirement(paper, units=[cast.telecom])
    outcomes = together(*[lambda: services.issue_dispatch(paper, actor=cast.clerk, now=now)] * 4)
    assert len(refusals(outcomes)) == 3
    assert (Receipt.objects.count(), Assignment.objects.count()) == (1, 1)
