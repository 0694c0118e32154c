import os
import sys

import pytest

from config import processes
from config.processes import MARK, Log, Process, clear_strays, strays


class TestLog:
    def test_shows_whole_lines_written_since_it_was_opened(self, tmp_path):
        path = tmp_path / "web.log"
        path.write_text("cũ\n")
        log = Log(path)
        with open(path, "a") as file:
            file.write("một\nha")
            file.flush()
            assert log.new_lines() == ["một"]
            file.write("i\n")
            file.flush()
            assert log.new_lines() == ["hai"]
        assert log.new_lines() == []

    def test_is_set_aside_when_large_and_goes_on(self, tmp_path, monkeypatch):
        monkeypatch.setattr(processes, "LOG_LIMIT", 10)
        path = tmp_path / "web.log"
        log = Log(path)
        with open(path, "ab") as file:
            file.write(b"0123456789\n")
            file.flush()
            assert log.new_lines() == ["0123456789"]
            file.write(b"next\n")
            file.flush()
        assert log.new_lines() == ["next"]
        assert path.read_bytes() == b"next\n"
        assert (tmp_path / "web.log.1").read_bytes() == b"0123456789\n"


class TestDeaths:
    def test_delays_grow_and_the_fifth_within_a_minute_is_the_last(self, tmp_path):
        process = Process("web", [], tmp_path, {})
        assert [process.note_death(now) for now in (0, 1, 3, 7, 15)] == [0.5, 1, 2, 4, None]

    def test_old_deaths_are_forgotten(self, tmp_path):
        process = Process("web", [], tmp_path, {})
        assert [process.note_death(now) for now in (0, 100, 200, 300, 400, 500)] == [0.5] * 6


@pytest.fixture
def sleeper(tmp_path):
    """A child that has left a child of its own behind, both known by their mark."""
    script = (
        "import signal, subprocess; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True); signal.pause()"
    )
    process = Process("web", [sys.executable, "-c", script], tmp_path, {**os.environ, MARK: str(tmp_path)})
    process.start()
    lines = []
    while not lines:
        lines = process.log.new_lines()
    yield process, int(lines[0])
    process.end_group()
    process.child.wait()


def test_strays_are_those_with_our_mark_and_no_others(sleeper, tmp_path):
    process, grandchild = sleeper
    assert strays(tmp_path) == {process.child.pid, grandchild}
    assert strays(tmp_path / "another") == set()
    assert strays(str(tmp_path)[:-1]) == set()


def test_strays_that_do_not_end_by_themselves_are_killed(sleeper, tmp_path):
    process, _ = sleeper
    clear_strays(tmp_path, patience=0)
    assert strays(tmp_path) == set()
    assert process.ended() == -9


def test_what_a_dead_process_leaves_in_its_group_ends_with_it(sleeper, tmp_path):
    process, _ = sleeper
    process.child.kill()
    while process.ended() is None:
        pass
    clear_strays(tmp_path, patience=10)
    assert process.ended() == -9
