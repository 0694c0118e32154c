"""Before a paper is issued: who will get it, who will owe what by when, and what looks wrong. One reckoning for page and verb."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from assignments.selectors.absence import absent_focals
from directives.deadlines import due_from
from directives.models import Requirement
from directives.selectors import recipients
from plans.states import Cadence, TargetRole
from units.models import Unit
from units.selectors import units_of

LONGEST_DAILY = 120
MOST_ASSIGNMENTS = 50_000


@dataclass(frozen=True)
class Demand:
    """One requirement with the units that will owe it and the days (or the one time) it falls due."""

    requirement: Requirement
    owed_by: list[tuple[Unit, str]]
    days: list[tuple[date | None, datetime | None]]

    @property
    def total(self):
        return len(self.owed_by) * len(self.days)


@dataclass
class IssuePlan:
    """What issuing would do. `refusals` stop it; `warnings` are for the clerk to read first."""

    recipients: list[tuple[Unit, bool]] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def total(self):
        return sum(demand.total for demand in self.demands)

    def by_unit(self):
        """(unit, whether only a copy, how many assignments), most first."""
        counts = Counter()
        for demand in self.demands:
            for unit, _ in demand.owed_by:
                counts[unit.pk] += len(demand.days)
        rows = [(unit, is_copy, counts[unit.pk]) for unit, is_copy in self.recipients]
        return sorted(rows, key=lambda row: (-row[2], row[1], row[0].sort_key))


def span(requirement):
    """How many days a daily demand recurs, first and last included."""
    return (requirement.repeat_until - requirement.repeat_from).days + 1


def too_long(requirement):
    """Whether a daily demand asks for more days than a paper may."""
    return requirement.every == Cadence.DAY and span(requirement) > LONGEST_DAILY


def occurrences(requirement, now):
    """(day, due) for each time the demand falls due; (None, due) when it does not recur.

    Days whose deadline is already past when the paper is issued are left out: nobody could have met them.
    None are reckoned of a period that `too_long` refuses.
    """
    if requirement.every != Cadence.DAY:
        return [(None, requirement.due_at)]
    if too_long(requirement):
        return []
    days = [requirement.repeat_from + timedelta(days=n) for n in range(span(requirement))]
    due = [due_from(day, requirement.due_time) for day in days]
    return [(day, due_at) for day, due_at in zip(days, due, strict=True) if due_at > now]


def issue_plan(dispatch, now):
    """Resolve addressees and targets on the local day of `now`. A query for each distinct group, none for each unit."""
    plan, resolve = IssuePlan(), _Groups(timezone.localdate(now))
    addressed = set()
    for line in dispatch.addressees.prefetch_related("groups", "units").order_by("order"):
        units = resolve(line.groups.all(), line.units.all())
        addressed |= {unit.pk for unit in units}
        if not units and not line.groups.all():
            plan.warnings.append(f"Dòng “{line.text}” chưa gắn với đơn vị nào: phải gửi dòng này bằng cách khác.")
    for requirement in dispatch.requirements.prefetch_related("targets__group", "targets__unit").order_by("order"):
        demand = Demand(requirement, _owed_by(requirement, resolve), occurrences(requirement, now))
        plan.demands.append(demand)
        plan.warnings += _doubts(demand, addressed, now)
    plan.refusals = resolve.refusals() + list(_too_much(plan))
    plan.recipients = recipients(dispatch, resolve.on)
    for unit, _ in plan.recipients:
        if unit.valid_to and unit.valid_to <= resolve.on:
            plan.warnings.append(f"{unit.name} đã chấm dứt hoạt động từ ngày {unit.valid_to:%d/%m/%Y}.")
    plan.warnings += absent_focals({unit.pk for demand in plan.demands for unit, _ in demand.owed_by}, now)
    if not plan.recipients:
        plan.warnings.append("Văn bản chưa gắn với đơn vị nhận nào trên hệ thống.")
    return plan


class _Groups:
    """Groups resolved on one day, each once; remembers which of them are empty."""

    def __init__(self, on):
        self.on, self.known, self.empty = on, {}, []

    def units(self, group):
        if group.pk not in self.known:
            self.known[group.pk] = units_of([group], [], self.on)
            if not self.known[group.pk]:
                self.empty.append(group)
        return self.known[group.pk]

    def __call__(self, groups, units):
        found = {unit.pk: unit for group in groups for unit in self.units(group)}
        return list((found | {unit.pk: unit for unit in units}).values())

    def refusals(self):
        return [
            f"Nhóm “{group.name}” không có đơn vị nào hoạt động vào ngày {self.on:%d/%m/%Y}, văn bản sẽ không đến ai. "
            "Hãy bổ sung đơn vị vào nhóm rồi ban hành lại."
            for group in self.empty
        ]


def _owed_by(requirement, resolve):
    """Each unit once: named by itself it keeps that role; through groups, leading wins over supporting."""
    roles, named, units = {}, {}, {}
    for target in requirement.targets.all():
        if target.unit_id:
            named[target.unit_id] = target.role
            units[target.unit_id] = target.unit
        else:
            for unit in resolve.units(target.group):
                units[unit.pk] = unit
                if roles.get(unit.pk) != TargetRole.LEAD:
                    roles[unit.pk] = target.role
    roles |= named
    return [(unit, roles[pk]) for pk, unit in sorted(units.items(), key=lambda pair: (pair[1].sort_key, pair[0]))]


def _too_much(plan):
    """What would drown units and database alike: a mistyped year makes a demand of every day of a century."""
    for demand in plan.demands:
        if too_long(demand.requirement):
            yield (
                f"Yêu cầu {demand.requirement.label} lặp hằng ngày từ {demand.requirement.repeat_from:%d/%m/%Y} đến "
                f"{demand.requirement.repeat_until:%d/%m/%Y}, quá {LONGEST_DAILY} ngày. "
                "Hãy hủy số, trả lại người soạn để rút ngắn thời gian lặp."
            )
    if plan.total > MOST_ASSIGNMENTS:
        yield (
            f"Văn bản sẽ giao {plan.total} nhiệm vụ, quá mức {MOST_ASSIGNMENTS} nhiệm vụ của một văn bản. "
            "Hãy tách thành nhiều văn bản hoặc rút ngắn thời gian lặp."
        )


def _doubts(demand, addressed, now):
    """What the clerk should read before issuing: owners whom no addressee line names, nobody, days already past."""
    requirement, label = demand.requirement, f"Yêu cầu {demand.requirement.label}"
    strangers = [unit.name for unit, _ in demand.owed_by if unit.pk not in addressed]
    if strangers:
        more = f" và {len(strangers) - 5} đơn vị khác" if len(strangers) > 5 else ""
        yield (
            f"{label} giao cho {', '.join(strangers[:5])}{more}, nhưng phần Kính gửi không có đơn vị này. "
            "Đơn vị vẫn được gửi văn bản và nhận nhiệm vụ."
        )
    if not requirement.targets.all():
        yield f"{label} chưa giao cho đơn vị nào."
    if requirement.every == Cadence.DAY:
        past = 0 if too_long(requirement) else span(requirement) - len(demand.days)
        if past:
            yield f"{label} lặp hằng ngày nhưng {past} ngày đầu đã qua hạn, hệ thống không giao các ngày đó."
    elif requirement.due_at and requirement.due_at <= now:
        yield f"{label} đã quá hạn ngay khi ban hành."
