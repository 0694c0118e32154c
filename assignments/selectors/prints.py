"""Rosters with all that their printed list says, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from assignments import coverage
from assignments.duty import window_of
from assignments.models import Assignment, DutyShift, Roster
from assignments.selectors.rosters import roster_filter, units_owing_roster
from assignments.states import SHIFT_BINDING, AssignmentStatus
from plans.models import Phase
from plans.states import EvidenceKind
from units.states import UnitKind


@dataclass(frozen=True)
class PrintedRoster:
    """A roster, its shifts in time, what it leaves empty, and the paper that asked for it, if one did."""

    roster: Roster
    shifts: list
    gaps: list
    paper: object = None

    def people(self):
        return len({shift.contact_id for shift in self.shifts})


def printed_rosters(rosters):
    """The rosters of this queryset, by name of the unit. Five queries."""
    shifts = DutyShift.objects.select_related("contact").order_by("starts_at", "ends_at", "pk")
    rows = list(
        rosters.select_related("unit", "occasion", "waived_by")
        .prefetch_related(Prefetch("shifts", queryset=shifts))
        .order_by("unit__sort_key", "pk")
    )
    phases, papers = defaultdict(list), {}
    for phase in Phase.objects.filter(occasion__in={row.occasion_id for row in rows}):
        phases[phase.occasion_id].append(phase)
    asked = Assignment.objects.filter(
        requirement__evidence_kind=EvidenceKind.ROSTER,
        occasion__in={row.occasion_id for row in rows},
        unit__in={row.unit_id for row in rows},
    ).exclude(status=AssignmentStatus.CANCELLED)
    for demand in asked.select_related("dispatch__issuer").order_by("-pk"):
        papers[demand.occasion_id, demand.unit_id] = demand.dispatch
    needs = {row.occasion_id: coverage.required(phases[row.occasion_id], window_of(row.occasion)) for row in rows}
    return [
        PrintedRoster(
            row,
            list(row.shifts.all()),
            coverage.gaps(needs[row.occasion_id], row.shifts.all()),
            papers.get((row.occasion_id, row.unit_id)),
        )
        for row in rows
    ]


def rosters_to_print(user, occasion, params):
    """(filed rosters of the occasion behind the filters of an address, units that should have filed one and have not)."""
    rows = roster_filter(Roster.objects.visible_to(user), params).filter(occasion=occasion)
    filed = Roster.objects.filter(occasion=occasion, status__in=SHIFT_BINDING)
    owing = units_owing_roster(occasion).exclude(pk__in=filed.values("unit"))
    if kind := params.get("loai"):
        owing = owing.filter(kind=kind) if kind in UnitKind.values else owing.none()
    return printed_rosters(rows.filter(status__in=SHIFT_BINDING)), list(owing)
