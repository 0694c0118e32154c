"""The way back: an archive takes the place of the present database, or nothing is changed at all."""

import contextlib
import fcntl
from datetime import datetime

from django.conf import settings
from django.db import connections

from config.backup import archive, engines
from config.backup.archive import Refusal
from config.backup.keeping import MADE, PROVEN, alone, key_mark, refuse_other_owner
from config.backup.rebuilding import rebuilt
from units.services.sweeps import finish_sweep


@contextlib.contextmanager
def product_stopped():
    """Holds the lock by which `config.run` knows that its folder is taken; refuses while a run holds it."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    refuse_other_owner(settings.VAR_DIR)
    with open(settings.VAR_DIR / "run.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal("Phần mềm đang chạy trên thư mục này; hãy dừng lại rồi mới khôi phục.") from error
        yield


def restore(path, *, now, replace=False):
    """Put the archive at `path` in the place of the present data; returns (manifest, name under which the old is kept).

    Refuses a running product, a database that holds somebody unless `replace`, and whatever `rebuilt` refuses; up to the
    last step the present data stay as they are. Files are only added. Everybody logs in anew, because a session that was
    ended since would live again.
    """
    with product_stopped(), alone(), archive.opened(path) as (tar, manifest):
        present = engines.engine()
        refuse_in_use(present)
        empty = present.is_empty()
        if not (replace or empty):
            raise Refusal(
                "Cơ sở dữ liệu hiện có dữ liệu. Nếu đúng là muốn thay thế, chạy lại với REPLACE=1 (hoặc --replace); "
                "dữ liệu hiện có được giữ lại dưới tên khác."
            )
        with rebuilt(tar, manifest) as (target, name):
            with engines.database(name) as line, line.cursor() as cursor:
                cursor.execute("DELETE FROM django_session")
            archive.put_back_files(tar, manifest, settings.MEDIA_ROOT)
            refuse_in_use(target)
            aside = target.put_in_place(name)
        if empty and aside:
            aside = target.discard(aside)
        connections["default"].close()
        finish_sweep(MADE, now=datetime.fromisoformat(manifest.made_at))
        finish_sweep(PROVEN, now=now)
    return manifest, aside


def refuse_in_use(target):
    if words := target.busy():
        raise Refusal(f"Phần mềm đang chạy: {words}. Hãy dừng lại (dịch vụ web, worker, beat) rồi mới khôi phục.")


def other_key(manifest):
    """The archive was made under another secret key: what was encrypted with that one cannot be read with ours."""
    return manifest.key_mark not in map(key_mark, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
