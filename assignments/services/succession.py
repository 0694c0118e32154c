"""What a unit still owed when it ended goes to its heir, in one act."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assignments import rules
from assignments.models import Assignment
from assignments.selectors.succession import passes_on
from assignments.services.claim import reason_of
from assignments.services.decisions import give_instead
from assignments.states import AssignmentStatus
from directives.models import Receipt
from units.history import move, record


@transaction.atomic
def hand_over(act, *, actor, now, reason):
    """Give what units ended by this act still owe to their heirs; returns (given, already with the heir).

    The heir has the paper from now on (a receipt of its own) and the deadline as it stands. Proof that waits for the Sở is
    not touched: it is accepted or returned first. What the heir owes already is only cancelled at the unit that ended.
    Locks the assignments.
    """
    if not rules.can_hand_over(actor):
        raise PermissionDenied
    reason = reason_of(reason)
    given = known = 0
    rows = passes_on(act, now).select_for_update(of=("self",)).select_related("requirement", "dispatch", "unit")
    heirs = {line.unit_id: line.to_unit for line in act.lines.filter(main=True).select_related("to_unit")}
    for row in rows.order_by("pk"):
        heir = heirs[row.unit_id]
        Receipt.objects.get_or_create(
            dispatch=row.dispatch,
            unit=heir,
            defaults={"unit_name": heir.name, "version": row.dispatch.version, "sent_at": now},
        )
        same = Assignment.objects.filter(requirement=row.requirement_id, unit=heir, occurrence=row.occurrence)
        if same.exists():
            known += 1
            said = f"Đơn vị kế thừa đã có yêu cầu này. Lý do: {reason}"
        else:
            given += 1
            fresh = give_instead(row, heir, now=now, due_at=row.due_at)
            record(fresh, actor=actor, now=now, note=f"Kế thừa từ “{row.unit.name}”. Lý do: {reason}")
            said = f"Chuyển cho đơn vị kế thừa. Lý do: {reason}"
        move(row, AssignmentStatus.CANCELLED, actor=actor, now=now, note=said, moved_at=now)
    return given, known
