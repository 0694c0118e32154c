"""The workbook a unit fills in."""

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assignments.duty import ZONE
from assignments.sheet.columns import COLUMNS, GUIDE, LISTS, SHEET, UNIT
from plans.states import DutyKind
from units.sheets.writing import BOX, HEAD_FILL, HEAD_FONT, as_bytes, put

SPARE_LINES = 200
HEAD = 8  # the row of headings
LABELS = {kind.value: kind.label for kind in DutyKind}
FORMATS = {
    "starts_day": "dd/mm/yyyy",
    "ends_day": "dd/mm/yyyy",
    "starts_clock": "hh:mm",
    "ends_clock": "hh:mm",
    "phone": "@",
}
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
            cell.border = BOX
            cell.alignment = Alignment(vertical="top", wrap_text=name not in FORMATS)
            if name in FORMATS:
                cell.number_format = FORMATS[name]
            if name == "number" and given:
                cell.value = row - HEAD
            elif given.get(name) not in (None, ""):
                put(cell, given[name])
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
    return as_bytes(book)


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
        put(sheet.cell(row, 1), text)
        if font:
            sheet.cell(row, 1).font = font
    for at, name in enumerate(fields, 1):
        heading, width = COLUMNS[name]
        cell = sheet.cell(HEAD, at, heading)
        cell.font, cell.fill, cell.border = HEAD_FONT, HEAD_FILL, BOX
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
            put(sheet.cell(row, at), value)
