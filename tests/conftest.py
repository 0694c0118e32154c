"""Settings and people every test may use."""

import copy
import gc
import os
import socket
import sqlite3
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import sync_playwright
from xdist.scheduler import LoadFileScheduling

from tests import make
from tests.chromium import launch
from tests.product import GROUND, GROUND_DATABASE

ONE_PRODUCT = ("tests/e2e/test_demo.py", "tests/e2e/test_last_year.py", "tests/e2e/test_walk.py")
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server"})
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Whoever may touch the database is marked, and every walk but those on sample pages. `make test` gathers walks and
    races from the files that name their mark: one marked elsewhere would never run."""
    for item in items:
        if item.get_closest_marker("django_db") or not DATABASE_FIXTURES.isdisjoint(item.fixturenames):
            item.add_marker("asks_database")
        for mark in ("e2e", "race"):
            if not item.get_closest_marker(mark):
                continue
            if f"mark.{mark}" not in item.path.read_text():
                raise pytest.UsageError(f"{item.nodeid} is marked {mark} outside its file")
            if "samples_server" not in item.fixturenames:  # it may start a product, whose database nobody sees here
                item.add_marker("asks_database")


class FilesOfOneProduct(LoadFileScheduling):
    """`--dist loadfile`, but the files that walk through one product go to one worker."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return ONE_PRODUCT[0] if file in ONE_PRODUCT else file


def pytest_xdist_make_scheduler(config, log):
    return FilesOfOneProduct(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_finish():
    """Thousands of tests and all that was imported stay to the end: the garbage collector need not look through them
    again and again (a sixth of the whole run)."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def _fast_and_private(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DOORBELL = False
    settings.MFA_REQUIRED, settings.IDLE_MINUTES, settings.IDLE_MINUTES_ADMIN = "none", 0, 0
    settings.PASSWORD_HASHERS = HASHERS
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session", autouse=True)
def _static_root():
    """WhiteNoise warns, and so fails, where `collectstatic` never ran; pages under test name files without their hash."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """Races need a database on disk: in memory, SQLite's threads share one cache and its table locks do not wait."""
    default = connections["default"]
    if GROUND and default.vendor == "postgresql":
        default.settings_dict["TEST"]["TEMPLATE"] = GROUND_DATABASE
    elif GROUND:
        connection_created.connect(pour_ground)
    if default.vendor == "sqlite" and any(item.get_closest_marker("race") for item in request.session.items):
        default.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


def pour_ground(connection, **_):
    """The first connection is the new test database: it receives the tables that are already made."""
    connection_created.disconnect(pour_ground)
    with closing(sqlite3.connect(Path(GROUND) / "var" / "db.sqlite3")) as source:
        source.backup(connection.connection)


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers():
    """What may never be deleted is deleted after a test that rolls nothing back: its triggers stand aside meanwhile."""
    operations = type(connections["default"].ops)  # its class: beside a browser Django keeps another connection
    flush = operations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with transaction.atomic(), self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
                return flush(self, sql_list)
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%!_gone' ESCAPE '!'"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            flush(self, sql_list)
            for _, sql in triggers:
                cursor.execute(sql)

    operations.execute_sql_flush = execute_sql_flush


@pytest.fixture
def now():
    return timezone.now()


class KeptCast:
    """The cast in a transaction around the tests that use it, each of which takes its own changes back: made once for a
    row of them, and taken back before a test that expects an empty database."""

    def __init__(self):
        self.made, self.around, self.blocker = None, None, None

    def keep(self):
        if self.made is None:
            with self.blocker.unblock(), override_settings(PASSWORD_HASHERS=HASHERS):
                self.around = transaction.atomic()
                self.around.__enter__()
                self.made = make.cast()

    def let_go(self):
        if self.made is not None:
            self.made = None
            with self.blocker.unblock():
                transaction.set_rollback(True)
                self.around.__exit__(None, None, None)


KEPT_CAST = KeptCast()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    KEPT_CAST.blocker = django_db_blocker
    yield
    KEPT_CAST.let_go()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """The first test of all has no database yet; its cast, if it wants one, is its own."""
    if KEPT_CAST.blocker is None or "asks_database" not in item.keywords:
        return
    if "cast" in item.fixturenames and not rolls_nothing_back(item):
        KEPT_CAST.keep()
    else:
        KEPT_CAST.let_go()


def rolls_nothing_back(item):
    marker = item.get_closest_marker("django_db")
    within = marker is not None and marker.kwargs.get("transaction")
    return within or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.fixture
def cast(db):
    """The department, three recipient units, and a person of every role."""
    return copy.deepcopy(KEPT_CAST.made) if KEPT_CAST.made else make.cast()


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Keeper:
    """A real SMTP server on loopback: accepts every mail but to addresses it was told to refuse."""

    def __init__(self):
        self.letters, self.refused = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@pytest.fixture
def post_office(settings, unused_port):
    keeper = Keeper()
    controller = Controller(keeper, hostname="127.0.0.1", port=unused_port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    yield keeper
    controller.stop()


@pytest.fixture
def dead_server(settings, unused_port):
    """A mail server nobody listens at."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port


@pytest.fixture(scope="session")
def browser():
    """One browser for the whole run: Playwright refuses a second loop in the same thread.

    That loop makes Django take the thread for an async one and refuse the database, hence the variable.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = launch(playwright)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
