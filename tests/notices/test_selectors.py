"""Who is told: people who still answer for their unit, and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices import selectors
from tests import make
from units.models import Contact, Membership
from units.states import Role, UnitKind

pytestmark = pytest.mark.django_db


def locked(user):
    user.is_active = False
    user.save()


def gone(user):
    Membership.objects.filter(user=user).update(ends_on=timezone.localdate())


def told(cast):
    return [contact.user for contact in selectors.focal_contacts([cast.telecom.pk])[cast.telecom.pk]]


@pytest.mark.parametrize("leave", [locked, gone])
def test_a_focal_person_who_no_longer_answers_is_not_told(cast, leave):
    assert told(cast) == [cast.focal]
    make.assignment(cast, "sent")
    assert list(selectors.units_nobody_answers_for()) == []
    leave(cast.focal)
    assert told(cast) == []
    assert list(selectors.units_nobody_answers_for()) == [cast.telecom]


def test_a_right_in_another_unit_does_not_count(cast):
    gone(cast.focal)
    today = timezone.localdate()
    Membership.objects.create(user=cast.focal, unit=cast.rival, role=Role.FOCAL, starts_on=today)
    assert told(cast) == []


def test_a_contact_without_account_is_told(cast):
    gone(cast.focal)
    alone = Contact.objects.create(unit=cast.telecom, name="Phan An", sort_key="x", email="an@a.example", is_focal=True)
    assert selectors.focal_contacts([cast.telecom.pk]) == {cast.telecom.pk: [alone]}


@pytest.mark.parametrize("leave", [locked, gone])
def test_a_giver_who_left_is_not_told(cast, leave):
    assert set(selectors.contacts_of_users([cast.specialist.pk])) == {cast.specialist.pk}
    leave(cast.specialist)
    assert selectors.contacts_of_users([cast.specialist.pk]) == {}


def test_a_giver_who_moved_to_another_division_is_told_one_who_moved_to_a_company_is_not(cast):
    gone(cast.specialist)
    other = make.unit(UnitKind.DIVISION, "Phòng Chuyển đổi số", parent=cast.department)
    tomorrow = timezone.localdate() + timedelta(days=1)
    moved = Membership.objects.create(
        user=cast.specialist, unit=other, role=Role.SPECIALIST, starts_on=timezone.localdate(), ends_on=tomorrow
    )
    assert set(selectors.contacts_of_users([cast.specialist.pk])) == {cast.specialist.pk}
    Membership.objects.filter(pk=moved.pk).update(unit=cast.rival)
    assert selectors.contacts_of_users([cast.specialist.pk]) == {}


def test_nobody_locked_out_sits_at_a_desk(cast):
    locked(cast.clerk)
    assert selectors.desk(Role.CLERK) == []
