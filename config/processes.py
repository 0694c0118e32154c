"""Starting, watching and ending the product's processes, so that none outlives the one who started it.

Each runs in its own session, writes to its own log file (no pipe that could block or break) and is told by the kernel
when its manager dies. What a killed manager left behind all the same is recognised by one environment variable, which
children inherit, and cleared at the next start.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

LEASH = "/usr/bin/setpriv"
MARK = "THONG_SUOT_VAR"
LOG_LIMIT = 10 * 1024 * 1024
COLOURS = {"valkey": 33, "prepare": 36, "web": 32, "worker": 35, "beat": 34}
DEATHS, WINDOW = 5, 60.0


def strays(var_dir):
    """The processes of an earlier start on this `var` folder, ourselves and our ancestors left out."""
    mark = f"{MARK}={var_dir}".encode()
    ours, pid = set(), os.getpid()
    while pid > 1:
        ours.add(pid)
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(entry.name) not in ours and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.add(int(entry.name))
    return found


def clear_strays(var_dir, patience=3.0):
    """End what a killed manager left. They were told to stop when it died; who is still here after a while is killed."""
    deadline, killed = time.monotonic() + patience, False
    while left := strays(var_dir):
        if time.monotonic() > deadline:
            if killed:
                raise TimeoutError(f"processes of an earlier start do not end: {sorted(left)}")
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            deadline, killed = time.monotonic() + 10, True
        time.sleep(0.05)


class Console:
    """Shows the new lines of every log under its name, and our own under none."""

    def __init__(self):
        self.colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self.open = True

    def say(self, line, name=""):
        if not self.open:
            return
        label = f"{name:<7} | " if name else ""
        if label and self.colour:
            label = f"\x1b[{COLOURS.get(name, 37)}m{label}\x1b[0m"
        try:
            sys.stdout.write(f"{label}{line}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            self.open = False


class Log:
    """A log file: appended to by its process, shown as it grows, set aside when it has grown large."""

    def __init__(self, path):
        self.path = path
        self.seen = path.stat().st_size if path.exists() else 0
        self.rest = b""

    def new_lines(self):
        with contextlib.suppress(FileNotFoundError), open(self.path, "rb") as file:
            file.seek(self.seen)
            data = file.read()
            self.seen += len(data)
            *lines, self.rest = (self.rest + data).split(b"\n")
            if self.seen > LOG_LIMIT:
                shutil.copyfile(self.path, self.path.with_suffix(".log.1"))
                os.truncate(self.path, 0)
                self.seen = 0
            return [line.decode("utf-8", "replace").rstrip() for line in lines]
        return []


class Process:
    """One part of the product: its command, its log, and how often it has died of late."""

    def __init__(self, name, command, log_dir, environment, patience=10):
        self.name, self.command, self.environment, self.patience = name, command, environment, patience
        self.log = Log(log_dir / f"{name}.log")
        self.child = None
        self.deaths = deque()
        self.start_at = None

    def start(self):
        """The kernel sends SIGTERM to the child when this very process dies."""
        self.start_at = None
        with open(self.log.path, "ab") as log:
            self.child = subprocess.Popen(
                [LEASH, "--pdeathsig", "TERM", *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                start_new_session=True,
            )

    def ended(self):
        """The exit status once it has ended, else None; what it left in its group ends with it."""
        if self.child is None or self.child.poll() is None:
            return None
        self.end_group()
        return self.child.returncode

    def end_group(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)

    def note_death(self, now):
        """Plan the next start; returns the delay, or None when it has died too often to be started again."""
        self.deaths.append(now)
        while now - self.deaths[0] > WINDOW:
            self.deaths.popleft()
        if len(self.deaths) >= DEATHS:
            return None
        delay = 0.5 * 2 ** (len(self.deaths) - 1)
        self.start_at = now + delay
        return delay

    def ask_to_stop(self):
        self.start_at = None
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
