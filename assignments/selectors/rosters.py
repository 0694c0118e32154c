"""Which rosters an address means, what one still lacks, whose shifts cross, and which units owe one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef

from assignments import coverage, rules
from assignments.duty import ZONE, span_words, window_of
from assignments.models import Assignment, DutyShift, Roster
from assignments.selectors.listing import value_is_key, values
from assignments.states import ROSTER_VERB_FROM, SHIFT_BINDING, AssignmentStatus, RosterStatus
from directives.models import Requirement
from plans.models import Occasion, Phase
from plans.states import DutyKind, EvidenceKind
from units.models import Unit
from units.states import UnitKind
from units.text import fold

KEYS = {"dot": "occasion", "don-vi": "unit"}
MISSING = "chua-lap"  # what `trang-thai` says for units that owe a roster and have entered none
ROSTER_SETS = {"can-lam": RosterStatus.EDITABLE, "da-gui": frozenset(SHIFT_BINDING)}
CAN = {
    "edit": rules.can_edit_roster,
    "submit": rules.can_submit_roster,
    "return": rules.can_decide_roster,
    "accept": rules.can_decide_roster,
    "reopen": rules.can_decide_roster,
}


def may_roster(user, roster, verb):
    """Whether this person, this verb and this state go together."""
    return roster.status in ROSTER_VERB_FROM[verb] and CAN[verb](user, roster)


def possible_roster(user, roster):
    return {verb for verb in CAN if may_roster(user, roster, verb)}


def roster_filter(queryset, params):
    """Narrow rosters by the query of an address. Neither orders nor cuts.

    `dot`, `don-vi`: keys of occasion and unit. `loai`: a kind of unit. `trang-thai`: a state, or `can-lam` (with the
    unit), `da-gui` (submitted or accepted); may be repeated. `thieu=1`: a required layer stands empty for a minute.
    `thieu=0`: nothing is missing. `tim`: words of the unit. What cannot be understood finds nothing.
    """
    states = {state for state in values(params, "trang-thai") if state}
    if not _understood(params) or not states <= {*ROSTER_SETS, *RosterStatus.values}:
        return queryset.none()
    queryset = _where(queryset, params)
    if states:
        queryset = queryset.filter(status__in=set().union(*(ROSTER_SETS.get(state, {state}) for state in states)))
    if (gap := params.get("thieu")) in ("0", "1"):
        queryset = queryset.filter(gap_minutes=0) if gap == "0" else queryset.with_gap()
    return queryset


def _understood(params):
    kinds = {kind for kind in values(params, "loai") if kind}
    return kinds <= set(UnitKind.values) and "\0" not in (params.get("tim") or "")


def _where(queryset, params):
    for key, field in KEYS.items():
        if wanted := [value for value in values(params, key) if value]:
            known = all(map(value_is_key, wanted))
            queryset = queryset.filter(**{f"{field}_id__in": wanted}) if known else queryset.none()
    if kind := params.get("loai"):
        queryset = queryset.filter(unit__kind=kind)
    for word in fold(params.get("tim") or "").split():
        queryset = queryset.filter(unit__in=Unit.objects.search(word))
    return queryset


def roster_rows(user, params):
    """Rosters this person may see, with unit, occasion and `shift_count`; the newest occasion first, then by name."""
    rows = roster_filter(Roster.objects.visible_to(user), params).select_related("unit", "occasion")
    return rows.annotate(shift_count=Count("shifts")).order_by(
        "-occasion__d_day", "occasion_id", "unit__sort_key", "pk"
    )


def missing_rosters(user, params):
    """What is owed and not begun: for each unit and occasion one assignment that asks for a roster, where none is entered.

    Takes `dot`, `don-vi`, `loai`, `tim` of the address as `roster_rows` does.
    """
    owed = _demands().filter(occasion__isnull=False, status__in=AssignmentStatus.OWED)
    earlier = owed.filter(occasion=OuterRef("occasion"), unit=OuterRef("unit"), pk__lt=OuterRef("pk"))
    begun = Roster.objects.filter(occasion=OuterRef("occasion"), unit=OuterRef("unit"))
    rows = owed.filter(~Exists(earlier), ~Exists(begun))
    if not user.is_department_staff():
        rows = rows.filter(unit__in=user.unit_ids())
    if not _understood(params):
        return rows.none()
    rows = _where(rows, params).select_related("unit", "occasion", "requirement", "dispatch")
    return rows.order_by("-occasion__d_day", "occasion_id", "unit__sort_key", "pk")


def _demands():
    asked = Requirement.objects.filter(
        evidence_kind=EvidenceKind.ROSTER
    )  # few; joined, SQLite would try every row first
    rows = Assignment.objects.filter(requirement__in=asked)
    return rows.exclude(status__in=[AssignmentStatus.CANCELLED, AssignmentStatus.DECLINED])


def units_owing_roster(occasion):
    """Units that were asked for a roster of this occasion or have begun one, by name."""
    asked = _demands().filter(occasion=occasion, unit=OuterRef("pk"))
    begun = Roster.objects.filter(occasion=occasion, unit=OuterRef("pk"))
    return Unit.objects.filter(Exists(asked) | Exists(begun)).order_by("sort_key", "pk")


def occasions_for(user):
    """Occasions this person may enter a roster for: all for the Sở; a unit's own are those it was asked for or has begun."""
    if user.is_department_staff():
        return Occasion.objects.all()
    units = user.unit_ids()
    asked = _demands().filter(occasion=OuterRef("pk"), unit__in=units)
    begun = Roster.objects.filter(occasion=OuterRef("pk"), unit__in=units)
    told = Assignment.objects.filter(occasion=OuterRef("pk"), unit__in=units).exclude(status=AssignmentStatus.CANCELLED)
    return Occasion.objects.filter(Exists(asked) | Exists(begun) | Exists(told))


