"""What only PostgreSQL can refuse, with its SQLite equal beside it."""

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, Q

# A person is one value: as a range of itself it needs no extension of PostgreSQL beside the moments.
_POSTGRES = """
CONSTRAINT {name} EXCLUDE USING gist (int8range({same}, {same}, '[]') WITH =, tstzrange({starts}, {ends}) WITH &&)
WHERE (status IN ({states}))
"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE {event} ON {table} FOR EACH ROW WHEN NEW.status IN ({states})
AND EXISTS (SELECT 1 FROM {table} AS other WHERE other.{same} = NEW.{same} AND other.status IN ({states})
            AND other.{starts} < NEW.{ends} AND other.{ends} > NEW.{starts}{but_itself})
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {trigger}'); END
"""


class NoOverlap(BaseConstraint):
    """No two rows with the same `same` share a moment of `[starts, ends)` while the `status` of both is one of `once`.

    An exclusion constraint on PostgreSQL; two triggers, of the name and of the name with `_update`, on SQLite.
    """

    def __init__(self, *, name, same, starts, ends, once, violation_error_message=None):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.same, self.starts, self.ends, self.once = same, starts, ends, tuple(once)

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        own = {"same": self.same, "starts": self.starts, "ends": self.ends, "once": self.once}
        return path, args, kwargs | own

    def __eq__(self, other):
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def _words(self, model, editor):
        columns = {
            part: editor.quote_name(model._meta.get_field(getattr(self, part)).column)
            for part in ("same", "starts", "ends")
        }
        return columns | {
            "table": editor.quote_name(model._meta.db_table.removeprefix("new__")),
            "states": ", ".join(f"'{state}'" for state in self.once),
        }

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
        if instance.status not in self.once:
            return
        attname = model._meta.get_field(self.same).attname
        others = model._default_manager.using(using).filter(
            Q(**{f"{self.starts}__lt": getattr(instance, self.ends)}),
            Q(**{f"{self.ends}__gt": getattr(instance, self.starts)}),
            status__in=self.once,
            **{attname: getattr(instance, attname)},
        )
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code="overlap")
