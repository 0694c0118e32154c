"""Reads Vietnamese administrative papers into plain data. No Django here: text in, `Paper` out."""

from directives.paper.model import Basis, Deadline, Finding, Item, Paper, SignOff
from directives.paper.reader import read

__all__ = ["Basis", "Deadline", "Finding", "Item", "Paper", "SignOff", "read"]
