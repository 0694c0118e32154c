"""An occasion is made, changed, and its D-day moved; each act leaves a sentence in its history."""

from datetime import timedelta
from itertools import pairwise

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from plans import rules
from plans.calendar.labels import day_label
from plans.calendar.occasions import propose
from plans.models import Occasion, OccasionEntry, Phase
from plans.selectors import aware, overrides, start_of
from plans.states import DutyKind, PhaseKind
from units.history import under
from units.stamps import refuse_stale
from units.text import search_key, tidy

LONGEST = OccasionEntry._meta.get_field("what").max_length


def _say(occasion, what, *, actor, now):
    what = what if len(what) <= LONGEST else what[: LONGEST - 1] + "…"
    OccasionEntry.objects.create(occasion=occasion, actor=actor, under=under(actor), at=now, what=what)


def _lock(occasion):
    return Occasion.objects.select_for_update().get(pk=occasion.pk)


def _refuse_impossible_day(kind, d_day):
    """A Tết that is not mùng 1, a Quốc khánh that is not 02/9, an election no recorded law covers."""
    try:
        return propose(kind, d_day=d_day, overrides=overrides())
    except ValueError as impossible:
        raise ValidationError({"d_day": str(impossible)}, code="impossible_day") from impossible


def _proposed_phases(outline, starts_on, ends_on):
    """The proposal's phases, the outer edges moved to the first and last day of the occasion."""
    edges = [start_of(starts_on), start_of(ends_on + timedelta(days=1))]
    found = []
    for phase in outline.phases:
        starts_at, ends_at = max(aware(phase.starts_at), edges[0]), min(aware(phase.ends_at), edges[1])
        starts_at = edges[0] if phase.kind == PhaseKind.BEFORE else starts_at
        ends_at = edges[1] if phase.kind == PhaseKind.AFTER else ends_at
        if starts_at < ends_at:
            found.append(
                {
                    "kind": phase.kind,
                    "starts_at": starts_at,
                    "ends_at": ends_at,
                    "duty_layers": list(phase.duty_layers),
                }
            )
    return found


def _check_phases(phases, starts_on, ends_on):
    """Phases stand in the order before, during, after, touch each other, and fill the occasion from end to end."""
    if not phases:
        raise ValidationError("Đợt phải có ít nhất một giai đoạn.", code="no_phase")
    order = [phase["kind"] for phase in phases]
    if order != [kind for kind in PhaseKind.values if kind in order]:
        raise ValidationError("Các giai đoạn phải theo thứ tự trước, trong, sau; mỗi giai đoạn một lần.", code="order")
    first, last = start_of(starts_on), start_of(ends_on + timedelta(days=1))
    if phases[0]["starts_at"] != first or phases[-1]["ends_at"] != last:
        raise ValidationError(
            "Các giai đoạn phải phủ kín thời gian của đợt, từ ngày bắt đầu đến hết ngày kết thúc.", code="cover"
        )
    for phase in phases:
        if phase["starts_at"] >= phase["ends_at"]:
            raise ValidationError("Giai đoạn phải kết thúc sau khi bắt đầu.", code="empty_phase")
        unknown = set(phase["duty_layers"]) - set(DutyKind.values)
        if unknown:
            raise ValidationError("Lớp trực không có trong danh mục.", code="duty_layer")
    if any(one["ends_at"] != other["starts_at"] for one, other in pairwise(phases)):
        raise ValidationError("Các giai đoạn phải nối tiếp nhau, không hở và không chồng lên nhau.", code="gap")


def _save_phases(occasion, phases):
    occasion.phases.all().delete()
    for phase in phases:
        row = Phase(occasion=occasion, **phase)
        row.full_clean()
        row.save()


