"""Repairs that are certain, made in the text, and what they change of everything that was read from it. Pure."""

from dataclasses import replace

from directives.paper import Finding, Paper, read
from directives.paper.check import repair
from directives.paper.draft import read_body
from directives.selectors.places import words_of
from directives.selectors.remarks import key_of

EVERY = "all"
MOST_ROUNDS = 5


def whole_text(paper: Paper) -> str:
    """The text of a paper that was read, front, body and foot; reading it again finds the same."""
    return "\n\n".join(filter(None, (paper.front, paper.body.replace("\n", "\n\n"), paper.foot)))


def read_again(paper: Paper) -> Paper:
    return read(whole_text(paper))


def read_body_again(paper: Paper) -> Paper:
    """A draft whose body was changed: head and foot are fields of their own and stay."""
    again = read_body(paper.body)
    return replace(paper, body=again.body, bases=again.bases, items=again.items, deadlines=again.deadlines)


def mend(paper: Paper, wanted: str, *, look, again=read_again, parts=("front", "body", "foot")) -> tuple[Paper, list]:
    """The paper with one repair made (`wanted` is the key of its finding) or with `EVERY` one, and the findings healed.

    `look` gives the findings of a paper, `again` reads one whose text was changed. Nothing is made of a key that the
    text does not have (any more). A rule says at most so much at once, so all are made in rounds."""
    made: list[Finding] = []
    for _ in range(MOST_ROUNDS if wanted == EVERY else 1):
        certain = [each for each in look(paper) if each.fix and each.fix.span.part in parts]
        chosen = _apart(each for each in certain if wanted in (EVERY, key_of(each)))
        if not chosen:
            break
        for each in reversed(chosen):
            paper = repair(paper, each.fix)
        paper = again(paper)
        made += chosen
    return paper, made


def _apart(findings):
    """In the order of the text, without those that touch what the one before them repairs."""
    kept: list[Finding] = []
    for each in sorted(findings, key=lambda each: (each.fix.span.part, each.fix.span.start)):
        last = kept[-1].fix.span if kept else None
        here = each.fix.span
        if last is None or last.part != here.part or here.start > last.end:
            kept.append(each)
    return kept


def rewritten(before: Paper, after: Paper) -> dict[str, str]:
    """Each line and each field read of the first paper that reads otherwise in the second, and how.

    A field of a page that still holds what was read can so be brought along, while one that somebody changed stays."""
    old_lines, new_lines = before.body.split("\n"), after.body.split("\n")
    pairs = [(before.subject, after.subject)]
    for old, new in (
        (old_lines, new_lines),
        ([words_of(line) for line in old_lines], [words_of(line) for line in new_lines]),
        (before.recipients, after.recipients),
        (before.noi_nhan, after.noi_nhan),
        ([line.rstrip(" ;.") for line in before.noi_nhan], [line.rstrip(" ;.") for line in after.noi_nhan]),
        ([basis.text for basis in before.bases], [basis.text for basis in after.bases]),
        ([basis.number for basis in before.bases], [basis.number for basis in after.bases]),
        ([each.phrase for each in before.deadlines], [each.phrase for each in after.deadlines]),
    ):
        if len(old) == len(new):
            pairs += zip(old, new, strict=True)
    return {old: new or "" for old, new in pairs if old and old != new}
