"""What units that have ended still owe, and who is to have it."""

from django.db.models import Count, Q
from django.utils import timezone

from assignments.models import Assignment, Roster
from assignments.states import AssignmentStatus


def _ended(act, now):
    """Units that this act ended and that have not been restored since."""
    return act.lines.filter(kind__in=["heir", "end"], unit__valid_to__lte=timezone.localdate(now)).values("unit")


def left_open(act, now):
    """Everything open at the units this act ended."""
    return Assignment.objects.open().filter(unit__in=_ended(act, now))


def passes_on(act, now):
    """Of these what the heir takes over: not what has a proof that waits for the Sở, nor where no heir is named."""
    heirs = act.lines.filter(main=True, unit__in=_ended(act, now)).values("unit")
    return left_open(act, now).filter(unit__in=heirs).exclude(status=AssignmentStatus.SUBMITTED)


def counts(act, now):
    """How much of an act is left: open, to pass on, waiting for the Sở, rosters that still have shifts. Two queries."""
    heirs = act.lines.filter(main=True).values("unit")
    found = left_open(act, now).aggregate(
        open=Count("pk"),
        waiting=Count("pk", filter=Q(status=AssignmentStatus.SUBMITTED)),
        passes=Count("pk", filter=Q(unit__in=heirs) & ~Q(status=AssignmentStatus.SUBMITTED)),
    )
    return found | {"rosters": rosters_left(act, now).count()}


def rosters_left(act, now):
    """Rosters of ended units with shifts still to come: the heir files its own."""
    rows = Roster.objects.filter(unit__in=_ended(act, now), shifts__ends_at__gt=now).distinct()
    return rows.select_related("unit", "occasion").order_by("unit__sort_key", "pk")


def orphans(day):
    """Open assignments of units ended by that day, as pairs (unit, number): what no act has passed on. One query."""
    rows = Assignment.objects.open().filter(unit__valid_to__lte=day).order_by("unit__sort_key", "unit")
    return list(rows.values_list("unit", "unit__name").annotate(number=Count("pk")))
