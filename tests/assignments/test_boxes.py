"""What this floor puts on a paper's page: the clerk's button, the Sở's counts, a unit's own demands."""

import pytest
from django.urls import reverse

from assignments.models import Assignment
from assignments.states import AssignmentStatus
from tests import make

S = AssignmentStatus


@pytest.fixture
def see(client, cast):
    def page(who, paper):
        client.force_login(getattr(cast, who))
        answer = client.get(paper.get_absolute_url())
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_the_department_sees_counts_that_link_to_their_rows(cast, now, see):
    mine = make.assignment(cast, S.SENT, due_at=now)
    demand, paper = mine.requirement, mine.dispatch
    make.assignment(cast, S.CLOSED, to=cast.rival, of=demand)
    make.assignment(cast, S.SUBMITTED, to=cast.postal, of=demand)
    make.assignment(cast, S.CANCELLED, to=make.unit(), of=demand)
    page = see("leader", paper)
    assert "0/4 đơn vị" in page
    assert "1/3 nhiệm vụ" in page
    rows = reverse("assignments:assignment_list") + f"?van-ban={paper.pk}&amp;"
    for query in ("trang-thai=hieu-luc", "tre=1", "trang-thai=cho-so", "trang-thai=sent"):
        assert rows + query in page


def test_a_unit_sees_its_own_demands_and_accepts_them_all(cast, see):
    mine = make.assignment(cast, S.SENT)
    paper = mine.dispatch
    make.assignment(cast, S.SENT, to=cast.rival, of=mine.requirement)
    accept = reverse("assignments:dispatch_accept", args=[paper.pk])
    page = see("focal", paper)
    assert mine.get_absolute_url() in page
    assert accept in page
    assert cast.rival.name not in page
    assert "đơn vị</a>" not in page
    Assignment.objects.update(status=S.ACCEPTED)
    page = see("focal", paper)
    assert mine.get_absolute_url() in page
    assert accept not in page


def test_the_clerk_alone_has_the_button_to_issue(cast, see):
    stored = make.stored_file()
    paper = make.dispatch(cast, "numbered", addressed=[cast.telecom], pdf=stored, pdf_sha256=stored.sha256, scan=stored)
    issue = reverse("assignments:dispatch_issue", args=[paper.pk])
    assert issue in see("clerk", paper)
    for who in ("specialist", "head", "leader", "admin"):
        assert issue not in see(who, paper)
    assert issue not in see("clerk", make.dispatch(cast, "issued", addressed=[cast.telecom]))
