"""People work whether or not the broker answers: the bell costs them nothing and carries nothing."""

import pytest
from django.urls import reverse

from assignments.models import Assignment
from config.doorbell import Doorbell
from tests import make

pytestmark = pytest.mark.django_db


class Bell:
    """Stands for the broker: counts the rings, or is dead."""

    def __init__(self, dead=False):
        self.rings, self.dead = [], dead

    def send_task(self, name, **options):
        self.rings.append(name)
        if self.dead:
            raise ConnectionRefusedError("no broker")


def accept(client, cast, settings, monkeypatch, bell, times=1):
    settings.DOORBELL = True
    monkeypatch.setattr("config.doorbell.app", bell)
    client.force_login(cast.focal)
    rows = [make.assignment(cast) for _ in range(times)]
    answers = [client.post(reverse("assignments:assignment_accept", args=[row.pk])) for row in rows]
    assert {answer.status_code for answer in answers} == {302}
    assert set(Assignment.objects.values_list("status", flat=True)) == {"accepted"}


def test_a_change_rings_once_for_all_sweeps(client, cast, settings, monkeypatch):
    bell = Bell()
    accept(client, cast, settings, monkeypatch, bell)
    assert bell.rings == ["notices.tasks.answer_the_bell"]


def test_a_dead_broker_costs_nobody_anything_and_is_left_alone(client, cast, settings, monkeypatch):
    bell = Bell(dead=True)
    accept(client, cast, settings, monkeypatch, bell, times=5)
    assert len(bell.rings) == 1


def test_the_real_client_gives_up_on_a_broker_nobody_listens_at(client, cast, settings, tmp_path, monkeypatch):
    settings.DOORBELL = True
    monkeypatch.setattr("config.doorbell.app.conf.broker_url", f"redis+socket://{tmp_path}/nobody.sock")
    client.force_login(cast.focal)
    row = make.assignment(cast)
    assert client.post(reverse("assignments:assignment_accept", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.status == "accepted"


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("POST", 403), ("POST", 500)])
def test_reading_and_refusals_do_not_ring(rf, settings, monkeypatch, method, status):
    settings.DOORBELL = True
    bell = Bell()
    monkeypatch.setattr("config.doorbell.app", bell)

    class Answer:
        status_code = status

    Doorbell(lambda request: Answer())(rf.generic(method, "/"))
    assert bell.rings == []
