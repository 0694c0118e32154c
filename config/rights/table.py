"""The table of rights (`table.txt`, which explains itself) as plain data, and what is wrong with it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.urls import get_resolver

from units.states import Role

FILE = Path(__file__).with_name("table.txt")
WORDS = {"staff": frozenset(Role.STAFF), "any": frozenset(Role.values)}
OPEN = ("everyone", "public")  # wants no role
PERSONAL = frozenset({"self", "author", "signer", "giver", "taker"})  # wants no role: the person is named in the row
RELATIONS = PERSONAL | {"unit", "division", "own"}
NOBODY = "-"
INSTEAD = {"": None, "403": 403, "404": 404}


class BadTable(ValueError):
    """A line that says nothing clear: its number and what is wrong with it."""


@dataclass(frozen=True)
class Holder:
    """One way of having a right: one of `roles` (empty: none is needed), standing in `relation` to the row ("": whatever
    the row), while the row is in one of `states` (empty: in any)."""

    roles: frozenset
    relation: str
    states: frozenset
    said: str

    def may_be(self, roles):
        """True when somebody with these roles has the right upon some row."""
        return not self.roles or bool(self.roles & roles)


@dataclass(frozen=True)
class Object:
    """What an address is about: its model, and who knows that a row of it exists."""

    name: str
    model: str
    words: str
    seen_by: tuple


@dataclass(frozen=True)
class Line:
    """One address. `get` and `post` are None where the method is refused to everybody."""

    name: str
    group: str
    object: Object | None
    words: str
    get: tuple | None
    post: tuple | None
    when: frozenset
    instead: int | None

    def holders(self, method):
        return self.post if method == "POST" else self.get

    def is_public(self):
        return any(holder.said == "public" for holder in (*(self.get or ()), *(self.post or ())))


def holder(text):
    """`head,specialist@division[draft]` as a Holder."""
    body, _, states = text.partition("[")
    if states and not states.endswith("]"):
        raise BadTable(f"“{text}” opens a bracket that it does not close")
    said, _, relation = body.partition("@")
    roles = frozenset()
    for word in said.split(",") if said else ():
        known = WORDS.get(word) or (frozenset({word}) if word in Role.values else None)
        if known is None and word not in OPEN:
            raise BadTable(f"“{word}” is no role")
        roles |= known or frozenset()
    if relation and relation not in RELATIONS:
        raise BadTable(f"“{relation}” is no relation")
    if not said and relation not in PERSONAL:
        raise BadTable(f"“{text}” names nobody")
    return Holder(roles, relation, frozenset(filter(None, states.rstrip("]").split(","))), text)


def holders(text):
    return None if text == NOBODY else tuple(holder(word) for word in text.split())


def read(text):
    """(objects by name, lines by address) of a table. Raises BadTable, which names the line."""
    objects, lines, group = {}, {}, ""
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        try:
            if row.startswith("group "):
                group = row.removeprefix("group ").strip()
            elif row.startswith("object "):
                made = _object(row.removeprefix("object "))
                objects[made.name] = made
            else:
                made = _line(row, group, objects)
                if made.name in lines:
                    raise BadTable(f"{made.name} stands here a second time")
                lines[made.name] = made
        except BadTable as fault:
            raise BadTable(f"line {number}: {fault}") from None
    return objects, lines


def _cells(row, least, most):
    cells = [cell.strip() for cell in row.split("|")]
    if not least <= len(cells) <= most:
        raise BadTable(f"{len(cells)} columns instead of {least} to {most}")
    return cells + [""] * (most - len(cells))


def _object(row):
    name, model, words, seen_by = _cells(row, 4, 4)
    return Object(name, model, words, holders(seen_by))


def _line(row, group, objects):
    name, about, words, get, post, when, instead = _cells(row, 5, 7)
    if about != NOBODY and about not in objects:
        raise BadTable(f"“{about}” is no object")
    if instead not in INSTEAD:
        raise BadTable(f"“{instead}” is no answer")
    opened = holders(get)
    return Line(
        name=name,
        group=group,
        object=objects.get(about),
        words=words,
        get=opened,
        post=opened if post == "=" else holders(post),
        when=frozenset(filter(None, when.split(","))),
        instead=INSTEAD[instead],
    )


@cache
def table():
    """(objects, lines) of the product's own table."""
    return read(FILE.read_text(encoding="utf-8"))


def addresses(resolver=None, space="", taken=()):
    """(name with its namespace, names of its arguments) of every address of the product, one without a name as ""."""
    for found in (resolver or get_resolver()).url_patterns:
        arguments = (*taken, *found.pattern.regex.groupindex)
        if hasattr(found, "url_patterns"):
            yield from addresses(found, f"{space}{found.namespace}:" if found.namespace else space, arguments)
        else:
            yield f"{space}{found.name or ''}", arguments


def faults():
    """What is wrong between the table and the product, in words: lines missing, lines and objects that name nothing."""
    try:
        objects, lines = table()
    except BadTable as fault:
        return [f"{FILE.name}, {fault}"]
    named = {name for name, _ in addresses()}
    found = [
        f"{name or 'An address without a name'} has no line: it is refused to everybody"
        for name in named - lines.keys()
    ]
    found += [f"{name} names no address" for name in lines.keys() - named]
    for thing in objects.values():
        try:
            apps.get_model(thing.model)
        except LookupError:
            found.append(f"{thing.name}: there is no model {thing.model}")
    return sorted(found)
