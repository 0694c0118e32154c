"""The checker never raises, says each thing at a place that exists, and its command prints one finding a line."""

import re

import pytest
from django.core.management import call_command
from hypothesis import given, settings

from directives.paper import Paper, read
from directives.paper.check import MOST, RULES, check
from tests.directives.check_models import MODELS
from tests.directives.check_pairs import PAIRS
from tests.directives.test_check_rules import KNOWN
from tests.directives.test_paper_fuzz import PAPERS


def judge(paper):
    findings = check(paper, **KNOWN)
    for each in findings:
        assert (each.level, each.rule in RULES, "\n" in each.where) == (RULES[each.rule].level, True, False)
        for span in filter(None, (each.span, each.fix and each.fix.span)):
            assert 0 <= span.start <= span.end <= len(getattr(paper, span.part))
    assert max((sum(one.rule == other.rule for other in findings) for one in findings), default=0) <= MOST
    return findings


@settings(max_examples=60, deadline=None)
@given(PAPERS)
def test_any_text_is_checked(text):
    paper = read(text)
    assert judge(paper) == judge(paper)


def test_torn_papers_are_checked():
    """Models cut anywhere, and glued to one another, are judged without a fall."""
    whole = "\n".join(MODELS.values())
    for at in range(0, len(whole), 997):
        judge(read(whole[at : at + 2500]))


def test_a_paper_that_was_never_printed_is_judged_by_what_it_says():
    """A draft has no printed head: no rule of form speaks, those about its words and days do."""
    paper = Paper(kind="kế hoạch", number="5/QĐ-A", body="Từ ngày 31/02/2026 phục vụ nhân dân.")
    assert {each.rule for each in judge(paper)} == {"symbol-kind", "date-unreal", "capital-people"}
    assert judge(Paper()) == []


def test_a_hundred_slips_are_said_twenty_times():
    assert len(judge(Paper(body="Phục vụ nhân dân. " * 100))) == MOST + 1


@pytest.mark.parametrize("kind", ["công văn", "kế hoạch"])
def test_the_command_prints_one_finding_a_line(tmp_path, capsys, kind):
    file = tmp_path / "a.txt"
    file.write_text(MODELS[kind], encoding="utf-8")
    call_command("check_paper", str(file))
    assert capsys.readouterr().out == ""
    pair = next(each for each in PAIRS if each.kind == kind and each.rule.startswith("basis"))
    file.write_text(pair.broken, encoding="utf-8")
    call_command("check_paper", str(file))
    (line,) = capsys.readouterr().out.splitlines()
    assert re.fullmatch(rf"(error|warning|hint) {pair.rule} [^:]+: \S.*", line)


def test_the_command_refuses_secret_papers(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text(next(each for each in PAIRS if each.rule == "secrecy").broken, encoding="utf-8")
    with pytest.raises(SystemExit) as refusal:
        call_command("check_paper", str(file))
    said = capsys.readouterr()
    assert (refusal.value.code, said.out, said.err.count("\n")) == (1, "", 1)
