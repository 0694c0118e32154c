"""Back-up and restore: what is written while others write comes back whole, what is damaged or foreign is refused."""

import errno
import fcntl
import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import dj_database_url
import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.backup import archive, engines, keeping, rebuilding, restoring
from config.backup.archive import Facts, Manifest, Refusal
from notices.models import Notice
from tests.product import BASE, own_database
from units.models import Sweep

CONTENT = {"2026/11/aa": b"mot", "2026/11/bb": b"hai" * 1000}
KNOWN = [["units", "0001_initial"]]


def facts_of(content):
    return Facts(
        KNOWN,
        {"units_unit": 3},
        [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in content.items()],
    )


def manifest(**changes):
    known = {"version": "0.1.0", "made_at": "2026-11-22T00:00:00+00:00", "engine": "sqlite", "key_mark": "x"}
    return Manifest(**known | {"database": "database.sqlite3.gz", "migrations": KNOWN, "counts": {}} | changes)


@pytest.fixture
def media(tmp_path):
    for name, data in CONTENT.items():
        path = tmp_path / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "media"


@pytest.fixture
def made(tmp_path, media):
    """An archive of two files and a database that is not one."""
    (tmp_path / "dump").write_bytes(b"co so du lieu" * 100)
    path = tmp_path / "thong-suot-20261122-020000.tar"
    archive.write_archive(path, manifest(), tmp_path / "dump", facts_of(CONTENT), media)
    return path


def verified(path):
    with archive.opened(path) as (tar, found):
        archive.verify(tar, found)
        return found


def rewritten(path, change):
    """The archive with its members changed by `change({name: bytes})`, sealed anew as a forger would."""
    with tarfile.open(path) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar.getmembers()}
    change(members)
    members["manifest.sha256"] = hashlib.sha256(members["manifest.json"]).hexdigest().encode()
    with tarfile.open(path, "w") as tar:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


