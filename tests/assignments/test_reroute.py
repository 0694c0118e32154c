"""What one unit declined is given to another that has the paper: done, refused, told, and neither learns of the other."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assignments import services
from assignments.models import Assignment
from assignments.states import ASSIGNMENT_MOVES, VERB_FROM, AssignmentStatus
from directives.models import Receipt
from notices.models import Notice
from notices.sweeps import read_history
from tests import make
from units.history import IllegalMove

S = AssignmentStatus
WHY = "Đơn vị không có hạ tầng tại địa bàn này"


@pytest.fixture
def declined(cast, now):
    """A declined demand of the telecom company; the post office has the paper too."""
    row = make.assignment(cast, S.DECLINED, due_at=now + timedelta(days=5), occasion=make.occasion())
    Receipt.objects.create(dispatch=row.dispatch, unit=cast.postal, version=1, sent_at=now - timedelta(days=2))
    return row


def reroute(row, cast, now, actor="specialist", **words):
    words = {"unit": cast.postal, "reason": WHY} | words
    return services.reroute_assignment(row, actor=getattr(cast, actor), now=now, **words)


@pytest.mark.parametrize("actor", ["specialist", "head", "leader"])
def test_the_other_unit_owes_it_now(cast, now, declined, actor):
    given = Assignment.objects.get(pk=reroute(declined, cast, now, actor).pk)
    old = Assignment.objects.get(pk=declined.pk)
    assert (old.status, old.rerouted_to) == (S.CANCELLED, given)
    same = ["requirement", "dispatch", "occasion", "role", "occurrence", "given_by", "due_at"]
    assert [getattr(given, name) for name in same] == [getattr(old, name) for name in same]
    assert (given.unit, given.status, given.first_due_at, given.armed_at) == (cast.postal, S.SENT, old.due_at, now)
    taken, passed = given.history.get(), old.history.get()
    assert (taken.before, taken.after, taken.actor, taken.at) == ("", S.SENT, getattr(cast, actor), now)
    assert (passed.before, passed.after) == (S.DECLINED, S.CANCELLED)
    assert WHY in taken.note
    assert WHY in passed.note
    assert cast.postal.name not in passed.note
    assert cast.telecom.name not in taken.note


def test_a_later_deadline_becomes_its_first(cast, now, declined):
    later = declined.due_at + timedelta(days=4)
    given = reroute(declined, cast, now, due_at=later)
    assert (given.first_due_at, given.due_at) == (later, later)


def test_a_demand_without_a_deadline_has_none(cast, now):
    row = make.assignment(cast, S.DECLINED)
    Receipt.objects.create(dispatch=row.dispatch, unit=cast.postal, version=1, sent_at=now)
    assert reroute(row, cast, now).due_at is None


@pytest.mark.parametrize("actor", ["focal", "stranger", "postal_focal", "clerk", "admin"])
def test_refused_by_role(cast, now, declined, actor):
    with pytest.raises(PermissionDenied):
        reroute(declined, cast, now, actor)
    assert Assignment.objects.get() == declined


@pytest.mark.parametrize("state", sorted(set(ASSIGNMENT_MOVES) - VERB_FROM["reroute"]))
def test_refused_from_each_wrong_state_and_on_a_stale_copy(cast, now, declined, state):
    Assignment.objects.filter(pk=declined.pk).update(status=state)
    with pytest.raises(IllegalMove):
        reroute(declined, cast, now)
    assert Assignment.objects.get().status == state


def test_a_second_press_gives_nothing_more(cast, now, declined):
    reroute(declined, cast, now)
    with pytest.raises(IllegalMove):
        reroute(declined, cast, now)
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"unit": "rival"}, "unit"),  # the paper was never sent there
        ({"unit": "telecom"}, "unit"),  # it declined
        ({"reason": "ngắn"}, "reason"),
        ({"due_at": timedelta(days=4)}, "due_at"),  # before the first unit's
        ({"now": timedelta(days=6)}, "due_at"),  # over meanwhile
    ],
    ids=["no receipt", "itself", "no reason", "earlier", "over"],
)
def test_refused_words(cast, now, declined, words, field):
    at = now + words.pop("now", timedelta())
    if "unit" in words:
        words["unit"] = getattr(cast, words["unit"])
    if "due_at" in words:
        words["due_at"] += now
    with pytest.raises(ValidationError) as refusal:
        reroute(declined, cast, at, **words)
    assert set(refusal.value.message_dict) == {field}
    assert Assignment.objects.get().status == S.DECLINED


def test_a_unit_that_has_the_demand_is_not_given_it_twice(cast, now, declined):
    make.assignment(cast, S.CLOSED, to=cast.postal, of=declined.requirement)
    with pytest.raises(ValidationError) as refusal:
        reroute(declined, cast, now)
    assert set(refusal.value.message_dict) == {"unit"}


def test_both_units_are_told_once(cast, now, declined):
    at = now + timedelta(days=1)
    reroute(declined, cast, at)
    for _ in range(2):
        read_history(now=at + timedelta(seconds=30))
    told = Notice.objects.filter(channel="app", key__startswith="assignment:")
    assert {(one.recipient.user, one.subject.split(":")[0]) for one in told} == {
        (cast.postal_focal, "Sở chuyển giao yêu cầu"),
        (cast.focal, "Sở hủy yêu cầu"),
    }
    assert told.count() == 2


def test_the_page_offers_only_who_may_have_it_and_names_the_other_to_staff_alone(cast, now, client, declined):
    client.force_login(cast.head)
    page = client.get(f"/nhiem-vu/{declined.pk}/chuyen-don-vi/")
    assert list(page.context["form"].fields["unit"].queryset) == [cast.postal]
    given = reroute(declined, cast, now)
    assert cast.postal.name in client.get(declined.get_absolute_url()).content.decode()
    assert cast.telecom.name in client.get(given.get_absolute_url()).content.decode()
    for who, row, other in ((cast.focal, declined, cast.postal), (cast.postal_focal, given, cast.telecom)):
        client.force_login(who)
        assert other.name not in client.get(row.get_absolute_url()).content.decode()


def test_the_page_says_what_is_wrong_beside_its_field(cast, client, declined):
    client.force_login(cast.head)
    words = {"unit": cast.rival.pk, "day": "2020-01-31", "reason": WHY}
    answer = client.post(f"/nhiem-vu/{declined.pk}/chuyen-don-vi/", words)
    assert set(answer.context["form"].errors) == {"unit"}
    answer = client.post(f"/nhiem-vu/{declined.pk}/chuyen-don-vi/", words | {"unit": cast.postal.pk})
    assert set(answer.context["form"].errors) == {"day"}
    assert Assignment.objects.get().status == S.DECLINED
