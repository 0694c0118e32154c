"""The reminder sweep: the right people, once, the newest rung, at the right instant."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from assignments.models import Assignment
from assignments.services.extensions import extend_assignment
from notices.ladder import ZONE
from notices.models import Notice
from notices.sweeps import remind_assignments
from tests import make
from units.models import Contact

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, tzinfo=ZONE)


def due_in(cast, delta, now=NOON, status="accepted", **fields):
    return make.assignment(cast, status, due_at=now + delta, armed_at=now - timedelta(days=30), **fields)


def said(**where):
    return set(Notice.objects.filter(**where).values_list("recipient__user__username", "channel", "key"))


def test_at_the_due_instant_unit_and_giver_each_have_it(cast):
    row = due_in(cast, timedelta(0))
    remind_assignments(now=NOON)
    key = f"due:{row.pk}:2026-03-10T05:00:-1"
    assert said() == {
        (person.username, channel, key) for person in (cast.focal, cast.specialist) for channel in ("app", "email")
    }


def test_a_moment_before_it_is_not_late(cast):
    due_in(cast, timedelta(0))
    remind_assignments(now=NOON - timedelta(seconds=1))
    assert not Notice.objects.filter(key__endswith=":-1").exists()


def test_running_again_and_again_says_it_once(cast):
    due_in(cast, timedelta(0))
    for seconds in (0, 30, 60, 90):
        remind_assignments(now=NOON + timedelta(seconds=seconds))
    assert Notice.objects.count() == 4


def test_after_days_of_silence_only_the_newest_rung(cast):
    due_in(cast, timedelta(days=20))
    remind_assignments(now=NOON)
    remind_assignments(now=NOON + timedelta(days=19))
    assert {key.rpartition(":")[2] for _, _, key in said()} == {"1"}


@pytest.mark.parametrize("status", ["submitted", "closed", "cancelled", "declined"])
def test_what_is_not_owed_is_not_reminded(cast, status):
    due_in(cast, timedelta(0), status=status)
    remind_assignments(now=NOON)
    assert not Notice.objects.exists()


def test_a_moved_deadline_arms_the_ladder_again(cast):
    row = due_in(cast, timedelta(0))
    remind_assignments(now=NOON)
    Notice.objects.all().delete()
    extend_assignment(
        row, actor=cast.head, now=NOON, due_at=NOON + timedelta(days=2), reason="Chờ vật tư dự phòng về kho."
    )
    remind_assignments(now=NOON + timedelta(seconds=30))
    assert {key.rpartition(":")[2] for _, _, key in said()} == {"3"}
    remind_assignments(now=NOON + timedelta(days=2, seconds=1))
    assert {key.rpartition(":")[2] for _, _, key in said()} == {"3", "-1"}


def test_a_contact_without_account_gets_mail_alone(cast):
    Contact.objects.create(unit=cast.telecom, name="Phan An", sort_key="x", email="an@saobien.example", is_focal=True)
    due_in(cast, timedelta(0))
    remind_assignments(now=NOON)
    assert Notice.objects.get(recipient__name="Phan An").channel == "email"


def test_a_person_nobody_can_reach_shows_as_failed(cast):
    Contact.objects.filter(unit=cast.telecom).update(is_focal=False)
    Contact.objects.create(unit=cast.telecom, name="Phan An", sort_key="x", is_focal=True)
    due_in(cast, timedelta(0))
    remind_assignments(now=NOON)
    notice = Notice.objects.get(recipient__name="Phan An")
    assert (notice.status, notice.error) == ("failed", "Người nhận chưa có thư điện tử trong danh bạ.")


def test_queries_are_counted_by_batch_not_by_row(cast, django_assert_max_num_queries):
    demand = make.requirement(make.dispatch(cast, "issued"), due_at=NOON)
    units = [make.unit() for _ in range(30)]
    Assignment.objects.bulk_create(
        Assignment(
            requirement=demand,
            dispatch=demand.dispatch,
            unit=unit,
            given_by=cast.specialist,
            first_due_at=NOON,
            due_at=NOON,
            armed_at=NOON - timedelta(days=9),
            moved_at=timezone.now(),
            status="sent",
        )
        for unit in units
    )
    with django_assert_max_num_queries(16):
        remind_assignments(now=NOON)
