"""The page `/he-thong/`: every line well on a well system, each fault one red line that says what to do."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from config import health, operations
from notices import services
from notices.models import Notice
from notices.selectors import PULSES
from units.models import Seal, SealCheck
from units.services.sweeps import finish_sweep

pytestmark = pytest.mark.django_db
SWEEPS = [*PULSES, "keep_backups"]
Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def well(cast, now, settings, monkeypatch, tmp_path):
    """A system on which nothing is to be done."""
    monkeypatch.setattr(health, "read_queue", lambda: 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Disk(100 * 1024**3, 0, 50 * 1024**3))
    settings.BACKUP_DIR = tmp_path / "backup"
    for entry in settings.BEAT_SCHEDULE.values():
        finish_sweep(entry["task"].rpartition(".")[2], now=now)
    SealCheck.objects.create(at=now, seals=0, rows=0)
    for name in SWEEPS:
        finish_sweep(name, now=now)
    return now


def lines(now, tone):
    return {line.what: line for line in operations.standings(now) if line.tone == tone}


def test_a_well_system_has_nothing_to_do(well, client, cast):
    assert {line.tone for line in operations.standings(well)} == {"done"}
    client.force_login(cast.admin)
    page = client.get(reverse("operations"))
    assert "Hệ thống chạy tốt" in page.text and "Cần xử lý" not in page.text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("back_up", "Sao lưu dữ liệu gần nhất"),
        ("prove_restore", "Khôi phục thử gần nhất"),
    ],
)
def test_an_old_backup_is_red_and_a_demonstration_has_none(well, settings, name, what):
    finish_sweep(name, now=well - timedelta(hours=27))
    found = lines(well, "late")
    assert list(found) == [what]
    assert "make backup" in found[what].remedy
    settings.DEMO = True
    assert lines(well, "late") == {}


def test_a_silent_queue_and_a_long_one(well, monkeypatch):
    monkeypatch.setattr(health, "read_queue", lambda: None)
    assert "Valkey" in lines(well, "late")["Hàng đợi (Valkey)"].remedy
    monkeypatch.setattr(health, "read_queue", lambda: 500)
    assert list(lines(well, "waiting")) == ["Hàng đợi (Valkey)"]


def test_a_forgotten_sweep_is_red_twice(well, client, cast):
    finish_sweep("remind_assignments", now=well - timedelta(minutes=6))
    found = lines(well, "late")
    assert list(found) == ["Bộ hẹn giờ (beat)"]
    assert found["Bộ hẹn giờ (beat)"].detail == "chưa chạy hoặc quá hạn: “Nhắc hạn”"
    client.force_login(cast.admin)
    page = client.get(reverse("operations"))
    assert {pulse.name for pulse in page.context["pulses"] if not pulse.well} == {"remind_assignments"}
    assert "1 mục cần xử lý" in page.text


def test_every_sweep_of_beat_has_a_name_when_it_is_silent(well, settings):
    for entry in settings.BEAT_SCHEDULE.values():
        finish_sweep(entry["task"].rpartition(".")[2], now=well - timedelta(days=1))
    finish_sweep("back_up", now=well)  # beat itself is not dead
    silent = lines(well, "late")["Bộ hẹn giờ (beat)"].detail
    assert silent.count("“") == len(settings.BEAT_SCHEDULE)
    assert "_" not in silent


def test_mail_that_waits_or_was_refused(well, cast):
    services.say(
        key="k", recipients=[cast.focal.contact], subject="Việc", text="Việc", now=well - timedelta(minutes=30)
    )
    assert "30 phút" in lines(well, "late")["Thư chờ gửi"].detail
    Notice.objects.filter(channel="email").update(status="failed")
    assert list(lines(well, "late")) == ["Thư không gửi được"]


@pytest.mark.parametrize(("free", "tone"), [(100, "late"), (5 * 1024, "waiting")])
def test_a_disk_that_fills(well, monkeypatch, free, tone):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Disk(100 * 1024**3, 0, free * 1024**2))
    found = lines(well, tone)
    assert all(what.startswith("Ổ đĩa chứa") for what in found)
    assert {word for what in found for word in ("dữ liệu", "tệp đính kèm", "bản sao lưu") if word in what} == {
        "dữ liệu",
        "tệp đính kèm",
        "bản sao lưu",
    }


def test_a_clock_that_runs_ahead(well):
    finish_sweep("read_history", now=well + timedelta(minutes=2))
    assert "NTP" in lines(well, "late")["Đồng hồ"].remedy


def test_a_chain_that_broke_or_was_not_read_for_long(well, monkeypatch):
    what = "Nhật ký xử lý (chuỗi niêm phong)"
    monkeypatch.setattr(operations, "CHECK_LIMIT", timedelta(0))
    assert list(lines(well + timedelta(minutes=1), "waiting")) == [what]
    seal = Seal.objects.create(table="units_unitentry", last=1, rows=1, columns=[], digest="x", at=well)
    SealCheck.objects.create(at=well, seals=0, rows=0, broken=seal, why="nội dung đã bị sửa")
    assert "hỏng tại mắt xích" in lines(well, "late")[what].detail


def test_a_database_behind_the_code(well, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["x"])
    assert "còn 1 bước" in lines(well, "late")["Phiên bản và cấu trúc dữ liệu"].detail


def test_the_page_asks_a_constant_number_of_questions(well, client, cast, django_assert_max_num_queries):
    for number in range(20):
        services.say(key=f"k{number}", recipients=[cast.focal.contact], subject="Việc", text="Việc", now=well)
    client.force_login(cast.admin)
    with django_assert_max_num_queries(26):
        client.get(reverse("operations"))
