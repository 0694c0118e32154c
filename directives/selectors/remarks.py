"""The findings of the checker as a page shows them: numbered, each beside its place in the text, each with its repair."""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from directives.paper import Finding, Paper
from directives.paper.check import RULES
from directives.paper.spots import Spots
from directives.selectors.province import Checker

LEVELS = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý"}
PARTS = ("front", "body", "foot")
LONGEST_SLIP = 90
AROUND = 14


@dataclass(frozen=True)
class Change:
    """What a repair does to the words: what goes, what comes, a few words on either side."""

    before: str
    gone: str
    new: str
    after: str


@dataclass(frozen=True)
class Note:
    """One finding. `key` names it among the findings of the same text; `placed` says that the text shows its place.
    `at` is that place in a body as it was typed; `cut` what a repair takes out there and `new` what it puts in."""

    number: int
    key: str
    level: str
    word: str
    where: str
    says: str
    source: str
    placed: bool
    change: Change | None
    at: tuple[int, int] | None = None
    cut: tuple[int, int] | None = None
    new: str = ""


@dataclass
class Piece:
    """A stretch of a line with the level of the slip it holds; `notes` begin here."""

    text: str
    level: str = ""
    notes: list[Note] = field(default_factory=list)


@dataclass
class Line:
    """A line of the text as read; `level` is that of a remark on the whole passage."""

    part: str
    pieces: list[Piece]
    level: str = ""
    gap: bool = False


@dataclass(frozen=True)
class Checked:
    """A paper with what the checker says of it. `blind` rules of print had nothing to look at."""

    paper: Paper
    findings: list[Finding]
    notes: list[Note]
    blind: int

    @property
    def counts(self):
        """The levels that occur as (number, word, level), the gravest first."""
        found = [(sum(note.level == level for note in self.notes), word, level) for level, word in LEVELS.items()]
        return [row for row in found if row[0]]

    @property
    def errors(self):
        return [note for note in self.notes if note.level == "error"]

    @property
    def certain(self):
        """How many findings have a repair."""
        return sum(note.change is not None for note in self.notes)

    def lines(self):
        """The whole text line by line, front, body and foot, each slip marked."""
        placed = [(each.span, note) for each, note in zip(self.findings, self.notes, strict=True) if each.span]
        for part in PARTS:
            yield from _lines(part, getattr(self.paper, part), [row for row in placed if row[0].part == part])

    def by_paragraph(self):
        """The notes of each paragraph of the body by its index; those of front and foot under the name of the part."""
        found = {}
        for each, note in zip(self.findings, self.notes, strict=True):
            if each.span and each.span.part == "body":
                found.setdefault(self.paper.body.count("\n", 0, each.span.start), []).append(note)
            elif each.span:
                found.setdefault(each.span.part, []).append(note)
        return found


def look_over(paper: Paper, checker: Checker, spots: Spots | None = None) -> Checked:
    """What there is to say of a paper, in its order; with `spots` each place in the body also as it was typed."""
    findings = checker.findings(paper)
    notes = [_note(number, each, paper, spots) for number, each in enumerate(findings, 1)]
    return Checked(paper, findings, notes, checker.blind(paper))


def key_of(finding: Finding) -> str:
    """The same finding in the same text has the same key; in a text that was changed it is another."""
    span = finding.span
    return f"{finding.rule}-{span.part}-{span.start}-{span.end}" if span else finding.rule


def _note(number, finding, paper, spots):
    source = RULES[finding.rule].source if finding.rule in RULES else ""
    mended = finding.fix if finding.fix and finding.fix.span.part == "body" else None
    return Note(
        number=number,
        key=key_of(finding),
        level=finding.level,
        word=LEVELS[finding.level],
        where=finding.where,
        says=finding.message.removesuffix(f" ({source})"),
        source=source,
        placed=finding.span is not None,
        change=finding.fix and _change(finding.fix, getattr(paper, finding.fix.span.part)),
        at=_typed(finding.span, spots),
        cut=_typed(mended and mended.span, spots),
        new=mended.replacement if mended else "",
    )


def _typed(span, spots):
    return spots.span(span.start, span.end) if spots and span and span.part == "body" else None


def _change(fix, text):
    start, end = fix.span.start, fix.span.end
    line_from, line_to = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_to = len(text) if line_to < 0 else line_to
    before, after = text[line_from:start], text[end:line_to]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return Change(before, _visible(text[start:end]), _visible(fix.replacement), after)


def _visible(text):
    """A repair that is a blank alone must be seen all the same."""
    return text.replace("\n", "⏎").replace(" ", "␣") if text.isspace() else text


def _lines(part, text, placed):
    rows = text.split("\n") if text else []
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    held = [[] for _ in rows]
    for span, note in placed:
        first = bisect_right(starts, span.start) - 1
        last = bisect_right(starts, max(span.start, span.end - 1)) - 1
        for own in held[first : last + 1]:
            own.append((span, note))
    gap = part != "front"
    for row, start, own in zip(rows, starts, held, strict=False):
        if row:
            yield _line(part, row, start, own, gap)
        gap = not row


def _line(part, row, start, placed, gap):
    """A slip of a few words is marked itself, a longer passage at its first word and along its lines."""
    end = start + len(row)
    level, slips, begins = "", [], {}
    for span, note in placed:
        if span.start >= start:
            begins.setdefault(span.start - start, []).append(note)
        if span.end > end or span.start < start or span.end - span.start > LONGEST_SLIP:
            level = _gravest(level, note.level)
        else:
            slips.append((span.start - start, span.end - start, note.level))
    cuts = sorted({0, len(row), *begins, *(place for slip in slips for place in slip[:2])})
    pieces = []
    for one, two in pairwise(cuts):
        grave = ""
        for first, last, said in slips:
            if first <= one and two <= last:
                grave = _gravest(grave, said)
        pieces.append(Piece(row[one:two], grave, begins.get(one, [])))
    if len(row) in begins:
        pieces.append(Piece("", "", begins[len(row)]))
    return Line(part, pieces, level, gap)


def _gravest(one, other):
    return next((level for level in LEVELS if level in (one, other)), "")
