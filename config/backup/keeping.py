"""When a back-up is made, which are kept, and how one is proven: loaded into a scratch database and counted."""

import contextlib
import fcntl
import hashlib
import logging
import os
import re
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from config.backup import archive, engines
from config.backup.archive import Manifest, Refusal
from config.backup.rebuilding import rebuilt
from notices import services as notices
from notices.selectors import administrators
from units.models import Sweep, Unit
from units.services.sweeps import finish_sweep
from units.states import UnitKind

log = logging.getLogger(__name__)
NAME = re.compile(r"thong-suot-(\d{8}-\d{6})(?:-\d+)?\.tar")
MONTHS = 6
ROOM = 200 * 1024 * 1024
MADE, PROVEN, WATCH = "back_up", "prove_restore", "keep_backups"


@contextlib.contextmanager
def alone():
    """One back-up or restore at a time on one folder; refuses a second."""
    folder = Path(settings.BACKUP_DIR)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_other_owner(folder)
        lock = open(folder / ".lock", "a")  # noqa: SIM115 - held until we are through
    except OSError as error:
        raise Refusal(f"Không ghi được vào thư mục sao lưu {folder} ({error.strerror}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal("Một lần sao lưu hoặc khôi phục khác đang chạy; hãy đợi xong rồi thử lại.") from error
        yield folder


def refuse_other_owner(folder):
    """What root wrote in another account's folder that account could not read again."""
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        raise Refusal(f"Thư mục {folder} thuộc tài khoản có mã {owner}; hãy chạy lệnh bằng tài khoản đó.")


def key_mark(key):
    """Tells whether two systems share a secret key, without saying anything about it."""
    return hashlib.sha256(b"thong-suot backup " + key.encode()).hexdigest()[:16]


def archives():
    """The archives in the folder, newest first."""
    found = []
    with contextlib.suppress(OSError):
        found = [path for path in Path(settings.BACKUP_DIR).iterdir() if NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def kept(names, keep, months=MONTHS):
    """Of these archive names, newest first, those to keep: the newest `keep`, and the last of each of the newest months."""
    last = {}
    for name in names:
        last.setdefault(NAME.fullmatch(name)[1][:6], name)
    return set(names[:keep]) | set(list(last.values())[:months])


def make_backup(*, now):
    """Make one archive and drop those the rule does not keep; returns (path, manifest). Refuses (Refusal) with the reason."""
    with alone() as folder:
        clear_leftovers(folder)
        path = _free_name(folder, now)
        source = engines.engine()
        try:
            with tempfile.TemporaryDirectory(prefix=".dump-", dir=folder) as place:
                dump = Path(place) / source.member
                facts = source.dump(dump)
                _refuse_no_room(folder, dump.stat().st_size + sum(size for _, size, _ in facts.files))
                manifest = Manifest(
                    version=settings.VERSION,
                    made_at=now.isoformat(),
                    engine=source.vendor,
                    database=source.member,
                    migrations=facts.migrations,
                    counts=facts.counts,
                    key_mark=key_mark(settings.SECRET_KEY),
                )
                archive.write_archive(path, manifest, dump, facts, settings.MEDIA_ROOT)
        except OSError as error:
            raise Refusal(f"Không ghi được bản sao lưu vào {folder}: {error.strerror or error}.") from error
        finish_sweep(MADE, now=now)
        names = [found.name for found in archives()]
        for name in set(names) - kept(names, settings.BACKUP_KEEP):
            (folder / name).unlink()
        return path, manifest


def clear_leftovers(folder):
    """What a killed back-up left; we hold the lock, so nobody is using it."""
    for leftover in folder.glob(".thong-suot-*.part"):
        leftover.unlink()
    for leftover in folder.glob(".dump-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _free_name(folder, now):
    stem = f"thong-suot-{timezone.localtime(now):%Y%m%d-%H%M%S}"
    names = (f"{stem}{serial}.tar" for serial in ["", *(f"-{number}" for number in range(2, 100))])
    return next(folder / name for name in names if not (folder / name).exists())


def _refuse_no_room(folder, size):
    free = shutil.disk_usage(folder).free
    if free < size + ROOM:
        need = (size + ROOM) / 1024**3
        raise Refusal(f"Ổ đĩa sao lưu chỉ còn {free / 1024**3:.1f} GB, cần khoảng {need:.1f} GB. Hãy dọn bớt.")


def prove(path, *, now):
    """Load the archive into a scratch database, compare, drop it: what passes can be restored. Returns the manifest."""
    with alone(), archive.opened(path) as (tar, manifest), rebuilt(tar, manifest):
        pass
    finish_sweep(PROVEN, now=now)
    return manifest


# --- every night ------------------------------------------------------------------------------------------------------


def slot(now):
    """The latest moment before `now` at which the nightly back-up falls due."""
    today = timezone.localtime(now).replace(hour=settings.BACKUP_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def keep_backups(*, now):
    """Once a night: make a back-up and prove it. What failed is tried again at the next ring, and told to administrators
    once a day. A system without its department has nothing to lose yet."""
    finish_sweep(WATCH, now=now)
    if not Unit.objects.filter(kind=UnitKind.OWN).exists():
        return
    pulses = dict(Sweep.objects.filter(name__in=[MADE, PROVEN]).values_list("name", "pulse_at"))
    due = slot(now)
    try:
        if not archives() or pulses.get(MADE, due - timedelta(1)) < due:
            _, manifest = make_backup(now=now)
            if manifest.lost:
                complain(f"{len(manifest.lost)} tệp đính kèm bị mất hoặc bị thay đổi trên máy chủ.", now)
        if pulses.get(PROVEN, due - timedelta(1)) < due:
            prove(archives()[0], now=now)
    except (Refusal, OSError, DatabaseError) as refusal:
        complain(" ".join(str(refusal).split()), now)


def complain(reason, now):
    log.error("back-up: %s", reason)
    notices.say(
        key=f"sao-luu:{timezone.localdate(now)}",
        recipients=administrators(),
        subject="Sao lưu dữ liệu không thành công",
        text=f"{reason}\nHãy chạy “make backup” trên máy chủ và xem tài liệu vận hành, mục Sao lưu.",
        now=now,
        path="/he-thong/",
    )


def describe(path):
    """One line about an archive, for the list."""
    size = path.stat().st_size / 1024**2
    made = datetime.strptime(NAME.fullmatch(path.name)[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local time, as it is named
    return f"{path.name}  {made:%d/%m/%Y %H:%M:%S}  {size:,.1f} MB"
