import contextlib
import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote

import psycopg2
import pytest

from config import postgres
from config.postgres import NoPostgres, private_cluster


def test_missing_programs_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "Path", lambda *_: tmp_path)
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    with pytest.raises(NoPostgres, match="apt-get install postgresql"):
        postgres.binaries()


def test_cluster_of_a_living_maker_is_left_alone_and_that_of_a_dead_one_is_not(tmp_path):
    alive, dead = tmp_path / f"{postgres.PREFIX}alive", tmp_path / f"{postgres.PREFIX}dead"
    for folder in (alive, dead):
        folder.mkdir()
        (folder / "lock").write_text("")
    with open(alive / "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        postgres.remove_stale(tmp_path)
        assert list(tmp_path.iterdir()) == [alive]


@pytest.mark.e2e
def test_cluster_sorts_vietnamese_and_is_gone_afterwards():
    with private_cluster() as url:
        place = unquote(url.partition("@")[2].partition("/")[0])
        with (
            contextlib.closing(psycopg2.connect(host=place, user="postgres", dbname="postgres")) as line,
            line.cursor() as cursor,
        ):
            cursor.execute("SELECT w FROM unnest(ARRAY['đa', 'dế', 'ơn', 'ôn', 'on']) AS w ORDER BY w")
            assert [row[0] for row in cursor] == ["dế", "đa", "on", "ôn", "ơn"]
    assert not Path(place).exists()


@pytest.mark.e2e
def test_server_ends_with_its_killed_maker():
    maker = subprocess.Popen(
        [sys.executable, "-m", "config.postgres", "sh", "-c", "echo $DATABASE_URL; exec sleep 600"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
    )
    place = unquote(maker.stdout.readline().partition("@")[2].partition("/")[0])
    os.killpg(maker.pid, 9)
    maker.wait()
    maker.stdout.close()
    deadline = time.monotonic() + 20
    while (Path(place) / "data" / "postmaster.pid").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    postgres.remove_stale(Path(place).parent)
    assert not Path(place).exists()
