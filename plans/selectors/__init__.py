"""Reading this floor: deadlines, days off, plans as rows, what a move of D-day would change."""

from plans.selectors.dates import aware, due_words, item_days, item_due, local, offset_words, start_of
from plans.selectors.days import overrides, runs_off, special_days, worked_instead
from plans.selectors.difference import d_day_difference, item_change
from plans.selectors.proposals import proposal, suggestions
from plans.selectors.rows import (
    FINDINGS,
    PlanRow,
    by_section,
    count_findings,
    item_findings,
    last_return,
    plan_rows,
)
from plans.selectors.targets import NAMES, outline_targets
from plans.selectors.timeline import countdown, day_marks, day_warning, law_doubt, law_name, lunar_words, timeline

__all__ = [
    "FINDINGS",
    "NAMES",
    "PlanRow",
    "aware",
    "by_section",
    "count_findings",
    "countdown",
    "d_day_difference",
    "day_marks",
    "day_warning",
    "due_words",
    "item_change",
    "item_days",
    "item_due",
    "item_findings",
    "last_return",
    "law_doubt",
    "law_name",
    "local",
    "lunar_words",
    "offset_words",
    "outline_targets",
    "overrides",
    "plan_rows",
    "proposal",
    "runs_off",
    "special_days",
    "start_of",
    "suggestions",
    "timeline",
    "worked_instead",
]
