import socket
from datetime import timedelta

import pytest
from celery.beat import Scheduler
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from config.celery import app


def test_every_sweep_is_due_at_once_when_beat_starts_and_then_at_its_interval():
    scheduler = Scheduler(app=app, lazy=True)
    scheduler.merge_inplace(app.conf.beat_schedule)
    assert scheduler.schedule.keys() >= settings.BEAT_SCHEDULE.keys()
    for name, planned in settings.BEAT_SCHEDULE.items():
        entry = scheduler.schedule[name]
        assert entry.is_due().is_due, name
        later = entry._next_instance(last_run_at=timezone.now())
        assert not later.is_due().is_due, name
        assert timedelta(seconds=later.is_due().next) <= timedelta(seconds=planned["schedule"]), name


def test_a_task_survives_its_worker_and_carries_no_code():
    assert app.conf.task_acks_late and app.conf.task_reject_on_worker_lost
    assert app.conf.accept_content == ["json"]
    assert app.conf.broker_transport_options["visibility_timeout"] == 300


@pytest.fixture
def ring_at():
    """Ring at another broker: nothing is queued where a running product would hear it."""

    def ring(url):
        with app.connection_for_write(url=url) as line:
            app.send_task("notices.tasks.answer_the_bell", connection=line, retry=False, ignore_result=True)

    return ring


def test_a_broker_that_is_gone_refuses_the_ring(ring_at, tmp_path):
    with pytest.raises(OperationalError):
        ring_at(f"redis+socket://{tmp_path}/khong-co.sock")


def test_a_broker_that_never_answers_refuses_the_ring(ring_at, tmp_path):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "s"))
        silent.listen(8)
        with pytest.raises(OperationalError, match="Timeout"):
            ring_at(f"redis+socket://{tmp_path}/s")
