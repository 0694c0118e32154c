"""A private PostgreSQL for tests and measurements, from Debian's binaries: made, used and removed by one process.

PostgreSQL refuses to run as root, so root hands it to the user `postgres`, in a system folder that user can reach. A lock
tells a living cluster from one whose maker was killed; those are removed at the next start, and their server ends with
its maker. `python -m config.postgres COMMAND…` runs a command with DATABASE_URL pointing at such a cluster.
"""

import contextlib
import fcntl
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

USER = "postgres"
PREFIX = "thong-suot-pg-"
START_LIMIT = 30
HASTY = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "jit"), "off"),
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class NoPostgres(RuntimeError):
    """PostgreSQL's programs are missing, or the private server does not come up; the message says what to do."""


def binaries(program="initdb"):
    """The folder of `initdb` and `postgres` (or of another of its programs), the newest of Debian's, else the one on PATH."""

    def version(path):
        return [int(part) for part in re.findall(r"\d+", str(path))]

    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=version)
    found = debian[-1] if debian else shutil.which(program)
    if not found:
        raise NoPostgres(f"PostgreSQL's {program} is not installed: apt-get install postgresql")
    return Path(found).parent


def as_owner():
    """The prefix under which the server runs, and its user: root becomes `postgres`, anybody else stays."""
    if os.geteuid() != 0:
        return [], pwd.getpwuid(os.getuid()).pw_name
    try:
        pwd.getpwnam(USER)
    except KeyError as error:
        raise NoPostgres("the system user “postgres” is missing: apt-get install postgresql") from error
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups"], USER


def remove_stale(home):
    """Remove the clusters whose maker is gone: nobody holds their lock any more."""
    for folder in home.glob(f"{PREFIX}*"):
        if folder.stat().st_uid not in {os.geteuid(), *([pwd.getpwnam(USER).pw_uid] if os.geteuid() == 0 else [])}:
            continue
        with contextlib.suppress(OSError), open(folder / "lock", "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stop_left_over(folder)
            shutil.rmtree(folder, ignore_errors=True)


def stop_left_over(folder):
    pid_file = folder / "data" / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split()[0])
    with contextlib.suppress(ProcessLookupError, OSError):
        if str(folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, 3)
            wait_until(lambda: not Path(f"/proc/{pid}").exists(), 10)


def wait_until(true, limit):
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


def initialise(folder, programs, prefix):
    command = [programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
    locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi"]
    done = subprocess.run([*prefix, *map(str, command), *locale], cwd="/", capture_output=True, text=True)
    if done.returncode:
        raise NoPostgres(f"initdb failed: {done.stderr.strip()[-500:]}")


def start(folder, programs, prefix, options):
    """The server in the foreground, ended by the system when this process ends."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "unix_socket_permissions": "0700",
        "max_connections": "120",
        "shared_buffers": "256MB",
        "timezone": "UTC",
        **options,
    }
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    leash = ["setpriv", *prefix[1:], "--pdeathsig", "QUIT"]
    with open(folder / "log", "ab") as log:
        command = [*leash, str(programs / "postgres"), "-D", str(folder / "data"), *flags]
        return subprocess.Popen(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


@contextlib.contextmanager
def private_cluster(durable=False):
    """Yield the DATABASE_URL of a fresh cluster (ICU `vi`, 120 connections). `durable` keeps fsync on, for measuring.

    Refuses (NoPostgres) when the programs are missing or the server does not come up within half a minute.
    """
    programs = binaries()
    prefix, owner = as_owner()
    home = Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())  # noqa: S108 - sockets want a short path
    remove_stale(home)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.chown(folder, owner)
        server = None
        try:
            initialise(folder, programs, prefix)
            server = start(folder, programs, prefix, {} if durable else HASTY)
            ready = [programs / "pg_isready", "-q", "-h", folder]
            if not wait_until(lambda: server.poll() is not None or subprocess.run(ready).returncode == 0, START_LIMIT):
                raise NoPostgres(f"the private PostgreSQL did not answer within {START_LIMIT} s")
            if server.poll() is not None:
                raise NoPostgres(f"the private PostgreSQL ended: {(folder / 'log').read_text(errors='replace')[-500:]}")
            yield f"postgresql://{USER}@{quote(str(folder), safe='')}/postgres"
        finally:
            if server and server.poll() is None:
                server.send_signal(3)
                server.wait(20)
            shutil.rmtree(folder, ignore_errors=True)


def main():
    with private_cluster() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
