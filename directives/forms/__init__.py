"""What people type about papers, made well formed."""

from directives.forms.bundle import DraftForms
from directives.forms.filters import DispatchFilter, RegisterFilter
from directives.forms.last_year import AgainForm, EarlierForm, WordsForm
from directives.forms.verbs import NoteForm, PasteForm, ReasonForm, ScanForm, SignForm, WaiveForm

__all__ = [
    "AgainForm",
    "DispatchFilter",
    "DraftForms",
    "EarlierForm",
    "NoteForm",
    "PasteForm",
    "ReasonForm",
    "RegisterFilter",
    "ScanForm",
    "SignForm",
    "WaiveForm",
    "WordsForm",
]
