"""What people type on this floor: the words of the verbs on assignments, and rosters."""

from assignments.forms.acts import (
    MOST_FILES,
    TICKS,
    AnswerForm,
    AskExtensionForm,
    AssignmentFilterForm,
    DayForm,
    DecideForm,
    NoteForm,
    NoWordsForm,
    ProofForm,
    QuestionForm,
    ReasonForm,
    RerouteForm,
    VerbForm,
    last_day_of,
)

__all__ = [
    "MOST_FILES",
    "TICKS",
    "AnswerForm",
    "AskExtensionForm",
    "AssignmentFilterForm",
    "DayForm",
    "DecideForm",
    "NoWordsForm",
    "NoteForm",
    "ProofForm",
    "QuestionForm",
    "ReasonForm",
    "RerouteForm",
    "VerbForm",
    "last_day_of",
]
