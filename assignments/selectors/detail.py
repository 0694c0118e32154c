"""One assignment as its page shows it: the sentence of the paper it comes from, its thread, its proof, its requests."""

from dataclasses import dataclass

from django.db.models import Q

from assignments.models import Extension
from assignments.selectors.acts import main_verb, possible
from assignments.states import AssignmentStatus

S = AssignmentStatus
WORDS = {
    (S.SUBMITTED, S.ACCEPTED): "Sở trả lại, yêu cầu bổ sung",
    (S.CLOSED, S.ACCEPTED): "Sở mở lại nhiệm vụ",
    (S.QUESTIONED, S.SENT): "Sở trả lời vướng mắc",
    (S.QUESTIONED, S.ACCEPTED): "Sở trả lời vướng mắc",
    (S.DECLINED, S.SENT): "Sở giao lại",
    (S.SENT, S.ACCEPTED): "Đơn vị tiếp nhận",
}
WORDS_TO = {
    S.SENT: "Giao nhiệm vụ",
    S.QUESTIONED: "Đơn vị nêu vướng mắc",
    S.DECLINED: "Đơn vị báo không thực hiện được",
    S.SUBMITTED: "Đơn vị nộp kết quả",
    S.CLOSED: "Sở xác nhận hoàn thành",
    S.CANCELLED: "Sở hủy nhiệm vụ",
}
TONES = {
    (S.SUBMITTED, S.ACCEPTED): "refused",
    (S.CLOSED, S.ACCEPTED): "asked",
    (S.QUESTIONED, S.SENT): "info",
    (S.QUESTIONED, S.ACCEPTED): "info",
}
TONES_TO = {
    S.SENT: "waiting",
    S.ACCEPTED: "active",
    S.QUESTIONED: "asked",
    S.DECLINED: "refused",
    S.SUBMITTED: "submitted",
    S.CLOSED: "done",
    S.CANCELLED: "void",
}


@dataclass(frozen=True)
class Step:
    """One act in words, by whom and when, with what was said."""

    title: str
    tone: str
    at: object
    actor: object
    note: str


def thread(assignment):
    """The history as a conversation, newest first. One query."""
    return [_step(entry) for entry in assignment.history.select_related("actor").order_by("-at", "-pk")]


def _step(entry):
    if entry.before == entry.after:
        title, _, rest = entry.note.partition(" Lý do: ")
        return Step(title or "Cập nhật", "soon", entry.at, entry.actor, rest)
    pair = (entry.before, entry.after)
    title = WORDS.get(pair) or WORDS_TO.get(entry.after, "")
    return Step(title, TONES.get(pair) or TONES_TO[entry.after], entry.at, entry.actor, entry.note)


def sentence(requirement):
    """The demand as it stands in the paper, from its place in the body; empty when the place was not found."""
    return requirement.dispatch.body[requirement.starts : requirement.ends].strip()


@dataclass(frozen=True)
class Desk:
    """What this person may do on the page, and the one thing to do first."""

    verbs: frozenset
    main: str | None
    extension: Extension | None


def desk(user, assignment, now):
    extension = assignment.extensions.filter(granted=None).select_related("asked_by").first()
    verbs = possible(user, assignment, now, extension)
    return Desk(frozenset(verbs), main_verb(verbs), extension)


def proof(assignment):
    return assignment.evidence.select_related("file", "filed_by").order_by("filed_at", "pk")


def other_days(assignment, user):
    """The same demand of the same unit on its other days, for a recurring one."""
    if assignment.occurrence is None:
        return []
    rows = type(assignment).objects.visible_to(user).filter(~Q(pk=assignment.pk), occurrence__isnull=False)
    return rows.filter(requirement=assignment.requirement_id, unit=assignment.unit_id).order_by("occurrence")
