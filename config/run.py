"""Runs the whole product from one terminal: Valkey, web, worker and beat, started in order and stopped together.

`make run`, or `python -m config.run`. Nothing of it survives it; everything it finds left over from a killed run is
cleared. One run at a time on one `var` folder.
"""

import fcntl
import os
import signal
import socket
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import env, valkey
from config.asking import ask_healthz
from config.processes import MARK, Console, Process, clear_strays

BASE = Path(__file__).resolve().parent.parent
TICK = 0.1
PORT_LIMIT, VALKEY_LIMIT, HEALTH_LIMIT = 2, 30, 60


class Stop(Exception):
    """Somebody asked us to stop."""


class Refusal(Exception):
    """We cannot start, or cannot go on; the sentence says why and what to do."""


class Manager:
    def __init__(self):
        self.var = settings.VAR_DIR
        self.port = env.number("PORT", 8000, 1, 65535)
        self.address = f"http://127.0.0.1:{self.port}"
        self.console = Console()
        self.processes = []
        self.signals = 0
        self.lock = None

    # --- the ground -----------------------------------------------------------------------------------------------

    def take_folder(self):
        """Refuses a folder in which another run is alive; the lock dies with its holder."""
        try:
            for folder in (self.var, self.var / "log"):
                folder.mkdir(parents=True, exist_ok=True)
            self.lock = open(self.var / "run.lock", "a+")  # noqa: SIM115 - held as long as we live
        except OSError as error:
            raise Refusal(
                f"{self.var} cannot be written ({error.strerror}): set VAR_DIR to a folder that can."
            ) from error
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.lock.seek(0)
            where = self.lock.read().strip() or "another terminal"
            raise Refusal(f"already running on {self.var}: {where}. Stop that one first (Ctrl-C there).") from error
        self.lock.truncate(0)
        self.lock.write(f"process {os.getpid()}, {self.address}\n")
        self.lock.flush()

    def clear_ground(self):
        """Nothing of an earlier run is left: no process, no socket, no schedule of a beat that is gone."""
        try:
            clear_strays(self.var)
        except TimeoutError as error:
            raise Refusal(str(error)) from error
        for leftover in self.var.glob("beat-schedule*"):
            leftover.unlink()
        if self.embedded_broker:
            valkey.socket_path(self.var).unlink(missing_ok=True)

    def port_is_free(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                return False
        return True

    def check_port(self):
        """Asks for a while: a process that has just been killed gives its port back a moment later."""
        if not self.came_true(self.port_is_free, PORT_LIMIT):
            way_out = f"Choose another: PORT={self.port + 1} make run"
            raise Refusal(f"port {self.port} is used by another program. {way_out}")

    @property
    def embedded_broker(self):
        return settings.BROKER_URL.removeprefix("redis+socket://") == str(valkey.socket_path(self.var))

    # --- the parts ------------------------------------------------------------------------------------------------

    def process(self, name, *command, patience=10):
        environment = {
            **os.environ,
            MARK: str(self.var),
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }
        return Process(name, [str(part) for part in command], self.var / "log", environment, patience)

    def start(self, process):
        process.start()
        self.processes.append(process)
        return process

    def python(self, name, *arguments, **options):
        return self.process(name, sys.executable, "-m", *arguments, **options)

    def start_valkey(self):
        if valkey.binary() is None:
            raise Refusal("no Valkey or Redis server program is to be had: run `make setup`, or set REDIS_URL.")
        path = valkey.socket_path(self.var)
        if path.parent != self.var:
            valkey.private_folder(path.parent)
        (self.var / "valkey").mkdir(exist_ok=True)
        self.start(self.process("valkey", *valkey.command(self.var)))
        if not self.came_true(lambda: valkey.answers(path), VALKEY_LIMIT):
            raise Refusal(f"Valkey does not answer within {VALKEY_LIMIT} s; see {self.var / 'log' / 'valkey.log'}")

    def prepare(self):
        job = self.python("prepare", "config.prepare")
        job.start()
        try:
            while (status := job.ended()) is None:
                self.show(job)
                self.tick()
        finally:
            job.ask_to_stop()
            self.show(job)
        if status:
            raise Refusal(f"preparing failed; see {job.log.path}")

    def start_product(self):
        celery = ("celery", "-q", "-A", "config.celery")
        self.start(self.python("web", "gunicorn", "-c", "python:config.web", patience=12))
        self.start(
            self.python("worker", *celery, "worker", "-c", "2", "--without-gossip", "--without-mingle", patience=20)
        )
        self.start(
            self.python(
                "beat", *celery, "--skip-checks", "beat", "-s", self.var / "beat-schedule", "--pidfile=", patience=5
            )
        )

    # --- watching -------------------------------------------------------------------------------------------------

    def show(self, process):
        for line in process.log.new_lines():
            self.console.say(line, process.name)

    def tick(self):
        """One turn of the watch: show what was written, start again what has died, stop when asked."""
        time.sleep(TICK)
        if self.signals:
            raise Stop
        now = time.monotonic()
        for process in self.processes:
            self.show(process)
            if process.start_at is not None:
                if now >= process.start_at:
                    process.start()
            elif (status := process.ended()) is not None:
                self.show(process)
                delay = process.note_death(now)
                if delay is None:
                    raise Refusal(f"{process.name} ended five times within a minute; see {process.log.path}")
                self.console.say(f"{process.name} ended (exit {status}); starting it again in {delay:g} s")

    def came_true(self, question, limit):
        """Watch until the answer is yes; False when it is still no after `limit` seconds."""
        deadline = time.monotonic() + limit
        while not question():
            if time.monotonic() > deadline:
                return False
            self.tick()
        return True

    def health(self):
        """The body of /healthz, or None while the web does not answer."""
        return ask_healthz(self.port)

    def wait_until_well(self):
        """Ready means well: the pages answer and the first sweeps have come to their end. A page without sweeps is told."""
        found = {}

        def well():
            found.update(self.health() or {})
            return found.get("ok")

        if self.came_true(well, HEALTH_LIMIT):
            return
        if not found:
            raise Refusal(f"the pages do not answer within {HEALTH_LIMIT} s; see {self.var / 'log' / 'web.log'}")
        for name, finding in found["checks"].items():
            if not finding["ok"]:
                self.console.say(f"not well: {name}: {finding['detail']}")

    def greet(self):
        people = self.var / "people.txt"
        if settings.DEMO and people.exists():
            self.console.say("\n" + people.read_text(encoding="utf-8").rstrip())
        self.console.say(f"\nThông Suốt {settings.VERSION} is ready: {self.address}   (Ctrl-C stops all of it)\n")

    # --- the whole ------------------------------------------------------------------------------------------------

    def run(self):
        """Returns the exit status: 0 when asked to stop, 1 when it could not start or go on."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self.heed)
        try:
            self.take_folder()
            self.clear_ground()
            self.check_port()
            self.console.say(f"starting on {self.var}")
            if self.embedded_broker:
                self.start_valkey()
            self.prepare()
            self.start_product()
            self.wait_until_well()
            self.greet()
            while True:
                self.tick()
        except Stop:
            self.stop_all()
            return 0
        except Refusal as refusal:
            self.stop_all()
            self.console.say(f"Thông Suốt: {refusal}")
            return 1

    def heed(self, number, frame):
        self.signals += 1

    def stop_all(self):
        """Beat first, Valkey last, because the others need it to end well. A second Ctrl-C waits for nobody."""
        if not self.processes:
            return
        self.console.say("stopping")
        asked = self.signals
        *rest, last = sorted(self.processes, key=lambda process: ORDER.index(process.name))
        for group in (rest, [last]):
            for process in group:
                process.ask_to_stop()
            for process in group:
                deadline = time.monotonic() + process.patience
                while process.ended() is None:
                    self.show(process)
                    if time.monotonic() > deadline or self.signals > asked:
                        process.end_group()
                    time.sleep(0.02)
                self.show(process)
        self.console.say("stopped")


ORDER = ("beat", "worker", "web", "valkey")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        return Manager().run()
    except ImproperlyConfigured as refusal:
        sys.stderr.write(f"Thông Suốt: {refusal}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
