"""Everyone's own work when they arrive: panels by role, each a short list with its way on."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from assignments.models import Assignment, Extension
from assignments.states import AssignmentStatus as S
from directives.models import Dispatch, Receipt
from directives.states import DispatchStatus as D
from notices.selectors import mail_standing, pulses
from plans.models import Plan
from plans.states import PlanStatus
from reports.selectors.readiness import late_count, listing
from units.models import User
from units.states import Role

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """One piece of work: what, where, its state or deadline."""

    text: str
    url: str
    note: str = ""
    due_at: datetime | None = None
    tone: str = ""
    word: str = ""


@dataclass(frozen=True)
class Panel:
    """One kind of work of one role. `total` may exceed the lines shown; `url` lists them all."""

    title: str
    lines: list
    total: int
    url: str
    empty: str
    icon: str = "inbox"


def panels(user, now):
    """The panels of every role this person holds, the most pressing first."""
    made = []
    if user.has_role(Role.LEADER):
        made += _leader(user)
    if user.has_role(Role.CLERK):
        made += _clerk(now)
    if user.has_role(Role.HEAD):
        made += _head(user)
    if user.has_role(Role.SPECIALIST):
        made += _specialist(user, now)
    if user.has_role(Role.ADMIN):
        made += _admin(now)
    if user.has_role(*Role.RECIPIENT):
        made += _unit(user, now)
    return made


def _panel(title, rows, line, url, empty, icon="inbox"):
    shown = [line(row) for row in rows[:SHOWN]]
    total = len(shown) if len(shown) < SHOWN else rows.count()
    return Panel(title, shown, total, url, empty, icon)


def _papers(status, **params):
    return f"{reverse('directives:dispatch_list')}?trang-thai={status}"


def _paper_line(dispatch):
    return Line(
        dispatch.subject,
        dispatch.get_absolute_url(),
        f"{dispatch.get_kind_display()} · {dispatch.division.short_name or dispatch.division.name}",
        tone="urgent" if dispatch.urgency else "",
        word=dispatch.get_urgency_display() if dispatch.urgency else "",
    )


def _plan_line(plan):
    return Line(plan.title, plan.get_absolute_url(), f"Kế hoạch · {plan.occasion.name}")


def _dispatches(**where):
    return Dispatch.objects.filter(**where).select_related("division").order_by("-urgency", "pk")


def _leader(user):
    return [
        _panel(
            "Văn bản chờ duyệt",
            _dispatches(status=D.REVIEW),
            _paper_line,
            _papers("review"),
            "Không có văn bản nào chờ duyệt.",
            "writing-sign",
        ),
        _panel(
            "Kế hoạch chờ duyệt",
            Plan.objects.filter(status=PlanStatus.REVIEW).select_related("occasion").order_by("pk"),
            _plan_line,
            f"{reverse('plans:plan_list')}?trang-thai=review",
            "Không có kế hoạch nào chờ duyệt.",
            "clipboard-check",
        ),
        _panel(
            "Đã duyệt, chờ ký",
            _dispatches(status=D.APPROVED),
            _paper_line,
            _papers("approved"),
            "Không có văn bản nào chờ ký.",
            "signature",
        ),
    ]


def _clerk(now):
    def scan_line(dispatch):
        return Line(dispatch.subject, dispatch.get_absolute_url(), dispatch.code(), due_at=dispatch.scan_due_at)

    def numbered_line(dispatch):
        if dispatch.pdf_error:
            return Line(dispatch.subject, dispatch.get_absolute_url(), dispatch.pdf_error, tone="late", word="Lỗi tệp")
        return Line(dispatch.subject, dispatch.get_absolute_url(), dispatch.code())

    return [
        _panel(
            "Đã ký, chờ cấp số",
            _dispatches(status=D.SIGNED),
            _paper_line,
            _papers("signed"),
            "Không có văn bản nào chờ cấp số.",
            "hash",
        ),
        _panel(
            "Đã cấp số, chờ ban hành",
            _dispatches(status=D.NUMBERED),
            numbered_line,
            _papers("numbered"),
            "Không có văn bản nào chờ ban hành.",
            "send",
        ),
        _panel(
            "Còn nợ bản scan đã ký, đóng dấu",
            Dispatch.objects.filter(status__in=D.ISSUED_ON, scan=None).order_by("scan_due_at"),
            scan_line,
            _papers("issued"),
            "Mọi văn bản đã ban hành đều có bản scan.",
            "rubber-stamp",
        ),
    ]


def _head(user):
    units = user.unit_ids()

    def extension_line(extension):
        return Line(
            extension.assignment.requirement.text,
            extension.assignment.get_absolute_url(),
            f"{extension.assignment.unit.name}: {extension.reason}",
            due_at=extension.wanted_at,
        )

    return [
        _panel(
            "Dự thảo chờ xem xét",
            _dispatches(status=D.REVIEW, division__in=units),
            _paper_line,
            _papers("review"),
            "Không có dự thảo nào chờ xem xét.",
            "eye-check",
        ),
        _waiting_panel(Assignment.objects.filter(dispatch__division__in=units), S.SUBMITTED, "Minh chứng chờ xác nhận"),
        _panel(
            "Đề nghị gia hạn",
            Extension.objects.filter(granted=None, assignment__dispatch__division__in=units)
            .select_related("assignment__requirement", "assignment__unit")
            .order_by("asked_at"),
            extension_line,
            listing(**{"gia-han": 1}),
            "Không có đề nghị gia hạn nào chờ quyết định.",
            "calendar-plus",
        ),
    ]


def _assignment_line(assignment):
    return Line(
        f"{assignment.requirement.label}. {assignment.requirement.text}",
        assignment.get_absolute_url(),
        assignment.unit.name,
        due_at=assignment.due_at,
    )


def _waiting_panel(rows, status, title):
    return _panel(
        title,
        rows.filter(status=status).select_related("requirement", "unit").order_by("moved_at"),
        _assignment_line,
        listing(**{"trang-thai": status.value}),
        "Không có việc nào ở đây.",
        "clipboard-check",
    )


def _specialist(user, now):
    mine = Assignment.objects.filter(given_by=user)
    drafts = _dispatches(status=D.DRAFT, author=user)
    return [
        _panel(
            "Bản thảo của tôi",
            drafts,
            _paper_line,
            _papers("draft"),
            "Bạn không có bản thảo nào. Lập từ kế hoạch hoặc dán văn bản từ Word.",
            "edit",
        ),
        _panel(
            "Quá hạn trong các văn bản tôi giao",
            mine.late(now).select_related("requirement", "unit").order_by("due_at", "pk"),
            _assignment_line,
            listing(tre=1),
            "Không đơn vị nào quá hạn.",
            "alarm",
        ),
        _waiting_panel(mine, S.QUESTIONED, "Vướng mắc chờ trả lời"),
        _waiting_panel(mine, S.SUBMITTED, "Kết quả chờ xác nhận"),
    ]


def _admin(now):
    stopped = [pulse for pulse in pulses(now) if not pulse.well]
    mail = mail_standing()
    operations = reverse("notices:operations")
    lines = [Line(pulse.what, operations, "Kiểm tra worker và beat", tone="late", word="Ngừng") for pulse in stopped]
    if mail["failed"]:
        lines.append(
            Line(
                f"{mail['failed']} thư không gửi được",
                reverse("notices:outbox"),
                "Xem lý do và gửi lại",
                tone="refused",
                word="Lỗi",
            )
        )
    idle = User.objects.filter(is_active=True).exclude(pk__in=_with_rights()).order_by("pk")
    people = _panel(
        "Tài khoản chưa có vai trò",
        idle,
        lambda person: Line(person.full_name, reverse("units:person_detail", args=[person.pk]), person.username),
        reverse("units:person_list"),
        "Mọi tài khoản đều đã có vai trò.",
        "user-plus",
    )
    return [
        Panel(
            "Máy đang tự chạy",
            lines,
            len(lines),
            operations,
            "Mọi việc tự chạy đều đúng nhịp, không thư nào bị kẹt.",
            "activity",
        ),
        people,
    ]


def _with_rights():
    return User.objects.filter(memberships__ends_on=None, memberships__isnull=False).values("pk")


def _unit(user, now):
    units = user.unit_ids()
    owed = (
        Assignment.objects.filter(unit__in=units, status__in=S.OWED)
        .select_related("requirement", "unit", "dispatch")
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )

    def line(assignment):
        return Line(
            f"{assignment.requirement.label}. {assignment.requirement.text}",
            assignment.get_absolute_url(),
            assignment.dispatch.code(),
            due_at=assignment.due_at,
            tone="waiting"
            if assignment.status == S.SENT
            else "asked"
            if assignment.status == S.QUESTIONED
            else "active",
            word=assignment.get_status_display(),
        )

    unread = Receipt.objects.filter(unit__in=units, seen_at=None).select_related("dispatch").order_by("-sent_at")
    return [
        _panel(
            "Việc của đơn vị, theo hạn",
            owed,
            line,
            reverse("assignments:assignment_list"),
            "Đơn vị không còn việc nào phải làm.",
            "list-check",
        ),
        _panel(
            "Văn bản chưa xem",
            unread,
            lambda receipt: Line(
                receipt.dispatch.subject, receipt.dispatch.get_absolute_url(), receipt.dispatch.code()
            ),
            reverse("directives:dispatch_list"),
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
