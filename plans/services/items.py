"""The demands of a draft: added, changed, put in order, taken out."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from plans.models import PlanItem, PlanTarget
from plans.services.draft import finish_change, hold_draft, refuse_endless, refuse_secret
from plans.services.plans import target_field
from plans.states import TargetRole
from units.text import nfc, tidy

FIELDS = frozenset(
    {
        "section",
        "text",
        "due_offset",
        "due_time",
        "due_at",
        "every",
        "repeat_from",
        "repeat_until",
        "evidence_kind",
        "must_report",
    }
)
# Orders are unique at every moment: rows stand this far away while they are being put in order.
_ASIDE = 100_000


def _renumber(plan, items):
    """1, 2, 3… in the order given. Two queries."""
    plan.items.update(order=F("order") + _ASIDE)
    for number, item in enumerate(items, 1):
        item.order = number
    PlanItem.objects.bulk_update(items, ["order", "section"])


def _targets(item):
    return {(target.group_id, target.unit_id): target.role for target in item.targets.all()}


@transaction.atomic
def save_item(plan, *, actor, now, item=None, targets=(), version=None, **data):
    """Add a demand at the end of its section, or change one. `targets` are (group or unit, role), all of them.

    Refuses a stale copy, a plan that is no draft, a mark of secrecy, one recipient in two roles, two ways to be due at once, and a daily
    demand over more than LONGEST_DAILY days.
    """
    unknown = set(data) - FIELDS
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    fresh = hold_draft(plan, actor=actor, version=version)
    refuse_secret(data.get("section"), data.get("text"))
    row = PlanItem.objects.get(pk=item.pk, plan=fresh) if item else PlanItem(plan=fresh)
    if item is None:
        row.order = (fresh.items.order_by("-order").values_list("order", flat=True).first() or 0) + 1
    section_before = row.section
    changed = _fill(row, data)
    refuse_endless(row)
    row.full_clean(exclude=["plan"])
    wanted = _wanted(targets)
    same = item is not None and not changed and _targets(row) == {key: role for key, (_, role) in wanted.items()}
    if same:
        return row
    row.save()
    row.targets.all().delete()
    PlanTarget.objects.bulk_create(
        PlanTarget(item=row, role=role, **target_field(target)) for target, role in wanted.values()
    )
    if row.section != section_before:
        _place(fresh, row)
    verb = "Sửa" if item else "Thêm"
    finish_change(fresh, actor=actor, now=now, note=f"{verb} yêu cầu {row.order}: {_brief(row.text)}")
    return row


def _fill(row, data):
    """Set the fields; the names of those that changed."""
    changed = set()
    for name, value in data.items():
        if name == "section":
            value = tidy(value)
        elif name == "text":
            value = nfc(value).replace("\r\n", "\n").strip()
        if getattr(row, name) != value:
            changed.add(name)
            setattr(row, name, value)
    return changed


def _wanted(targets):
    """{(group id, unit id): (target, role)}"""
    found = {}
    for target, role in targets:
        columns = target_field(target)
        key = (columns["group"].pk, None) if "group" in columns else (None, columns["unit"].pk)
        if key in found and found[key][1] != role:
            raise ValidationError(f"“{target}” không thể vừa chủ trì vừa phối hợp cùng một yêu cầu.", code="two_roles")
        found[key] = (target, TargetRole(role))
    return found


def _place(plan, row):
    """At the end of its section, or of the plan when the section is new."""
    others = list(plan.items.exclude(pk=row.pk).order_by("order"))
    last = max((place for place, other in enumerate(others) if other.section == row.section), default=len(others) - 1)
    others.insert(last + 1, row)
    _renumber(plan, others)


def _brief(text):
    text = tidy(text)
    return text if len(text) <= 120 else text[:119] + "…"


@transaction.atomic
def remove_item(item, *, actor, now, version=None):
    """Take a demand out of a draft; the ones after it move up. Returns the plan."""
    fresh = hold_draft(item.plan, actor=actor, version=version)
    row = PlanItem.objects.get(pk=item.pk, plan=fresh)
    number, brief = row.order, _brief(row.text)
    row.delete()
    _renumber(fresh, list(fresh.items.order_by("order")))
    return finish_change(fresh, actor=actor, now=now, note=f"Bỏ yêu cầu {number}: {brief}")


@transaction.atomic
def shift_item(item, *, actor, now, up, version=None):
    """One place up or down; at the edge of its section the demand goes over into the next one. Returns the plan."""
    fresh = hold_draft(item.plan, actor=actor, version=version)
    rows = list(fresh.items.order_by("order"))
    place = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return fresh
    row = rows[place]
    if rows[other].section != row.section:
        row.section = rows[other].section
    else:
        rows[place], rows[other] = rows[other], rows[place]
    _renumber(fresh, rows)
    return finish_change(fresh, actor=actor, now=now, note=f"Đổi thứ tự: {_brief(row.text)}")
