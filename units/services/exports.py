"""The history as a file for an inspector: to read, and to prove without this product."""

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Min
from django.utils import timezone

from units import rules
from units.chain import sealed_lines, sealed_models
from units.models import Seal
from units.selectors import own_department
from units.selectors.history import history, history_lines, parts_of_history
from units.services.journal import day_words, write_entry
from units.sheets.template import FORMULA

DATA = Path(__file__).parent.parent / "data"
COLUMNS = ("Lúc", "Người thực hiện", "Xử lý thay", "Loại", "Về", "Việc", "Bảng", "Số dòng trong bảng")
NAME = "nhat-ky.zip"
MOST_LINES = 100_000
STORED = zipfile.ZIP_DEFLATED


def export_history(target, *, actor, now, since, until, most=None):
    """Write the history from the day `since` to the end of `until` into the open binary file `target`, as a zip archive.

    The export is written into the history first, so that it holds itself. Refuses whoever may not inspect (403), days the
    wrong way round, and more than `most` lines. Memory stays flat; about ten seconds for 100,000 lines. Returns their number.
    """
    if not rules.can_inspect(actor):
        raise PermissionDenied
    if since > until:
        raise ValidationError({"until": "Ngày cuối phải từ ngày đầu trở đi."}, code="order")
    count = sum(rows.count() for rows in parts_of_history(since=since, until=until))
    if most and count > most:
        raise ValidationError(
            f"Khoảng thời gian này có {count} dòng, quá nhiều để xuất từ trang web (tối đa {most}). Hãy chọn khoảng ngắn "
            "hơn, hoặc chạy “manage.py export_history” trên máy chủ.",
            code="too_many",
        )
    department = own_department()
    what = f"Xuất nhật ký xử lý từ {day_words(since)} đến hết {day_words(until)} ({count} dòng)."
    write_entry(department, what, actor=actor, now=now)
    with zipfile.ZipFile(target, "w", STORED, compresslevel=6) as archive:
        seals, head = _chain(since, until)
        written = _readable(archive, since, until)
        _sealed(archive, seals)
        archive.write(DATA / "kiem_chung.py", "kiem_chung.py")
        said = (
            (DATA / "xuat_nhat_ky.txt")
            .read_text()
            .format(
                department=department.name,
                since=day_words(since),
                until=day_words(until),
                actor=actor or "lệnh trên máy chủ",
                at=f"{timezone.localtime(now):%H:%M ngày %d/%m/%Y}",
                count=written,
                head=head or "chưa có",
                file=NAME,
            )
        )
        archive.writestr("doc-truoc.txt", said)
    return written


def _readable(archive, since, until):
    """For people and Excel: a cell that would be taken for a formula begins with an apostrophe."""
    written = 0
    with archive.open("nhat-ky.csv", "w", force_zip64=True) as raw:
        raw.write(b"\xef\xbb\xbf")
        with io.TextIOWrapper(raw, "utf-8", newline="") as text:
            sheet = csv.writer(text)
            sheet.writerow(COLUMNS)
            for line in history_lines(history(parts_of_history(since=since, until=until)).iterator(2000)):
                at = f"{timezone.localtime(line.at):%d/%m/%Y %H:%M:%S}"
                cells = (
                    at,
                    line.actor or "Hệ thống",
                    line.giver,
                    line.kind,
                    line.about,
                    line.what,
                    line.table,
                    line.pk,
                )
                sheet.writerow([f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in cells])
                written += 1
    return written


def _chain(since, until):
    """Every link as (Seal, pk before which its rows begin, whether its rows go with the export), and the last digest."""
    reach = {}
    for rows in parts_of_history(since=since, until=until):
        ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
        if ends["first"]:
            reach[rows.model._meta.db_table] = ends["first"], ends["last"]
    found, done, head = [], Counter(), ""
    for seal in Seal.objects.order_by("pk"):
        first, last = reach.get(seal.table, (0, -1))
        found.append((seal, done[seal.table], done[seal.table] < last and seal.last >= first))
        done[seal.table], head = seal.last, seal.digest
    return found, head


def _sealed(archive, seals):
    said = []
    models = sealed_models()
    for seal, _, shown in seals:
        facts = {
            "so": seal.pk,
            "truoc": seal.before_id,
            "bang": seal.table,
            "den_dong": seal.last,
            "so_dong": seal.rows,
            "cot": seal.columns,
            "sha256": seal.digest,
            "luc": seal.at.isoformat(),
            "co_dong": shown,
        }
        said.append(json.dumps(facts, ensure_ascii=False))
    archive.writestr("niem-phong.jsonl", "".join(f"{line}\n" for line in said))
    for table in sorted({seal.table for seal, _, shown in seals if shown}):
        with archive.open(f"dong/{table}.jsonl", "w", force_zip64=True) as raw:
            for seal, after, shown in seals:
                if shown and seal.table == table:
                    rows = models[table].objects.filter(pk__gt=after, pk__lte=seal.last)
                    raw.writelines(sealed_lines(rows, seal.columns))
