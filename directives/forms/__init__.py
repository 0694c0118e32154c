"""What people type about papers, made well formed."""

from directives.forms.bundle import DraftForms
from directives.forms.filters import DispatchFilter, RegisterFilter
from directives.forms.verbs import NoteForm, PasteForm, ReasonForm, ScanForm, SignForm, WaiveForm

__all__ = [
    "DispatchFilter",
    "DraftForms",
    "NoteForm",
    "PasteForm",
    "ReasonForm",
    "RegisterFilter",
    "ScanForm",
    "SignForm",
    "WaiveForm",
]
