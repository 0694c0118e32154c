"""What is intended: occasions with their phases, plans and their demands, and the papers they rest on."""

from plans.models.bases import BasisEntry, LegalBasis
from plans.models.occasions import Holiday, HolidayEntry, Occasion, OccasionEntry, Phase
from plans.models.plans import Plan, PlanEntry, PlanItem, PlanTarget

__all__ = [
    "BasisEntry",
    "Holiday",
    "HolidayEntry",
    "LegalBasis",
    "Occasion",
    "OccasionEntry",
    "Phase",
    "Plan",
    "PlanEntry",
    "PlanItem",
    "PlanTarget",
]
