"""Moves below become notices above: to whom it concerns, not to whom did it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assignments.services import answers, decisions, issue_dispatch
from notices.models import Notice
from notices.sweeps import read_history
from tests import make
from units.history import move

pytestmark = pytest.mark.django_db


def told():
    return set(Notice.objects.filter(channel="app").values_list("recipient__user__username", flat=True))


def look(now):
    read_history(now=now + timedelta(seconds=1))


def test_a_new_paper_is_told_to_the_focal_person_of_each_recipient(cast, now):
    make.assignment(cast, "sent", due_at=now + timedelta(days=9))
    look(now + timedelta(seconds=5))
    notice = Notice.objects.get(channel="app")
    assert notice.recipient.user == cast.focal
    assert "1 yêu cầu" in notice.subject


def test_what_an_issued_paper_gives_is_told_with_the_paper_and_not_demand_by_demand(cast):
    now, stored = timezone.now() + timedelta(days=1), make.stored_file()
    paper = make.dispatch(cast, "numbered", addressed=[cast.telecom], pdf=stored, pdf_sha256=stored.sha256, scan=stored)
    for label in ("1", "2", "3"):
        make.requirement(paper, label, units=[cast.telecom])
    issue_dispatch(paper, actor=cast.clerk, now=now)
    look(now)
    notice = Notice.objects.get(channel="app", recipient__user=cast.focal)
    assert "3 yêu cầu" in notice.subject


WHY = "Lý do đủ dài để người nhận hiểu."
MOVES = {
    "asked": ("sent", answers.ask_assignment, "focal", {"question": WHY}, "specialist"),
    "declined": ("sent", answers.decline_assignment, "focal", {"reason": WHY}, "specialist"),
    "submitted": ("accepted", answers.submit_assignment, "focal", {}, "specialist"),
    "returned": ("submitted", decisions.return_assignment, "head", {"reason": WHY}, "focal"),
    "closed": ("submitted", decisions.close_assignment, "head", {}, "focal"),
}


@pytest.mark.parametrize("case", MOVES)
def test_a_move_is_told_to_the_other_side(cast, case):
    status, verb, actor, words, who = MOVES[case]
    now = timezone.now() + timedelta(days=1)
    row = make.assignment(cast, status, due_at=now + timedelta(days=9))
    verb(row, actor=getattr(cast, actor), now=now, **words)
    look(now)
    assert told() == {getattr(cast, who).username}


def test_accepting_troubles_nobody(cast):
    now = timezone.now() + timedelta(days=1)
    answers.accept_assignment(make.assignment(cast), actor=cast.focal, now=now)
    look(now)
    assert told() == set()


def test_reading_twice_tells_once(cast):
    now = timezone.now() + timedelta(days=1)
    row = make.assignment(cast, "submitted")
    decisions.close_assignment(row, actor=cast.head, now=now)
    look(now)
    look(now + timedelta(seconds=20))
    assert Notice.objects.filter(channel="app").count() == 1


def test_a_draft_in_review_is_told_to_heads_and_leaders(cast, now):
    paper = make.dispatch(cast)
    move(paper, "review", actor=cast.specialist, now=now)
    look(now)
    assert told() == {cast.head.username, cast.leader.username}


def test_a_returned_draft_is_told_to_its_author_with_the_reason(cast, now):
    paper = make.dispatch(cast, "review")
    move(paper, "draft", actor=cast.head, now=now, note="Bổ sung căn cứ của tỉnh.")
    look(now)
    assert told() == {cast.specialist.username}
    assert "Bổ sung căn cứ của tỉnh." in Notice.objects.get(channel="app").text


def test_a_signed_paper_is_told_to_the_clerk(cast, now):
    paper = make.dispatch(cast, "approved")
    move(
        paper,
        "signed",
        actor=cast.leader,
        now=now,
        signed_by=cast.leader,
        signed_at=now,
        signing_way="hand",
        signer_name=cast.leader.full_name,
    )
    look(now)
    assert told() == {cast.clerk.username}
