"""Reading units: the Sở itself, who stands behind a group on a day, whom a printed line means."""

from django.db.models import DateField, F, Q, Value

from units.matching import Name, propose
from units.models import Unit, UnitGroup, UnitPeriod
from units.states import UnitKind


def own_department():
    """The Sở that runs this system. Raises Unit.DoesNotExist before it has been entered."""
    return Unit.objects.get(kind=UnitKind.OWN)


def group_units(group, on):
    """The units a group means on that day: every unit of its kind and the chosen ones, those that exist then."""
    meant = Q(unit_groups=group)
    if group.kind:
        meant |= Q(kind=group.kind)
    return Unit.objects.filter(pk__in=Unit.objects.filter(meant).values("pk")).active_on(on).order_by("sort_key", "pk")


def units_of(groups, units, on):
    """The units behind groups and units chosen by hand, each once, in dictionary order. One query at most.

    Groups mean only units that exist on the day. A unit chosen by hand stays even if it has ended: dropping a
    recipient in silence is worse than asking about it.
    """
    groups, units = list(groups), list(units)
    if groups:
        kinds = {group.kind for group in groups if group.kind}
        meant = Unit.objects.filter(Q(kind__in=kinds) | Q(unit_groups__in=[group.pk for group in groups]))
        units += Unit.objects.filter(pk__in=meant.values("pk")).active_on(on)
    return sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: (unit.sort_key, unit.pk))


def addressee_book():
    """Every name of every group and unit, old ones too, for `match_addressee`. One query."""
    groups = UnitGroup.objects.order_by().values_list(
        Value("group"), "pk", "name", Value(""), "kind", F("name"), Value(None, output_field=DateField())
    )
    units = UnitPeriod.objects.order_by().values_list(
        Value("unit"), "unit_id", "name", "short_name", "unit__kind", "unit__name", "unit__valid_to"
    )
    return [Name(*row) for row in groups.union(units, all=True)]


def match_addressee(text, book=None):
    """Groups and units a printed line may mean, best first, each with its score: a proposal for a person to confirm.

    One query, none when a `book` made by `addressee_book()` is given (one book serves all lines of a paper).
    """
    return propose(text, addressee_book() if book is None else book)
