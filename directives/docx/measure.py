"""Where things stand on the page, in twips (1/20 point): what a template cannot reckon from the sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from directives.pdf.annexes import Annex
from directives.pdf.body import ARTICLE, Block, Line
from directives.pdf.fonts import width
from directives.pdf.runs import Run
from directives.pdf.sheet import Sheet, Signature
from directives.pdf.tables import TableBlock

MM = 1440 / 25.4
POINT = 20
UPRIGHT, LANDSCAPE = round(165 * MM), round(252 * MM)
ISSUER, MARK = round(70 * MM), round(46 * MM)
COLUMNS = {"both": UPRIGHT, "issuer": ISSUER, "nation": UPRIGHT - ISSUER, "mark": MARK, "to": UPRIGHT - MARK}
# Word draws the frame of a paragraph outside its indents; the millimetres of the decree are those of its outer edge.
FRAME = POINT
BOXES = {"khan": 20, "thuong-khan": 40, "hoa-toc": 30}
SHORT_RULE = 0.4
ANNEX_RULE = round(30 * MM)
DASH_HANG = 0.7 * 14
ABOVE_BODY, ABOVE_TABLE, ABOVE_CLOSING, BETWEEN_BLOCKS = 200, 120, 240, 280
# So many lines of a long copy list stand beside the signature.
BESIDE = 14
STYLE_SIZE, TIGHT_SIZE = 12, 9


@dataclass
class DrawnLine:
    """A paragraph: its style, its runs, the space above and below where it is not the style's."""

    style: str
    runs: Sequence[Run]
    keep: bool = False
    before: int = 0
    after: int = 0


@dataclass
class DrawnCell:
    """`span` is how many columns it spreads over."""

    width: int
    style: str
    runs: Sequence[Run]
    span: int = 1


@dataclass
class DrawnTable:
    """A table: widths of its columns, cells of its head, rows as `TableBlock.drawn` has them; `half` the type size in half
    points where it is not the style's, `gap` whether something must part it from a table above."""

    grid: list[int]
    head: list[DrawnCell]
    rows: list[tuple[str, list[DrawnCell]]]
    style: str
    half: int | str
    keep: bool
    gap: bool

    @property
    def width(self) -> int:
        return sum(self.grid)


@dataclass
class DrawnAnnex:
    """`after_landscape` says how the section before it lies."""

    label: str
    title: Sequence[str]
    body: list[DrawnLine | DrawnTable]
    rule: int
    after_landscape: bool


@dataclass
class Paragraph:
    style: str
    lines: Sequence[str] = ()
    before: int = 0


@dataclass
class Cell:
    width: int
    span: int
    paragraphs: list[Paragraph]


@dataclass
class Closing:
    """The table of Nơi nhận and signatures; `gap` whether something must part it from a table above. Where a paragraph is
    above it keeps the distance itself: across an empty one LibreOffice holds nothing together. `long` when the copies run on
    below the signature, over a page or more."""

    gap: bool = False
    long: bool = False
    grid: list[int] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


def measure(sheet: Sheet) -> dict[str, object]:
    """What the templates ask besides the sheet."""
    lie = [False, *(annex.landscape for annex in sheet.annexes)]
    body = _drawn(sheet.body, UPRIGHT)
    if body and isinstance(body[0], DrawnLine):
        body[0].before = ABOVE_BODY
    gap = not (body and isinstance(body[-1], DrawnLine))
    if not gap:
        body[-1].after = ABOVE_CLOSING
    return {
        "columns": COLUMNS,
        "rules": {
            "motto": _beside(width("Độc lập - Tự do - Hạnh phúc", "Bold", 13), COLUMNS["nation"]),
            "agency": _beside(SHORT_RULE * _widest(sheet.agency, 12), ISSUER),
            "subject": _beside(SHORT_RULE * _widest(sheet.subject, 14), UPRIGHT),
        },
        "box": {"left": FRAME, "right": MARK - round(BOXES.get(sheet.urgency_box, 0) * MM) + FRAME},
        "to": _addressees(sheet),
        "body": body,
        "closing": _closing(sheet, gap),
        "annexes": [_annex(annex, after) for annex, after in zip(sheet.annexes, lie, strict=False)],
        "ends_landscape": lie[-1],
        "notes": [run for block in _everything(sheet) for run in _runs(block) if run.note],
    }


def _everything(sheet: Sheet) -> list[Block]:
    return [*sheet.body, *(block for annex in sheet.annexes for block in annex.body)]


