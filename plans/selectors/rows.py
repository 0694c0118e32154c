"""A plan as its page and its printed papers need it: every demand with owner, date, proof, and what it lacks."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby

from plans.calendar.holidays import day_name, is_day_off, previous_working_day
from plans.calendar.labels import day_label, weekday_name
from plans.calendar.offsets import due_day
from plans.models import PlanItem
from plans.selectors.dates import due_words, item_days, item_due, item_offsets, local, offset_words
from plans.selectors.days import overrides
from plans.states import EvidenceKind, PlanStatus, TargetRole
from units.models import Unit, UnitGroup

FINDINGS = {
    "no_owner": "Chưa có đơn vị thực hiện",
    "no_date": "Chưa có thời hạn",
    "no_proof": "Chưa yêu cầu minh chứng",
}


@dataclass(frozen=True)
class PlanRow:
    """One demand. `due_at` is half-open; a daily demand has `first_day` and `last_day` (both included) instead."""

    item: PlanItem
    number: int
    section: str
    text: str
    due_at: datetime | None
    first_day: date | None
    last_day: date | None
    due_time: time | None
    due_words: str
    offset_words: str
    weekday: str
    hints: tuple[str, ...]
    leads: tuple[Unit | UnitGroup, ...]
    supports: tuple[Unit | UnitGroup, ...]
    evidence: str
    must_report: bool
    findings: tuple[str, ...] = field(default=())

    @property
    def finding_words(self):
        return [FINDINGS[code] for code in self.findings]


def item_findings(item, has_lead):
    """What a demand lacks to be enforceable: an owner, a date, a proof (P07). Pure."""
    found = []
    if not has_lead:
        found.append("no_owner")
    if not item.due_at and item.due_offset is None and not item.every:
        found.append("no_date")
    if item.evidence_kind == EvidenceKind.NONE:
        found.append("no_proof")
    return tuple(found)


def plan_rows(plan, *, now=None):
    """The demands in order. With `now`, those already past say so. Four queries, whatever the size of the plan."""
    items = plan.items.prefetch_related("targets__group", "targets__unit").order_by("order")
    merged = overrides()
    return [_row(item, plan.occasion.d_day, merged, now) for item in items]


def _row(item, d_day, merged, now):
    due, days = item_due(item, d_day), item_days(item, d_day)
    first, last = days or (None, None)
    targets = sorted(item.targets.all(), key=lambda target: (target.unit_id is not None, target.pk))
    leads = tuple(target.group or target.unit for target in targets if target.role == TargetRole.LEAD)
    return PlanRow(
        item=item,
        number=item.order,
        section=item.section,
        text=item.text,
        due_at=due,
        first_day=first,
        last_day=last,
        due_time=item.due_time,
        due_words=due_words(item, d_day),
        offset_words=" … ".join(offset_words(offset) for offset in item_offsets(item)),
        weekday=weekday_name(due_day(local(due))) if due else "",
        hints=_hints(due_day(local(due)), bool(now and due <= now), merged) if due else (),
        leads=leads,
        supports=tuple(target.group or target.unit for target in targets if target.role == TargetRole.SUPPORT),
        evidence=item.get_evidence_kind_display() if item.evidence_kind != EvidenceKind.NONE else "",
        must_report=item.must_report,
        findings=item_findings(item, bool(leads)),
    )


def _hints(day, past, merged):
    """What to look at before this deadline is kept: it is past, or its last day is not worked."""
    hints = ["Đã qua"] if past else []
    if is_day_off(day, merged):
        before = previous_working_day(day, merged)
        name = day_name(day, merged) or "Nghỉ hằng tuần"
        hints.append(f"{name}; ngày làm việc trước đó: {weekday_name(before)}, {day_label(before)}")
    return tuple(hints)


def last_return(plan):
    """Who sent a draft back to its author and why, until it goes up again; None when nobody did (the author took it back)."""
    if plan.status != PlanStatus.DRAFT:
        return None
    back = plan.history.filter(after=PlanStatus.DRAFT).exclude(before__in=["", PlanStatus.DRAFT])
    found = back.select_related("actor", "under__giver").order_by("-at", "-pk").first()
    return found if found and found.actor_id != plan.author_id else None


def by_section(rows):
    """[(heading, rows)], in the order of the plan. Pure."""
    return [(heading, list(part)) for heading, part in groupby(rows, key=lambda row: row.section)]


def count_findings(rows):
    """[(code, words, how many)] of what is lacking somewhere. Pure."""
    codes = [code for row in rows for code in row.findings]
    return [(code, words, codes.count(code)) for code, words in FINDINGS.items() if code in codes]
