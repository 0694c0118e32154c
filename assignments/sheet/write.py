"""The workbook a unit fills in, and the one given back with each message on its cell."""

import io
from collections import defaultdict
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assignments.duty import ZONE
from assignments.sheet.columns import COLUMNS, FAULTS, GUIDE, LISTS, SHEET, UNIT
from assignments.sheet.read import WARNING, open_workbook
from plans.states import DutyKind

SPARE_LINES = 200
HEAD = 8  # the row of headings
AUTHOR = "Thông Suốt"
LABELS = {kind.value: kind.label for kind in DutyKind}
FORMATS = {
    "starts_day": "dd/mm/yyyy",
    "ends_day": "dd/mm/yyyy",
    "starts_clock": "hh:mm",
    "ends_clock": "hh:mm",
    "phone": "@",
}
_THIN = Side(style="thin", color="C5CDD3")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="0B4A63")
_RED = PatternFill("solid", fgColor="F8C9C6")
_AMBER = PatternFill("solid", fgColor="FBE6AC")
_GUIDE = (
    "Mỗi dòng là một ca của một người. Không sửa dòng tiêu đề cột; có thể thêm, bớt dòng tùy ý.",
    "Loại trực: chọn trong danh sách. Một người trực nhiều loại cùng giờ thì ghi cách nhau bằng dấu chấm phẩy, "
    "ví dụ: Trực ca; Trực vận hành.",
    "Ngày trực, Từ giờ: lúc bắt đầu ca. Đến ngày, Đến giờ: lúc hết ca. Ca qua đêm có thể để trống “Đến ngày”: "
    "giờ hết ca không sau giờ bắt đầu được hiểu là của ngày hôm sau. Trực cả ngày: từ 00:00 đến 24:00, hoặc để trống cả hai giờ.",
    "Giờ ghi được nhiều cách: 07:00, 7h, 7h30, 7g30, 24:00. Một ca không quá 24 giờ.",
    "Điện thoại: di động 10 chữ số, ghi cả số 0 ở đầu. Người đã có trong danh bạ của đơn vị có thể để trống.",
    "Các loại trực bắt buộc phải có người trong từng phút của thời gian nêu ở đầu trang; chỗ thiếu sẽ được báo khi tải lên.",
    "Sửa xong, tải lại chính tệp này lên: dòng cũ được cập nhật, dòng mới được thêm, dòng đã xóa được bỏ khỏi lịch trực, "
    "không bao giờ thành hai lần.",
)


@dataclass(frozen=True)
class Facts:
    """What a template is made for. `lines` are {field: value} of the shifts already entered."""

    title: str
    unit: str
    occasion: str
    period: str
    required: str
    people: tuple = ()
    lines: tuple = ()
    units: tuple = ()  # names to choose from, where one sheet serves many


def line_of(shift, *, unit="", phone=""):
    """A shift entered already as a line of the template: real days and hours, the number as text."""
    start, end = shift.starts_at.astimezone(ZONE), shift.ends_at.astimezone(ZONE)
    return {
        UNIT: unit,
        "name": shift.contact.name,
        "position": shift.contact.position,
        "layers": "; ".join(LABELS[layer] for layer in shift.layers if layer in LABELS),
        "starts_day": start.date(),
        "starts_clock": start.time(),
        "ends_day": end.date(),
        "ends_clock": end.time(),
        "place": shift.place,
        "phone": phone,
        "note": shift.note,
    }


