"""Brings the database and the static files up to date before anything is served; the demonstration is sown when asked.

`python -m config.prepare`: safe to run at every start and to interrupt. What is up to date already costs about a second.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config import checks

STAMP = "static.stamp"


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def refuse_errors():
    """What depends on this machine (fonts, folders, mail): warnings are shown and borne, an error stops the start."""
    for finding in (finding for check in checks.ALL for finding in check(None)):
        say(str(finding))
        if finding.is_serious():
            raise CommandError("the system check found an error; mend it and start again")


def migrate():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def static_state():
    """A digest of every static file's name, size and time: cheap, and different as soon as one is touched."""
    total = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            total.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return total.hexdigest()


def collect_static():
    stamp = Path(settings.STATIC_ROOT).with_name(STAMP)
    state = static_state()
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
        return
    say("hashing and compressing static files")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def sow(people_file):
    """Sow the demonstration into an empty database (the command refuses one with real data), and leave the list of
    people to log in as."""
    say("the demonstration province")
    call_command("seed_demo")
    people = io.StringIO()
    call_command("seed_demo", people=True, stdout=people)
    people_file.write_text(people.getvalue(), encoding="utf-8")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        refuse_errors()
        if settings.DEMO:
            call_command("seed_demo", check=True)  # before anything is changed
        migrate()
        collect_static()
        if settings.DEMO:
            sow(Path(settings.VAR_DIR) / "people.txt")
    except (CommandError, ImproperlyConfigured, DatabaseError) as refusal:
        say(f"{type(refusal).__name__}: {' '.join(str(refusal).split())}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
