"""Each rule speaks on its broken paper and is silent on the repaired twin; where it offers a repair, the repair heals."""

import pytest

from directives.almanac import almanac
from directives.paper import read
from directives.paper.check import RULES, check, not_checked, repair
from docs.checker import PAGE, page
from plans.calendar.holidays import known_overrides
from tests.directives.check_models import MODELS
from tests.directives.check_pairs import PAIRS, PROVINCE, TODAY, Pair

KNOWN = {"registry": PROVINCE, "calendar": almanac(known_overrides()), "today": TODAY}


def found(text):
    return check(read(text), **KNOWN)


@pytest.mark.parametrize("kind", MODELS)
def test_a_correct_paper_has_no_findings(kind):
    assert read(MODELS[kind]).kind == kind.removesuffix(" có phụ lục")
    assert found(MODELS[kind]) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.rule}-{pair.kind}")
def test_broken_and_repaired(pair: Pair):
    """A repair that is offered is certain: made where it points, the rule has nothing left to say."""
    if pair.right is not None:
        assert found(pair.repaired) == []
    paper = read(pair.broken)
    findings = check(paper, **KNOWN)
    assert {each.rule for each in findings} == {pair.rule, *pair.also}
    for each in findings:
        rule = RULES[each.rule]
        assert (each.level, each.where != "", ": " in each.where) == (rule.level, True, False)
        assert each.message.endswith(f"({rule.source})")
        if each.fix:
            healed = repair(paper, each.fix)
            again = read("\n\n".join([healed.front, healed.body.replace("\n", "\n\n"), healed.foot]))
            assert each.rule not in {other.rule for other in check(again, **KNOWN)}


def test_every_rule_has_a_pair_and_says_what_it_is_for():
    assert {pair.rule for pair in PAIRS} == set(RULES)
    for rule in RULES.values():
        assert rule.says, rule.id
        assert rule.level in ("error", "warning", "hint")
        assert rule.needs in (None, "print", "registry", "calendar")


def test_what_cannot_be_judged_is_named():
    assert not_checked(registry=PROVINCE, calendar=KNOWN["calendar"]) == []
    assert not_checked(calendar=KNOWN["calendar"]) == [
        "basis-superseded",
        "basis-misdated",
        "body-unknown",
    ]
    blind = not_checked(registry=PROVINCE)
    assert {RULES[each].needs for each in blind} == {"calendar"}
    for pair in PAIRS:
        if RULES[pair.rule].needs in ("registry", "calendar"):
            assert pair.rule not in {each.rule for each in check(read(pair.broken), today=TODAY)}


def test_the_page_of_rules_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m docs.checker"