def template(facts):
    """The bytes of a workbook to fill in: its facts on top, lists to choose from, days and hours as such, numbers as text."""
    book = Workbook()
    sheet, lists, guide = book.active, book.create_sheet(LISTS), book.create_sheet(GUIDE)
    sheet.title = SHEET
    fields = [name for name in COLUMNS if name != UNIT or facts.units]
    letters = {name: get_column_letter(at) for at, name in enumerate(fields, 1)}
    _write_head(sheet, facts, fields)
    last = HEAD + len(facts.lines) + SPARE_LINES
    for row in range(HEAD + 1, last + 1):
        given = facts.lines[row - HEAD - 1] if row - HEAD <= len(facts.lines) else {}
        for at, name in enumerate(fields, 1):
            cell = sheet.cell(row, at)
            cell.border = _BOX
            cell.alignment = Alignment(vertical="top", wrap_text=name not in FORMATS)
            if name in FORMATS:
                cell.number_format = FORMATS[name]
            if name == "number" and given:
                cell.value = row - HEAD
            elif given.get(name) not in (None, ""):
                _put(cell, given[name])
    _write_lists(lists, {"Loại trực": list(LABELS.values()), "Người của đơn vị": facts.people, "Đơn vị": facts.units})
    for name, source, count in (
        ("layers", "A", len(LABELS)),
        ("name", "B", len(facts.people)),
        (UNIT, "C", len(facts.units)),
    ):
        if count and name in letters:
            # A choice that warns of nothing: two kinds in one cell and people not yet listed are lawful.
            choice = DataValidation(
                "list", formula1=f"'{LISTS}'!${source}$2:${source}${count + 1}", showErrorMessage=False
            )
            choice.add(f"{letters[name]}{HEAD + 1}:{letters[name]}{last}")
            sheet.add_data_validation(choice)
    guide.column_dimensions["A"].width = 110
    for row, text in enumerate(("HƯỚNG DẪN ĐIỀN LỊCH TRỰC", *_GUIDE), 1):
        guide.cell(row, 1, text if row == 1 else f"{row - 1}. {text}").alignment = Alignment(wrap_text=True)
    guide["A1"].font = Font(bold=True, size=13)
    return _bytes(book)


def _write_head(sheet, facts, fields):
    top = [
        (facts.title, Font(bold=True, size=14)),
        (f"Đơn vị: {facts.unit}" if facts.unit else "Tệp chung của nhiều đơn vị", Font(bold=True)),
        (f"Đợt: {facts.occasion}", None),
        (f"Thời gian: {facts.period}", None),
        (f"Bắt buộc có người từng phút: {facts.required}", None),
        (
            f"Cách điền: mỗi dòng một ca của một người; ca qua đêm ghi giờ hết ca của hôm sau. Xem trang “{GUIDE}”.",
            Font(italic=True),
        ),
    ]
    for row, (text, font) in enumerate(top, 1):
        _put(sheet.cell(row, 1), text)
        if font:
            sheet.cell(row, 1).font = font
    for at, name in enumerate(fields, 1):
        heading, width = COLUMNS[name]
        cell = sheet.cell(HEAD, at, heading)
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFF"), _HEAD_FILL, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.row_dimensions[HEAD].height = 30
    sheet.freeze_panes = sheet.cell(HEAD + 1, fields.index("name") + 2)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_lists(sheet, columns):
    for at, (heading, values) in enumerate(columns.items(), 1):
        sheet.column_dimensions[get_column_letter(at)].width = 40
        if not values:
            continue
        sheet.cell(1, at, heading).font = Font(bold=True)
        for row, value in enumerate(values, 2):
            _put(sheet.cell(row, at), value)


def _put(cell, value):
    """A value as it is: words that begin with "=" stay words."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def marked(data, title, faults):
    """The workbook as it was filled in, each message a comment on its red cell, and all of them on a page of their own."""
    book = open_workbook(data, values=False)
    sheet = book[title]
    _wipe(sheet)
    by_cell = defaultdict(list)
    for fault in faults:
        by_cell[fault.cell].append(fault)
    for address, found in by_cell.items():
        cell = _written(sheet, address)
        cell.comment = Comment("\n".join(fault.text for fault in found), AUTHOR, height=90, width=320)
        cell.fill = _AMBER if all(fault.level == WARNING for fault in found) else _RED
    if FAULTS in book.sheetnames:
        del book[FAULTS]
    page = book.create_sheet(FAULTS)
    for row, (address, text) in enumerate([("Ô", "Nội dung"), *((fault.cell, fault.text) for fault in faults)], 1):
        _put(page.cell(row, 1), address)
        _put(page.cell(row, 2), text)
    page.column_dimensions["B"].width = 110
    page["A1"].font = page["B1"].font = Font(bold=True)
    book.active = book.index(sheet)
    return _bytes(book)


def _wipe(sheet):
    """Take away our marks of an earlier reading."""
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


def _bytes(book):
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
