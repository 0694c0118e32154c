"""The page and the export for an inspector: everything that was done and read, and a file that proves itself."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments import services as assignments
from directives.services import note_look
from directives.states import LookKind
from notices.models import Notice
from notices.sweeps import tell_people
from tests import make
from units.chain import sealed_models
from units.models import Seal, SealCheck, UnitEntry
from units.selectors.history import history, history_lines, parts_of_history
from units.services.exports import export_history
from units.services.journal import write_entry
from units.services.seals import check_history, seal_history
from units.sweeps import prove_history

pytestmark = pytest.mark.django_db
URL = "/he-thong/nhat-ky/"


@pytest.fixture
def past(cast, now):
    """Lines of last year, sealed then."""
    old = now - timedelta(days=400)
    for n in range(3):
        write_entry(cast.rival, f"Từ lâu {n}.", actor=cast.admin, now=old)
    seal_history(now=old + timedelta(hours=1))


@pytest.fixture
def told(cast, now):
    """One line of a unit, a view, an act upon an assignment, a proof of the chain."""
    write_entry(cast.telecom, '=HYPERLINK("x")', actor=cast.admin, now=now)
    task = make.assignment(cast)
    assignments.accept_assignment(task, actor=cast.focal, now=now)
    note_look(task.dispatch, actor=cast.head, now=now, what=LookKind.PDF)
    return task


def test_every_history_says_how_it_is_read(now):
    """A history table without its TRAIL, or with a wrong one, would be missing here."""
    today = timezone.localdate(now)
    parts = parts_of_history(since=today, until=today)
    assert {rows.model for rows in parts} == set(sealed_models().values())
    assert list(history(parts)) == []
    for model in sealed_models().values():
        if model.TRAIL.page:
            reverse(model.TRAIL.page, args=[1])


def test_the_page_shows_each_act_and_view_to_leaders_and_administrators(client, cast, told, now):
    for stranger in (cast.head, cast.clerk, cast.focal):
        client.force_login(stranger)
        assert client.get(URL).status_code == client.post(URL).status_code == 403
    client.force_login(cast.leader)
    page = client.get(URL)
    found = {(line.kind, line.actor, line.about, line.what) for line in page.context["page"]}
    assert found == {
        ("Đơn vị, người dùng", cast.admin.full_name, cast.telecom.name, '=HYPERLINK("x")'),
        ("Nhiệm vụ", cast.focal.full_name, told.requirement.text, "Mới giao → Đã tiếp nhận"),
        ("Lượt xem văn bản", cast.head.full_name, told.dispatch.subject, "Tệp PDF đã lưu"),
    }
    assert "chưa được kiểm chứng lần nào" in page.text

    def shown(**query):
        return [line.kind for line in client.get(URL, query).context["page"]]

    today = timezone.localdate(now)
    assert shown(kind="Nhiệm vụ") == ["Nhiệm vụ"] == shown(who=cast.focal.full_name)
    assert shown(about=told.dispatch.subject[:8], kind="Lượt xem văn bản") == ["Lượt xem văn bản"]
    assert shown(until=today - timedelta(days=1)) == [] != shown(since=today, until=today)
    wrong = client.get(URL, {"since": "2026-13-45", "until": "x", "page": "0", "kind": "?"})
    assert wrong.status_code == 200 and len(wrong.context["page"]) == 3 and wrong.context["form"].errors
    assert "Ngày cuối phải từ ngày đầu" in client.get(URL, {"since": today, "until": "2020-01-01"}).text


def test_a_long_history_costs_as_many_questions_as_a_short_one(client, cast, told, now):
    client.force_login(cast.admin)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    few = cost()
    for _ in range(70):
        note_look(told.dispatch, actor=cast.head, now=now, what=LookKind.PAGE)
    assert cost() == few
    assert client.get(URL).context["page"].paginator.num_pages == 2


def test_the_export_is_read_by_excel_and_proven_by_python_alone(client, cast, past, told, now, tmp_path):
    write_entry(cast.rival, "Hôm nay.", actor=cast.admin, now=now)
    seal_history(now=now + timedelta(hours=1))
    client.force_login(cast.leader)
    today = timezone.localdate(now)
    answer = client.post(URL, {"since": today, "until": today})
    assert answer["Content-Type"] == "application/zip" and "attachment" in answer["Content-Disposition"]
    path = tmp_path / "nhat-ky.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    assert UnitEntry.objects.latest("pk").what.startswith("Xuất nhật ký xử lý từ")
    assert UnitEntry.objects.latest("pk").actor == cast.leader
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    rows = list(csv.reader(io.StringIO(files["nhat-ky.csv"].decode("utf-8-sig"))))
    assert len(rows) == 1 + 5 and {row[5] for row in rows} >= {"Hôm nay.", "Việc", '\'=HYPERLINK("x")'}
    assert all("Từ lâu" not in data.decode() for data in files.values())
    seals = [json.loads(line) for line in files["niem-phong.jsonl"].splitlines()]
    assert [seal["so"] for seal in seals] == list(Seal.objects.order_by("pk").values_list("pk", flat=True))
    assert [seal["co_dong"] for seal in seals].count(False) == 1
    assert Seal.objects.latest("pk").digest in files["doc-truoc.txt"].decode()

    def proven(changed=None):
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, (changed or {}).get(name, data))
        (tmp_path / "kiem_chung.py").write_bytes(files["kiem_chung.py"])
        run = subprocess.run(
            [sys.executable, "-I", "kiem_chung.py", path], cwd=tmp_path, capture_output=True, text=True
        )
        return run.returncode, run.stdout

    code, said = proven()
    assert code == 0 and Seal.objects.latest("pk").digest in said
    entries = "dong/units_unitentry.jsonl"
    code, said = proven({entries: files[entries].replace("Hôm nay.".encode(), "Hôm kia.".encode())})
    broken = next(seal["so"] for seal in seals if seal["bang"] == "units_unitentry" and seal["co_dong"])
    assert code == 1 and f"HỎNG tại mắt xích {broken}:" in said
    lines = files["niem-phong.jsonl"].splitlines(keepends=True)
    assert proven({"niem-phong.jsonl": b"".join(lines[1:])})[0] == 1


def test_an_export_is_refused_to_whom_and_how_it_may_not_be(client, cast, told, now):
    today, target = timezone.localdate(now), io.BytesIO()
    with pytest.raises(PermissionDenied):
        export_history(target, actor=cast.head, now=now, since=today, until=today)
    with pytest.raises(ValidationError, match="quá nhiều"):
        export_history(target, actor=cast.admin, now=now, since=today, until=today, most=2)
    with pytest.raises(ValidationError, match="Ngày cuối"):
        export_history(target, actor=cast.admin, now=now, since=today, until=today - timedelta(days=1))
    assert target.getvalue() == b"" and not UnitEntry.objects.filter(what__startswith="Xuất").exists()
    client.force_login(cast.admin)
    assert "Ngày cuối phải" in client.post(URL, {"since": today, "until": "2001-01-01"}).text


def test_the_command_writes_a_new_file_and_a_line_of_history(cast, told, tmp_path):
    out, said = tmp_path / "x.zip", io.StringIO()
    period = {"since": date(2026, 1, 1), "until": date(2999, 1, 1)}
    call_command("export_history", out=out, stdout=said, **period)
    assert "Đã xuất 4 dòng" in said.getvalue() and zipfile.is_zipfile(out)
    assert UnitEntry.objects.latest("pk").actor is None
    with pytest.raises(CommandError, match="Không tạo được tệp"):
        call_command("export_history", out=out, stdout=said, **period)
    with pytest.raises(CommandError, match="Ngày cuối"):
        call_command(
            "export_history", out=tmp_path / "y.zip", stdout=said, since=date(2026, 1, 2), until=date(2026, 1, 1)
        )
    assert not (tmp_path / "y.zip").exists()


def test_the_chain_is_proven_once_a_night_and_the_page_says_what_was_found(client, cast, told, now):
    seal_history(now=now + timedelta(hours=1))
    prove_history(now=now)
    prove_history(now=now + timedelta(seconds=1))
    check = SealCheck.objects.get()
    assert (check.broken, check.rows, check.head) == (None, 3, Seal.objects.latest("pk").digest)
    client.force_login(cast.leader)
    tell_people(now=now + timedelta(minutes=1))
    letter = Notice.objects.get(recipient=cast.admin.contact, channel="email")
    assert check.head in letter.text and not letter.urgent
    assert "Nguyên vẹn khi kiểm chứng" in client.get(URL).text and check.head in client.get(URL).text
    prove_history(now=now + timedelta(days=1))
    assert SealCheck.objects.count() == 2
    with connection.cursor() as cursor:  # as somebody with the database's own keys
        on = " ON units_unitentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER unit_entry_append_only{on}")
        cursor.execute("UPDATE units_unitentry SET what = 'Khác.'")
    assert "đã bị sửa" in check_history(now=now + timedelta(days=2)).why
    tell_people(now=now + timedelta(days=2))
    tell_people(now=now + timedelta(days=2, minutes=1))
    news = Notice.objects.filter(recipient=cast.admin.contact, channel="email").order_by("pk")
    assert [notice.urgent for notice in news] == [False, False, True] and "đã bị can thiệp" in news[2].subject
    assert not Notice.objects.exclude(recipient=cast.admin.contact).exists()
    page = client.get(URL).text
    assert "Nhật ký đã bị can thiệp" in page and "Nguyên vẹn" not in page
    assert {
        line.what for line in history_lines(history(parts_of_history(since=date(2026, 1, 1), until=date(2999, 1, 1))))
    }
