"""What is printed behind the signature (NĐ 30/2020 PL I.III.1): annexes of text and tables, each with its own title."""

from collections.abc import Sequence
from dataclasses import dataclass

from directives.paper import model
from directives.paper.model import Paper
from directives.paper.tables import Table, blocks
from directives.paper.words import KINDS
from directives.pdf.body import MM, Block, body_blocks
from directives.pdf.breaks import wrap
from directives.pdf.ink import Ink
from directives.pdf.runs import Notes, Run
from directives.pdf.tables import LANDSCAPE, SIZES, UPRIGHT, TableBlock, column_styles, fit, fits

TITLE_ROOM = 150 * MM
DENSE_FROM = 12


@dataclass(frozen=True)
class PaperTable:
    """An annex with one table. `widths` are shares of the page width (any unit); cells are text.

    Costs 1 to 2 ms a cell. From `DENSE_FROM` columns on it is set in small type."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Annex:
    """`label` is empty for what comes with the paper under a title of its own, as a quy chế."""

    label: str
    title: list[str]
    body: list[Block]
    landscape: bool


def lay_annexes(paper: Paper, tables: Sequence[PaperTable], ink: Ink, notes: Notes) -> list[Annex]:
    """The annexes of the paper, then the tables; two or more are numbered with Roman numerals."""
    count = sum(1 for annex in paper.annexes if annex.label) + len(tables)
    made: list[Annex] = []
    for part in (*paper.annexes, *tables):
        order = 1 + sum(1 for annex in made if annex.label)
        label = "Phụ lục" if count == 1 else f"Phụ lục {_roman(order)}"
        if isinstance(part, PaperTable):
            made.append(_of_table(part, label, f"phụ lục {order}", ink))
        else:
            made.append(_of_text(part, label if part.label else "", f"phụ lục {order}", ink, notes))
    return made


def _of_text(annex: model.Annex, label: str, place: str, ink: Ink, notes: Notes) -> Annex:
    notes.open(annex.body)
    tables = [block.rows for block in blocks(annex.body) if isinstance(block, Table)]
    landscape = annex.landscape or not all(fits(rows, UPRIGHT, SIZES[0]) for rows in tables)
    room = LANDSCAPE if landscape else UPRIGHT
    return Annex(
        label=label,
        title=_title(annex.title, place, ink) if label else _own_title(annex.title, place, ink),
        body=body_blocks(annex.body, annex.items, (), ink=ink, notes=notes, place=place, room=room),
        landscape=landscape,
    )


def _of_table(table: PaperTable, label: str, place: str, ink: Ink) -> Annex:
    shares = list(table.widths) or [1] * len(table.columns)
    if len(shares) != len(table.columns) or any(len(row) != len(table.columns) for row in table.rows):
        raise ValueError(f"Bảng “{table.title}”: số ô mỗi dòng phải bằng số cột.")
    head, *cells = [[ink(cell, place) for cell in row] for row in (table.columns, *table.rows)]
    sizes = SIZES[-1:] if len(head) >= DENSE_FROM else SIZES
    room = LANDSCAPE if table.landscape else UPRIGHT
    size, widths = fit([head, *cells], room, sizes=sizes, shares=shares)
    block = TableBlock(
        columns=[[Run(name)] for name in head],
        rows=[[[Run(cell)] for cell in row] for row in cells],
        widths=widths,
        styles=column_styles(cells, len(head)),
        size=size,
        room=room,
    )
    return Annex(label=label, title=_title(table.title, place, ink), body=[block], landscape=table.landscape)


def _title(title: str | None, place: str, ink: Ink) -> list[str]:
    caps = ink.caps(title, place)
    return wrap(caps, "Bold", 14, TITLE_ROOM) if caps else []


def _own_title(title: str | None, place: str, ink: Ink) -> list[str]:
    """What comes with the paper has the name of its kind (QUY CHẾ, QUY ĐỊNH, …) on a line of its own (Mẫu 1.3)."""
    caps = ink.caps(title, place)
    kind = next((kind.upper() for kind in KINDS if caps.startswith(f"{kind.upper()} ")), "")
    return [*([kind] if kind else []), *_title(caps[len(kind) :].strip(), place, ink)]


def _roman(order: int) -> str:
    tens, ones = divmod(order, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
