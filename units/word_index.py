"""Search by words over a folded column, through a full-text index on both engines: FTS5 on SQLite, GIN on PostgreSQL.

`WordIndex(fields=["search_key"], name=…)` in `Meta.indexes` makes the index, `filter(search_key__words="ke hoach bau cu")` asks
it: every word must begin a word of the text, in any order; accents, capitals and signs between words do not count.
"""

import re

from django.core.exceptions import FullResultSet
from django.db import connection, models
from django.db.models.expressions import Col

from units.text import fold

_VECTOR = "to_tsvector('simple'::regconfig, regexp_replace({column}, '[^a-z0-9]+', ' ', 'g'))"
_WORD = re.compile("[a-z0-9]+")
_MOST_WORDS = 20


def words_in(said):
    """The folded words of what somebody typed, twenty at most."""
    return _WORD.findall(fold(said))[:_MOST_WORDS]


class WordIndex(models.Index):
    """A full-text index over one folded text column. On PostgreSQL a generated column that no model knows, with its index;
    on SQLite a table of its own, kept by triggers, asked for again when the table it follows is rebuilt."""

    def create_sql(self, model, schema_editor, using="", **kwargs):
        quote = schema_editor.quote_name
        table, name = quote(model._meta.db_table.removeprefix("new__")), quote(self.name)
        field = model._meta.get_field(self.fields[0])
        column = quote(field.column)
        if schema_editor.connection.vendor == "postgresql":
            vector = f"GENERATED ALWAYS AS ({_VECTOR.format(column=column)}) STORED"
            return (
                f"ALTER TABLE {table} ADD COLUMN {name} tsvector {vector}; CREATE INDEX ON {table} USING gin ({name})"
            )
        pk, source = quote(model._meta.pk.column), table.strip('"')
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5({column}, content='{source}', content_rowid={pk}, "
            "tokenize='unicode61')"
        )
        gone = f"INSERT INTO {name}({name}, rowid, {column}) VALUES ('delete', OLD.{pk}, OLD.{column});"  # noqa: S608 - names of our own models
        come = f"INSERT INTO {name}(rowid, {column}) VALUES (NEW.{pk}, NEW.{column});"  # noqa: S608 - names of our own models
        for when, what in (("INSERT", come), ("DELETE", gone), (f"UPDATE OF {column}", gone + come)):
            trigger = quote(f"{self.name}_{when[:6].lower()}")
            schema_editor.deferred_sql.append(
                f"CREATE TRIGGER IF NOT EXISTS {trigger} AFTER {when} ON {table} BEGIN {what} END"
            )
        return f"INSERT INTO {name}({name}) VALUES ('rebuild')"  # noqa: S608 - names of our own models

    def remove_sql(self, model, schema_editor, **kwargs):
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor == "postgresql":
            return f"ALTER TABLE {quote(model._meta.db_table)} DROP COLUMN IF EXISTS {quote(self.name)}"
        for when in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {quote(f'{self.name}_{when}')}")
        return f"DROP TABLE IF EXISTS {quote(self.name)}"


@models.CharField.register_lookup
@models.TextField.register_lookup
class Words(models.Lookup):
    """`search_key__words="…"`: nothing typed restricts nothing. The column must have its `WordIndex`."""

    lookup_name = "words"
    prepare_rhs = False

    def _words(self):
        found = words_in(self.rhs)
        if not found:
            raise FullResultSet
        return found

    def _index(self, connection):
        field = self.lhs.target
        index = next(each for each in field.model._meta.indexes if each.fields == [field.name])
        return connection.ops.quote_name(index.name)

    def as_sqlite(self, compiler, connection):
        field, name = self.lhs.target, self._index(connection)
        pk, params = compiler.compile(Col(self.lhs.alias, field.model._meta.pk))
        asked = " ".join(f'"{word}"*' for word in self._words())
        return f"{pk} IN (SELECT rowid FROM {name} WHERE {name} MATCH %s)", [*params, asked]  # noqa: S608 - names of our own models

    def as_postgresql(self, compiler, connection):
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        asked = " & ".join(f"{word}:*" for word in self._words())
        return f"{table}.{self._index(connection)} @@ to_tsquery('simple'::regconfig, %s)", [asked]


def newest(rows, asked, most):
    """Keys of the newest `most` rows whose `search_key` holds every word. Of a whole table SQLite reads them off the index and
    stops there; a narrowed one is asked as any other."""
    found = rows.filter(search_key__words=asked).order_by("-pk")
    words = words_in(asked)
    if connection.vendor != "sqlite" or rows.query.where or not words:
        return list(found.values_list("pk", flat=True)[:most])
    index = next(each for each in rows.model._meta.indexes if each.fields == ["search_key"])
    name = connection.ops.quote_name(index.name)
    with connection.cursor() as cursor:
        said = " ".join(f'"{word}"*' for word in words)
        sql = f"SELECT rowid FROM {name} WHERE {name} MATCH %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608 - names of our own models
        return [key for (key,) in cursor.execute(sql, [said, most])]
