"""Later deadlines: asked for before the old one passes, decided by the Sở; the first deadline is never lost."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from assignments import rules
from assignments.models import Extension
from assignments.services.claim import claim, reason_of, words
from directives.deadlines import in_words
from units.history import IllegalMove, record


@transaction.atomic
def ask_extension(assignment, *, actor, now, wanted_at, reason):
    """The unit asks for a later deadline. Refuses after the deadline has passed, and a second open request."""
    if not rules.can_ask_extension(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "ask_extension")
    _has_deadline(fresh)
    if now >= fresh.due_at:
        raise ValidationError(
            "Đã quá hạn nên không thể đề nghị gia hạn. Hãy gửi vướng mắc để Sở xem xét.", code="after_deadline"
        )
    _later(fresh, wanted_at, now, field="wanted_at")
    extension = Extension(assignment=fresh, wanted_at=wanted_at, reason=reason, asked_by=actor, asked_at=now)
    extension.full_clean()
    extension.save()
    record(fresh, actor=actor, now=now, note=f"Đề nghị gia hạn đến {in_words(wanted_at)}. Lý do: {reason}")
    return extension


@transaction.atomic
def decide_extension(extension, *, actor, now, granted, answer=""):
    """The Sở grants or refuses a request, once. A refusal says why; a granted one moves the deadline and re-arms reminders."""
    if not rules.can_decide_extension(actor, extension.assignment):
        raise PermissionDenied
    answer = words(answer) if granted else reason_of(answer, field="answer", what="lý do không đồng ý")
    fresh = claim(extension.assignment, "decide_extension")
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if extension.granted is not None:
        raise IllegalMove("Đề nghị gia hạn này đã được trả lời. Hãy tải lại trang.", code="illegal_move")
    if granted:
        _later(fresh, extension.wanted_at, now, field="granted")
        _postpone(fresh, extension.wanted_at, now)
    _settle(extension, actor=actor, now=now, granted=granted, answer=answer)
    outcome = f"Đồng ý gia hạn đến {in_words(extension.wanted_at)}." if granted else "Không đồng ý gia hạn."
    record(fresh, actor=actor, now=now, note=f"{outcome} {answer}".strip())
    return extension


@transaction.atomic
def extend_assignment(assignment, *, actor, now, due_at, reason):
    """The Sở moves the deadline later, late or not: that answers an open request, or is written down as one of its own."""
    if not rules.can_extend(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "extend")
    _has_deadline(fresh)
    _later(fresh, due_at, now, field="due_at")
    _postpone(fresh, due_at, now)
    extension = fresh.extensions.select_for_update().filter(granted=None).first() or Extension(
        assignment=fresh, wanted_at=due_at, reason=reason, asked_by=actor, asked_at=now
    )
    _settle(extension, actor=actor, now=now, granted=True, answer=reason)
    record(fresh, actor=actor, now=now, note=f"Gia hạn đến {in_words(due_at)}. Lý do: {reason}")
    return fresh


def _has_deadline(assignment):
    if assignment.due_at is None:
        raise ValidationError("Nhiệm vụ này không có hạn nên không cần gia hạn.", code="no_deadline")


def _later(assignment, wanted_at, now, *, field):
    """A new deadline is after the present one, and not already over."""
    if wanted_at is None or wanted_at <= assignment.due_at or wanted_at <= now:
        said = f"Hạn mới phải sau hạn hiện tại ({in_words(assignment.due_at)}) và sau thời điểm này."
        raise ValidationError({field: ValidationError(said, code="not_later")})


def _postpone(assignment, due_at, now):
    assignment.due_at, assignment.armed_at, assignment.moved_at = due_at, now, now
    assignment.full_clean()
    assignment.save(update_fields=["due_at", "armed_at", "moved_at"])


def _settle(extension, *, actor, now, granted, answer):
    extension.granted, extension.answer, extension.decided_by, extension.decided_at = granted, answer, actor, now
    extension.full_clean()
    extension.save()
