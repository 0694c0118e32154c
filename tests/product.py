"""The whole product, started as `make run` starts it, on a folder, a port and a database of its own.

`tests.run` lays a ground once (TEST_GROUND): an empty product with its tables made and its static files hashed. What starts
from it need not do that again; a test run by itself starts from nothing.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import dj_database_url
import psycopg2
from django.conf import settings

from config.processes import clear_strays, strays

BASE = Path(__file__).resolve().parent.parent
GROUND = os.environ.get("TEST_GROUND")
GROUND_DATABASE = "ground"


class Product:
    """The whole product on a folder, a port and a database of its own."""

    def __init__(self, var, database, **variables):
        self.var, self.database, self.variables = var, database, variables
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.manager = None

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        """Nothing of it is left, however the test ended."""
        if self.manager and self.manager.poll() is None:
            self.manager.terminate()
            try:
                self.manager.wait(60)
            except subprocess.TimeoutExpired:
                self.manager.kill()
                self.manager.wait()
        clear_strays(self.var, patience=0)

    def environment(self):
        """What the product's processes see: nothing of the tests' own settings."""
        environment = {**os.environ, "VAR_DIR": str(self.var), "PORT": str(self.port), "DEMO": "0", "DEBUG": "0"}
        environment["MFA_REQUIRED"] = "none"
        for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        if self.database:
            environment["DATABASE_URL"] = self.database
        return environment | self.variables

    def start(self):
        environment = self.environment()
        self.var.mkdir(exist_ok=True)
        with open(self.var / "console", "w") as console:
            command = [sys.executable, "-m", "config.run"]
            self.manager = subprocess.Popen(command, cwd=BASE, env=environment, stdout=console, stderr=console)
        return self

    def console(self):
        return (self.var / "console").read_text()

    def wait_until(self, question, limit=400):
        deadline = time.monotonic() + limit
        while not question():
            assert time.monotonic() < deadline, self.console()
            time.sleep(0.1)

    def ready(self):
        self.wait_until(lambda: "is ready" in self.console() or self.manager.poll() is not None)
        assert self.manager.poll() is None, self.console()
        return self

    def well(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return json.load(answer)["ok"]
        except (urllib.error.URLError, OSError):
            return False

    def all(self):
        """Every process of the product."""
        return strays(self.var)

    def parts(self):
        """The leaders: each runs in a session of its own."""
        found = set()
        for pid in strays(self.var):
            with contextlib.suppress(ProcessLookupError):  # it has just ended
                if os.getsid(pid) == pid:
                    found.add(pid)
        return found


def prepared_product(var, **variables):
    """A product that finds its tables made and its static files hashed, where a ground was laid."""
    if not GROUND:
        return Product(var, own_database(), **variables)
    shutil.copytree(Path(GROUND) / "var", var)
    return Product(var, own_database(GROUND_DATABASE), **variables)


def own_database(template=None):
    """A new database on the server under test, so that a whole product may migrate it; none for SQLite."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return None
    return new_database(os.environ["DATABASE_URL"], f"product_{uuid.uuid4().hex[:8]}", template)


def new_database(url, name, template=None):
    """Its address, on the server of `url`."""
    server = dj_database_url.parse(url)
    line = psycopg2.connect(host=server["HOST"], user=server["USER"], dbname="postgres")
    line.autocommit = True
    with line.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}")
    line.close()
    return f"{url.rpartition('/')[0]}/{name}"


def lay_ground(folder, url):
    """Prepare an empty product on both engines at once: its files under `folder`, its database beside the one of `url`."""
    places = Product(folder / "var", None), Product(folder / "other", new_database(url, GROUND_DATABASE))
    command = [sys.executable, "-m", "config.prepare"]
    jobs = [
        subprocess.Popen(
            command, cwd=BASE, env=one.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for one in places
    ]
    said = [job.communicate()[0] for job in jobs]
    assert not any(job.returncode for job in jobs), "\n".join(said)
