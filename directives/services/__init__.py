"""Everything that happens to a paper: drafted, reviewed, approved, signed, numbered, filed, issued, seen."""

from directives.services.circulation import (
    approve_dispatch,
    return_dispatch,
    review_dispatch,
    sign_dispatch,
    submit_dispatch,
)
from directives.services.drafting import create_dispatch, create_from_text, refuse_secret, save_draft
from directives.services.filing import claim_pdf, file_pdf, file_scan, note_pdf_error, waive_scan
from directives.services.from_plan import create_from_plan
from directives.services.issuing import issue_dispatch, see_dispatch
from directives.services.last_year import confirm_moved, create_from_last_year
from directives.services.looks import note_look, note_pages
from directives.services.numbering import number_dispatch, void_number
from directives.services.unsaved import drop_unsaved, forget_unsaved, keep_unsaved
from directives.services.versions import restore_version, see_version

__all__ = [
    "approve_dispatch",
    "claim_pdf",
    "confirm_moved",
    "create_dispatch",
    "create_from_last_year",
    "create_from_plan",
    "create_from_text",
    "drop_unsaved",
    "file_pdf",
    "file_scan",
    "forget_unsaved",
    "issue_dispatch",
    "keep_unsaved",
    "note_look",
    "note_pages",
    "note_pdf_error",
    "number_dispatch",
    "refuse_secret",
    "restore_version",
    "return_dispatch",
    "review_dispatch",
    "save_draft",
    "see_dispatch",
    "see_version",
    "sign_dispatch",
    "submit_dispatch",
    "void_number",
    "waive_scan",
]