def _runs(block: Block) -> list[Run]:
    if isinstance(block, Line):
        return block.runs
    return [run for row in (block.columns, *block.rows) for cell in row for run in cell]


def _widest(lines: Sequence[str], size: float) -> float:
    return max((width(line, "Bold", size) for line in lines), default=0)


def _beside(length: float, room: int) -> int:
    """The indent on either side that leaves `length` points of `room` twips in the middle."""
    return max(0, round((room - POINT * length) / 2))


def _addressees(sheet: Sheet) -> dict[str, int]:
    """Indents of the block in the middle: of "Kính gửi", of the entries, whose dashes stand under the colon."""
    room = COLUMNS["to"] if sheet.urgency else UPRIGHT
    label = 0 if sheet.addressed_by else width("Kính gửi", "Regular", 14)
    sign = ": " if len(sheet.addressees) == 1 and label else "- "
    widest = max((width(sign + entry, "Regular", 14) for entry in sheet.addressees), default=0)
    left = _beside(label + widest, room)
    entry, hang = left + round(POINT * (label + DASH_HANG)), round(POINT * DASH_HANG)
    return {"label": left, "entry": entry, "hang": hang, "first": entry - left}


def _drawn(blocks: Sequence[Block], room: int) -> list[DrawnLine | DrawnTable]:
    made: list[DrawnLine | DrawnTable] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            above = made[-1] if made else None
            if isinstance(above, DrawnLine):
                above.after = ABOVE_TABLE
            made.append(_table(block, room, gap=not isinstance(above, DrawnLine)))
        else:
            made.append(DrawnLine(_style(block), block.runs, keep=block.keep))
    return made


def _style(line: Line) -> str:
    return "article" if line.role == "plain" and ARTICLE.match(line.lead) else line.role


def _table(block: TableBlock, room: int, *, gap: bool) -> DrawnTable:
    ends = [round(room * sum(block.widths[:at])) for at in range(len(block.widths) + 1)]
    grid = [end - start for start, end in pairwise(ends)]
    return DrawnTable(
        grid=grid,
        head=[DrawnCell(wide, "head", runs) for wide, runs in zip(grid, block.columns, strict=True)],
        rows=[(flow, list(_cells(row, grid))) for flow, row in block.drawn],
        style="tight" if block.size <= TIGHT_SIZE else "grid",
        half="" if block.size == STYLE_SIZE else round(2 * block.size),
        keep=block.keep,
        gap=gap,
    )


def _cells(row: Sequence[tuple[Sequence[Run], str, int]], grid: Sequence[int]) -> Iterator[DrawnCell]:
    at = 0
    for runs, style, span in row:
        yield DrawnCell(sum(grid[at : at + span]), style or "cell", runs, span)
        at += span


def _annex(annex: Annex, after_landscape: bool) -> DrawnAnnex:
    room = LANDSCAPE if annex.landscape else UPRIGHT
    return DrawnAnnex(annex.label, annex.title, _drawn(annex.body, room), (room - ANNEX_RULE) // 2, after_landscape)


def _closing(sheet: Sheet, gap: bool) -> Closing:
    copies = [Paragraph("copy", [f"- {entry}"]) for entry in sheet.copies]
    copies = [Paragraph("copies", ["Nơi nhận:"]), *copies] if copies else []
    signs = [[_signs(signature) for signature in row] for row in sheet.signing_rows]
    if not copies and not any(any(row) for row in signs):
        return Closing()
    rows = signs if sheet.cosigners else [[copies[:BESIDE] if sheet.many_copies else copies, *signs[0]]]
    count = len(rows[0])
    grid = [UPRIGHT // count] * count
    for row in rows[1:]:
        for cell in filter(None, row):
            cell[0].before = BETWEEN_BLOCKS
    table = [[Cell(grid[0], 1, cell or [Paragraph("copy")]) for cell in row] for row in rows]
    if sheet.cosigners and copies:
        copies[0].before = BETWEEN_BLOCKS
        table.append([Cell(sum(grid), count, copies)])
    elif sheet.many_copies:
        table.append([Cell(grid[0], 1, copies[BESIDE:]), Cell(grid[1], 1, [Paragraph("copy")])])
    return Closing(gap, sheet.many_copies, grid, table)


def _signs(signature: Signature | None) -> list[Paragraph]:
    """The name stands below the room for the hand, which stays when the name is not known."""
    if signature is None or not (signature.lines or signature.name):
        return []
    name = [signature.name] if signature.name else []
    return [*(Paragraph("post", title) for title in signature.titles), Paragraph("signer", name)]
