"""One assignment as its page shows it: the sentence of the paper it comes from, its thread, its proof, its requests."""

import re
from dataclasses import dataclass

from django.db.models import Case, Q, When

from assignments.models import Assignment, Extension, Roster
from assignments.rules import can_submit, decides, keeps_roster
from assignments.selectors.acts import main_verb, possible
from assignments.selectors.listing import by_due
from assignments.states import ROSTER_VERB_FROM, AssignmentStatus
from plans.states import EvidenceKind

S = AssignmentStatus
_LABEL = re.compile(r"^(?:\d+(?:\.\d+)*\.|\w\)|[-+])\s*")
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


TURNS = {  # what is being waited for, as the unit and as the Sở reads it
    S.SENT: ("", "Đơn vị chưa tiếp nhận."),
    S.ACCEPTED: ("", "Đơn vị đang thực hiện."),
    S.QUESTIONED: ("Đã gửi vướng mắc, đang chờ Sở trả lời. Hạn vẫn tính trong lúc chờ.", "Đang chờ trả lời vướng mắc."),
    S.SUBMITTED: ("Đã nộp kết quả, đang chờ Sở xác nhận.", "Đơn vị đã nộp kết quả, đang chờ xác nhận."),
    S.DECLINED: ("Đã báo không thực hiện được, đang chờ Sở quyết định.", "Đơn vị báo không thực hiện được."),
    S.CLOSED: ("Sở đã xác nhận hoàn thành. Đơn vị không phải làm gì thêm.", "Nhiệm vụ đã hoàn thành."),
    S.CANCELLED: ("Sở đã hủy nhiệm vụ này. Đơn vị không phải thực hiện nữa.", "Nhiệm vụ đã hủy."),
}


def turn(user, assignment):
    """Whose turn it is, in words, for whoever has nothing to do now."""
    return TURNS[assignment.status][user.is_department_staff()]


@dataclass(frozen=True)
class Step:
    """One act in words, by whom and when, with what was said."""

    title: str
    tone: str
    at: object
    actor: object
    under: object
    note: str
    is_move: bool = True


def thread(assignment):
    """The history as a conversation, newest first. One query."""
    return [_step(entry) for entry in assignment.history.select_related("actor", "under__giver").order_by("-at", "-pk")]


def _step(entry):
    if entry.before == entry.after:
        title, _, rest = entry.note.partition(" Lý do: ")
        return Step(title or "Cập nhật", "soon", entry.at, entry.actor, entry.under, rest, is_move=False)
    pair = (entry.before, entry.after)
    title = WORDS.get(pair) or WORDS_TO.get(entry.after, "")
    return Step(title, TONES.get(pair) or TONES_TO[entry.after], entry.at, entry.actor, entry.under, entry.note)


def last_word(steps):
    """What was said with the last move, if anything: the question, the reason of a return, the note of a result."""
    step = next((step for step in steps if step.is_move), None)
    return step if step and step.note else None


def sentence(requirement):
    """The demand as it stands in the paper, from its place in the body; empty when the place was not found, or when it says
    the same words after its label."""
    found = requirement.dispatch.body[requirement.starts : requirement.ends].strip()
    return "" if _LABEL.sub("", found) == requirement.text.strip() else found


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


def next_waiting(assignment, user):
    """Another answer to the same paper that waits for the Sở, for whoever takes them one after another; else None.

    One of the same kind comes first: a result after a result, a refusal after a refusal, also once this one is dealt with."""
    if not decides(user, assignment):
        return None
    last = assignment.history.filter(before__in=S.WITH_GIVER).order_by("-at", "-pk").values_list("before", flat=True)
    kind = assignment.status if assignment.status in S.WITH_GIVER else last.first()
    rows = Assignment.objects.filter(dispatch=assignment.dispatch_id, status__in=S.WITH_GIVER).exclude(pk=assignment.pk)
    same_kind = Case(When(status=kind or S.SUBMITTED, then=0), default=1)
    return by_due(rows.select_related("unit", "requirement"), same_kind).first()


@dataclass(frozen=True)
class ByRoster:
    """A demand that a roster meets: the unit's roster of the occasion if it has begun one, who may begin it, and who may hand
    in one that had been sent before the demand came."""

    roster: Roster | None
    may_begin: bool
    may_hand_in: bool


def by_roster(assignment, user):
    """How a demand for a roster is met; None for any other demand, which costs no query."""
    if assignment.requirement.evidence_kind != EvidenceKind.ROSTER or assignment.occasion_id is None:
        return None
    roster = Roster.objects.filter(occasion=assignment.occasion_id, unit=assignment.unit_id).first()
    sent = roster is not None and roster.status in ROSTER_VERB_FROM["hand_in"]
    may_hand_in = sent and assignment.status in S.OWED and can_submit(user, assignment)
    return ByRoster(roster, keeps_roster(user, assignment.unit_id), may_hand_in)


def other_days(assignment, user):
    """The same demand of the same unit on its other days, for a recurring one."""
    if assignment.occurrence is None:
        return []
    rows = Assignment.objects.visible_to(user).filter(~Q(pk=assignment.pk), occurrence__isnull=False)
    return rows.filter(requirement=assignment.requirement_id, unit=assignment.unit_id).order_by("occurrence")
