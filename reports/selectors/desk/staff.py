"""What the people of the Sở have before them, desk by desk."""

from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from assignments.models import Assignment, Extension
from assignments.states import AssignmentStatus as S
from directives.models import Dispatch
from directives.states import DispatchStatus as D
from notices.selectors import mail_standing, pulses
from plans.models import Plan
from plans.states import PlanStatus
from reports.selectors.desk.panel import Line, Panel, panel
from reports.selectors.readiness import listing
from units.models import Invitation, Membership, User
from units.selectors.grants import grants_to_confirm
from units.states import Role


def _papers(status, **params):
    """The address of the list of exactly these papers."""
    return f"{reverse('directives:dispatch_list')}?{urlencode({'status': status} | params, doseq=True)}"


def _paper_line(dispatch):
    return Line(
        dispatch.subject,
        dispatch.get_absolute_url(),
        f"{dispatch.get_kind_display()} · {dispatch.division.short_name or dispatch.division.name}",
        tone="urgent" if dispatch.urgency else "",
        word=dispatch.get_urgency_display() if dispatch.urgency else "",
    )


def _approval_line(dispatch):
    """Before the leader: whether the division has answered for the content."""
    line = _paper_line(dispatch)
    said = "phòng đã đồng ý" if dispatch.reviewed_by_id else "phòng chưa xem xét"
    return _changed_since(replace(line, note=f"{line.note} · {said}"), dispatch)


def _changed_since(line, dispatch):
    """Whether this person has read the draft as it stands now (`with_last_look`)."""
    if dispatch.seen_version is None:
        said = "chưa xem"
    elif dispatch.seen_version < dispatch.version:
        said = f"đã sửa từ lần xem trước (bản {dispatch.seen_version} → bản {dispatch.version})"
    else:
        return line
    return replace(line, note=f"{line.note} · {said}")


def _review_line(dispatch):
    return _changed_since(_paper_line(dispatch), dispatch)


def _plan_line(plan):
    return Line(plan.title, plan.get_absolute_url(), f"Kế hoạch · {plan.occasion.name}")


def _dispatches(**where):
    return Dispatch.objects.filter(**where).select_related("division").order_by("-urgency", "pk")


def leader_panels(user):
    return [
        panel(
            "Văn bản chờ duyệt",
            _dispatches(status=D.REVIEW).with_last_look(user),
            _approval_line,
            _papers("review"),
            "Không có văn bản nào chờ duyệt.",
            "writing-sign",
        ),
        panel(
            "Kế hoạch chờ duyệt",
            Plan.objects.filter(status=PlanStatus.REVIEW).select_related("occasion").order_by("pk"),
            _plan_line,
            f"{reverse('plans:plan_list')}?status=review",
            "Không có kế hoạch nào chờ duyệt.",
            "clipboard-check",
        ),
        panel(
            "Đã duyệt, chờ ký",
            _dispatches(status=D.APPROVED),
            _paper_line,
            _papers("approved"),
            "Không có văn bản nào chờ ký.",
            "signature",
        ),
    ]


def clerk_panels(now):
    def scan_line(dispatch):
        return Line(dispatch.subject, dispatch.get_absolute_url(), dispatch.code(), due_at=dispatch.scan_due_at)

    def numbered_line(dispatch):
        if dispatch.pdf_error:
            return Line(dispatch.subject, dispatch.get_absolute_url(), dispatch.pdf_error, tone="late", word="Lỗi tệp")
        return Line(dispatch.subject, dispatch.get_absolute_url(), dispatch.code())

    return [
        panel(
            "Đã ký, chờ cấp số",
            _dispatches(status=D.SIGNED),
            _paper_line,
            _papers("signed"),
            "Không có văn bản nào chờ cấp số.",
            "hash",
        ),
        panel(
            "Đã cấp số, chờ ban hành",
            _dispatches(status=D.NUMBERED),
            numbered_line,
            _papers("numbered"),
            "Không có văn bản nào chờ ban hành.",
            "send",
        ),
        panel(
            "Còn nợ bản quét đã ký, đóng dấu",
            Dispatch.objects.filter(status__in=D.ISSUED_ON, scan=None).order_by("scan_due_at"),
            scan_line,
            f"{reverse('directives:dispatch_list')}?scan=no",
            "Mọi văn bản đã ban hành đều có bản quét.",
            "rubber-stamp",
        ),
    ]


