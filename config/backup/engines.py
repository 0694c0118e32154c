"""How each of the two databases is copied while it is used, rebuilt beside the present one, and put in its place.

`engine()` is the one for the settings. Both offer the same: `dump(target)` → Facts of the very moment copied; `scratch()`, a
new empty database under another name, gone afterwards unless `put_in_place` took it; `load(source, name)`;
`is_empty()`, `busy()`, `put_in_place(name)`.
"""

import contextlib
import gzip
import json
import shutil
import sqlite3
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connections
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader

from config.backup.archive import CHUNK, Facts, Refusal
from config.postgres import NoPostgres, binaries

SCRATCH = "scratch"
MOMENT = 2  # seconds


def engine():
    """The engine of the settings; refuses a database that is kept in memory only."""
    facts = connections["default"].settings_dict
    if connections["default"].vendor == "postgresql":
        return Postgres(facts)
    if ":memory:" in str(facts["NAME"]) or "mode=memory" in str(facts["NAME"]):
        raise Refusal("Cơ sở dữ liệu chỉ nằm trong bộ nhớ, không sao lưu được.")
    return Sqlite(facts)


@contextlib.contextmanager
def database(name):
    """The database of that name as Django's alias `scratch`, with the settings of our own."""
    connections.databases[SCRATCH] = {**connections["default"].settings_dict, "NAME": str(name), "CONN_MAX_AGE": 0}
    try:
        yield connections[SCRATCH]
    finally:
        connections[SCRATCH].close()
        del connections[SCRATCH], connections.databases[SCRATCH]


def read_facts(line):
    """What the database behind this open connection holds at this moment."""
    with line.cursor() as cursor:
        tables = set(line.introspection.table_names(cursor))
        if not {"django_migrations", "units_storedfile"} <= tables:
            raise Refusal("Cơ sở dữ liệu này không phải của Thông Suốt, hoặc chưa được khởi tạo.")
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [list(row) for row in cursor.fetchall()]
        cursor.execute("SELECT path, size, sha256 FROM units_storedfile ORDER BY path")
        files = [list(row) for row in cursor.fetchall()]
        counts = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {line.ops.quote_name(table)}")  # noqa: S608 - the database's own name
            counts[table] = cursor.fetchone()[0]
    return Facts(migrations, counts, files)


def unknown_migrations(migrations):
    """Of these (app, name) the ones this version of the code does not know, as words."""
    disk = MigrationLoader(None).disk_migrations
    known = set(disk).union(*(migration.replaces for migration in disk.values()))
    return [f"{app}.{name}" for app, name in migrations if (app, name) not in known]


def holds_nobody(line):
    """No unit and no account was ever entered: nothing would be lost."""
    with line.cursor() as cursor:
        tables = set(line.introspection.table_names(cursor))
        for table in {"units_unit", "units_user"} & tables:
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - one of two names above
            if cursor.fetchone():
                return False
    return True


