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
CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {function}();
DROP TRIGGER IF EXISTS {gone} ON {table};
CREATE TRIGGER {gone} BEFORE DELETE ON {table} FOR EACH ROW WHEN ({settled}) EXECUTE FUNCTION {function}();
DROP TRIGGER IF EXISTS {emptied} ON {table};
CREATE TRIGGER {emptied} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""
_SQLITE = (
    """
CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {changed}
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END
""",
    """
CREATE TRIGGER IF NOT EXISTS {gone} BEFORE DELETE ON {table} FOR EACH ROW WHEN {settled}
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END
""",
)


class NeverChanges(BaseConstraint):
    """Refuses any UPDATE that changes `fields` (all, when none is named) of a row whose `status` is one of `once`, and its
    DELETE; on PostgreSQL TRUNCATE too. Without `once` the row never changes, and never goes, from its first moment.
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

    def triggers(self, vendor):
        """The names under which the database keeps it."""
        return [f"{self.name}{end}" for end in ("", "_gone", "_emptied")[: 3 if vendor == "postgresql" else 2]]

    def _sql(self, model, editor):
        """The statements that make it; SQLite takes one at a time."""
        vendor = editor.connection.vendor
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        columns = [editor.quote_name(model._meta.get_field(name).column) for name in self.fields]
        changed, settled = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns) or "1 = 1", "1 = 1"
        if self.once:
            settled = "OLD.status IN ({})".format(", ".join(f"'{state}'" for state in self.once))
            changed = f"{settled} AND ({changed})"
        return [
            text.format(
                table=editor.quote_name(model._meta.db_table.removeprefix("new__")),
                trigger=editor.quote_name(self.name),
                gone=editor.quote_name(f"{self.name}_gone"),
                emptied=editor.quote_name(f"{self.name}_emptied"),
                function=editor.quote_name(f"{self.name}_fn"),
                name=self.name,
                message=str(self.violation_error_message).replace("'", "''"),
                changed=changed,
                settled=settled,
            )
            for text in ([_POSTGRES] if vendor == "postgresql" else _SQLITE)
        ]

    def constraint_sql(self, model, schema_editor):
        """Nothing inside CREATE TABLE; the triggers follow once the table stands."""
        schema_editor.deferred_sql += self._sql(model, schema_editor)

    def create_sql(self, model, schema_editor):
        """Asked for on PostgreSQL only: SQLite adds a constraint by making the table anew."""
        return self._sql(model, schema_editor)[0]

    def remove_sql(self, model, schema_editor):
        """As `create_sql`."""
        table = schema_editor.quote_name(model._meta.db_table)
        names = [schema_editor.quote_name(name) for name in self.triggers(schema_editor.connection.vendor)]
        return "; ".join(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names)

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


def make_triggers_anew(apps, schema_editor, labels):
    """For a migration: every NeverChanges of these apps says again what it refuses, as the code now has it."""
    for label in labels:
        for model in apps.get_app_config(label).get_models():
            for constraint in model._meta.constraints:
                if isinstance(constraint, NeverChanges):
                    constraint.constraint_sql(model, schema_editor)
