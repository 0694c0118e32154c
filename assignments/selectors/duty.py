"""Who is on duty at a moment, by unit and layer, who follows, and which required post stands empty."""

from collections import defaultdict, namedtuple
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from assignments import rules
from assignments.coverage import LAYERS
from assignments.models import DutyShift
from assignments.selectors.rosters import units_owing_roster
from assignments.states import RosterStatus
from plans.models import Phase
from plans.states import DutyKind
from units.models import Contact, Unit
from units.states import UnitKind
from units.text import fold

AHEAD = timedelta(hours=36)  # who follows is looked for so far: the longest shift and a half
KIND_ORDER = {kind: rank for rank, kind in enumerate(UnitKind.values)}


Following = namedtuple("Following", "pk unit layers starts_at name")


@dataclass(frozen=True)
class Watch:
    """One person on duty with all the layers they serve, and who follows in them; `phone` is empty where the reader may
    not see it."""

    shift: DutyShift
    phone: str
    following: list

    @property
    def awaits(self):
        """What the roster still waits for, in words; empty when the Sở has accepted it."""
        if self.shift.status == RosterStatus.ACCEPTED:
            return ""
        return "Lịch chờ duyệt" if self.shift.status == RosterStatus.SUBMITTED else "Lịch đang sửa"


@dataclass
class UnitDuty:
    """One unit: who stands now, in the order of the layers; `missing` are the layers a phase requires and nobody fills."""

    unit: Unit
    watches: list
    missing: list


@dataclass(frozen=True)
class Duty:
    """The whole province at a moment. `people`, `empty`: how many stand on duty, how many required posts are empty."""

    units: list
    people: int
    empty: int


def is_on_duty(user, at):
    """Whether this person stands on duty at that moment by a roster the Sở accepted. One query."""
    return DutyShift.objects.at(at).in_force().filter(contact__user=user).exists()


def on_duty(user, at, *, kind="", layer="", words="", only_empty=False):
    """The duty this person may see at a moment. Eight queries and one for each phase under way, whatever the number of units.

    `kind` of unit, `layer`, `words` of a person's or a unit's name narrow it; `only_empty` leaves the units with a
    required post empty. Empty posts are reckoned for units that owe a roster of an occasion under way; not with `words`
    of a person.
    """
    rings, units = is_on_duty(user, at), Unit.objects.filter(kind=kind) if kind else Unit.objects.all()
    rows = DutyShift.objects.visible_to(user).expected()
    if kind:
        rows = rows.filter(unit__kind=kind)
    now_there, next_there = defaultdict(list), _next_there(rows, at)
    for shift in _named(rows.at(at), words).select_related("contact"):
        if layer in ("", *shift.layers):
            now_there[shift.unit_id].append(shift)
    known = Unit.objects.in_bulk(now_there)
    required = defaultdict(set)
    for unit, each in _required(user, at, units, words):
        if layer in ("", each):
            required[unit.pk].add(each)
            known[unit.pk] = unit
    made = []
    for pk, unit in known.items():
        stand = now_there.get(pk, ())
        shown = rules.can_see_duty_phones(user, unit.pk, on_duty=rings)
        watches = [
            Watch(shift, shift.contact.phone if shown else "", _next(next_there, shift, layer)) for shift in stand
        ]
        filled = {each for shift in stand for each in shift.layers}
        missing = [kind for kind in DutyKind if kind in required[pk] - filled]
        if (watches and not only_empty) or missing:
            made.append(UnitDuty(unit, sorted(watches, key=_by_layer), missing))
    made.sort(key=lambda each: (KIND_ORDER[each.unit.kind], each.unit.sort_key, each.unit.pk))
    people = {watch.shift.contact_id for each in made for watch in each.watches}
    return Duty(made, len(people), sum(len(each.missing) for each in made))


def _named(rows, words):
    for word in fold(words).split():
        people = Contact.objects.filter(search_key__words=word)
        rows = rows.filter(Q(contact__in=people) | Q(unit__in=Unit.objects.search(word)))
    return rows


def _next_there(rows, at):
    """{(unit, layer): who comes next in it}. One query."""
    found = {}
    rows = rows.filter(starts_at__gt=at, starts_at__lte=at + AHEAD).order_by("starts_at", "contact__sort_key", "pk")
    for each in map(Following._make, rows.values_list("pk", "unit_id", "layers", "starts_at", "contact__name")):
        for layer in each.layers:
            first = found.setdefault((each.unit, layer), [])
            if not first or first[0].starts_at == each.starts_at:
                first.append(each)
    return found


def _next(next_there, shift, layer):
    """Who follows in the layers of this shift (in the one asked for), each once."""
    layers = [layer] if layer else shift.layers
    found = [each for one in layers for each in next_there.get((shift.unit_id, one), ())]
    return list({each.pk: each for each in found}.values())


def _by_layer(watch):
    return min(LAYERS.index(layer) for layer in watch.shift.layers), watch.shift.starts_at, watch.shift.pk


def _required(user, at, units, words):
    """(unit, layer) that a phase under way requires of the units that owe a roster of its occasion."""
    if not user.is_department_staff():
        units = units.filter(pk__in=user.unit_ids())
    for word in fold(words).split():
        units = units.search(word)
    for phase in Phase.objects.filter(starts_at__lte=at, ends_at__gt=at).select_related("occasion"):
        if phase.duty_layers:
            owing = units_owing_roster(phase.occasion)
            for unit in units.filter(pk__in=owing.values("pk")):
                for layer in phase.duty_layers:
                    yield unit, layer


def beside(user, at):
    """Who stands on duty now in the person's own units."""
    rows = DutyShift.objects.expected().at(at).filter(unit__in=user.unit_ids())
    return rows.select_related("contact", "unit").order_by("unit__sort_key", "starts_at", "pk")
