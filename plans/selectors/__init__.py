"""Reading this floor: deadlines, days off, plans as rows, what a move of D-day would change."""

from plans.selectors.dates import aware, due_words, item_days, item_due, local, offset_words, start_of
from plans.selectors.days import overrides, runs_off, special_days, worked_instead
from plans.selectors.difference import d_day_difference, item_change
from plans.selectors.rows import FINDINGS, PlanRow, by_section, count_findings, item_findings, plan_rows
from plans.selectors.targets import NAMES, outline_targets

__all__ = [
    "FINDINGS",
    "NAMES",
    "PlanRow",
    "aware",
    "by_section",
    "count_findings",
    "d_day_difference",
    "due_words",
    "item_change",
    "item_days",
    "item_due",
    "item_findings",
    "local",
    "offset_words",
    "outline_targets",
    "overrides",
    "plan_rows",
    "runs_off",
    "special_days",
    "start_of",
    "worked_instead",
]
