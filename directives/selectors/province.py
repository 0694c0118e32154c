"""What the checker of papers may know of this house on a day: its units and groups, its legal bases, its days off."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from directives.almanac import almanac
from directives.models import Dispatch, MovedDate
from directives.paper import Finding, Paper
from directives.paper.check import RULES, Calendar, KnownBasis, Registry, check, not_checked
from directives.selectors.moved import unconfirmed
from plans.models import LegalBasis
from plans.selectors import overrides
from units.models import Unit, UnitGroup, UnitPeriod

# What the printer sets right by itself on a paper of ours, whatever was typed.
SET_IN_PRINT = frozenset({"end-mark", "basis-marks", "section-capitals"})


def registry_on(on: date) -> Registry:
    """Names of the groups and of the units that exist on that day, as they are called then, and the legal bases known.

    Three queries, however large the province."""
    then = Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on)
    called = UnitPeriod.objects.filter(*then, unit__in=Unit.objects.active_on(on)).values_list("name", "short_name")
    names = {name for both in called for name in both if name}
    names.update(UnitGroup.objects.values_list("name", flat=True))
    bases = LegalBasis.objects.exclude(number="").order_by("pk")
    rows = bases.values_list("number", "issued_on", "superseded_by__number", "superseded_by__issued_on")
    known = [KnownBasis(number, day and day.isoformat(), by, since) for number, day, by, since in rows]
    return Registry(frozenset(names), tuple(known))


@dataclass(frozen=True)
class Checker:
    """Judges papers on a day; `ours` are papers our own printer prints. `moved` are dates nobody has confirmed yet."""

    registry: Registry
    calendar: Calendar
    on: date
    ours: bool
    moved: tuple[MovedDate, ...] = ()

    def knowing(self, mapped: Iterable[str]) -> "Checker":
        """The same, told of printed lines that somebody, or the address book for sure, has given their units."""
        return replace(self, registry=Registry(self.registry.bodies | frozenset(mapped), self.registry.bases))

    def watching(self, dispatch: Dispatch | None) -> "Checker":
        """The same, told what was moved in this draft and waits to be confirmed. One query for a draft made of another paper."""
        made = dispatch is not None and dispatch.drawn_from_id is not None
        return (
            replace(self, moved=tuple(dispatch.moved_dates.filter(confirmed_by=None).order_by("order")))
            if made
            else self
        )

    def findings(self, paper: Paper) -> list[Finding]:
        found = check(paper, registry=self.registry, calendar=self.calendar, today=self.on)
        found = [each for each in found if not (self.ours and each.rule in SET_IN_PRINT)]
        return unconfirmed(self.moved, paper) + found if self.moved else found

    def blind(self, paper: Paper) -> int:
        """How many rules of print could not be judged, because the text has no head or follows another form."""
        silent = not_checked(registry=self.registry, calendar=self.calendar, paper=paper)
        return sum(RULES[rule].needs == "print" for rule in silent)


def checker_on(on: date, *, ours: bool = False) -> Checker:
    """Four queries."""
    return Checker(registry_on(on), almanac(overrides()), on, ours)
