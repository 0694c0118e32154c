"""One act from an approved plan to a paper."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from directives import rules
from directives.models import Dispatch
from directives.selectors.plan_text import directing_letter, printed_plan
from directives.services.drafting import create_dispatch
from directives.states import DispatchKind, DispatchStatus
from plans.models import Plan
from plans.states import PlanStatus
from units.selectors import own_department

BUILDERS = {DispatchKind.KE_HOACH: printed_plan, DispatchKind.CONG_VAN: directing_letter}


@transaction.atomic
def create_from_plan(plan, *, actor, now, kind):
    """A draft of kind "kế hoạch" (the plan as it prints) or "công văn" (its demands to outside units, each traced).

    Refuses a plan not approved yet, another kind, a letter nobody outside would owe anything, and a second draft
    beside one that has not been issued (code "exists", the draft's pk in params)."""
    if not rules.can_draft(actor):
        raise PermissionDenied
    if kind not in BUILDERS:
        raise ValidationError("Từ kế hoạch chỉ lập được văn bản loại kế hoạch hoặc công văn.", code="kind")
    plan = Plan.objects.select_for_update().select_related("occasion", "division").get(pk=plan.pk)
    if plan.status not in (PlanStatus.APPROVED, PlanStatus.ISSUED):
        raise ValidationError(
            f"Kế hoạch đang ở bước “{plan.get_status_display()}”; chỉ lập văn bản từ kế hoạch đã duyệt.",
            code="plan_not_approved",
        )
    started = Dispatch.objects.filter(plan=plan, kind=kind).exclude(status__in=DispatchStatus.ISSUED_ON).first()
    if started:
        raise ValidationError(
            "Đã có một văn bản loại này lập từ kế hoạch và chưa ban hành; hãy làm tiếp trên văn bản đó.",
            code="exists",
            params={"pk": started.pk},
        )
    made = BUILDERS[kind](plan, own_department())
    if kind == DispatchKind.CONG_VAN and not made.requirements:
        raise ValidationError(
            "Kế hoạch chưa có nội dung nào giao cho đơn vị ngoài Sở, nên chưa lập được công văn chỉ đạo.",
            code="no_demands",
        )
    return create_dispatch(
        actor=actor,
        now=now,
        kind=kind,
        subject=made.subject,
        body=made.body,
        division=plan.division,
        plan=plan,
        addressees=made.addressees,
        copies=made.copies,
        requirements=made.requirements,
        note=f"Lập từ kế hoạch “{plan.title}”",
    )
