"""States of an assignment and the moves between them: plain tables."""

from enum import nonmember

from django.db.models import TextChoices


class AssignmentStatus(TextChoices):
    SENT = "sent", "Mới giao"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    QUESTIONED = "questioned", "Có vướng mắc"
    SUBMITTED = "submitted", "Chờ xác nhận"
    CLOSED = "closed", "Hoàn thành"
    DECLINED = "declined", "Không thực hiện được"
    CANCELLED = "cancelled", "Đã hủy"

    OPEN = nonmember(frozenset({"sent", "accepted", "questioned", "submitted", "declined"}))
    OWED = nonmember(frozenset({"sent", "accepted", "questioned"}))
    WITH_GIVER = nonmember(frozenset({"questioned", "submitted", "declined"}))


S = AssignmentStatus
ASSIGNMENT_MOVES = {
    S.SENT: {S.ACCEPTED, S.QUESTIONED, S.DECLINED, S.CANCELLED},
    S.ACCEPTED: {S.SUBMITTED, S.QUESTIONED, S.DECLINED, S.CANCELLED},
    S.QUESTIONED: {S.SENT, S.ACCEPTED, S.CANCELLED},
    S.SUBMITTED: {S.CLOSED, S.ACCEPTED, S.CANCELLED},
    S.DECLINED: {S.SENT, S.CANCELLED},
    S.CLOSED: {S.ACCEPTED},
    S.CANCELLED: set(),
}
