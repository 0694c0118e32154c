"""What no column type can say, refused by the database itself on both engines: triggers with one message.

Triggers are declared in `Meta.constraints`, so migrations carry them; where SQLite rebuilds a table the schema editor
asks for them again (deferred until the table has its final name).
"""

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint

_POSTGRES = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
END $$;
DROP TRIGGER IF EXISTS {trigger} ON {table};
CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {function}()
"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {condition}
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END
"""


class NeverChanges(BaseConstraint):
    """Refuses any UPDATE that changes `fields` (all, when none is named) of a row whose `status` is one of `once`.

    Without `once` the row never changes from its first moment. Deleting is refused by PROTECT, not here.
    """

    def __init__(self, *, name, fields=(), once=(), violation_error_message="Dòng này không được sửa sau khi đã ghi."):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields, self.once = tuple(fields), tuple(once)

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"fields": self.fields, "once": self.once}

    def __eq__(self, other):
        return isinstance(other, NeverChanges) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def _sql(self, model, editor):
        vendor = editor.connection.vendor
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        columns = [editor.quote_name(model._meta.get_field(name).column) for name in self.fields]
        changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns) or "1 = 1"
        if self.once:
            states = ", ".join(f"'{state}'" for state in self.once)
            changed = f"OLD.status IN ({states}) AND ({changed})"
        return (_POSTGRES if vendor == "postgresql" else _SQLITE).format(
            table=editor.quote_name(model._meta.db_table.removeprefix("new__")),
            trigger=editor.quote_name(self.name),
            function=editor.quote_name(f"{self.name}_fn"),
            name=self.name,
            message=str(self.violation_error_message).replace("'", "''"),
            condition=changed,
        )

    def constraint_sql(self, model, schema_editor):
        """Nothing inside CREATE TABLE; the trigger follows once the table stands."""
        schema_editor.deferred_sql.append(self._sql(model, schema_editor))

    def create_sql(self, model, schema_editor):
        return self._sql(model, schema_editor)

    def remove_sql(self, model, schema_editor):
        trigger = schema_editor.quote_name(self.name)
        if schema_editor.connection.vendor == "postgresql":
            return f"DROP TRIGGER IF EXISTS {trigger} ON {schema_editor.quote_name(model._meta.db_table)}"
        return f"DROP TRIGGER IF EXISTS {trigger}"

    def validate(self, model, instance, exclude=None, using="default"):
        """Says in Vietnamese, before the database does, what must not change."""
        if instance._state.adding or not instance.pk:
            return
        stored = model._default_manager.using(using).filter(pk=instance.pk).first()
        if stored is None or (self.once and stored.status not in self.once):
            return
        names = [model._meta.get_field(name).attname for name in self.fields]
        names = names or [field.attname for field in model._meta.concrete_fields]
        if any(getattr(stored, name) != getattr(instance, name) for name in names):
            raise ValidationError(self.get_violation_error_message(), code="never_changes")