class Sqlite:
    vendor, member = "sqlite", "database.sqlite3.gz"

    def __init__(self, facts):
        self.path = Path(facts["NAME"])

    def dump(self, target):
        """One read transaction, during which others go on writing; the copy is one file without a log beside it."""
        if not self.path.exists():
            raise Refusal(f"Chưa có cơ sở dữ liệu {self.path}.")
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / "copy.sqlite3"
            with (
                contextlib.closing(sqlite3.connect(self.path, timeout=30)) as source,
                contextlib.closing(sqlite3.connect(copy)) as made,
            ):
                source.backup(made)
            with database(copy) as line:
                facts = read_facts(line)
            with contextlib.closing(sqlite3.connect(copy)) as made:
                made.execute("PRAGMA journal_mode=DELETE")
            with copy.open("rb") as plain, gzip.open(target, "wb", compresslevel=1) as packed:
                shutil.copyfileobj(plain, packed, CHUNK)
        return facts

    @contextlib.contextmanager
    def scratch(self):
        """Beside the present one, so that putting it in place is one rename."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in self.path.parent.glob(".restore-*"):  # of one that was killed: only one runs at a time
            shutil.rmtree(leftover, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=self.path.parent) as folder:
            yield str(Path(folder) / "db.sqlite3")

    def load(self, source, name):
        try:
            with gzip.open(source, "rb") as packed, open(name, "wb") as plain:
                shutil.copyfileobj(packed, plain, CHUNK)
            with contextlib.closing(sqlite3.connect(name)) as line:
                whole = line.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                whole = whole and not line.execute("PRAGMA foreign_key_check").fetchone()
        except (sqlite3.DatabaseError, gzip.BadGzipFile, EOFError) as error:
            raise Refusal("Cơ sở dữ liệu trong bản sao lưu không đọc được. Hãy dùng bản khác.") from error
        if not whole:
            raise Refusal("Cơ sở dữ liệu trong bản sao lưu không toàn vẹn. Hãy dùng bản khác.")

    def is_empty(self):
        return not self.path.exists() or holds_nobody(connections["default"])

    def busy(self):
        """Leaving the write-ahead log needs the database for oneself: it fails while any other connection is open."""
        connections["default"].close()
        if not self.path.exists():
            return ""
        with contextlib.closing(sqlite3.connect(self.path, timeout=1)) as line:
            try:
                if line.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete":
                    return ""
            except sqlite3.OperationalError:
                pass
        return "một chương trình khác đang mở tệp cơ sở dữ liệu"

    def put_in_place(self, name):
        """The present one steps aside and is kept; returns its new name, or None when there was none."""
        with contextlib.closing(sqlite3.connect(name)) as line:
            line.execute("PRAGMA journal_mode=DELETE")
        aside = None
        if self.path.exists():
            aside = self.path.with_name(f"{self.path.name}.before-{datetime.now():%Y%m%d-%H%M%S}")  # noqa: DTZ005
            self.path.rename(aside)
        Path(name).chmod(0o600)
        Path(name).rename(self.path)
        return aside and str(aside)

    def discard(self, aside):
        Path(aside).unlink()


class Postgres:
    vendor, member = "postgresql", "database.pgdump"

    def __init__(self, facts):
        self.settings = facts

    def run(self, program, *arguments, dbname, source=None):
        """One of PostgreSQL's own programs on that database; the password goes through the environment."""
        try:
            path = binaries(program) / program
        except NoPostgres as error:
            raise Refusal(f"Thiếu chương trình {program}: hãy cài gói postgresql-client.") from error
        (_, *where, _), variables = DatabaseClient.settings_to_cmd_args_env({**self.settings, "NAME": dbname}, [])
        with subprocess.Popen(
            [path, *where, "-d", dbname, *arguments],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **(variables or {})},
            stdin=subprocess.DEVNULL if source is None else subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            if source is not None:
                with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
                    shutil.copyfileobj(source, pipe, CHUNK)
                process.stdin = None
            complaint = process.communicate()[1].decode(errors="replace").strip()
        if process.returncode:
            raise Refusal(f"{program} báo lỗi: {' '.join(complaint.split())[-500:]}")

    def dump(self, target):
        """The counts, the list of files and the dump are of one snapshot."""
        line = connections["default"].copy()
        try:
            with line.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
                facts = read_facts(line)
                options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
                self.run(
                    "pg_dump", *options, f"--snapshot={snapshot}", f"--file={target}", dbname=self.settings["NAME"]
                )
                cursor.execute("COMMIT")
        finally:
            line.close()
        return facts

    @contextlib.contextmanager
    def server(self):
        """A cursor on the server's own database: from here ours can be made, renamed and dropped."""
        with database("postgres") as line, line.cursor() as cursor:
            try:
                yield cursor
            except DatabaseError as error:
                raise Refusal(f"PostgreSQL từ chối: {' '.join(str(error).split())}") from error

    def _named(self, word):
        return f"{self.settings['NAME'][:40]}_{word}_{datetime.now():%Y%m%d%H%M%S}"  # noqa: DTZ005

    @contextlib.contextmanager
    def scratch(self):
        """A database with the language rules of the present one; the account needs the right CREATEDB."""
        name = self._named("restore")
        with self.server() as cursor:
            cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                raise Refusal(
                    "Tài khoản PostgreSQL chưa được tạo cơ sở dữ liệu: chạy ALTER ROLE … CREATEDB bằng quyền quản trị."
                )
            self._drop_leftovers(cursor)
            cursor.execute("SELECT to_jsonb(d)::text FROM pg_database AS d WHERE datname = %s", [self.settings["NAME"]])
            rules = json.loads(cursor.fetchone()[0])
            icu = rules.get("daticulocale") or (rules.get("datlocprovider") == "i" and rules.get("datlocale"))
            provider = "LOCALE_PROVIDER icu ICU_LOCALE %s" if icu else ""
            cursor.execute(
                f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING %s LC_COLLATE %s LC_CTYPE %s {provider}',
                ["UTF8", rules["datcollate"], rules["datctype"], *([icu] if icu else [])],
            )
        try:
            yield name
        finally:
            with self.server() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')

    def _drop_leftovers(self, cursor):
        """Scratch databases of one that was killed: only one runs at a time."""
        pattern = self._named("restore").rpartition("_")[0].replace("_", r"\_") + r"\_%"
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
        for (leftover,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{leftover}"')

    def load(self, source, name):
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        self.run("pg_restore", *options, dbname=name, source=source)

    def is_empty(self):
        return holds_nobody(connections["default"])

    def busy(self):
        """Other people's connections to our database; our own is closed first. The server's own workers are none, and one
        that has just ended is given a moment to go."""
        connections["default"].close()
        until = time.monotonic() + MOMENT
        with self.server() as cursor:
            while True:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
                    [self.settings["NAME"]],
                )
                others = cursor.fetchone()[0]
                if not others or time.monotonic() > until:
                    break
                time.sleep(0.1)
        return f"còn {others} kết nối đang dùng cơ sở dữ liệu" if others else ""

    def put_in_place(self, name):
        """Two renames in one transaction; the present one is kept under the name returned."""
        connections["default"].close()
        aside = self._named("before")
        with self.server() as cursor:
            cursor.execute(
                f'BEGIN; ALTER DATABASE "{self.settings["NAME"]}" RENAME TO "{aside}"; '
                f'ALTER DATABASE "{name}" RENAME TO "{self.settings["NAME"]}"; COMMIT'
            )
        return aside

    def discard(self, aside):
        with self.server() as cursor:
            cursor.execute(f'DROP DATABASE "{aside}"')
