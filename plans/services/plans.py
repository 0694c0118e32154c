"""A plan is drafted from a template, walks through review, and is printed and closed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plans import rules
from plans.calendar.offsets import span_offsets
from plans.models import Occasion, Plan, PlanItem, PlanTarget
from plans.outlines import KINDS, fill, load_outline
from plans.selectors import NAMES, local, outline_targets
from plans.services.draft import finish_change, hold_draft, refuse_endless, refuse_secret
from plans.states import Cadence, PlanStatus, TargetRole
from units.history import move, record
from units.models import Unit
from units.states import UnitKind
from units.text import nfc, search_key, tidy

SHORTEST_REASON = 10
FIELDS = frozenset({"title", "purpose", "organisation", "bases"})


@transaction.atomic
def create_plan(occasion, *, actor, now, outline, title="", division):
    """A draft for the occasion: `outline` is the kind of a template ("election", "tet", "national_day"), or "" for none.

    Every demand of the template is copied with the groups and units the province has; where it has none the demand
    stands without owner and the page says so. Without a title the template's is taken. The author is the actor, or the absent
    person they act for.
    Refuses an occasion so long that a daily demand would not end.
    """
    if not rules.can_create_plan(actor) or not rules.can_draft_for(actor, division.pk):
        raise PermissionDenied
    refuse_secret(title)
    if division.kind not in UnitKind.INSIDE:
        raise ValidationError({"division": "Phòng soạn thảo phải thuộc Sở."}, code="outside")
    if outline and outline not in KINDS:
        raise ValidationError({"outline": "Không có mẫu kế hoạch này."}, code="outline")
    occasion = Occasion.objects.prefetch_related("phases", "bases").get(pk=occasion.pk)
    template = load_outline(outline) if outline else None

    def said(text):
        return fill(text, occasion=occasion.name, year=occasion.d_day.year)

    title = tidy(title) or (said(template.title) if template else "")
    plan = Plan(
        occasion=occasion,
        title=title,
        outline=outline,
        purpose=_purpose(template, said) if template else "",
        organisation=_numbered(map(said, template.organisation)) if template else "",
        division=division,
        author=actor.works_as(),
        created_at=now,
        search_key=search_key(title)[:400],
    )
    plan.full_clean()
    plan.save()
    plan.bases.set(occasion.bases.all())
    note = "Lập dự thảo."
    if template:
        missing = _copy_demands(plan, template, said, timezone.localdate(now))
        note = (
            f"Lập dự thảo từ mẫu “{occasion.get_kind_display() if outline == occasion.kind else said(template.title)}”"
        )
        note += f": {len(template.demands)} yêu cầu."
        if missing:
            note += f" Danh bạ chưa có: {', '.join(missing)}."
    record(plan, actor=actor, now=now, note=note)
    return plan


def _purpose(template, said):
    """Both parts of section I as printed: the aims, then the standards."""
    aims = [f"- {said(text)}" for text in template.purpose]
    standards = [f"- {said(text)}" for text in template.requirements]
    return "\n".join(["1. Mục đích", *aims, "2. Yêu cầu", *standards])


def _numbered(texts):
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _copy_demands(plan, template, said, today):
    """Write the demands and their targets; returns the Vietnamese names of recipients the province does not have."""
    known = outline_targets(today)
    phases = {phase.kind: phase for phase in plan.occasion.phases.all()}
    items = [
        PlanItem(
            plan=plan,
            order=order,
            section=said(template.heading(demand.section)),
            text=said(demand.text),
            due_offset=demand.offset,
            due_time=demand.at,
            evidence_kind=demand.evidence,
            must_report=demand.must_report,
            **_repetition(demand.repeat, plan.occasion.d_day, phases),
        )
        for order, demand in enumerate(template.demands, 1)
    ]
    for item in items:
        refuse_endless(item)
    items = PlanItem.objects.bulk_create(items)
    targets, missing = [], []
    for item, demand in zip(items, template.demands, strict=True):
        taken = set()
        for role, codes in ((TargetRole.LEAD, demand.lead), (TargetRole.SUPPORT, demand.support)):
            for code in codes:
                if not known[code] and NAMES[code] not in missing:
                    missing.append(NAMES[code])
                for target in known[code]:
                    if target not in taken:
                        taken.add(target)
                        targets.append(PlanTarget(item=item, role=role, **target_field(target)))
    PlanTarget.objects.bulk_create(targets)
    return missing


def target_field(target):
    """A group or a unit as the columns of a target."""
    return {"unit": target} if isinstance(target, Unit) else {"group": target}


def _repetition(repeat, d_day, phases):
    """A daily demand over a phase becomes offsets of that phase as it stands; none when the occasion lacks the phase."""
    if repeat is None:
        return {}
    first, last = repeat.first, repeat.last
    if repeat.phase is not None:
        phase = phases.get(repeat.phase)
        if phase is None:
            return {}
        first, last = span_offsets(d_day, local(phase.starts_at), local(phase.ends_at))
    return {"every": Cadence.DAY, "repeat_from": first, "repeat_until": last}


@transaction.atomic
def update_plan(plan, *, actor, now, version=None, **data):
    """Change title, sections of text or legal bases of a draft. Refuses a stale copy, a mark of secrecy, whatever is no draft."""
    unknown = set(data) - FIELDS
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    fresh = hold_draft(plan, actor=actor, version=version)
    bases = data.pop("bases", None)
    refuse_secret(*data.values())
    said = []
    for name, value in data.items():
        value = tidy(value) if name == "title" else nfc(value).replace("\r\n", "\n").strip()
        if getattr(fresh, name) != value:
            said.append(str(Plan._meta.get_field(name).verbose_name))
            setattr(fresh, name, value)
    if bases is not None and set(bases) != set(fresh.bases.all()):
        said.append("căn cứ")
        fresh.bases.set(bases)
    if not said:
        return fresh
    fresh.search_key = search_key(fresh.title)[:400]
    fresh.full_clean()
    return finish_change(fresh, actor=actor, now=now, note=f"Sửa {', '.join(said)}.")


def _as_seen(plan, version):
    """Refuses to decide on a draft that was changed after it was shown."""
    fresh = Plan.objects.select_for_update().get(pk=plan.pk)
    if version is not None and version != fresh.version:
        raise ValidationError(
            "Kế hoạch đã được sửa sau khi trang này mở ra. Hãy xem lại bản mới nhất rồi quyết định.", code="stale"
        )
    return fresh


def _reason(text):
    text = nfc(text or "").strip()
    if len(text) < SHORTEST_REASON:
        message = f"Hãy ghi rõ lý do, ít nhất {SHORTEST_REASON} ký tự, để người soạn biết cần sửa gì."
        raise ValidationError({"reason": ValidationError(message, code="reason_too_short")})
    return text


@transaction.atomic
def submit_plan(plan, *, actor, now, version=None):
    """Send the draft for review. Refuses a plan without demands."""
    if not rules.can_submit(actor, plan):
        raise PermissionDenied
    fresh = _as_seen(plan, version)
    if not fresh.items.exists():
        raise ValidationError("Kế hoạch chưa có yêu cầu nào; hãy thêm nội dung trước khi trình.", code="empty")
    return move(fresh, PlanStatus.REVIEW, actor=actor, now=now)


@transaction.atomic
def return_plan(plan, *, actor, now, reason):
    """Back to the author with a reason, from review or, while it is not yet issued, after approval."""
    if not rules.can_return(actor, plan):
        raise PermissionDenied
    return move(plan, PlanStatus.DRAFT, actor=actor, now=now, note=_reason(reason))


@transaction.atomic
def approve_plan(plan, *, actor, now, version=None):
    """A leader of the Sở answers for the plan as it stands. Refuses a version other than the one before him."""
    if not rules.can_approve(actor, plan):
        raise PermissionDenied
    return move(_as_seen(plan, version), PlanStatus.APPROVED, actor=actor, now=now)


@transaction.atomic
def mark_plan_issued(plan, *, actor, now, note=""):
    """The paper that prints the plan has been issued: from now on the plan does not change."""
    if not rules.can_mark_issued(actor, plan):
        raise PermissionDenied
    return move(plan, PlanStatus.ISSUED, actor=actor, now=now, note=note)


@transaction.atomic
def close_plan(plan, *, actor, now, note=""):
    """The occasion is over and the plan carried out."""
    if not rules.can_close(actor, plan):
        raise PermissionDenied
    return move(plan, PlanStatus.CLOSED, actor=actor, now=now, note=nfc(note).strip())
