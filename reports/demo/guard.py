"""The demonstration never touches real data: a database either is empty, or bears the mark, or is left alone."""

from django.db import connection

from units.models import Unit, UnitEntry
from units.states import UnitKind

MARK = "Dữ liệu trình diễn: tỉnh và con người không có thật."


def holds_data():
    """Whether any unit is entered; a database that was never migrated is empty."""
    return Unit._meta.db_table in connection.introspection.table_names() and Unit.objects.values("pk").exists()


def is_marked():
    """Whether the data there are the demonstration's own."""
    entries = UnitEntry.objects.filter(unit__kind=UnitKind.OWN, what=MARK)
    return entries.values("pk").exists()
