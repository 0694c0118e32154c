"""Every change of a draft: the plan locked and of the version the person saw; afterwards one version more, one line of history."""

from django.core.exceptions import PermissionDenied, ValidationError

from plans import rules
from plans.models import Plan
from plans.states import LONGEST_DAILY, PlanStatus
from units.history import record
from units.secrecy import REFUSED, standing_mark


def hold_draft(plan, *, actor, version):
    """The plan as it is now, locked. Refuses strangers to it, what is no draft, and (`version`) a stale copy."""
    fresh = Plan.objects.select_for_update().get(pk=plan.pk)
    if not rules.can_edit(actor, fresh):
        raise PermissionDenied
    if fresh.status not in PlanStatus.EDITABLE:
        raise ValidationError(
            f"Kế hoạch đang ở tình trạng “{fresh.get_status_display()}” nên không sửa được. "
            "Muốn sửa, hãy đề nghị trả lại dự thảo.",
            code="not_draft",
        )
    if version is not None and version != fresh.version:
        raise ValidationError(
            "Kế hoạch vừa được người khác sửa, nội dung trên trang này đã cũ nên chưa lưu. "
            "Hãy mở lại kế hoạch, xem bản mới nhất rồi sửa tiếp.",
            code="stale",
        )
    return fresh


def refuse_secret(*texts):
    """Refuses a text in which a mark of state secrecy stands alone, before anything of it is kept."""
    for text in texts:
        if mark := standing_mark(text or ""):
            raise ValidationError(REFUSED.format(what="Nội dung", mark=mark), code="secret")


def refuse_endless(item):
    """Refuses a daily demand over more days than people could answer for."""
    if item.repeat_from is not None and item.repeat_until is not None:
        days = item.repeat_until - item.repeat_from + 1
        if days > LONGEST_DAILY:
            raise ValidationError(
                f"Yêu cầu hằng ngày kéo dài {days} ngày, quá mức {LONGEST_DAILY} ngày. "
                "Hãy rút ngắn, hoặc chia thành nhiều yêu cầu.",
                code="too_long",
            )


def finish_change(plan, *, actor, now, note):
    plan.version += 1
    plan.save()
    record(plan, actor=actor, now=now, note=note)
    return plan
