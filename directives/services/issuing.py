"""The paper leaves the Sở, and is seen by those it went to."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from directives import rules
from directives.models import Receipt
from directives.selectors.circulation import missing_to_issue, recipients
from directives.services.drafting import lock
from directives.states import ADDRESSED_KINDS, DispatchKind, DispatchStatus
from plans.services import mark_plan_issued
from plans.states import PlanStatus
from units.history import move


@transaction.atomic
def issue_dispatch(dispatch, *, actor, now):
    """Numbered becomes issued, and nothing of the paper changes from here on. Called by `assignments`, which delivers.

    Refuses without filed PDF, without scan or named waiver, and an addressed paper that reaches nobody. The plan it
    prints is issued with it."""
    dispatch = lock(dispatch)
    if not rules.can_issue(actor, dispatch):
        raise PermissionDenied
    if DispatchStatus.ISSUED in dispatch.MOVES[dispatch.status]:
        missing = missing_to_issue(dispatch)
        if missing:
            raise ValidationError("Chưa ban hành được: " + " ".join(missing), code="incomplete")
        if dispatch.kind in ADDRESSED_KINDS and not recipients(dispatch, timezone.localdate(now)):
            raise ValidationError(
                "Chưa ban hành được: không dòng Kính gửi nào gắn với đơn vị đang hoạt động, nên văn bản không tới ai.",
                code="no_recipients",
            )
    dispatch = move(dispatch, DispatchStatus.ISSUED, actor=actor, now=now, issued_at=now)
    if dispatch.plan and dispatch.kind == DispatchKind.KE_HOACH and dispatch.plan.status == PlanStatus.APPROVED:
        mark_plan_issued(dispatch.plan, actor=actor, now=now, note=f"Ban hành theo văn bản số {dispatch.code()}")
    return dispatch


def see_dispatch(dispatch, *, actor, now):
    """The first time a person of a recipient unit opens the paper: noted on that unit's receipt, once."""
    Receipt.objects.filter(dispatch=dispatch, unit__in=actor.unit_ids(), seen_at=None).update(
        seen_at=now, seen_by=actor
    )
