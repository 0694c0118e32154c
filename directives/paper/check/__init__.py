"""The checker: reads a `Paper` as a strict văn thư does, by NĐ 30/2020/NĐ-CP and by the paper's own words."""

from dataclasses import replace
from datetime import date
from itertools import islice

from directives.paper.check import (
    annexes,
    asks,
    bodies,
    bounds,
    capitals,
    cited,
    copies,
    coverage,
    days,
    head,
    language,
    opening,
    signing,
    spelling,
    structure,
)
from directives.paper.check.facts import Calendar, KnownBasis, Registry
from directives.paper.check.rule import RULES as _REGISTERED
from directives.paper.check.rule import Rule
from directives.paper.check.sheet import Sheet
from directives.paper.model import Finding, Fix, Paper

__all__ = ["RULES", "Calendar", "KnownBasis", "Registry", "Rule", "check", "not_checked", "repair"]

FAMILIES = (
    head,
    opening,
    cited,
    structure,
    copies,
    signing,
    annexes,
    capitals,
    language,
    spelling,
    days,
    asks,
    coverage,
    bodies,
    bounds,
)
_ORDER = {family.__name__: at for at, family in enumerate(FAMILIES)}
RULES: dict[str, Rule] = dict(sorted(_REGISTERED.items(), key=lambda each: _ORDER[each[1].look.__module__]))
MOST = 20
_PARTS = {"front": 0, "body": 1, "foot": 2}


def check(
    paper: Paper, *, registry: Registry | None = None, calendar: Calendar | None = None, today: date | None = None
) -> list[Finding]:
    """Every finding in the order of the paper, at most 20 of a rule. Never raises; a rule that lacks what it needs
    to know is silent (`not_checked` names it)."""
    sheet = Sheet(paper, registry, calendar, today)
    found = [
        rule.finding(remark)
        for rule in RULES.values()
        if _can_judge(rule, sheet)
        for remark in islice(rule.look(sheet), MOST)
    ]
    return sorted(found, key=lambda each: (_PARTS[each.span.part], each.span.start) if each.span else (-1, 0))


def not_checked(
    *, registry: Registry | None = None, calendar: Calendar | None = None, paper: Paper | None = None
) -> list[str]:
    """The ids of the rules that cannot judge with what they were given."""
    sheet = Sheet(paper, registry, calendar) if paper else None
    known = {"registry": registry is not None, "calendar": calendar is not None, "print": not sheet or sheet.printed}
    return [rule.id for rule in RULES.values() if rule.needs and not known[rule.needs]]


def repair(paper: Paper, fix: Fix) -> Paper:
    """The paper with one repair made in the text it points into; its other fields are to be read again from that."""
    span = fix.span
    text = getattr(paper, span.part)
    return replace(paper, **{span.part: text[: span.start] + fix.replacement + text[span.end :]})


def _can_judge(rule: Rule, sheet: Sheet) -> bool:
    return {
        None: True,
        "print": sheet.printed,
        "registry": sheet.registry is not None,
        "calendar": sheet.calendar is not None,
    }[rule.needs]