def needs_of(occasion):
    """What the phases of an occasion require, minute by minute. One query."""
    return coverage.required(Phase.objects.filter(occasion=occasion), window_of(occasion))


def roster_gaps(roster):
    """What this roster leaves empty of what its occasion requires. Two queries beside the occasion."""
    return coverage.gaps(needs_of(roster.occasion), roster.shifts.all())


@dataclass(frozen=True)
class Crossing:
    """Two stretches of one person that share a moment; `roster` is the other one's where it is not this roster's own."""

    first: DutyShift
    second: DutyShift
    other: Roster | None = None

    def words(self):
        said = f" trong lịch trực đợt “{self.other.occasion}” đã gửi" if self.other else ""
        first = span_words(self.first.starts_at, self.first.ends_at)
        second = span_words(self.second.starts_at, self.second.ends_at)
        return f"{self.first.contact.name} trực {first}, trùng giờ với ca {second}{said}."


def crossings(roster):
    """Whose shifts of this roster cross: with each other, or with binding ones that stand elsewhere. Two or three queries."""
    own = list(roster.shifts.select_related("contact"))
    if not own:
        return []
    start, end = min(shift.starts_at for shift in own), max(shift.ends_at for shift in own)
    elsewhere = (
        DutyShift.objects.binding()
        .overlapping(start, end)
        .filter(contact__in={shift.contact_id for shift in own})
        .exclude(pk__in=[shift.pk for shift in own])
        .prefetch_related("rosters__occasion")
    )
    ours, found, latest = {shift.pk for shift in own}, [], {}
    for shift in sorted([*own, *elsewhere], key=lambda shift: (shift.starts_at, shift.ends_at, shift.pk)):
        before = latest.get(shift.contact_id)
        if before and shift.starts_at < before.ends_at and (shift.pk in ours or before.pk in ours):
            mine, other = (shift, before) if shift.pk in ours else (before, shift)
            found.append(Crossing(mine, other, None if other.pk in ours else _binding_roster(other)))
        if before is None or shift.ends_at > before.ends_at:
            latest[shift.contact_id] = shift
    return found


def _binding_roster(shift):
    return next((roster for roster in shift.rosters.all() if roster.status in SHIFT_BINDING), None)


@dataclass(frozen=True)
class LayerView:
    """One layer of a roster: whether any phase requires it, its shifts by the day they start, what is missing."""

    kind: str
    label: str
    required: bool
    days: list
    gaps: list

    @property
    def missing(self):
        return coverage.minutes(self.gaps)


@dataclass(frozen=True)
class RosterView:
    """A roster as its page shows it. A shift of two layers stands in both."""

    layers: list
    gaps: list
    crossings: list
    shift_count: int

    @property
    def missing(self):
        return coverage.minutes(self.gaps)


def roster_detail(roster):
    """The layers that are required or filled, with shifts by day. Five queries at most."""
    needs = needs_of(roster.occasion)
    shifts = list(roster.shifts.select_related("contact").order_by("starts_at", "ends_at", "pk"))
    found = coverage.gaps(needs, shifts)
    layers = []
    for kind in DutyKind:
        own = [shift for shift in shifts if kind in shift.layers]
        needed = any(need.layer == kind for need in needs)
        if own or needed:
            missing = [gap for gap in found if gap.layer == kind]
            layers.append(LayerView(kind.value, kind.label, needed, by_day(own), missing))
    return RosterView(layers, found, crossings(roster), len(shifts))


def by_day(shifts):
    """[(day, shifts that start on it)] in order."""
    days = {}
    for shift in shifts:
        days.setdefault(shift.starts_at.astimezone(ZONE).date(), []).append(shift)
    return sorted(days.items())


def shifts_to_take(roster):
    """Shifts of the unit entered for other occasions that serve this one's days too, and do not stand here yet."""
    start, end = window_of(roster.occasion)
    rows = DutyShift.objects.filter(unit=roster.unit_id).overlapping(start, end).exclude(rosters=roster)
    return rows.select_related("contact").order_by("starts_at", "pk")


def earlier_rosters(roster):
    """Other rosters of the unit that hold shifts, newest first: what may be copied."""
    rows = Roster.objects.filter(unit=roster.unit_id).exclude(pk=roster.pk).filter(Exists(_shifts_of(OuterRef("pk"))))
    return rows.select_related("occasion").order_by("-occasion__d_day", "-pk")


def _shifts_of(roster):
    return DutyShift.rosters.through.objects.filter(roster=roster)


def shift_offset(roster, source):
    """How far a copied shift moves: from D-day to D-day, in whole days."""
    return timedelta(days=(roster.occasion.d_day - source.occasion.d_day).days)


def owed_now(user):
    """For a unit's desk: its rosters still to be sent, and what it owes and has not begun."""
    mine = Roster.objects.filter(unit__in=user.unit_ids(), status__in=RosterStatus.EDITABLE)
    return mine.select_related("occasion", "unit").order_by("occasion__d_day", "pk"), missing_rosters(user, {})


def waiting_rosters():
    """What waits for the Sở's decision, longest first."""
    rows = Roster.objects.filter(status=RosterStatus.SUBMITTED).select_related("unit", "occasion")
    return rows.order_by("moved_at", "pk")
