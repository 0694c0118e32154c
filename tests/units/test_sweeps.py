"""A name is borne from its day; a sweep is one of a kind, and shows its pulse."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.units.test_units import sentences
from units import sweeps, tasks
from units.models import Sweep
from units.services import units as services
from units.services.sweeps import HOLD, claim_sweep, finish_sweep

pytestmark = pytest.mark.django_db


def test_a_name_of_the_future_is_borne_from_its_day_once(cast, now):
    day = timezone.localdate(now) + timedelta(days=2)
    services.rename_unit(cast.telecom, actor=cast.head, now=now, name="Viễn thông Hải Âu", short_name="HÂ", on=day)

    def after(days):
        sweeps.refresh_unit_names(now=now + timedelta(days=days))
        cast.telecom.refresh_from_db()
        return cast.telecom.name, cast.telecom.short_name

    assert after(1) == ("Công ty Viễn thông Sao Biển", "")
    assert after(2) == ("Viễn thông Hải Âu", "HÂ")
    assert after(3) == ("Viễn thông Hải Âu", "HÂ")
    assert sentences(cast.telecom)[1:] == ["Tên mới “Viễn thông Hải Âu” bắt đầu có hiệu lực."]
    entry = cast.telecom.history.order_by("pk").last()
    assert entry.actor is None


def test_days_of_silence_end_with_the_newest_name(cast, now):
    today = timezone.localdate(now)
    for shift, name in ((1, "Tên hai"), (2, "Tên ba"), (30, "Tên bốn")):
        services.rename_unit(
            cast.telecom, actor=None, now=now, name=name, short_name="", on=today + timedelta(days=shift)
        )
    sweeps.refresh_unit_names(now=now + timedelta(days=10))
    cast.telecom.refresh_from_db()
    assert cast.telecom.name == "Tên ba"


def test_only_what_differs_is_written(cast, now, django_assert_max_num_queries):
    sweeps.refresh_unit_names(now=now)
    with django_assert_max_num_queries(12):
        sweeps.refresh_unit_names(now=now + timedelta(minutes=1))
    assert sentences(cast.telecom) == []


def test_one_runs_at_a_time_and_a_lost_one_frees_its_place(now):
    assert claim_sweep("x", now=now).name == "x"
    assert claim_sweep("x", now=now + HOLD - timedelta(seconds=1)) is None
    assert claim_sweep("y", now=now)
    assert claim_sweep("x", now=now + HOLD)
    finish_sweep("x", now=now + HOLD, mark=now)
    row = Sweep.objects.get(name="x")
    assert (row.locked_until, row.pulse_at, row.mark) == (None, now + HOLD, now)
    assert claim_sweep("x", now=now + HOLD)
    finish_sweep("x", now=now + 2 * HOLD)
    assert Sweep.objects.get(name="x").mark == now


def test_while_another_runs_nothing_is_done(cast, now):
    day = timezone.localdate(now) + timedelta(days=1)
    services.rename_unit(cast.telecom, actor=None, now=now, name="Tên mới", short_name="", on=day)
    later = now + timedelta(days=1)
    claim_sweep(sweeps.NAME, now=later)
    sweeps.refresh_unit_names(now=later)
    cast.telecom.refresh_from_db()
    assert cast.telecom.name == "Công ty Viễn thông Sao Biển"


def test_the_task_is_a_door_and_leaves_a_pulse():
    tasks.refresh_unit_names()
    assert Sweep.objects.get(name="refresh_unit_names").pulse_at
