"""The health checks of the containers: `manage.py alive PART`."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from config.management.commands import alive
from units.services.sweeps import finish_sweep

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_a_part_lives_by_the_pulses_it_leaves(settings, now, part, capsys):
    settings.BEAT_SCHEDULE = {"a": {"task": "x.tasks.send_mail", "schedule": 15.0}}
    with pytest.raises(CommandError, match="chưa có lượt quét nào"):
        call_command("alive", part)
    finish_sweep("send_mail", now=now)
    call_command("alive", part)
    assert "giây" in capsys.readouterr().out
    finish_sweep("send_mail", now=now - timedelta(minutes=6))
    with pytest.raises(CommandError, match="6 phút"):
        call_command("alive", part)


def test_beat_alone_is_blamed_for_a_sweep_it_forgot(settings, now):
    settings.BEAT_SCHEDULE = {name: {"task": f"x.{name}", "schedule": 15.0} for name in ("send_mail", "remind")}
    finish_sweep("send_mail", now=now)
    call_command("alive", "worker")
    with pytest.raises(CommandError, match="remind"):
        call_command("alive", "beat")


def test_the_web_lives_as_long_as_it_reaches_the_database(monkeypatch, unused_port):
    monkeypatch.setenv("PORT", str(unused_port))
    with pytest.raises(CommandError, match="không trả lời"):
        call_command("alive", "web")
    body = {"checks": {"database": {"ok": True, "detail": "trả lời"}, "worker": {"ok": False, "detail": ""}}}
    monkeypatch.setattr(alive, "ask_healthz", lambda port: body)
    call_command("alive", "web")
    body["checks"]["database"]["ok"] = False
    with pytest.raises(CommandError):
        call_command("alive", "web")
