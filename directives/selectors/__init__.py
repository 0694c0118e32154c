"""Reading papers: as data for the printer, as rows for pages, as proposals for what was pasted."""

from directives.redline import redline
from directives.selectors.circulation import (
    demands_of,
    issue_by,
    missing_to_issue,
    recipients,
    warnings,
)
from directives.selectors.drafting import Proposal, propose
from directives.selectors.moved import moved_in
from directives.selectors.paper import paper_of, to_paper
from directives.selectors.province import checker_on
from directives.selectors.remarks import look_over
from directives.selectors.unsaved import newer_than, others_at, typed, unsaved_of

__all__ = [
    "Proposal",
    "checker_on",
    "demands_of",
    "issue_by",
    "look_over",
    "missing_to_issue",
    "moved_in",
    "newer_than",
    "others_at",
    "paper_of",
    "propose",
    "recipients",
    "redline",
    "to_paper",
    "typed",
    "unsaved_of",
    "warnings",
]
