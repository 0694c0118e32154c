"""Reads Vietnamese administrative papers into plain data. No Django here: text in, `Paper` out."""

from directives.paper.contract import to_contract
from directives.paper.demands import Demand, requirements
from directives.paper.model import Basis, Deadline, Finding, Item, Paper, SignOff
from directives.paper.office import UnreadablePaper, read_docx
from directives.paper.reader import read
from directives.paper.secrecy import secrecy_mark
from directives.paper.time import due_moment

__all__ = [
    "Basis",
    "Deadline",
    "Demand",
    "Finding",
    "Item",
    "Paper",
    "SignOff",
    "UnreadablePaper",
    "due_moment",
    "read",
    "read_docx",
    "requirements",
    "secrecy_mark",
    "to_contract",
]