class TestArchive:
    def test_holds_the_database_and_every_file_with_its_checksum_for_its_owner_alone(self, made):
        found = verified(made)
        assert set(found.members) == {"database.sqlite3.gz", *(f"files/{name}" for name in CONTENT)}
        assert found.lost == [] and archive.missing_files(found, facts_of(CONTENT)) == []
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert [path.name for path in made.parent.iterdir() if path.name.startswith(".")] == []

    def test_a_file_lost_or_changed_on_disk_is_named_and_the_others_are_saved(self, tmp_path, media):
        (media / "2026/11/aa").write_bytes(b"MOT")
        (tmp_path / "dump").write_bytes(b"x")
        facts = facts_of(CONTENT | {"2026/11/cc": b"mat"})
        found = archive.write_archive(tmp_path / "a.tar", manifest(), tmp_path / "dump", facts, media)
        assert found.lost == ["2026/11/aa", "2026/11/cc"]
        assert archive.missing_files(verified(tmp_path / "a.tar"), facts) == []

    def test_a_file_that_the_database_names_and_the_archive_lacks_is_found(self, made):
        assert archive.missing_files(verified(made), facts_of(CONTENT | {"khac": b"x"})) == ["khac"]

    @pytest.mark.parametrize("piece", [b"hai" * 100, b"co so du lieu", b'"version"'], ids=["file", "database", "list"])
    def test_one_changed_byte_is_found(self, made, piece):
        data = bytearray(made.read_bytes())
        data[data.index(piece) + 3] ^= 1
        made.write_bytes(data)
        with pytest.raises(Refusal, match="hỏng"):
            verified(made)

    @pytest.mark.parametrize("size", [0, 100, 1024, 4000])
    def test_one_that_broke_off_is_refused(self, made, size):
        made.write_bytes(made.read_bytes()[:size])
        with pytest.raises(Refusal, match=r"cắt cụt|hoàn chỉnh"):
            verified(made)

    def test_no_archive_at_all(self, tmp_path):
        (tmp_path / "a.tar").write_bytes(b"PK\x03\x04" * 500)
        for path in (tmp_path / "a.tar", tmp_path / "khong-co.tar", tmp_path):
            with pytest.raises(Refusal):
                verified(path)

    @pytest.mark.parametrize("name", ["files/../../khoa", "/etc/passwd", "files/a\0b"])
    def test_a_name_that_leads_outside_is_refused(self, made, name):
        def change(members):
            told = json.loads(members["manifest.json"])
            told["members"][name] = {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
            members["manifest.json"] = json.dumps(told).encode()

        with pytest.raises(Refusal, match="ra ngoài thư mục"):
            verified(rewritten(made, change))

    def test_a_missing_member_and_a_newer_format_are_refused(self, made):
        with pytest.raises(Refusal, match="thiếu"):
            verified(rewritten(made, lambda members: members.pop("files/2026/11/aa")))

        def newer(members):
            members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | {"format": 2}).encode()

        with pytest.raises(Refusal, match="định dạng mới hơn"):
            verified(rewritten(made, newer))

    def test_a_full_disk_leaves_nothing_behind(self, tmp_path, media, monkeypatch):
        (tmp_path / "dump").write_bytes(b"x")
        monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        before = set(tmp_path.rglob("*"))
        with pytest.raises(OSError, match="full"):
            archive.write_archive(tmp_path / "a.tar", manifest(), tmp_path / "dump", facts_of(CONTENT), media)
        assert set(tmp_path.rglob("*")) == before

    def test_files_come_back_and_whole_ones_are_left_alone(self, made, media):
        (media / "2026/11/aa").unlink()
        (media / "2026/11/bb").write_bytes(b"hong")
        (media / "moi").write_bytes(b"moi")
        with archive.opened(made) as (tar, found):
            assert archive.put_back_files(tar, found, media) == 2
            assert archive.put_back_files(tar, found, media) == 0
        assert {name: (media / name).read_bytes() for name in CONTENT} == CONTENT
        assert (media / "moi").exists()


class TestRules:
    def test_the_newest_and_the_last_of_each_month_are_kept(self):
        start = datetime(2026, 11, 22, tzinfo=UTC)
        names = [f"thong-suot-{start - timedelta(days=n):%Y%m%d}-020000.tar" for n in range(300)]
        months = ["20261122", "20261031", "20260930", "20260831", "20260731", "20260630"]
        wanted = set(names[:14]) | {f"thong-suot-{day}-020000.tar" for day in months}
        assert keeping.kept(names, 14) == wanted
        assert keeping.kept(names[:3], 14) == set(names[:3])

    @pytest.mark.parametrize(
        ("now", "slot"), [("2026-11-22 01:59", "2026-11-21 02:00"), ("2026-11-22 02:00", "2026-11-22 02:00")]
    )
    def test_the_night_of_a_moment(self, settings, now, slot):
        settings.BACKUP_HOUR = 2
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
        now, slot = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (now, slot))
        assert keeping.slot(now) == slot

    def test_a_newer_archive_is_refused_and_an_older_one_is_not(self):
        rebuilding.refuse_newer(manifest())
        with pytest.raises(Refusal, match=r"phiên bản mới hơn.*units.9999_sau_nay"):
            rebuilding.refuse_newer(manifest(migrations=[*KNOWN, ["units", "9999_sau_nay"]]))

    def test_rows_that_do_not_match_are_refused(self):
        with pytest.raises(Refusal, match="units_unit"):
            rebuilding.compare(manifest(counts={"units_unit": 2}), facts_of({}))

    def test_the_other_engine_is_refused(self, made, monkeypatch):
        monkeypatch.setattr(engines, "engine", lambda: engines.Postgres({}))
        with archive.opened(made) as (tar, found), pytest.raises(Refusal, match="SQLite không khôi phục được"):
            rebuilding.rebuilt(tar, found).__enter__()


