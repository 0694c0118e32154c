"""What an ended unit owes goes to its heir: with paper and deadline, once, and not what waits for the Sở."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from assignments.models import Assignment
from assignments.selectors import succession
from assignments.services.succession import hand_over
from assignments.states import AssignmentStatus as S
from directives.models import Receipt
from tests import make
from units.reorganising import Order
from units.services.reorganisation import reorganise

pytestmark = pytest.mark.django_db
WHY = "Sắp xếp theo Quyết định số 15/QĐ-UBND"


@pytest.fixture
def act(cast, now):
    """The telecom company owes in every open state and goes into the post office, which owes one of the demands already."""
    states = (S.SENT, S.ACCEPTED, S.QUESTIONED, S.DECLINED, S.SUBMITTED, S.CLOSED)
    cast.owed = {state: make.assignment(cast, state, due_at=now + timedelta(days=3)) for state in states}
    same = cast.owed[S.ACCEPTED]
    make.assignment(cast, S.SENT, to=cast.postal, of=same.requirement)
    make.roster(cast.telecom, shifts=[make.shift(cast.focal, now + timedelta(days=1))])
    on = timezone.localdate(now)
    return reorganise(
        Order(ends={cast.telecom.pk: [cast.postal.pk]}), actor=None, now=now, kind="merge", on=on, basis=WHY
    )


def test_the_heir_has_paper_and_deadline_once(cast, now, act):
    assert succession.counts(act, now) == {"open": 5, "waiting": 1, "passes": 4, "rosters": 1}
    with pytest.raises(PermissionDenied):
        hand_over(act, actor=cast.clerk, now=now, reason=WHY)
    assert hand_over(act, actor=cast.head, now=now, reason=WHY) == (3, 1)
    given = Assignment.objects.filter(instead_of__in=[row.pk for row in cast.owed.values()])
    assert {(row.unit, row.status, row.due_at) for row in given} == {(cast.postal, S.SENT, now + timedelta(days=3))}
    assert Receipt.objects.filter(unit=cast.postal, dispatch__in=[row.dispatch_id for row in given]).count() == 3
    found = {state: Assignment.objects.get(pk=row.pk).status for state, row in cast.owed.items()}
    assert found == dict.fromkeys(found, S.CANCELLED) | {S.SUBMITTED: S.SUBMITTED, S.CLOSED: S.CLOSED}
    assert hand_over(act, actor=cast.head, now=now, reason=WHY) == (0, 0)
    assert succession.orphans(timezone.localdate(now)) == [(cast.telecom.pk, cast.telecom.name, 1)]


def test_the_pages(client, cast, now, act):
    address = reverse("assignments:hand_over", args=[act.pk])
    client.force_login(cast.specialist)
    assert "5 nhiệm vụ chưa xong" in client.get(act.get_absolute_url()).content.decode()
    assert cast.telecom.name in client.get(reverse("units:reorganisation_list")).content.decode()
    assert "chờ Sở xác nhận trước" in client.get(address).content.decode()
    assert client.post(address, {"reason": "ngắn"}).context["form"].errors
    assert client.post(address, {"reason": WHY}).url == act.get_absolute_url()
    for who, code in ((cast.clerk, 403), (cast.focal, 404)):
        client.force_login(who)
        assert client.get(address).status_code == code
