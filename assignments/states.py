"""States of assignments and rosters and the moves between them: plain tables."""

from datetime import timedelta
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

# From where each verb starts. The moves alone do not tell: accepted is reached by accepting, by a return and by reopening.
VERB_FROM = {
    "accept": frozenset({S.SENT}),
    "ask": frozenset({S.SENT, S.ACCEPTED}),
    "answer": frozenset({S.QUESTIONED}),
    "decline": frozenset({S.SENT, S.ACCEPTED}),
    "resend": frozenset({S.DECLINED}),
    "reroute": frozenset({S.DECLINED}),
    "file_evidence": S.OWED,
    "submit": frozenset({S.ACCEPTED}),
    "close": frozenset({S.SUBMITTED}),
    "return": frozenset({S.SUBMITTED}),
    "reopen": frozenset({S.CLOSED}),
    "cancel": S.OPEN,
    "ask_extension": S.OWED,
    "decide_extension": S.OPEN,
    "extend": S.OPEN,
}
VERB_WORDS = {
    "accept": "tiếp nhận",
    "ask": "gửi vướng mắc",
    "answer": "trả lời vướng mắc",
    "decline": "báo không thực hiện được",
    "resend": "giao lại",
    "reroute": "chuyển đơn vị khác",
    "file_evidence": "nộp minh chứng",
    "submit": "nộp kết quả",
    "close": "xác nhận hoàn thành",
    "return": "trả lại kết quả",
    "reopen": "mở lại nhiệm vụ",
    "cancel": "hủy nhiệm vụ",
    "ask_extension": "đề nghị gia hạn",
    "decide_extension": "quyết định gia hạn",
    "extend": "gia hạn",
}

# What `trang-thai` in the address of a list may say besides a state's own name.
STATE_SETS = {"mo": S.OPEN, "no": S.OWED, "cho-so": S.WITH_GIVER, "hieu-luc": S.OPEN | {S.CLOSED}}


class RosterStatus(TextChoices):
    DRAFT = "draft", "Đang lập"
    SUBMITTED = "submitted", "Chờ Sở duyệt"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Đã duyệt"

    EDITABLE = nonmember(frozenset({"draft", "returned"}))


ROSTER_MOVES = {
    RosterStatus.DRAFT: {RosterStatus.SUBMITTED},
    RosterStatus.SUBMITTED: {RosterStatus.ACCEPTED, RosterStatus.RETURNED},
    RosterStatus.RETURNED: {RosterStatus.SUBMITTED},
    RosterStatus.ACCEPTED: {RosterStatus.RETURNED},
}
ROSTER_VERB_FROM = {
    "edit": RosterStatus.EDITABLE,
    "submit": RosterStatus.EDITABLE,
    "return": frozenset({RosterStatus.SUBMITTED}),
    "accept": frozenset({RosterStatus.SUBMITTED}),
    "reopen": frozenset({RosterStatus.ACCEPTED}),
    "hand_in": frozenset({RosterStatus.SUBMITTED, RosterStatus.ACCEPTED}),
}
ROSTER_VERB_WORDS = {
    "edit": "sửa lịch trực",
    "submit": "gửi lịch trực",
    "return": "trả lại lịch trực",
    "accept": "duyệt lịch trực",
    "reopen": "mở lại lịch trực",
    "hand_in": "nộp bằng lịch trực",
}

# A shift holds its person only while one of its rosters is before the Sở or accepted by it.
SHIFT_BINDING = frozenset({RosterStatus.SUBMITTED.value, RosterStatus.ACCEPTED.value})
# Of several rosters a shift follows the furthest.
SHIFT_FOLLOWS = (RosterStatus.ACCEPTED, RosterStatus.SUBMITTED, RosterStatus.RETURNED, RosterStatus.DRAFT)

# Nobody stands longer than a day at a stretch; a shift beyond that is a slip of the pen (patterns in use: 24, 12, 8 hours).
LONGEST_SHIFT = timedelta(hours=24)
