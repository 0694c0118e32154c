"""An archive's database, rebuilt beside the present one, judged, and brought up to this version of the code."""

import contextlib

from django.conf import settings
from django.core.management import call_command

from config.backup import archive, engines
from config.backup.archive import Refusal

VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextlib.contextmanager
def rebuilt(tar, manifest):
    """Yields (engine, name of the new database), which is gone afterwards unless it was put in place.

    Refuses an archive that is damaged, of the other engine, of a newer version, or whose database does not hold what
    the manifest says.
    """
    target = engines.engine()
    archive.verify(tar, manifest)
    if manifest.engine != target.vendor:
        here, there = VENDORS[target.vendor], VENDORS.get(manifest.engine, manifest.engine)
        raise Refusal(f"Bản sao lưu của {there} không khôi phục được vào {here}; hãy đặt DATABASE_URL cho đúng loại.")
    refuse_newer(manifest)
    with target.scratch() as name:
        target.load(tar.extractfile(manifest.database), name)
        with engines.database(name) as line:
            compare(manifest, engines.read_facts(line))
            call_command("migrate", database=engines.SCRATCH, interactive=False, verbosity=0)
            call_command("createcachetable", database=engines.SCRATCH, verbosity=0)
        yield target, name


def refuse_newer(manifest):
    """An older archive goes into newer code, which migrates it; a newer one into older code is refused."""
    if foreign := engines.unknown_migrations(manifest.migrations):
        raise Refusal(
            f"Bản sao lưu do phiên bản mới hơn tạo ra (phiên bản {manifest.version}; phần mềm này là {settings.VERSION}, "
            f"chưa biết {', '.join(foreign[:3])}). Hãy nâng cấp phần mềm rồi khôi phục lại."
        )


def compare(manifest, facts):
    """Every table has as many rows as when it was copied, and every stored file it names is in the archive."""
    tables = facts.counts.keys() | manifest.counts.keys()
    wrong = sorted(name for name in tables if facts.counts.get(name) != manifest.counts.get(name))
    if wrong:
        raise Refusal(f"Số dòng sau khi khôi phục không khớp bản kê ở: {', '.join(wrong[:5])}.")
    if missing := archive.missing_files(manifest, facts):
        raise Refusal(f"Bản sao lưu thiếu {len(missing)} tệp mà cơ sở dữ liệu của nó nhắc đến.")
