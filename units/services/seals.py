"""Sealing history: the next links of the chain."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Min

from units.chain import columns_of, digest_of, reach, sealed_models, verify
from units.models import Seal, SealCheck

SETTLED = timedelta(minutes=10)
AT_ONCE = 10_000


def seal_history(*, now):
    """Seals the rows of every history table that are ten minutes old, 10,000 a link; returns how many rows.

    Ten minutes, because a row whose transaction is still open may get a lower number than one already seen. Locks nothing:
    two at once cannot both add the same link (the database refuses the second)."""
    sealed = 0
    reached = reach()
    for table, model in sealed_models().items():
        fresh = model.objects.filter(at__gt=now - SETTLED).aggregate(first=Min("pk"))["first"]
        while True:
            rows = model.objects.filter(pk__gt=reached.get(table, 0))
            if fresh:
                rows = rows.filter(pk__lt=fresh)
            numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
            if not numbers:
                break
            reached[table] = numbers[-1]
            sealed += _add_link(rows.filter(pk__lte=numbers[-1]), table, numbers[-1], model, now)
    return sealed


@transaction.atomic
def _add_link(rows, table, last, model, now):
    before = Seal.objects.order_by("-pk").first()
    columns = columns_of(model)
    digest, count = digest_of(rows, table=table, before=before.digest if before else "", columns=columns)
    Seal.objects.create(table=table, last=last, rows=count, columns=columns, digest=digest, before=before, at=now)
    return count


def check_history(*, now):
    """Reads the whole chain again and writes down what was found; returns that row. A second for 100,000 rows."""
    found = verify()
    return SealCheck.objects.create(
        at=now, seals=found.seals, rows=found.rows, head=found.head, broken=found.broken, why=found.why
    )
