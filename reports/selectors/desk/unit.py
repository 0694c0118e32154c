"""What a recipient unit has before it."""

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from assignments.models import Assignment
from assignments.states import AssignmentStatus as S
from directives.models import Dispatch
from reports.selectors.desk.panel import Line, panel
from reports.selectors.readiness import late_count, listing

TONES = {S.SENT: "waiting", S.QUESTIONED: "asked", S.ACCEPTED: "active"}


def unit_panels(user, now):
    """What the unit owes, nearest deadline first, and the papers nobody there has opened."""
    units = user.unit_ids()
    owed = (
        Assignment.objects.filter(unit__in=units, status__in=S.OWED)
        .select_related("requirement", "dispatch")
        .only("status", "due_at", "requirement__label", "requirement__text", "dispatch__number", "dispatch__symbol")
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )

    def line(assignment):
        return Line(
            f"{assignment.requirement.label}. {assignment.requirement.text}",
            assignment.get_absolute_url(),
            assignment.dispatch.code(),
            due_at=assignment.due_at,
            tone=TONES[assignment.status],
            word=assignment.get_status_display(),
        )

    unread = Dispatch.objects.visible_to(user).unseen_by(user).order_by("-issued_at", "-pk")
    unread = unread.only("subject", "number", "symbol")
    return [
        panel(
            "Việc của đơn vị, theo hạn",
            owed,
            line,
            listing(**{"trang-thai": "no"}),
            "Đơn vị không còn việc nào phải làm.",
            "list-check",
        ),
        panel(
            "Văn bản chưa xem",
            unread,
            lambda dispatch: Line(dispatch.subject, dispatch.get_absolute_url(), dispatch.code()),
            f"{reverse('directives:dispatch_list')}?seen=no",
            "Đã xem hết văn bản Sở gửi.",
            "mail-opened",
        ),
    ]


def unit_counts(user, now):
    """Of a recipient's units: (late, owed in all, waiting for the Sở)."""
    row = Assignment.objects.filter(unit__in=user.unit_ids()).aggregate(
        late=late_count(now),
        owed=Count("pk", filter=Q(status__in=S.OWED)),
        waiting=Count("pk", filter=Q(status=S.SUBMITTED)),
    )
    return row["late"], row["owed"], row["waiting"]


def coming_days(occasions, now):
    """(occasion, phase under way or None, days to D-day) of running occasions."""
    today = timezone.localdate(now)
    return [(occasion, (occasion.d_day - today).days) for occasion in occasions]