@pytest.fixture
def folder(settings, tmp_path):
    settings.BACKUP_DIR, settings.VAR_DIR = tmp_path / "backup", tmp_path / "var"
    return settings.BACKUP_DIR


@pytest.fixture
def noon(now):
    """Far from the hour of the night at which the next back-up falls due."""
    return timezone.localtime(now).replace(hour=12)


class TestDoors:
    def test_a_running_product_is_not_restored_over(self, folder, settings, made, now):
        settings.VAR_DIR.mkdir()
        with open(settings.VAR_DIR / "run.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with pytest.raises(Refusal, match="đang chạy"):
                restoring.restore(made, now=now)

    def test_what_a_killed_one_left_is_cleared(self, folder):
        (folder / ".dump-x").mkdir(parents=True)
        (folder / ".dump-x" / "database").touch()
        for name in (".thong-suot-20261122-020000.tar.part", "thong-suot-20261121-020000.tar", "khac.part"):
            (folder / name).touch()
        keeping.clear_leftovers(folder)
        assert {path.name for path in folder.iterdir()} == {"thong-suot-20261121-020000.tar", "khac.part"}

    def test_two_at_once_are_refused(self, folder):
        with keeping.alone(), pytest.raises(Refusal, match="đang chạy"), keeping.alone():
            pass

    def test_the_folder_of_another_account_is_refused(self, folder, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: 4711)
        with pytest.raises(Refusal, match="thuộc tài khoản"), keeping.alone():
            pass

    def test_a_disk_without_room_is_told_beforehand(self, folder, monkeypatch):
        monkeypatch.setattr(keeping, "ROOM", 2**62)
        folder.mkdir()
        with pytest.raises(Refusal, match="Hãy dọn bớt"):
            keeping._refuse_no_room(folder, 1)

    def test_restoring_nothing_names_the_way(self, folder):
        with pytest.raises(CommandError, match="make restore FILE="):
            call_command("backup", "restore")

    @pytest.mark.django_db
    def test_every_night_one_is_made_and_proven_once(self, folder, cast, noon, monkeypatch):
        done = []

        def make_backup(now):
            done.append("made")
            keeping.finish_sweep(keeping.MADE, now=now)
            folder.mkdir(exist_ok=True)
            (folder / "thong-suot-20261122-020000.tar").touch()
            return None, manifest()

        def prove(path, now):
            done.append("proven")
            keeping.finish_sweep(keeping.PROVEN, now=now)

        monkeypatch.setattr(keeping, "make_backup", make_backup)
        monkeypatch.setattr(keeping, "prove", prove)
        for moment in (noon, noon + timedelta(minutes=10), noon + timedelta(days=1)):
            keeping.keep_backups(now=moment)
        assert done == ["made", "proven"] * 2

    @pytest.mark.django_db
    def test_a_night_that_failed_is_told_once_and_tried_again(self, folder, cast, noon, monkeypatch):
        tries = []

        def make_backup(now):
            tries.append(now)
            raise Refusal("Ổ đĩa sao lưu đã đầy.")

        monkeypatch.setattr(keeping, "make_backup", make_backup)
        for minutes in (0, 10):
            keeping.keep_backups(now=noon + timedelta(minutes=minutes))
        assert len(tries) == 2
        told = Notice.objects.get(channel="app")
        assert (told.recipient.user, told.path) == (cast.admin, "/he-thong/")
        assert "Ổ đĩa sao lưu đã đầy." in told.text
        assert Sweep.objects.get(name="keep_backups").pulse_at and not Sweep.objects.filter(name="back_up").exists()

    @pytest.mark.django_db
    def test_an_empty_system_is_not_backed_up(self, folder, now):
        keeping.keep_backups(now=now)
        assert not folder.exists()


# --- the whole way ----------------------------------------------------------------------------------------------------


class Installation:
    """A folder and a database of its own, used through the commands that an administrator uses."""

    def __init__(self, var):
        self.var, self.url = var, own_database()
        var.mkdir()
        self.environment = {**os.environ, "VAR_DIR": str(var), "DEMO": "0", "DEBUG": "0"}
        self.environment.pop("DATABASE_URL", None)
        if self.url:
            self.environment["DATABASE_URL"] = self.url

    def start(self, *command):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([sys.executable, *command], cwd=BASE, env=self.environment, **pipes)

    def run(self, *command, status=0):
        process = self.start(*command)
        said, complained = process.communicate()
        assert process.returncode == status, complained
        return said if status == 0 else complained

    def act(self, name):
        return self.run("-m", "tests.config.backup_acts", name)

    def backup(self, *arguments, **options):
        return self.run("manage.py", "backup", *map(str, arguments), **options)

    @contextmanager
    def server(self):
        facts = dj_database_url.parse(self.url)
        with closing(psycopg2.connect(host=facts["HOST"], user=facts["USER"], dbname="postgres")) as line:
            line.autocommit = True
            yield line.cursor(), facts["NAME"]

    def databases(self):
        """Our database and everything made beside it."""
        if not self.url:
            return {path.name for path in self.var.glob("*restore*")} | {path.name for path in self.var.glob(".*")}
        with self.server() as (cursor, name):
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"])
            return {found for (found,) in cursor.fetchall()}

    def leave_rubbish(self):
        """What a proof leaves that was killed half way."""
        self.usual = self.databases()
        if not self.url:
            (self.var / ".restore-giua-chung").mkdir()
            return
        with self.server() as (cursor, name):
            cursor.execute(f'CREATE DATABASE "{name}_restore_20200101000000"')

    def destroy(self):
        """The disk is gone: no database, no files."""
        for path in sorted((self.var / "media").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        if not self.url:
            for path in self.var.glob("db.sqlite3*"):
                path.unlink()
            return
        with self.server() as (cursor, name):
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}"')


def of_a_later_version(members):
    told = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps(
        told | {"migrations": [*told["migrations"], ["units", "9999_sau_nay"]]}
    ).encode()


@pytest.mark.e2e
def test_what_was_destroyed_comes_back_as_it_was_while_people_were_writing(tmp_path):
    place = Installation(tmp_path / "var")
    place.act("found")
    writer = place.start("-m", "tests.config.backup_acts", "write")
    while not (place.var / "writing").exists():
        assert writer.poll() is None, writer.communicate()
        time.sleep(0.02)
    said = place.backup("make")
    assert "Đã sao lưu" in said and "đủ dòng, đủ tệp" in said
    (path,) = (place.var / "backup").glob("*.tar")
    place.leave_rubbish()
    assert "khôi phục được" in place.backup("prove")
    assert place.databases() == place.usual
    assert "Phần mềm đang chạy" in place.backup("restore", "--replace", path, status=1)
    (place.var / "stop").touch()
    assert writer.communicate() and writer.returncode == 0

    newer = rewritten(shutil.copy(path, place.var / "moi-hon.tar"), of_a_later_version)
    place.destroy()
    assert "phiên bản mới hơn" in place.backup("restore", newer, status=1)
    assert "Đã khôi phục" in place.backup("restore", path)
    found = json.loads(place.act("inspect"))
    with archive.opened(path) as (_, told):
        assert found["files"] == told.counts["units_storedfile"] == sum(n.startswith("files/") for n in told.members)
        assert found["lines"] == found["files"] > 1
        assert "usersessions_usersession" not in told.counts
    assert (found["bad"], found["sessions"]) == ([], 0)
    assert len([path for path in (place.var / "media").rglob("*") if path.is_file()]) == found["files"]

    assert "REPLACE=1" in place.backup("restore", path, status=1)
    assert "được giữ lại" in place.backup("restore", "--replace", path)
    assert {found.name for found in (place.var / "backup").iterdir()} == {".lock", path.name}