def head_panels(user):
    units = sorted(unit for unit, role in user.roles() if role == Role.HEAD)

    def extension_line(extension):
        return Line(
            extension.assignment.requirement.text,
            extension.assignment.get_absolute_url(),
            f"{extension.assignment.unit.name}: {extension.reason}",
            due_at=extension.wanted_at,
        )

    return [
        panel(
            "Dự thảo chờ xem xét",
            _dispatches(status=D.REVIEW, reviewed_by=None, division__in=units).with_last_look(user),
            _review_line,
            _papers("review", reviewed="no", division=units),
            "Không có dự thảo nào chờ xem xét.",
            "eye-check",
        ),
        _waiting_panel(
            Assignment.objects.filter(dispatch__division__in=units),
            S.SUBMITTED,
            "Minh chứng chờ xác nhận",
            {"phong": units},
        ),
        panel(
            "Đề nghị gia hạn",
            Extension.objects.filter(granted=None, assignment__dispatch__division__in=units)
            .select_related("assignment__requirement", "assignment__unit")
            .order_by("asked_at"),
            extension_line,
            listing(**{"gia-han": 1, "phong": units}),
            "Không có đề nghị gia hạn nào chờ quyết định.",
            "calendar-plus",
        ),
    ]


def _with_words(assignments):
    """With what a line says of each, and no more: the rest of three wide rows costs more than the page's six lines."""
    shown = ("due_at", "requirement__label", "requirement__text", "unit__name")
    return assignments.select_related("requirement", "unit").only(*shown)


def _assignment_line(assignment):
    return Line(
        f"{assignment.requirement.label}. {assignment.requirement.text}",
        assignment.get_absolute_url(),
        assignment.unit.name,
        due_at=assignment.due_at,
    )


def _waiting_panel(rows, status, title, where):
    return panel(
        title,
        _with_words(rows.filter(status=status)).order_by("moved_at"),
        _assignment_line,
        listing(**{"trang-thai": status.value} | where),
        "Không có việc nào ở đây.",
        "clipboard-check",
    )


def specialist_panels(user, now):
    whose = user.works_as()
    mine, given = Assignment.objects.filter(given_by=whose), {"nguoi-giao": whose.pk}
    drafts = _dispatches(status=D.DRAFT, author=whose)
    return [
        panel(
            "Bản thảo của tôi",
            drafts,
            _paper_line,
            _papers("draft", author=whose.pk),
            "Anh/chị không có bản thảo nào. Lập từ kế hoạch hoặc dán văn bản từ Word.",
            "edit",
        ),
        panel(
            "Quá hạn trong các văn bản tôi giao",
            _with_words(mine.late(now)).order_by("due_at", "pk"),
            _assignment_line,
            listing(**{"tre": 1} | given),
            "Không đơn vị nào quá hạn.",
            "clock-exclamation",
        ),
        _waiting_panel(mine, S.QUESTIONED, "Vướng mắc chờ trả lời", given),
        _waiting_panel(mine, S.SUBMITTED, "Kết quả chờ xác nhận", given),
    ]


def grant_panel(user):
    """Rights given that wait for this person's word, or another competent one's. None where there are none. Two queries."""
    waiting = grants_to_confirm(user)
    if not waiting:
        return None
    url = reverse("units:grant_list")
    line = Line(
        f"{waiting} quyền chờ người thứ hai xác nhận",
        url,
        "Quyền chưa có hiệu lực đến khi xác nhận",
        tone="waiting",
        word="Chờ",
    )
    return Panel("Quyền chờ xác nhận", [line], waiting, url, "", "shield-check", first=True)


def admin_panels(now):
    stopped = [pulse for pulse in pulses(now) if not pulse.well]
    mail = mail_standing()
    operations = reverse("operations")
    lines = [Line(pulse.what, operations, pulse.remedy, tone="late", word="Ngừng") for pulse in stopped]
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
    idle = User.objects.filter(is_active=True).exclude(pk__in=Membership.objects.current().values("user"))
    people = panel(
        "Tài khoản chưa có vai trò",
        idle.order_by("pk"),
        lambda person: Line(person.full_name, reverse("units:person_detail", args=[person.pk]), person.username),
        f"{reverse('units:person_list')}?state=none",
        "Mọi tài khoản đều đã có vai trò.",
        "user-plus",
    )
    invited = panel(
        "Được mời, chưa mở tài khoản",
        Invitation.objects.open().select_related("contact", "unit").order_by("expires_at", "pk"),
        lambda row: Line(
            row.contact.name,
            reverse("units:invitation_list"),
            f"{row.get_role_display()}, {row.unit.name}",
            tone="waiting" if row.expires_at > now else "late",
            word="Chờ" if row.expires_at > now else "Quá hạn",
        ),
        reverse("units:invitation_list"),
        "Không lời mời nào đang chờ.",
        "mail",
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
        invited,
    ]
