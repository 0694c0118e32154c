"""Two periods that may not meet: what only PostgreSQL can refuse, with its SQLite equal beside it."""

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, Q

# A person is one value: as a range of itself it needs no extension of PostgreSQL beside the moments.
_POSTGRES = """
CONSTRAINT {name} EXCLUDE USING gist (int8range({same}, {same}, '[]') WITH =, tstzrange({starts}, {ends}) WITH &&)
WHERE ({binding})
"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE {event} ON {table} FOR EACH ROW WHEN NEW.{binding}
AND EXISTS (SELECT 1 FROM {table} AS other WHERE other.{same} = NEW.{same} AND other.{binding}
            AND other.{starts} < NEW.{ends} AND other.{ends} > NEW.{starts}{but_itself})
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {trigger}'); END
"""


class NoOverlap(BaseConstraint):
    """No two rows with the same `same` share a moment of `[starts, ends)` while both bind: their `status` is one of `once`,
    or, for a table without a status, their column `until_set` (when the row was ended early) is still empty.

    An exclusion constraint on PostgreSQL; two triggers, of the name and of the name with `_update`, on SQLite.
    """

    def __init__(self, *, name, same, starts, ends, once=(), until_set="", violation_error_message=None):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.same, self.starts, self.ends, self.once, self.until_set = same, starts, ends, tuple(once), until_set

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        own = {"same": self.same, "starts": self.starts, "ends": self.ends, "once": self.once}
        if self.until_set:
            own["until_set"] = self.until_set
        return path, args, kwargs | own

    def __eq__(self, other):
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def _words(self, model, editor):
        columns = {
            part: editor.quote_name(model._meta.get_field(getattr(self, part)).column)
            for part in ("same", "starts", "ends")
        }
        states = ", ".join(f"'{state}'" for state in self.once)
        binding = f"{self.until_set} IS NULL" if self.until_set else f"status IN ({states})"
        return columns | {"table": editor.quote_name(model._meta.db_table.removeprefix("new__")), "binding": binding}

    def _triggers(self, model, editor):
        words = self._words(model, editor)
        return [
            _SQLITE.format(event="INSERT", trigger=self.name, but_itself="", **words),
            _SQLITE.format(
                event="UPDATE", trigger=f"{self.name}_update", but_itself=" AND other.id <> NEW.id", **words
            ),
        ]

    def constraint_sql(self, model, schema_editor):
        """Part of CREATE TABLE; on SQLite the triggers follow once the table stands."""
        if schema_editor.connection.vendor == "postgresql":
            name = schema_editor.quote_name(self.name)
            return _POSTGRES.format(name=name, **self._words(model, schema_editor))
        schema_editor.deferred_sql += self._triggers(model, schema_editor)
        return None

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            table = schema_editor.quote_name(model._meta.db_table)
            return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"
        first, second = self._triggers(model, schema_editor)
        schema_editor.deferred_sql.append(second)
        return first

    def remove_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            table = schema_editor.quote_name(model._meta.db_table)
            return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"
        schema_editor.deferred_sql.append(f"DROP TRIGGER IF EXISTS {self.name}_update")
        return f"DROP TRIGGER IF EXISTS {self.name}"

    def validate(self, model, instance, exclude=None, using="default"):
        """Says in Vietnamese, before the database does, that somebody would be in two places."""
        if self.until_set:
            binding = {f"{self.until_set}__isnull": True}
            binds = getattr(instance, self.until_set) is None
        else:
            binding, binds = {"status__in": self.once}, instance.status in self.once
        if not binds:
            return
        attname = model._meta.get_field(self.same).attname
        others = model._default_manager.using(using).filter(
            Q(**{f"{self.starts}__lt": getattr(instance, self.ends)}),
            Q(**{f"{self.ends}__gt": getattr(instance, self.starts)}),
            **binding,
            **{attname: getattr(instance, attname)},
        )
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code="overlap")
