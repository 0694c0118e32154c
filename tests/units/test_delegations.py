"""Somebody works for an absent person: for a time, openly, and never with more than that person has."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from units.models import Delegation

pytestmark = pytest.mark.django_db


def delegated(giver, taker, now, *, start=timedelta(hours=-1), end=timedelta(days=3), **fields):
    facts = {"reason": "Đi công tác", "made_by": giver, "made_at": now} | fields
    return Delegation.objects.create(giver=giver, taker=taker, starts_at=now + start, ends_at=now + end, **facts)


def test_the_database_refuses_two_at_a_time_to_oneself_and_backwards(cast, now):
    first = delegated(cast.head, cast.specialist, now)
    day = timedelta(days=1)
    for taker, start, end in (
        (cast.clerk, day, 2 * day),
        (cast.clerk, -day, 9 * day),
        (cast.head, 5 * day, 6 * day),
        (cast.clerk, 6 * day, 5 * day),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            delegated(cast.head, taker, now, start=start, end=end)
    delegated(cast.head, cast.clerk, now, start=3 * day, end=5 * day)
    with pytest.raises(DatabaseError), transaction.atomic():
        Delegation.objects.filter(pk=first.pk).update(ends_at=now + 4 * day)
    Delegation.objects.filter(pk=first.pk).update(ended_at=now)
    delegated(cast.head, cast.clerk, now, start=day, end=2 * day)
