"""One sheet for the rosters of many units."""

from django.db import transaction

from assignments.services.shifts import Written, merge_shifts, open_roster


@transaction.atomic
def import_rosters(occasion, tables, *, actor, now, drop=True):
    """Write tables [(unit, rows)] each into the unit's roster of the occasion, begun where there is none: all or nothing.

    Returns the sum of what `merge_shifts` counts; refuses what it refuses.
    """
    total = Written(0, 0, 0, 0)
    for unit, rows in sorted(tables, key=lambda table: table[0].pk):
        roster = open_roster(occasion, unit, actor=actor, now=now)
        written = merge_shifts(roster, rows, actor=actor, now=now, drop=drop)
        total = Written(*(a + b for a, b in zip(total, written, strict=True)))
    return total
