"""A column whose order is the plain order of its bytes, on both engines and whatever locale the server was made with."""

from django.db import models


class SortKeyField(models.CharField):
    """A key made by `units.text`. SQLite compares bytes anyway; PostgreSQL is told to, else its locale would decide."""

    def __init__(self, *args, **options):
        options.setdefault("editable", False)
        super().__init__(*args, **options)

    def db_parameters(self, connection):
        return super().db_parameters(connection) | {"collation": {"postgresql": "C"}.get(connection.vendor)}
