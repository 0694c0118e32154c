"""Reads Vietnamese administrative papers into plain data. No Django here: text in, `Paper` out."""

from directives.paper.annexes import annex_text, read_annexes
from directives.paper.contract import to_contract
from directives.paper.demands import Demand, requirements
from directives.paper.model import Annex, Basis, Deadline, Finding, Item, Paper, SignOff
from directives.paper.office import UnreadablePaper, read_docx
from directives.paper.reader import read
from directives.paper.secrecy import secrecy_mark
from directives.paper.time import due_moment

__all__ = [
    "Annex",
    "Basis",
    "Deadline",
    "Demand",
    "Finding",
    "Item",
    "Paper",
    "SignOff",
    "UnreadablePaper",
    "annex_text",
    "due_moment",
    "read",
    "read_annexes",
    "read_docx",
    "requirements",
    "secrecy_mark",
    "to_contract",
]
