"""What every verb begins with: the row locked and read again, and words that say something."""

from django.core.exceptions import ValidationError

from assignments.models import Assignment
from assignments.states import VERB_FROM, VERB_WORDS
from directives.services import refuse_secret
from units.history import IllegalMove
from units.text import nfc

SHORTEST_REASON = 10


def claim(assignment, verb):
    """The fresh row, locked until the transaction ends. Refuses (IllegalMove) a verb that does not start from its state."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("requirement", "dispatch", "unit")
    fresh = rows.get(pk=assignment.pk)
    if fresh.status not in VERB_FROM[verb]:
        raise IllegalMove(
            f"Không thể {VERB_WORDS[verb]}: nhiệm vụ đang ở tình trạng “{fresh.get_status_display()}”. "
            "Có người vừa xử lý trước hoặc trang đã cũ; hãy tải lại trang để xem tình trạng mới nhất.",
            code="illegal_move",
        )
    return fresh


def words(text):
    """What was typed, as it is to be stored. Refuses (code `secret`) a text that bears a mark of state secrecy."""
    refuse_secret(text)
    return nfc(text or "").strip()


def reason_of(text, *, field="reason", what="lý do"):
    """The text of a reason. Refuses fewer than ten characters: a reason that explains nothing is none."""
    text = words(text)
    if len(text) < SHORTEST_REASON:
        raise ValidationError(
            {field: ValidationError(f"Hãy ghi rõ {what}, ít nhất {SHORTEST_REASON} ký tự.", code="reason_too_short")}
        )
    return text
