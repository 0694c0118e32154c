import socket
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from config import health
from units.models import Sweep

SWEEPS = {"send_pending_notices": 15.0, "refresh_unit_names": 3600.0}


@pytest.fixture(autouse=True)
def _schedule(settings):
    settings.BEAT_SCHEDULE = {name: {"task": f"x.tasks.{name}", "schedule": every} for name, every in SWEEPS.items()}


@pytest.fixture
def broker(monkeypatch):
    monkeypatch.setattr(health, "read_queue", lambda: 0)


def pulse(**ages):
    for name, age in ages.items():
        Sweep.objects.update_or_create(name=name, defaults={"pulse_at": timezone.now() - age})


def verdicts(client):
    answer = client.get("/healthz")
    body = answer.json()
    assert (answer.status_code == 200) is body["ok"] is all(check["ok"] for check in body["checks"].values())
    return {name: check["ok"] for name, check in body["checks"].items()}


WELL = {"database": True, "broker": True, "worker": True, "beat": True, "disk": True}


@pytest.mark.django_db
class TestHealthz:
    def test_is_well_without_login(self, client, broker, settings):
        pulse(send_pending_notices=timedelta(seconds=10), refresh_unit_names=timedelta(minutes=59))
        assert verdicts(client) == WELL
        answer = client.get("/healthz")
        assert answer.json()["version"] == settings.VERSION
        assert "no-store" in answer["Cache-Control"]
        assert client.post("/healthz").status_code == 405

    def test_is_not_well_before_the_first_sweep(self, client, broker):
        assert verdicts(client) == {**WELL, "worker": False, "beat": False}

    def test_is_not_well_when_every_pulse_is_older_than_five_minutes(self, client, broker):
        pulse(send_pending_notices=timedelta(minutes=6), refresh_unit_names=timedelta(minutes=6))
        assert verdicts(client) == {**WELL, "worker": False, "beat": False}

    def test_names_the_sweep_that_beat_forgets(self, client, broker):
        pulse(send_pending_notices=timedelta(seconds=1), refresh_unit_names=timedelta(minutes=66))
        assert verdicts(client) == {**WELL, "beat": False}
        assert client.get("/healthz").json()["checks"]["beat"]["detail"].endswith("refresh_unit_names")

    @pytest.mark.parametrize("url", ["redis+socket:///tmp/khong-co.sock", "redis://:mat-khau@127.0.0.1:1/0"])
    def test_dead_broker_is_told_and_its_password_is_not(self, client, settings, url):
        settings.BROKER_URL = url
        pulse(send_pending_notices=timedelta(0), refresh_unit_names=timedelta(0))
        assert verdicts(client) == {**WELL, "broker": False}
        assert b"mat-khau" not in client.get("/healthz").content

    def test_silent_broker_does_not_hold_the_page(self, client, settings, tmp_path):
        path = tmp_path / "s"
        with socket.socket(socket.AF_UNIX) as silent:
            silent.bind(str(path))
            silent.listen(8)
            settings.BROKER_URL = f"redis+socket://{path}"
            assert verdicts(client)["broker"] is False

    def test_dead_database_is_told_without_its_address(self, client, broker, monkeypatch):
        def refuse():
            raise DatabaseError("could not connect to 10.0.0.9 as thongsuot")

        monkeypatch.setattr(health.connection, "cursor", refuse)
        assert verdicts(client) == {**WELL, "database": False, "worker": False, "beat": False}
        assert b"10.0.0.9" not in client.get("/healthz").content

    def test_full_disk_is_told(self, client, broker, monkeypatch):
        pulse(send_pending_notices=timedelta(0), refresh_unit_names=timedelta(0))
        monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**62)
        assert verdicts(client) == {**WELL, "disk": False}
