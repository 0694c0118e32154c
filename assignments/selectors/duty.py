"""Who is on duty at a moment, by unit and layer, who follows, and which required post stands empty."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from assignments import rules
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


@dataclass(frozen=True)
class Post:
    """One person on duty; `phone` is empty where the reader may not see it."""

    shift: DutyShift
    phone: str

    @property
    def awaits(self):
        """Whether the Sở has not accepted the roster yet."""
        return self.shift.status != RosterStatus.ACCEPTED


@dataclass
class LayerDuty:
    """One layer of one unit: who stands now, who comes next; `missing` when a phase requires it and nobody does."""

    kind: DutyKind
    posts: list = field(default_factory=list)
    following: list = field(default_factory=list)
    missing: bool = False


@dataclass
class UnitDuty:
    unit: Unit
    layers: list


@dataclass(frozen=True)
class Duty:
    """The whole province at a moment. `people`, `empty`: how many stand on duty, how many required posts are empty."""

    units: list
    people: int
    empty: int


def is_on_duty(user, at):
    """Whether this person stands on duty at that moment by a roster the Sở accepted. One query."""
    return DutyShift.objects.at(at).filter(status=RosterStatus.ACCEPTED, contact__user=user).exists()


def on_duty(user, at, *, kind="", layer="", words="", only_empty=False):
    """The duty this person may see at a moment. Seven queries at most, whatever the number of units.

    `kind` of unit, `layer`, `words` of a person's or a unit's name narrow it; `only_empty` leaves the units with a
    required post empty. Empty posts are reckoned for units that owe a roster of an occasion under way; not with `words`
    of a person.
    """
    rings = is_on_duty(user, at)
    rows = DutyShift.objects.visible_to(user).binding().filter(ends_at__gt=at, starts_at__lte=at + AHEAD)
    units = Unit.objects.all()
    if kind:
        rows, units = rows.filter(unit__kind=kind), units.filter(kind=kind)
    found = defaultdict(dict)
    named = _named(rows, words)
    for shift in named.select_related("contact", "unit").order_by("starts_at", "contact__sort_key", "pk"):
        for each in shift.layers:
            if layer in ("", each):
                _place(found[shift.unit], each, shift, at, user, rings)
    for unit, each in _required(user, at, units, words):
        if layer in ("", each):
            found[unit].setdefault(each, LayerDuty(DutyKind(each))).missing = True
    made = [UnitDuty(unit, _layers(layers)) for unit, layers in found.items()]
    made = [each for each in made if each.layers]
    if only_empty:
        made = [each for each in made if any(one.missing for one in each.layers)]
    made.sort(key=lambda each: (KIND_ORDER[each.unit.kind], each.unit.sort_key, each.unit.pk))
    people = {post.shift.contact_id for each in made for one in each.layers for post in one.posts}
    return Duty(made, len(people), sum(one.missing for each in made for one in each.layers))


def _named(rows, words):
    for word in fold(words).split():
        people = Contact.objects.filter(search_key__contains=word)
        rows = rows.filter(Q(contact__in=people) | Q(unit__in=Unit.objects.search(word)))
    return rows


def _place(layers, kind, shift, at, user, rings):
    duty = layers.setdefault(kind, LayerDuty(DutyKind(kind)))
    if shift.starts_at <= at:
        shown = rules.can_see_duty_phones(user, shift.unit_id, on_duty=rings)
        duty.posts.append(Post(shift, shift.contact.phone if shown else ""))
    elif not duty.following or duty.following[0].starts_at == shift.starts_at:
        duty.following.append(shift)


def _layers(layers):
    """In the order of the five; a layer with nobody now is left out unless it must be filled."""
    kept = []
    for kind in DutyKind:
        duty = layers.get(kind)
        if duty and (duty.posts or duty.missing):
            duty.missing = duty.missing and not duty.posts
            kept.append(duty)
    return kept


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
    rows = DutyShift.objects.binding().at(at).filter(unit__in=user.unit_ids())
    return rows.select_related("contact", "unit").order_by("unit__sort_key", "starts_at", "pk")
