"""What the back-up test does to a database of its own, each in a process of its own: `python -m tests.config.backup_acts ACT`."""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from allauth.usersessions.models import UserSession  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests import make  # noqa: E402
from units.models import StoredFile, Unit, UnitEntry  # noqa: E402
from units.services.files import store_bytes  # noqa: E402
from units.states import UnitKind  # noqa: E402


def found():
    """A system of an older version (one app's tables are not there yet), with its department and a session."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("migrate", "usersessions", "zero", verbosity=0)
    make.unit(UnitKind.OWN, "Sở Khoa học và Công nghệ")
    write_one(0)
    Session.objects.create(session_key="cu", session_data="x", expire_date=timezone.now())


def write_one(number):
    """A file, its row and a line about it, as every upload does."""
    data = b"%PDF-" + str(number).encode() * 3000
    now = timezone.now()
    with transaction.atomic():
        store_bytes(data, name="Tệp.pdf", content_type="application/pdf", actor=None, now=now)
        UnitEntry.objects.create(unit=Unit.objects.get(), at=now, what=f"Tệp {number}")


def write():
    """Write until a file named `stop` appears; the first row is told by a file named `writing`."""
    for number in range(1, 100_000):
        write_one(number)
        (settings.VAR_DIR / "writing").touch()
        if (settings.VAR_DIR / "stop").exists():
            return
        time.sleep(0.005)


def inspect():
    """What the system holds, as JSON."""
    bad = [
        row.path
        for row in StoredFile.objects.all()
        if hashlib.sha256((Path(settings.MEDIA_ROOT) / row.path).read_bytes()).hexdigest() != row.sha256
    ]
    found = {
        "bad": bad,
        "files": StoredFile.objects.count(),
        "lines": UnitEntry.objects.filter(what__startswith="Tệp").count(),
        "sessions": Session.objects.count() + UserSession.objects.count(),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    {"found": found, "write": write, "inspect": inspect}[sys.argv[1]]()
