"""The verbs of plans: the only place on this floor that writes."""

from plans.services.bases import remove_holiday, save_basis, save_holiday
from plans.services.items import remove_item, save_item, shift_item
from plans.services.occasions import create_occasion, move_d_day, update_occasion
from plans.services.plans import (
    approve_plan,
    close_plan,
    create_plan,
    mark_plan_issued,
    return_plan,
    submit_plan,
    update_plan,
)

__all__ = [
    "approve_plan",
    "close_plan",
    "create_occasion",
    "create_plan",
    "mark_plan_issued",
    "move_d_day",
    "remove_holiday",
    "remove_item",
    "return_plan",
    "save_basis",
    "save_holiday",
    "save_item",
    "shift_item",
    "submit_plan",
    "update_occasion",
    "update_plan",
]
