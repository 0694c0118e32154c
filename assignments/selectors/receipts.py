"""Who has a paper, who has read it, and how far its demands have come."""

from dataclasses import astuple, dataclass

from django.db.models import Case, Count, F, Min, Q, Value, When

from assignments.models import Assignment
from assignments.states import AssignmentStatus
from directives.models import Receipt


def receipts(dispatch, unseen=False):
    """Every recipient of the paper, those who must act first, in dictionary order."""
    rows = dispatch.receipts.select_related("unit", "seen_by").order_by("is_copy", "unit__sort_key", "pk")
    return rows.filter(seen_at=None) if unseen else rows


@dataclass(frozen=True)
class PaperFigures:
    """Counts of a paper's receipts and assignments."""

    sent: int
    seen: int
    total: int
    closed: int
    waiting: int
    late: int
    unanswered: int

    @property
    def unseen(self):
        return self.sent - self.seen


def paper_figures(dispatch, now):
    """Two queries."""
    read = Receipt.objects.filter(dispatch=dispatch).aggregate(sent=Count("pk"), seen=Count("seen_at"))
    late = Q(status__in=AssignmentStatus.OWED, due_at__lte=now)
    counts = Assignment.objects.filter(dispatch=dispatch).aggregate(
        total=Count("pk", filter=~Q(status=AssignmentStatus.CANCELLED)),
        closed=Count("pk", filter=Q(status=AssignmentStatus.CLOSED)),
        waiting=Count("pk", filter=Q(status__in=AssignmentStatus.WITH_GIVER)),
        late=Count("pk", filter=late),
        unanswered=Count("pk", filter=Q(status=AssignmentStatus.SENT)),
    )
    return PaperFigures(**read, **counts)


@dataclass(frozen=True)
class Outcome:
    """What became of one demand of a paper: of how many units, and how many of them did what."""

    total: int = 0
    closed: int = 0
    late: int = 0
    silent: int = 0
    failed: int = 0


def outcomes(dispatch):
    """What became of each demand of an issued paper, by its key; what was cancelled is not counted. One query.

    Late is who filed first after the first deadline; silent who never answered; failed who could not or is not done."""
    filed = Min("history__at", filter=Q(history__after=AssignmentStatus.SUBMITTED))
    rows = Assignment.objects.filter(dispatch=dispatch).exclude(status=AssignmentStatus.CANCELLED).annotate(filed=filed)
    found = {}
    for key, status, due, at in rows.values_list("requirement_id", "status", "first_due_at", "filed"):
        closed, silent = status == AssignmentStatus.CLOSED, status == AssignmentStatus.SENT
        late = bool(due and at and at >= due)
        one = (1, closed, late, silent, not (closed or silent))
        found[key] = Outcome(*map(sum, zip(astuple(found.get(key, Outcome())), one, strict=True)))
    return found


def own_demands(dispatch, user):
    """What this paper asks of the person's own units, in the order of the paper; of a recurring demand the day to do next."""
    rows = (
        Assignment.objects.filter(dispatch=dispatch, unit__in=user.unit_ids())
        .select_related("requirement", "unit", "dispatch")
        .annotate(done=Case(When(status__in=AssignmentStatus.OWED, then=Value(0)), default=Value(1)))
        .order_by("requirement__order", "done", F("due_at").asc(nulls_last=True), "pk")
    )
    first = {}
    for row in rows:
        first.setdefault((row.requirement_id, row.unit_id), row)
    return list(first.values())


def unaccepted(dispatch, user):
    rows = Assignment.objects.filter(dispatch=dispatch, unit__in=user.unit_ids(), status=AssignmentStatus.SENT)
    return rows.count()
