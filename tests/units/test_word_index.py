"""Search by words through the full-text index of either engine."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from units.text import fold
from units.word_index import WordIndex, words_in

pytestmark = pytest.mark.django_db
DECLARED = {
    index.name: model for model in apps.get_models() for index in model._meta.indexes if isinstance(index, WordIndex)
}
STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'",
    "postgresql": (
        "SELECT attname FROM pg_attribute JOIN pg_index ON indrelid = attrelid AND attnum = indkey[0] "
        "WHERE atttypid = 'tsvector'::regtype"
    ),
}


def test_every_declared_index_stands():
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        assert {name for (name,) in cursor.fetchall()} == DECLARED.keys() >= {"unit_words", "contact_words"}


def test_words_are_what_was_typed_without_accents_and_signs():
    assert words_in("  Kế hoạch số 12/KH-UBND, hoà… ") == ["ke", "hoach", "so", "12", "kh", "ubnd", "hoa"]
    assert words_in("'\"*():& \0") == []
    assert len(words_in("a " * 500)) == 20


@pytest.fixture
def text(transactional_db):
    """A table made for one test, with its index."""
    with isolate_apps("units"):

        class Text(models.Model):
            search_key = models.TextField()

            class Meta:
                app_label = "units"
                db_table = "test_text"
                indexes = [WordIndex(fields=["search_key"], name="test_text_words")]

            def __str__(self):
                return self.search_key

    with connection.schema_editor() as editor:
        editor.create_model(Text)
    yield Text
    with connection.schema_editor() as editor:
        editor.remove_index(Text, Text._meta.indexes[0])
        editor.delete_model(Text)


def found(model, said):
    return set(model.objects.filter(search_key__words=said).values_list("pk", flat=True))


def test_the_index_follows_what_is_written_changed_removed_and_rebuilt(text):
    plan, letter, other = (
        text.objects.create(pk=pk, search_key=fold(words))
        for pk, words in ((7, "Kế hoạch 12/KH-SKHCN bầu cử"), (8, "Công văn đôn đốc, bảo đảm hòa mạng"), (9, "Đại hội"))
    )
    assert found(text, "cu bau") == found(text, "hoạch KH-SKHCN") == found(text, "12/kh") == {plan.pk}
    assert found(text, "hoà mạng") == found(text, "MANG HÒA") == found(text, "don doc") == {letter.pk}
    assert found(text, "đai") == {other.pk} and found(text, "dai cu") == set() == found(text, "ach")
    assert found(text, "") == found(text, " ?") == {plan.pk, letter.pk, other.pk}
    text.objects.filter(pk=plan.pk).update(search_key="thong bao")
    letter.delete()
    assert found(text, "bau") == found(text, "mang") == set() and found(text, "thong bao") == {plan.pk}
    field = models.CharField(max_length=5, default="x")
    field.set_attributes_from_name("more")
    with connection.schema_editor() as editor:
        editor.add_field(text, field)
        wider = models.CharField(max_length=9, null=True)
        wider.set_attributes_from_name("more")
        editor.alter_field(text, field, wider)
    text.objects.create(pk=10, search_key="sau khi lap lai")
    assert found(text, "thong") == {plan.pk} and found(text, "lai lap") == {10}
