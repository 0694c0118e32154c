"""The workbook to fill in, one table or all of them; lists streamed out as .xlsx or .csv; the file given back with its faults."""

import csv
import io
import tempfile
from datetime import date, datetime

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from units.sheets.columns import CHOICE, CLEAR, DAY, GUIDE, LISTS, MEMBERSHIPS, MOMENT, TEXT
from units.sheets.lines import csv_rows, is_workbook
from units.sheets.reading import LAST_ROW, open_workbook
from units.sheets.writing import BOX, FAULTS, HEAD_FILL, HEAD_FONT, as_bytes, mark_cells, put

FORMATS = {TEXT: "@", CHOICE: "@", DAY: "dd/mm/yyyy", MOMENT: "hh:mm dd/mm/yyyy"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUIDE = (
    "Điền từ dòng dưới tiêu đề, mỗi dòng một {what}. Không sửa dòng tiêu đề; cột không dùng có thể xóa; thứ tự cột tùy ý.",
    "Ô để trống: giữ nguyên điều danh bạ đang có. Muốn xóa điều đang có, ghi một dấu “" + CLEAR + "”.",
    "Cột mã và điện thoại ở dạng văn bản nên số 0 ở đầu được giữ. Ngày ghi đủ ngày, tháng, năm: 01/07/2025.",
    "Tải tệp lên thì chỉ được xem trước: dòng mới, dòng thay đổi (cũ → mới), dòng giữ nguyên, dòng lỗi. Bấm lưu mới ghi.",
    "Tải lại cùng một tệp không bao giờ thành hai lần: đơn vị được nhận ra bằng mã, rồi bằng tên trong cùng loại; đầu mối bằng "
    "đơn vị và thư điện tử, rồi điện thoại, rồi họ tên.",
    "Đổi tên, sáp nhập, chia tách, chấm dứt đơn vị là việc có ngày hiệu lực: làm ở trang “Sắp xếp đơn vị”, không làm bằng tệp.",
    "Vai trò do quản trị nhập; mỗi vai trò mới chờ người thứ hai xác nhận mới có hiệu lực.",
)


def template(tables, rows=None):
    """The bytes of a workbook to fill in: a sheet for each table, lists to choose from, texts as texts, and a guide.

    `rows` are what stands in it already: {table key: rows of values in the order of its read columns}.
    """
    book = Workbook()
    book.remove(book.active)
    lists = {}
    for table in tables:
        sheet = book.create_sheet(table.title)
        for at, column in enumerate(table.read, 1):
            letter = get_column_letter(at)
            cell = sheet.cell(1, at, column.heading + (" *" if column.required else ""))
            cell.font, cell.fill, cell.border = HEAD_FONT, HEAD_FILL, BOX
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            sheet.column_dimensions[letter].width = column.width
            sheet.column_dimensions[letter].number_format = FORMATS[column.kind]
            if column.choices:
                lists.setdefault(column.choices, len(lists) + 1)
                source = get_column_letter(lists[column.choices])
                choice = DataValidation(
                    "list", formula1=f"'{LISTS}'!${source}$2:${source}${len(column.choices) + 1}", allow_blank=True
                )
                choice.error = f"Hãy chọn trong danh sách của cột “{column.heading}”."
                choice.errorTitle = "Không có trong danh sách"
                choice.add(f"{letter}2:{letter}{LAST_ROW}")
                sheet.add_data_validation(choice)
        for number, values in enumerate((rows or {}).get(table.key, ()), 2):
            for at, (column, value) in enumerate(zip(table.read, values, strict=True), 1):
                if value not in (None, ""):
                    cell = sheet.cell(number, at)
                    put(cell, value)
                    cell.number_format = FORMATS[column.kind]
        sheet.row_dimensions[1].height = 30
        sheet.freeze_panes = "A2"
    choices = book.create_sheet(LISTS)
    for values, at in lists.items():
        choices.column_dimensions[get_column_letter(at)].width = 40
        for row, value in enumerate(("Chọn một", *values), 1):
            choices.cell(row, at, value)
    _guide(book, tables)
    return as_bytes(book)


def _guide(book, tables):
    guide = book.create_sheet(GUIDE)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 34, 100
    guide["A1"], guide["A1"].font = "HƯỚNG DẪN", Font(bold=True, size=13)
    row = 2
    general = _GUIDE if MEMBERSHIPS in tables else _GUIDE[:-1]
    for number, text in enumerate(general, 1):
        guide.cell(row, 1, f"Điều {number}")
        guide.cell(row, 2, text.format(what=" hoặc ".join(table.noun for table in tables)))
        row += 1
    for table in tables:
        row += 1
        guide.cell(row, 1, f"Trang “{table.title}”").font = Font(bold=True)
        row += 1
        for column in table.read:
            guide.cell(row, 1, column.heading + (" *" if column.required else ""))
            choice = f"chọn: {'; '.join(column.choices)}." if column.choices else ""
            guide.cell(row, 2, " ".join(part for part in (column.help, choice) if part) or "không bắt buộc.")
            row += 1
    for line in guide.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _plain(value):
    """A value as Excel takes it: moments in Vietnam's hours, no zone."""
    return timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value


def xlsx_file(table, rows):
    """An open temporary file with the list: row by row, so that ten thousand need no more memory than ten."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = "A2"
    for at, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.append([_cell(sheet, column.heading, TEXT, head=True) for column in table.columns])
    for row in rows:
        sheet.append([_cell(sheet, value, column.kind) for column, value in zip(table.columns, row, strict=True)])
    held = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it has been sent
    book.save(held)
    held.seek(0)
    return held


def _cell(sheet, value, kind, head=False):
    if value in (None, ""):
        return None
    cell = WriteOnlyCell(sheet)
    put(cell, _plain(value))
    cell.number_format = FORMATS.get(kind, "General")
    if head:
        cell.font, cell.fill = HEAD_FONT, HEAD_FILL
    return cell


def csv_file(table, rows):
    """The same as a CSV file that Excel opens: UTF-8 with its mark; what a spreadsheet would take for a formula behind a '."""
    held = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it has been sent
    text = io.TextIOWrapper(held, "utf-8-sig", newline="", write_through=True)
    write = csv.writer(text, delimiter=";")
    write.writerow([column.heading for column in table.columns])
    for row in rows:
        write.writerow(map(_said, row))
    text.detach()
    held.seek(0)
    return held


def _said(value):
    value = _plain(value)
    if isinstance(value, datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def marked_file(data, sheets):
    """The file as it came, with every message in a column of its own and on its red cell; a CSV comes back as a workbook."""
    if is_workbook(data):
        book = open_workbook(data, values=False)
    else:
        book = Workbook()
        book.active.title = sheets[0].title
        for number, row in enumerate(csv_rows(data)[0], 1):
            for at, value in enumerate(row, 1):
                put(book.active.cell(number, at), value)
    for sheet in sheets:
        page = book[sheet.title]
        at = next((cell.column for cell in page[sheet.head] if cell.value == FAULTS), page.max_column + 1)
        for row in range(sheet.head + 1, page.max_row + 1):
            if page.cell(row, at).value:
                page.cell(row, at).value = None
        mark_cells(page, [fault for line in sheet.lines for fault in line.faults])
        put(page.cell(sheet.head, at), FAULTS)
        page.cell(sheet.head, at).font = Font(bold=True)
        page.column_dimensions[get_column_letter(at)].width = 60
        for line in sheet.lines:
            if line.faults:
                put(page.cell(line.row, at), " ".join(fault.text for fault in line.faults))
                page.cell(line.row, at).alignment = Alignment(wrap_text=True, vertical="top")
    return as_bytes(book)
