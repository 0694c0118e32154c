import contextlib
import os
import signal
import socket
import subprocess
import sys

import pytest

from config.processes import clear_strays, strays
from config.run import Manager, Refusal
from tests.product import BASE, Product, own_database, prepared_product


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


class TestBeforeTheStart:
    def test_busy_port_is_told_with_a_way_out(self, var, monkeypatch):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            monkeypatch.setenv("PORT", str(port))
            with pytest.raises(Refusal, match=rf"^port {port} is used.*PORT={port + 1} make run$"):
                Manager().check_port()
        Manager().check_port()

    def test_second_run_on_one_folder_is_refused_and_told_where_the_first_is(self, var):
        first, second = Manager(), Manager()
        first.take_folder()
        with pytest.raises(Refusal, match=rf"already running on {var}: process {os.getpid()}, http://127"):
            second.take_folder()
        first.lock.close()
        second.lock.close()

    def test_lock_of_a_run_that_was_killed_is_taken_over(self, var):
        var.mkdir()
        (var / "run.lock").write_text("process 4194305, http://127.0.0.1:8000\n")
        manager = Manager()
        manager.take_folder()
        assert (var / "run.lock").read_text() == f"process {os.getpid()}, {manager.address}\n"
        manager.lock.close()

    def test_folder_that_cannot_be_written_is_refused(self, var):
        var.write_text("a file, not a folder")
        with pytest.raises(Refusal, match="set VAR_DIR"):
            Manager().take_folder()

    def test_schedule_and_socket_of_an_earlier_run_are_cleared_and_data_stays(self, var, settings):
        var.mkdir()
        settings.BROKER_URL = f"redis+socket://{var}/valkey.sock"
        for name in ("beat-schedule.db", "beat-schedule.dir", "valkey.sock", "db.sqlite3", "secret_key"):
            (var / name).write_text("x")
        Manager().clear_ground()
        assert {path.name for path in var.iterdir()} == {"db.sqlite3", "secret_key"}

    def test_given_broker_is_not_started_here(self, var, settings):
        settings.BROKER_URL = "redis://broker.example.vn/0"
        assert Manager().embedded_broker is False


@contextlib.contextmanager
def cleared_away(product):
    """Killed without ceremony: how it ends by itself is what is tested."""
    yield product
    if product.manager and product.manager.poll() is None:
        product.manager.kill()
        product.manager.wait()
    clear_strays(product.var, patience=0)


@pytest.fixture
def product(tmp_path):
    with cleared_away(prepared_product(tmp_path / "var")) as made:
        yield made


@pytest.fixture
def empty_product(tmp_path):
    with cleared_away(Product(tmp_path / "var", own_database())) as made:
        yield made


@pytest.mark.e2e
def test_the_product_outlives_every_kind_of_death_and_leaves_nothing_behind(product):
    product.start().ready()
    assert product.well()
    assert len(product.parts()) == 4
    key = (product.var / "secret_key").read_text()

    rival = subprocess.run(
        [sys.executable, "-m", "config.run"],
        cwd=BASE,
        env={**os.environ, "VAR_DIR": str(product.var), "PORT": "1"},
        capture_output=True,
        text=True,
    )
    assert rival.returncode == 1 and "already running" in rival.stdout
    assert product.well()

    # The manager is killed: the kernel tells its children, and none of them stays.
    product.manager.kill()
    product.manager.wait()
    product.wait_until(lambda: not strays(product.var), limit=40)

    # Every part is killed under a living manager: each is started again and all is well.
    product.start().ready()
    before = product.parts()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    product.wait_until(lambda: len(product.parts()) == 4 and not product.parts() & before and product.well())

    # All of it is killed at one stroke: the next start clears what is left and simply works.
    everything = {product.manager.pid} | strays(product.var)
    for pid in product.parts():
        os.kill(pid, signal.SIGSTOP)
    product.manager.kill()
    product.manager.wait()
    product.start().ready()
    assert product.well()
    assert not strays(product.var) & everything
    assert (product.var / "secret_key").read_text() == key

    # Asked to stop, it stops all of it and says that all is well.
    product.manager.send_signal(signal.SIGTERM)
    assert product.manager.wait(60) == 0
    assert strays(product.var) == set()
    assert product.console().rstrip().endswith("stopped")


@pytest.mark.e2e
def test_ctrl_c_while_preparing_stops_at_once(empty_product):
    product = empty_product.start()
    product.wait_until(lambda: "prepare |" in product.console())
    product.manager.send_signal(signal.SIGINT)
    assert product.manager.wait(60) == 0
    assert strays(product.var) == set()
