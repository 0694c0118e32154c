"""What moves when D-day moves, said before anything is saved."""

from dataclasses import dataclass

from django.db.models import Prefetch

from plans.calendar.offsets import DueWarning, diff
from plans.models import Plan, PlanItem
from plans.selectors.dates import due_words, item_offsets, local
from plans.selectors.days import overrides
from plans.states import PlanStatus


@dataclass(frozen=True)
class ItemChange:
    """One demand whose deadline moves: the words before and after, and what a person should look at."""

    item: PlanItem
    before: str
    after: str
    warnings: tuple[DueWarning, ...]


@dataclass(frozen=True)
class PlanDifference:
    """What the move means for one plan: `changes` move, `fixed` (item, words) stay, `undated` have no deadline."""

    plan: Plan
    changes: tuple[ItemChange, ...]
    fixed: tuple[tuple[PlanItem, str], ...]
    undated: int

    @property
    def warned(self):
        return sum(1 for change in self.changes if change.warnings)

    @property
    def printed(self):
        """Issued papers and assignments keep their dates: a paper must say the new ones."""
        return self.plan.status == PlanStatus.ISSUED


def item_change(item, old_d_day, new_d_day, *, now, merged):
    """The change of one demand, None when nothing of it moves. Pure; `now` is local and naive.

    A day off matters to a single deadline; a daily duty is owed on days off by its nature.
    """
    offsets = [(item, offset, item.due_time) for offset in item_offsets(item)]
    changes = diff(old_d_day, new_d_day, offsets, now=now, overrides=merged)
    if not changes:
        return None
    warnings = changes[-1].warnings
    if item.every:
        warnings = tuple(warning for warning in warnings if warning.code == "past")
    return ItemChange(item, due_words(item, old_d_day), due_words(item, new_d_day), warnings)


def d_day_difference(occasion, new_d_day, *, now):
    """What the move means for every plan of the occasion that is not closed, in the order they were made. Three queries."""
    merged, at = overrides(), local(now)
    found = []
    plans = occasion.plans.open().prefetch_related(Prefetch("items", PlanItem.objects.order_by("order")))
    for plan in plans.order_by("created_at", "pk"):
        items = list(plan.items.all())
        changes = [item_change(item, occasion.d_day, new_d_day, now=at, merged=merged) for item in items]
        fixed = tuple((item, due_words(item, occasion.d_day)) for item in items if item.due_at)
        undated = sum(1 for item in items if not item.due_at and not item_offsets(item))
        found.append(PlanDifference(plan, tuple(change for change in changes if change), fixed, undated))
    return found
