"""History is sealed: whoever changes it past the triggers is found, with the place."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from units.chain import digest_of, sealed_models, verify
from units.constraints import NeverChanges
from units.models import Seal, UnitEntry
from units.services import seals
from units.services.journal import write_entry
from units.sweeps import seal_rows

pytestmark = pytest.mark.django_db


def forge(sql, *params):
    """As somebody with the database's own keys would: the triggers aside."""
    with connection.cursor() as cursor:
        for model in (UnitEntry, Seal):
            on = f" ON {model._meta.db_table}" if connection.vendor == "postgresql" else ""
            guard = next(each for each in model._meta.constraints if isinstance(each, NeverChanges))
            for trigger in guard.triggers(connection.vendor):
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")
        cursor.execute(sql, params)


@pytest.fixture
def lines(cast, now, monkeypatch):
    """Five lines of history in links of two, and a sixth that is too fresh."""
    monkeypatch.setattr(seals, "AT_ONCE", 2)
    made = [write_entry(cast.telecom, f"Thay đổi {n}.", actor=cast.admin, now=now) for n in range(5)]
    later = now + timedelta(hours=1)
    write_entry(cast.telecom, "Vừa xong.", actor=cast.admin, now=later)
    seal_rows(now=later + timedelta(minutes=5))
    return made


def test_every_append_only_history_is_sealed():
    assert {"units_unitentry", "plans_planentry", "directives_dispatchentry", "assignments_assignmententry"} <= set(
        sealed_models()
    )
    assert all({"at"} <= {field.name for field in model._meta.fields} for model in sealed_models().values())


def test_an_honest_history_holds_and_grows(lines, now):
    found = verify()
    assert (found.rows, found.waiting, found.broken) == (5, 1, None)
    assert found.seals == 3 and found.head == Seal.objects.order_by("pk").last().digest
    seal_rows(now=now + timedelta(hours=1, minutes=6))
    assert verify() == found
    seal_rows(now=now + timedelta(days=3))
    assert (verify().rows, verify().waiting, verify().seals) == (6, 0, 4)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("UPDATE units_unitentry SET what = 'Khác.' WHERE id = %s", "đã bị sửa"),
        ("DELETE FROM units_unitentry WHERE id = %s", "có 1 dòng trong khi niêm phong ghi 2 dòng"),
    ],
)
def test_a_changed_or_removed_line_is_found_where_it_was(lines, sql, why):
    forge(sql, lines[3].pk)
    found = verify()
    assert (found.broken.last, found.seals, found.rows) == (lines[3].pk, 1, 2) and why in found.why
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_history", stdout=io.StringIO(), stderr=said)
    assert ended.value.code == 1 and f"HỎNG tại mắt xích {found.broken.pk}" in said.getvalue()


def test_a_link_made_anew_over_changed_lines_breaks_the_next(lines):
    first, second, _ = Seal.objects.order_by("pk")
    forge("UPDATE units_unitentry SET what = 'Khác.' WHERE id = %s", lines[0].pk)
    rows = UnitEntry.objects.filter(pk__lte=first.last)
    digest, _ = digest_of(rows, table=first.table, before="", columns=first.columns)
    forge("UPDATE units_seal SET digest = %s WHERE id = %s", digest, first.pk)
    assert (verify().broken, verify().head) == (second, digest)


def test_a_link_taken_out_of_the_middle_is_missed(lines):
    _, second, third = Seal.objects.order_by("pk")
    forge("UPDATE units_seal SET before_id = NULL WHERE id = %s", third.pk)
    forge("DELETE FROM units_seal WHERE id = %s", second.pk)
    assert verify().broken == third and "đứng trước" in verify().why


def test_the_command_says_that_all_is_well(lines):
    said = io.StringIO()
    call_command("verify_history", stdout=said)
    assert "5 dòng lịch sử trong 3 mắt xích" in said.getvalue() and "1 dòng mới" in said.getvalue()


def test_a_line_slipped_in_is_found(lines, cast, now):
    forge("DELETE FROM units_unitentry WHERE id = %s", lines[4].pk)
    UnitEntry.objects.create(pk=lines[4].pk, unit=cast.telecom, actor=cast.admin, at=now, what="Khác.")
    assert "đã bị sửa" in verify().why
