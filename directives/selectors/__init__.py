"""Reading papers: as data for the printer, as rows for pages, as proposals for what was pasted."""

from directives.selectors.circulation import (
    demands_of,
    issue_by,
    missing_to_issue,
    recipients,
    warnings,
)
from directives.selectors.drafting import Proposal, propose
from directives.selectors.paper import paper_of, to_paper
from directives.selectors.redline import redline

__all__ = [
    "Proposal",
    "demands_of",
    "issue_by",
    "missing_to_issue",
    "paper_of",
    "propose",
    "recipients",
    "redline",
    "to_paper",
    "warnings",
]
