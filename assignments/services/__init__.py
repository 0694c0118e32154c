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
    reroute_assignment,
    resend_assignment,
    return_assignment,
)
from assignments.services.extensions import ask_extension, decide_extension, extend_assignment
from assignments.services.feeds import make_link, note_reading, revoke_link
from assignments.services.issue import issue_dispatch
from assignments.services.roster_import import import_rosters
from assignments.services.rosters import (
    accept_roster,
    hand_in_roster,
    note_numbers_taken,
    reckon_gaps,
    reopen_roster,
    return_roster,
    submit_roster,
)
from assignments.services.shifts import (
    copy_roster,
    fill_pattern,
    merge_shifts,
    open_roster,
    remove_shift,
    save_shift,
    take_over_shifts,
)

__all__ = [
    "accept_all",
    "accept_assignment",
    "accept_roster",
    "answer_assignment",
    "ask_assignment",
    "ask_extension",
    "cancel_assignment",
    "close_assignment",
    "copy_roster",
    "decide_extension",
    "decline_assignment",
    "extend_assignment",
    "file_all_evidence",
    "file_evidence",
    "fill_pattern",
    "hand_in_roster",
    "import_rosters",
    "issue_dispatch",
    "make_link",
    "merge_shifts",
    "note_numbers_taken",
    "note_reading",
    "open_roster",
    "open_support",
    "reckon_gaps",
    "remove_shift",
    "reopen_assignment",
    "reopen_roster",
    "reroute_assignment",
    "resend_assignment",
    "return_assignment",
    "return_roster",
    "revoke_link",
    "save_shift",
    "submit_assignment",
    "submit_roster",
    "take_over_shifts",
]
