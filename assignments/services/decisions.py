"""What the Sở does with an answer: reply, give again, give to another unit, close, return, open again, cancel."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from assignments import rules
from assignments.models import Assignment
from assignments.selectors.acts import units_to_ask
from assignments.services.claim import claim, reason_of, words
from assignments.states import AssignmentStatus
from directives.deadlines import in_words
from plans.states import TargetRole
from units.history import move, record


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
def reroute_assignment(assignment, *, actor, now, unit, reason, due_at=None):
    """The Sở gives what one unit declined to another that has the paper; returns the new assignment, the old one is cancelled.

    The deadline stays or moves later. Refuses a unit the paper was not sent to (only a paper may bind it) or that has this
    demand already, and a deadline that is over. Neither unit reads in its notes who the other is.
    """
    if not rules.can_reroute(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "reroute")
    if not units_to_ask(fresh).filter(pk=unit.pk).exists():
        said = "Chỉ chuyển được cho đơn vị đã nhận văn bản này và chưa được giao yêu cầu này."
        raise ValidationError({"unit": ValidationError(said, code="not_a_recipient")})
    due_at = fresh.due_at and (due_at or fresh.due_at)
    if due_at and (due_at < fresh.due_at or due_at <= now):
        said = f"Hạn của đơn vị nhận phải từ hạn hiện tại ({in_words(fresh.due_at)}) trở đi và sau thời điểm này."
        raise ValidationError({"due_at": ValidationError(said, code="not_later")})
    given = give_instead(fresh, unit, now=now, due_at=due_at)
    record(given, actor=actor, now=now, note=f"Nhận thay đơn vị khác. Lý do: {reason}")
    said = f"Chuyển cho đơn vị khác thực hiện. Lý do: {reason}"
    move(fresh, AssignmentStatus.CANCELLED, actor=actor, now=now, note=said, moved_at=now)
    return given


def give_instead(assignment, unit, *, now, due_at):
    """The same demand to another unit, its first deadline the one it starts with. For verbs that have judged the actor."""
    given = Assignment(
        requirement=assignment.requirement,
        dispatch=assignment.dispatch,
        unit=unit,
        occasion_id=assignment.occasion_id,
        role=assignment.role,
        occurrence=assignment.occurrence,
        given_by_id=assignment.given_by_id,
        first_due_at=due_at,
        due_at=due_at,
        armed_at=now,
        moved_at=now,
        instead_of=assignment,
    )
    given.full_clean()
    given.save()
    return given


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
