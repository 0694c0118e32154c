"""What is ordered in writing: papers, their addressees and demands, numbers, signatures, proof of receipt."""

from directives.models.dispatch import Dispatch, DispatchEntry, DispatchQuerySet, DispatchVersion, Receipt, paper_code
from directives.models.parts import Addressee, CopyLine, DispatchBasis, Requirement, RequirementTarget
from directives.models.register import Register, RegisterEntry

__all__ = [
    "Addressee",
    "CopyLine",
    "Dispatch",
    "DispatchBasis",
    "DispatchEntry",
    "DispatchQuerySet",
    "DispatchVersion",
    "Receipt",
    "Register",
    "RegisterEntry",
    "Requirement",
    "RequirementTarget",
    "paper_code",
]
