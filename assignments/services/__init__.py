"""The verbs of assignments: the only place on this floor that writes."""

from assignments.services.answers import (
    accept_all,
    accept_assignment,
    ask_assignment,
    decline_assignment,
    file_all_evidence,
    file_evidence,
    submit_assignment,
)
from assignments.services.decisions import (
    answer_assignment,
    cancel_assignment,
    close_assignment,
    open_support,
    reopen_assignment,
    resend_assignment,
    return_assignment,
)
from assignments.services.extensions import ask_extension, decide_extension, extend_assignment
from assignments.services.issue import issue_dispatch

__all__ = [
    "accept_all",
    "accept_assignment",
    "answer_assignment",
    "ask_assignment",
    "ask_extension",
    "cancel_assignment",
    "close_assignment",
    "decide_extension",
    "decline_assignment",
    "extend_assignment",
    "file_all_evidence",
    "file_evidence",
    "issue_dispatch",
    "open_support",
    "reopen_assignment",
    "resend_assignment",
    "return_assignment",
    "submit_assignment",
]
