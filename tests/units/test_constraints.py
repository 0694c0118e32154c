"""What never changes is refused by the database itself: every declared trigger exists after migrating, and refuses."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps
from django.utils import timezone

from directives.models import Dispatch, DispatchLook
from directives.services import note_look
from directives.states import LookKind
from tests import make
from units.constraints import NeverChanges, make_triggers_anew
from units.models import UnitEntry
from units.services.journal import write_entry

pytestmark = pytest.mark.django_db
DECLARED = {
    constraint.name: model
    for model in apps.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, NeverChanges)
}
TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
    ),
}


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        return dict(cursor.fetchall())


def test_every_declared_trigger_stands_on_its_table():
    found = triggers()
    expected = {
        name: model._meta.db_table
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, NeverChanges)
        for name in constraint.triggers(connection.vendor)
    }
    assert {name: found.get(name) for name in expected} == expected
    assert {"unit_entry_append_only", "stored_file_never_changes"} <= DECLARED.keys()


def test_a_written_line_is_never_rewritten(cast, now):
    entry = write_entry(cast.telecom, "Một thay đổi.", actor=cast.admin, now=now)
    for change in ({"what": "Khác."}, {"at": timezone.now()}, {"actor": cast.head}, {"user": cast.head}):
        with pytest.raises(DatabaseError), transaction.atomic():
            UnitEntry.objects.filter(pk=entry.pk).update(**change)
    entry.refresh_from_db()
    assert entry.what == "Một thay đổi."


def test_nothing_that_is_deleted_takes_history_along():
    paths = {
        f"{model.__name__}.{field.name}": field.remote_field.on_delete
        for model in DECLARED.values()
        for field in model._meta.concrete_fields
        if field.remote_field
    }
    assert {name for name, rule in paths.items() if rule is not models.PROTECT} == set()


RAW = ["UPDATE {} SET id = id", "DELETE FROM {}"]
ENGINES_OWN = {"postgresql": ["TRUNCATE {} CASCADE"], "sqlite": ["REPLACE INTO {} SELECT * FROM {}"]}


def test_by_no_statement_does_history_change_or_go(cast, now):
    """Not by the ORM, nor by SQL typed into the database's own shell, through our connection or another of its rights."""
    write_entry(cast.telecom, "Một thay đổi.", actor=cast.admin, now=now)
    paper = make.dispatch(cast, "issued")
    note_look(paper, actor=cast.head, now=now, what=LookKind.PAGE)
    kept = {model: list(model.objects.order_by("pk").values()) for model in (UnitEntry, DispatchLook, Dispatch)}
    assert all(kept.values())
    for model in (UnitEntry, DispatchLook):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
        for sql in RAW + ENGINES_OWN[connection.vendor]:
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql.replace("{}", model._meta.db_table))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Dispatch._meta.db_table} WHERE id = {paper.pk}")  # noqa: S608
    assert {model: list(model.objects.order_by("pk").values()) for model in kept} == kept


def test_the_model_says_so_first_in_vietnamese(cast, now):
    entry = write_entry(cast.telecom, "Một thay đổi.", actor=cast.admin, now=now)
    entry.what = "Khác."
    with pytest.raises(ValidationError) as caught:
        entry.validate_constraints()
    assert caught.value.messages == ["Dòng này không được sửa sau khi đã ghi."]


def test_units_people_and_files_with_a_past_are_not_deleted(cast, now):
    write_entry(cast.rival, "Một thay đổi.", actor=cast.admin, now=now)
    for row in (cast.rival, cast.admin, cast.department):
        with pytest.raises(models.ProtectedError):
            row.delete()


@pytest.fixture
def paper(transactional_db):
    """A row of a table made for this test alone: its number is settled once its status says so."""
    with isolate_apps("units"):

        class Paper(models.Model):
            status = models.CharField(max_length=10)
            number = models.IntegerField(null=True)
            note = models.CharField(max_length=10, blank=True)

            class Meta:
                app_label = "units"
                db_table = "test_paper"
                constraints = [NeverChanges(name="test_paper_settled", fields=["number"], once=["done", "gone"])]

            def __str__(self):
                return self.status

    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    try:
        yield Paper.objects.create(status="draft", number=None)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Paper)


def test_a_part_is_settled_only_from_its_status_on_and_stays_so_when_the_table_is_rebuilt(paper, monkeypatch):
    Paper = type(paper)
    rows = Paper.objects.filter(pk=paper.pk)

    def settled():
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(number=8)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(number=None)
        rows.update(note="sửa")
        rows.update(number=7)

    rows.update(number=6)
    rows.update(number=7, status="done")
    settled()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    old = Paper._meta.get_field("note")
    new = models.CharField(max_length=20, blank=True, default="x")
    new.set_attributes_from_name("note")
    new.model = Paper
    with connection.schema_editor() as editor:
        editor.alter_field(Paper, old, new)
    settled()
    assert triggers()["test_paper_settled"] == "test_paper"
    constraint = Paper._meta.constraints[0]
    with monkeypatch.context() as without:
        without.setattr(Paper._meta, "constraints", [])
        with connection.schema_editor() as editor:
            editor.remove_constraint(Paper, constraint)
        assert "test_paper_settled" not in triggers()
        rows.update(number=8)
    with connection.schema_editor() as editor:
        editor.add_constraint(Paper, constraint)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(number=9)
    with connection.cursor() as cursor:  # as it stands in a database made before deleting was refused
        on = f" ON {Paper._meta.db_table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER test_paper_settled_gone{on}")
    app = SimpleNamespace(get_models=lambda: [Paper])
    with connection.schema_editor() as editor:
        make_triggers_anew(SimpleNamespace(get_app_config=lambda label: app), editor, ["units"])
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
