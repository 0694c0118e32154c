"""What the page of a draft shows beside its text: the paper as it will print, and what the checker says of it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from directives.paper import Paper
from directives.paper.spots import Spots
from directives.pdf import PrintExtras, UnprintableText
from directives.pdf.body import Block, Line
from directives.pdf.sheet import Sheet, lay_out
from directives.selectors import look_over
from directives.selectors.province import Checker
from directives.selectors.remarks import Checked, Note


@dataclass
class Shown:
    """A paragraph or table of the sheet, with the findings and the labels of the demands that begin in it."""

    block: Block
    notes: list[Note] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


@dataclass
class Look:
    """`sheet` is None where something cannot be printed, which `fault` says. `places` are the stretches of the typed
    text that the blocks of the body stand for, as "from-to" in their order."""

    paper: Paper
    spots: Spots
    checked: Checked | None
    sheet: Sheet | None = None
    fault: str = ""
    blocks: list[Shown] = field(default_factory=list)
    places: str = ""

    def block_at(self, place: int) -> Shown:
        """The first block of the paragraph that holds a place of the body."""
        begins = [shown.block.starts for shown in self.blocks]
        row = max(bisect_right(begins, place) - 1, 0)
        return self.blocks[begins.index(begins[row])]

    def mark(self, demands: Iterable[tuple[str, int]]) -> None:
        """Puts the label of each demand beside the paragraph where it begins."""
        for label, place in demands if self.blocks else ():
            self.block_at(place).labels.append(label)

    @property
    def footnotes(self) -> list[tuple[str, str]]:
        """Number and words of the notes of the body."""
        return notes_of([shown.block for shown in self.blocks])

    @property
    def annexes(self):
        """Each annex of the sheet with its footnotes."""
        return [(annex, [Shown(block) for block in annex.body], notes_of(annex.body)) for annex in self.sheet.annexes]


def look_at(paper: Paper, typed: str, *, checker: Checker, issuer: str) -> Look:
    """The paper of a text as it was typed."""
    spots = Spots(typed, paper.body)
    look = Look(paper, spots, look_over(paper, checker, spots) if typed.strip() else None)
    try:
        look.sheet = lay_out(paper, PrintExtras(issuer=issuer))
    except UnprintableText as fault:
        look.fault = str(fault)
        return look
    look.blocks = [Shown(block) for block in look.sheet.body]
    for row, notes in (look.checked.by_paragraph() if look.checked else {}).items():
        if isinstance(row, int) and look.blocks:
            look.block_at(spots.starts[row]).notes += notes
    spans = [spots.span(shown.block.starts, shown.block.ends) for shown in look.blocks]
    look.places = " ".join(f"{span[0]}-{span[1]}" if span else "-" for span in spans)
    return look


def notes_of(body: Sequence[Block]) -> list[tuple[str, str]]:
    """Number and words of the footnotes that hang on these blocks, in their order."""
    runs = []
    for block in body:
        if isinstance(block, Line):
            runs += block.runs
        else:
            runs += [run for row in (block.columns, *block.rows) for cell in row for run in cell]
    return [(run.text, run.note) for run in runs if run.note]
