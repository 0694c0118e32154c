"""What writing a table of shifts into a roster would do: who is meant by each row, what is added, changed, dropped."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError

from assignments.duty import in_order, planned, window_of
from assignments.selectors.rosters import shift_offset
from assignments.states import SHIFT_BINDING
from units.models import Contact
from units.phones import phone_digits
from units.text import fold, tidy

FACTS = ("layers", "place", "note")


@dataclass
class Person:
    """Somebody a table names: a contact of the unit, or a new one; `data` is what the table says that is not yet so."""

    contact: Contact | None
    data: dict = field(default_factory=dict)

    @property
    def name(self):
        return self.contact.name if self.contact else self.data["name"]


@dataclass
class Row:
    """One stretch a table asks for. Rows of one person and the same hours are one, with the layers of all."""

    person: Person
    starts_at: datetime
    ends_at: datetime
    layers: list
    place: str = ""
    note: str = ""

    @property
    def key(self):
        return id(self.person), self.starts_at, self.ends_at


@dataclass
class RosterPlan:
    """`change` pairs a stored shift with the row it becomes; `frozen` are such shifts that another, filed roster holds."""

    add: list = field(default_factory=list)
    change: list = field(default_factory=list)
    keep: list = field(default_factory=list)
    drop: list = field(default_factory=list)
    frozen: list = field(default_factory=list)
    people: list = field(default_factory=list)

    @property
    def changes_nothing(self):
        return not (self.add or self.change or self.drop or any(person.data for person in self.people))


def roster_plan(roster, rows, *, drop=True):
    """Match rows with what the roster holds. Two queries.

    A row is a dict: `contact`, or `person` {name, position, phone}; `layers`, `starts_at`, `ends_at`, `place`, `note`.
    A stored shift is the row of the same person and hours; failing that the one of the same person and start, then the
    one of the same hours and layers. With `drop` what no row means goes; without it, it stays and takes on the layers of
    a row with its person and hours. Written twice, the second time changes nothing.
    """
    people = People(roster.unit_id, rows)
    wanted = {}
    for row in rows:
        new = Row(
            people.find(row),
            _minute(row["starts_at"]),
            _minute(row["ends_at"]),
            in_order(row["layers"]),
            tidy(row.get("place") or ""),
            tidy(row.get("note") or ""),
        )
        same = wanted.setdefault(new.key, new)
        if same is not new:
            same.layers = in_order([*same.layers, *new.layers])
            same.place, same.note = same.place or new.place, same.note or new.note
    held = list(roster.shifts.select_related("contact").order_by("starts_at", "pk"))
    plan = RosterPlan(people=people.named())
    left = list(wanted.values())
    for rule in (_same_hours, _same_start, _same_post)[: 3 if drop else 1]:
        left = _pair(plan, left, held, rule, drop)
    plan.add, plan.drop = left, held if drop else []
    return plan


def pattern_rows(pattern, people, layers, starts_on, ends_on, begins=None, place="", note=""):
    """What a pattern of `duty.PATTERNS` makes of these days, as rows; people are contacts, or dicts of new ones.

    Refuses what `duty.planned` refuses.
    """
    try:
        stretches = planned(pattern, people, starts_on, ends_on, begins)
    except ValueError as refusal:
        raise ValidationError(str(refusal), code="pattern") from refusal
    return [
        {
            ("person" if isinstance(each.person, dict) else "contact"): each.person,
            "layers": layers,
            "starts_at": each.starts_at,
            "ends_at": each.ends_at,
            "place": place,
            "note": note,
        }
        for each in stretches
    ]


def copied_rows(roster, source):
    """The shifts of an earlier roster moved from D-day to D-day, as rows; and the names of people who have left since."""
    start, end = window_of(roster.occasion)
    offset, rows, skipped = shift_offset(roster, source), [], set()
    for shift in source.shifts.select_related("contact").order_by("starts_at", "pk"):
        first, last = shift.starts_at + offset, shift.ends_at + offset
        if shift.contact.left_on:
            skipped.add(shift.contact.name)
        elif first < end and last > start:
            facts = {"layers": shift.layers, "place": shift.place, "note": shift.note}
            rows.append({"contact": shift.contact, "starts_at": first, "ends_at": last} | facts)
    return rows, sorted(skipped)


def _minute(moment):
    return moment.replace(second=0, microsecond=0)


def _same_hours(person, shift):
    return person, shift.starts_at, shift.ends_at


def _same_start(person, shift):
    return person, shift.starts_at


def _same_post(person, shift):
    return shift.starts_at, shift.ends_at, tuple(shift.layers)


def _pair(plan, rows, held, rule, drop):
    """Take each row with the stored shift the rule gives it; what is left of the rows is returned, of `held` stays in it."""
    by_key = defaultdict(list)
    for shift in held:
        by_key[rule(shift.contact_id, shift)].append(shift)
    left = []
    for row in rows:
        person = row.person.contact.pk if row.person.contact else None
        found = by_key.get(rule(person, row))
        if not found:
            left.append(row)
            continue
        shift = found.pop(0)
        held.remove(shift)
        if not drop:
            row.layers = in_order([*shift.layers, *row.layers])
            row.place, row.note = row.place or shift.place, row.note or shift.note
        _judge(plan, shift, row)
    return left


def _judge(plan, shift, row):
    same_person = row.person.contact is not None and row.person.contact.pk == shift.contact_id
    same = same_person and (shift.starts_at, shift.ends_at) == (row.starts_at, row.ends_at)
    if same and all(getattr(shift, fact) == getattr(row, fact) for fact in FACTS):
        plan.keep.append(shift)
    elif shift.status in SHIFT_BINDING:
        plan.frozen.append((shift, row))
    else:
        plan.change.append((shift, row))


class People:
    """The people of a unit as a table names them: by name, accents and case aside, and by phone where names are shared."""

    def __init__(self, unit, rows):
        self.made, self.known = {}, defaultdict(list)
        for contact in Contact.objects.current().filter(unit=unit).order_by("pk"):
            self.known[fold(contact.name)].append(contact)
        self.phones = defaultdict(set)
        for row in rows:
            if facts := row.get("person"):
                self.phones[fold(facts["name"])].add(phone_digits(facts.get("phone") or ""))

    def find(self, row):
        if contact := row.get("contact"):
            return self.made.setdefault(("contact", contact.pk), Person(contact))
        facts = {key: tidy(value) for key, value in row["person"].items() if value}
        name, phone = fold(facts["name"]), phone_digits(facts.get("phone", ""))
        contact = self._known(name, phone)
        if contact is None:
            person = self.made.setdefault((name, phone), Person(None, facts))
        else:
            person = self.made.setdefault(("contact", contact.pk), Person(contact))
            person.data |= _news(contact, facts, phone)
        return person

    def _known(self, name, phone):
        """The contact meant, or None for a new person: two numbers under one name in the table are two people."""
        found = self.known[name]
        exact = [contact for contact in found if phone and contact.phone == phone]
        if exact:
            return exact[0]
        return found[0] if len(found) == 1 and len(self.phones[name] - {""}) <= 1 else None

    def named(self):
        return list(self.made.values())


def _news(contact, facts, phone):
    """What a table says of a known person that the address book does not: position and phone; never name or address."""
    said = {"position": facts.get("position", ""), "phone": phone}
    return {name: value for name, value in said.items() if value and value != getattr(contact, name)}
