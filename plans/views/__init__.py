"""The doors of this floor."""

from plans.views import bases, holidays, items, occasions, plans

__all__ = ["bases", "holidays", "items", "occasions", "plans"]
