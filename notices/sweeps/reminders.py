"""The reminder ladder over every open assignment."""

from datetime import timedelta
from itertools import islice

from django.db.models import F, Q
from django.urls import reverse

from assignments.models import Assignment, Roster
from assignments.states import AssignmentStatus
from notices import words
from notices.ladder import LATE, rung, windows
from notices.selectors import contacts_of_users, focal_contacts
from notices.services import notices_for
from notices.sweeps.absence import say_at_work
from plans.states import EvidenceKind
from units.services.sweeps import claim_sweep, finish_sweep

NAME = "remind_assignments"
OVERLAP = timedelta(minutes=5)
BATCH = 1000


def reminder_key(assignment, step):
    """What makes it the same reminder: the row, its present deadline, the rung."""
    return f"{reminder_prefix(assignment)}{step}"


def reminder_prefix(assignment):
    return f"due:{assignment.pk}:{assignment.due_at:%Y-%m-%dT%H:%M}:"


def pressing(notice):
    """The order within one letter: what is late, then what falls due, then the rest as it came."""
    if notice.assignment_id is None:
        return 2, notice.pk
    return (0 if notice.key.endswith(f":{LATE}") else 1), notice.pk


def candidates(since, now):
    """Assignments still owed for which a rung was reached since, or whose deadline was moved since. Linear in what is due."""
    near = Q(armed_at__gt=since, due_at__gt=F("first_due_at")) | Q(armed_at__gt=since, due_at__lte=now)
    for after, until in windows(since, now):
        near |= Q(due_at__gt=after, due_at__lte=until)
    return (
        Assignment.objects.filter(near, status__in=AssignmentStatus.OWED, due_at__isnull=False)
        .select_related("unit", "requirement")
        .only(
            "due_at",
            "unit_id",
            "occasion_id",
            "given_by_id",
            "unit__name",
            "requirement__text",
            "requirement__label",
            "requirement__evidence_kind",
        )
        .order_by("pk")
    )


def remind_assignments(*, now):
    """Write the newest reached reminder of each candidate: to the unit's focal people and, once late, to the giver."""
    sweep = claim_sweep(NAME, now=now)
    if sweep is None:
        return
    rows = candidates((sweep.mark or now - OVERLAP) - OVERLAP, now).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        _remind(batch, now)
    finish_sweep(NAME, now=now, mark=now)


def _remind(batch, now):
    people = focal_contacts({assignment.unit_id for assignment in batch})
    givers = contacts_of_users({assignment.given_by_id for assignment in batch})
    rosters = _rosters(batch)
    made = []
    page = reverse("assignments:assignment_detail", args=[0])  # made once for the whole batch
    for assignment in batch:
        step = rung(assignment.due_at, now)
        if step is None:
            continue
        common = {
            "key": reminder_key(assignment, step),
            "now": now,
            "path": page.replace("0", str(assignment.pk)),
            "assignment": assignment,
        }
        about = (step, assignment.requirement.text, assignment.unit.name, assignment.due_at)
        subject, text = words.due_soon(*about)
        if assignment.requirement.evidence_kind == EvidenceKind.ROSTER:
            standing = rosters.get((assignment.occasion_id, assignment.unit_id), (None, None))
            text += f"\n{words.roster_standing(*standing)}"
        made += notices_for(people[assignment.unit_id], subject=subject, text=text, **common)
        if step == LATE and assignment.given_by_id in givers:
            subject, text = words.due_for_giver(*about)
            made += notices_for([givers[assignment.given_by_id]], subject=subject, text=text, **common)
    say_at_work(made, now)


def _rosters(batch):
    """{(occasion, unit): how its roster stands} for the demands of the batch that ask for one."""
    wanted = [one for one in batch if one.requirement.evidence_kind == EvidenceKind.ROSTER and one.occasion_id]
    if not wanted:
        return {}
    rows = Roster.objects.filter(
        occasion__in={one.occasion_id for one in wanted}, unit__in={one.unit_id for one in wanted}
    )
    return {
        (occasion, unit): (status, gap)
        for occasion, unit, status, gap in rows.values_list("occasion", "unit", "status", "gap_minutes")
    }
