"""What is ordered in writing: papers, their addressees and demands, numbers, signatures, proof of receipt."""

from directives.models.dispatch import Dispatch, DispatchEntry, DispatchLook, DispatchQuerySet, Receipt, paper_code
from directives.models.drafts import DispatchVersion, DispatchView, MovedDate, Unsaved
from directives.models.parts import (
    Addressee,
    CopyLine,
    DispatchBasis,
    PrintedPlace,
    Requirement,
    RequirementTarget,
    sentence_address,
)
from directives.models.register import Register, RegisterEntry

__all__ = [
    "Addressee",
    "CopyLine",
    "Dispatch",
    "DispatchBasis",
    "DispatchEntry",
    "DispatchLook",
    "DispatchQuerySet",
    "DispatchVersion",
    "DispatchView",
    "MovedDate",
    "PrintedPlace",
    "Receipt",
    "Register",
    "RegisterEntry",
    "Requirement",
    "RequirementTarget",
    "Unsaved",
    "paper_code",
    "sentence_address",
]
