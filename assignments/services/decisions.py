"""What the Sở does with an answer: reply, give again, close, return, open again, cancel."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from assignments import rules
from assignments.models import Assignment
from assignments.services.claim import claim, reason_of, words
from assignments.states import AssignmentStatus
from plans.states import TargetRole
from units.history import move


@transaction.atomic
def answer_assignment(assignment, *, actor, now, answer):
    """The Sở answers a question; the assignment goes back to where it was when it was asked."""
    if not rules.can_answer(actor, assignment):
        raise PermissionDenied
    answer = words(answer)
    if not answer:
        raise ValidationError({"answer": ValidationError("Hãy nhập nội dung trả lời.", code="required")})
    fresh = claim(assignment, "answer")
    back = fresh.before_question or AssignmentStatus.SENT
    return move(fresh, back, actor=actor, now=now, note=answer, moved_at=now, before_question="")


@transaction.atomic
def resend_assignment(assignment, *, actor, now, reason):
    """The Sở keeps the demand after a refusal: the unit has it again, with the reason; the clock never stopped."""
    if not rules.can_resend(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "resend")
    return move(fresh, AssignmentStatus.SENT, actor=actor, now=now, note=reason, moved_at=now)


@transaction.atomic
def close_assignment(assignment, *, actor, now, note=""):
    """The Sở accepts the proof: the demand is met.

    A lead's part is closed over a support's open part only with a reason of ten characters.
    """
    if not rules.can_close(actor, assignment):
        raise PermissionDenied
    fresh = claim(assignment, "close")
    if fresh.role == TargetRole.LEAD and (missing := open_support(fresh)):
        note = reason_of(note, field="note", what=f"lý do xác nhận khi {missing} đơn vị phối hợp chưa hoàn thành")
    return move(fresh, AssignmentStatus.CLOSED, actor=actor, now=now, note=words(note), moved_at=now)


def open_support(assignment):
    """How many units supporting the same demand (on the same day) have not finished."""
    return (
        Assignment.objects.open()
        .filter(requirement=assignment.requirement_id, occurrence=assignment.occurrence, role=TargetRole.SUPPORT)
        .count()
    )


@transaction.atomic
def return_assignment(assignment, *, actor, now, reason):
    """The proof does not do: the unit owes it again. What it filed stays; new proof is needed."""
    if not rules.can_return(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "return")
    return move(fresh, AssignmentStatus.ACCEPTED, actor=actor, now=now, note=reason, moved_at=now)


@transaction.atomic
def reopen_assignment(assignment, *, actor, now, reason):
    """A closed demand turns out not to be met: the unit owes it again, with the deadline it had."""
    if not rules.can_reopen(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "reopen")
    return move(fresh, AssignmentStatus.ACCEPTED, actor=actor, now=now, note=reason, moved_at=now)


@transaction.atomic
def cancel_assignment(assignment, *, actor, now, reason):
    """The Sở no longer asks for it; final."""
    if not rules.can_cancel(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "cancel")
    return move(fresh, AssignmentStatus.CANCELLED, actor=actor, now=now, note=reason, moved_at=now)
