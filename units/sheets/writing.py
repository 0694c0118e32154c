"""Cells, styles and bytes of a workbook we write, and one given back with each message on its cell."""

import io
from collections import defaultdict

from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side

from units.sheets.reading import WARNING, open_workbook

AUTHOR = "Thông Suốt"
FAULTS = "Cần sửa"
_THIN = Side(style="thin", color="C5CDD3")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEAD_FILL = PatternFill("solid", fgColor="0B4A63")
HEAD_FONT = Font(bold=True, color="FFFFFF")
_RED = PatternFill("solid", fgColor="F8C9C6")
_AMBER = PatternFill("solid", fgColor="FBE6AC")


def put(cell, value):
    """A value as it is: words that begin with "=" stay words."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def as_bytes(book):
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def mark_cells(sheet, faults):
    """Each message a comment on its red cell; our marks of an earlier reading go."""
    _wipe(sheet)
    by_cell = defaultdict(list)
    for fault in faults:
        by_cell[fault.cell].append(fault)
    for address, found in by_cell.items():
        cell = _written(sheet, address)
        cell.comment = Comment("\n".join(fault.text for fault in found), AUTHOR, height=90, width=320)
        cell.fill = _AMBER if all(fault.level == WARNING for fault in found) else _RED


def marked(data, title, faults):
    """The workbook as it was filled in, with its messages on the cells of one sheet, and all of them on a page of their own."""
    book = open_workbook(data, values=False)
    sheet = book[title]
    mark_cells(sheet, faults)
    if FAULTS in book.sheetnames:
        del book[FAULTS]
    page = book.create_sheet(FAULTS)
    for row, (address, text) in enumerate([("Ô", "Nội dung"), *((fault.cell, fault.text) for fault in faults)], 1):
        put(page.cell(row, 1), address)
        put(page.cell(row, 2), text)
    page.column_dimensions["B"].width = 110
    page["A1"].font = page["B1"].font = Font(bold=True)
    book.active = book.index(sheet)
    return as_bytes(book)


def _wipe(sheet):
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and cell.comment and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def _written(sheet, address):
    """The cell of an address; of merged ones the first, which is the one that shows."""
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(merged for merged in sheet.merged_cells.ranges if address in merged)
    return sheet.cell(merged.min_row, merged.min_col)
