"""Two at once on one invitation or one contact: one wins, the other is told."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make
from tests.together import together as many_at_once
from units.models import Invitation, User
from units.services import invitations as services
from units.states import Role

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NEW = "biển-lặng-gió-êm-47"


together = partial(many_at_once, refusal=ValidationError)


def test_a_link_pressed_by_two_at_once_opens_one_account():
    cast, now = make.cast(), timezone.now()
    for n in range(3):
        row = services.invite_person(
            cast.telecom, actor=cast.admin, now=now, role=Role.DUTY, name="Lý Sáu", email=f"sau{n}@saobien.example"
        )
        outcomes = together(*[lambda row=row: services.accept_invitation(row, now=now, password=NEW)] * 3)
        assert sum(isinstance(outcome, User) for outcome in outcomes) == 1
        assert User.objects.filter(email=row.email).count() == 1


def test_a_person_invited_by_two_at_once_has_one_invitation():
    cast, now = make.cast(), timezone.now()

    def invite(who):
        return services.invite_person(
            cast.telecom, actor=who, now=now, role=Role.DUTY, name="Lý Sáu", email="sau@saobien.example"
        )

    outcomes = together(lambda: invite(cast.admin), lambda: invite(cast.head), lambda: invite(cast.specialist))
    assert Invitation.objects.open().filter(email="sau@saobien.example").count() == 1
    assert sum(isinstance(outcome, Invitation) for outcome in outcomes) == 1


def test_a_link_taken_back_while_it_is_pressed():
    cast, now = make.cast(), timezone.now()
    row = services.invite_person(
        cast.telecom, actor=cast.admin, now=now, role=Role.DUTY, name="Lý Sáu", email="sau@saobien.example"
    )
    outcomes = together(
        lambda: services.accept_invitation(row, now=now, password=NEW),
        lambda: services.revoke_invitation(row, actor=cast.admin, now=now),
    )
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
    assert User.objects.filter(email=row.email).exists() == bool(Invitation.objects.get().accepted_at)