@transaction.atomic
def create_occasion(*, actor, now, kind, name, d_day, starts_on, ends_on, phases=None, bases=()):
    """A new occasion. Without `phases` ({kind, starts_at, ends_at, duty_layers}) the proposal's own are taken.

    Refuses a D-day the calendar knows to be wrong, phases that leave a gap, and the same occasion twice.
    """
    if not rules.can_keep_occasions(actor):
        raise PermissionDenied
    name = tidy(name)
    occasion = Occasion(
        kind=kind, name=name, d_day=d_day, starts_on=starts_on, ends_on=ends_on, search_key=search_key(name)
    )
    occasion.created_by = actor
    occasion.full_clean()
    outline = _refuse_impossible_day(kind, d_day)
    phases = _proposed_phases(outline, starts_on, ends_on) if phases is None else phases
    _check_phases(phases, starts_on, ends_on)
    occasion.save()
    _save_phases(occasion, phases)
    occasion.bases.set(bases)
    _say(occasion, f"Lập đợt “{name}”, ngày D {day_label(d_day)}.", actor=actor, now=now)
    return occasion


@transaction.atomic
def update_occasion(occasion, *, actor, now, name, starts_on, ends_on, phases, bases=None, seen=None):
    """Change name, length, phases or legal bases; D-day moves by `move_d_day` alone. Locks the occasion.

    Refuses a stale page (`seen`) and phases that leave a gap.
    """
    if not rules.can_keep_occasions(actor):
        raise PermissionDenied
    occasion = _lock(occasion)
    refuse_stale(seen, occasion)
    name = tidy(name)
    before = (occasion.name, occasion.starts_on, occasion.ends_on, _phase_facts(occasion.phases.all()))
    bases_before = set(occasion.bases.values_list("pk", flat=True))
    occasion.name, occasion.starts_on, occasion.ends_on = name, starts_on, ends_on
    occasion.search_key = search_key(name)
    occasion.full_clean()
    _check_phases(phases, starts_on, ends_on)
    said = []
    if before[0] != name:
        said.append(f"đổi tên từ “{before[0]}” thành “{name}”")
    if before[1:3] != (starts_on, ends_on):
        said.append(f"thời gian từ {day_label(starts_on)} đến {day_label(ends_on)}")
    if before[3] != _phase_facts(Phase(**phase) for phase in phases):
        said.append("các giai đoạn và lớp trực")
        _save_phases(occasion, phases)
    if bases is not None and bases_before != {basis.pk for basis in bases}:
        said.append("danh sách căn cứ")
        occasion.bases.set(bases)
    if said:
        occasion.save()
        _say(occasion, f"Sửa đợt: {'; '.join(said)}.", actor=actor, now=now)
    return occasion


def _phase_facts(phases):
    return {phase.kind: (phase.starts_at, phase.ends_at, tuple(sorted(phase.duty_layers))) for phase in phases}


@transaction.atomic
def move_d_day(occasion, *, actor, now, d_day, seen=None):
    """Move D-day: first and last day and the phases shift with it, and so does every deadline counted from it.

    Deadlines given as a fixed instant stay, and what is issued or assigned keeps its dates. Moving back restores all.
    Locks the occasion. Refuses the same day, an impossible one, and (`seen`) a D-day other than the person had before him.
    """
    if not rules.can_keep_occasions(actor):
        raise PermissionDenied
    occasion = _lock(occasion)
    old = occasion.d_day
    if seen is not None and seen != old:
        raise ValidationError(
            f"Ngày D vừa được người khác chuyển sang {day_label(old)}. Hãy xem lại các thay đổi trước khi lưu.",
            code="stale",
        )
    if d_day == old:
        raise ValidationError({"d_day": "Ngày D mới trùng với ngày đang dùng."}, code="same_day")
    _refuse_impossible_day(occasion.kind, d_day)
    shift = d_day - old
    occasion.d_day = d_day
    occasion.starts_on += shift
    occasion.ends_on += shift
    occasion.full_clean()
    occasion.save()
    for phase in occasion.phases.all():
        phase.starts_at += shift
        phase.ends_at += shift
        phase.save(update_fields=["starts_at", "ends_at"])
    _say(occasion, f"Chuyển ngày D từ {day_label(old)} sang {day_label(d_day)}.", actor=actor, now=now)
    return occasion
