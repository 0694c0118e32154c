"""A later deadline: asked in time, decided once, the first one kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from assignments import services
from assignments.models import Assignment, Extension
from assignments.states import VERB_FROM, AssignmentStatus
from tests import make
from units.history import IllegalMove

S = AssignmentStatus
WHY = "Đang chờ thiết bị dự phòng về kho"
DAY = timedelta(days=1)


@pytest.fixture
def owed(cast, now):
    return make.assignment(cast, S.ACCEPTED, due_at=now + DAY, armed_at=now - DAY)


def ask(assignment, cast, now, **changes):
    return services.ask_extension(
        assignment, **{"actor": cast.focal, "now": now, "wanted_at": now + 3 * DAY, "reason": WHY} | changes
    )


def test_granted_moves_the_deadline_and_keeps_the_first(cast, now, owed):
    first = owed.due_at
    extension = ask(owed, cast, now)
    assert Assignment.objects.get(pk=owed.pk).due_at == first
    later = now + timedelta(hours=1)
    services.decide_extension(extension, actor=cast.head, now=later, granted=True)
    row = Assignment.objects.get(pk=owed.pk)
    assert (row.first_due_at, row.due_at, row.armed_at, row.status) == (first, now + 3 * DAY, later, S.ACCEPTED)
    extension.refresh_from_db()
    assert (extension.granted, extension.decided_by, extension.decided_at) == (True, cast.head, later)
    assert list(row.history.order_by("pk").values_list("before", "after", "actor")) == [
        ("", S.ACCEPTED, cast.focal.pk),
        (S.ACCEPTED, S.ACCEPTED, cast.head.pk),
    ]


def test_refused_says_why_and_moves_nothing(cast, now, owed):
    extension = ask(owed, cast, now)
    with pytest.raises(ValidationError):
        services.decide_extension(extension, actor=cast.head, now=now, granted=False, answer="Không")
    services.decide_extension(extension, actor=cast.head, now=now, granted=False, answer=WHY)
    row = Assignment.objects.get(pk=owed.pk)
    assert (row.due_at, row.armed_at) == (owed.due_at, owed.armed_at)
    assert Extension.objects.get().answer == WHY
    again = ask(owed, cast, now)
    assert again.granted is None


def test_decided_once(cast, now, owed):
    extension = ask(owed, cast, now)
    services.decide_extension(extension, actor=cast.head, now=now, granted=True)
    with pytest.raises(IllegalMove):
        services.decide_extension(extension, actor=cast.leader, now=now, granted=False, answer=WHY)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), DAY])
def test_asking_at_or_after_the_deadline_is_impossible(cast, now, owed, late):
    with pytest.raises(ValidationError) as refusal:
        ask(owed, cast, owed.due_at + late, wanted_at=owed.due_at + 9 * DAY)
    assert refusal.value.code == "after_deadline"
    ask(owed, cast, owed.due_at - timedelta(seconds=1), wanted_at=owed.due_at + DAY)


@pytest.mark.parametrize("wanted", [-DAY, timedelta(0), DAY])
def test_only_later_is_asked(cast, now, owed, wanted):
    with pytest.raises(ValidationError):
        ask(owed, cast, now, wanted_at=now + wanted)
    assert not Extension.objects.exists()


def test_one_open_request(cast, now, owed):
    ask(owed, cast, now)
    with pytest.raises(ValidationError) as refusal:
        ask(owed, cast, now)
    assert "chờ Sở trả lời" in str(refusal.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(assignment=owed, wanted_at=now, reason=WHY, asked_by=cast.focal, asked_at=now)


def test_no_deadline_no_extension(cast, now):
    endless = make.assignment(cast, S.ACCEPTED)
    with pytest.raises(ValidationError):
        ask(endless, cast, now)
    with pytest.raises(ValidationError):
        services.extend_assignment(endless, actor=cast.head, now=now, due_at=now + DAY, reason=WHY)


@pytest.mark.parametrize("state", list(S))
def test_states_from_which_time_is_asked_and_given(cast, now, state):
    assignment = make.assignment(cast, state, due_at=now + DAY)
    acts = {
        "ask_extension": lambda: ask(assignment, cast, now),
        "extend": lambda: services.extend_assignment(
            assignment, actor=cast.head, now=now, due_at=now + 5 * DAY, reason=WHY
        ),
    }
    for verb, act in acts.items():
        if state in VERB_FROM[verb]:
            act()
        else:
            with pytest.raises(IllegalMove):
                act()


def test_a_request_is_not_decided_on_a_closed_one(cast, now, owed):
    extension = ask(owed, cast, now)
    services.cancel_assignment(owed, actor=cast.head, now=now, reason=WHY)
    with pytest.raises(IllegalMove):
        services.decide_extension(extension, actor=cast.head, now=now, granted=True)


def test_who_asks_and_who_decides(cast, now, owed):
    for person in (cast.stranger, cast.specialist, cast.head, cast.leader, cast.clerk):
        with pytest.raises(PermissionDenied):
            ask(owed, cast, now, actor=person)
    extension = ask(owed, cast, now)
    for person in (cast.focal, cast.stranger, cast.clerk, cast.admin):
        with pytest.raises(PermissionDenied):
            services.decide_extension(extension, actor=person, now=now, granted=True)
        with pytest.raises(PermissionDenied):
            services.extend_assignment(owed, actor=person, now=now, due_at=now + 5 * DAY, reason=WHY)


def test_the_department_extends_even_when_late_and_answers_the_open_request(cast, now, owed):
    extension = ask(owed, cast, now)
    first, late = owed.due_at, owed.due_at + timedelta(hours=2)
    row = services.extend_assignment(owed, actor=cast.head, now=late, due_at=late + 2 * DAY, reason=WHY)
    assert (row.first_due_at, row.due_at, row.armed_at) == (first, late + 2 * DAY, late)
    extension.refresh_from_db()
    assert (extension.granted, extension.decided_by) == (True, cast.head)
    assert Extension.objects.count() == 1


def test_an_extension_unasked_is_written_down_too(cast, now, owed):
    services.extend_assignment(owed, actor=cast.head, now=now, due_at=now + 2 * DAY, reason=WHY)
    given = Extension.objects.get()
    assert (given.wanted_at, given.asked_by, given.decided_by, given.granted, given.answer) == (
        now + 2 * DAY,
        cast.head,
        cast.head,
        True,
        WHY,
    )


@pytest.mark.parametrize("moved", [-DAY, timedelta(0), timedelta(minutes=30)])
def test_the_department_extends_only_to_a_later_moment_still_to_come(cast, now, owed, moved):
    late = owed.due_at + timedelta(hours=1)
    with pytest.raises(ValidationError):
        services.extend_assignment(owed, actor=cast.head, now=late, due_at=owed.due_at + moved, reason=WHY)


def test_granting_what_has_become_earlier_than_the_deadline_is_refused(cast, now, owed):
    extension = ask(owed, cast, now)
    Assignment.objects.filter(pk=owed.pk).update(due_at=now + 9 * DAY)
    with pytest.raises(ValidationError):
        services.decide_extension(extension, actor=cast.head, now=now, granted=True)


def test_late_is_half_open_and_computed(cast, now):
    due = make.assignment(cast, S.ACCEPTED, due_at=now)
    before = now - timedelta(microseconds=1)
    assert (due.overdue(before), due.overdue(now)) == (False, True)
    assert list(Assignment.objects.late(before)) == []
    assert list(Assignment.objects.late(now)) == [due]
    for state in sorted(set(S) - S.OWED):
        make.assignment(cast, state, due_at=now - DAY)
    assert list(Assignment.objects.late(now)) == [due]
