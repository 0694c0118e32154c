"""An Excel workbook or a CSV file as lines of the tables in `columns`: cells as text, and what cannot be read as it stands."""

import csv
import io
from dataclasses import dataclass, field
from itertools import pairwise

from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter

from units.sheets.columns import CHOICE, DAY, GUIDE, LISTS, NO, READ, YES, bare
from units.sheets.reading import (
    ERROR,
    HEAD_ROWS,
    LAST_COLUMN,
    LAST_ROW,
    MOST_LINES,
    WARNING,
    Fault,
    check_workbook,
    fill_merged,
    open_workbook,
    refuse_size,
    rows_of,
)
from units.sheets.values import BROKEN, answer_of, day_of, text_of
from units.sheets.writing import FAULTS
from units.text import fold
from units.uploads import EXCEL, check_upload

NOT_UTF8 = (
    "Tệp CSV không ở bảng mã Unicode (UTF-8), có thể là Windows-1258 hoặc TCVN3 nên chữ có dấu sẽ sai. "
    "Trong Excel chọn Lưu thành → “CSV UTF-8 (*.csv)”, hoặc lưu dạng .xlsx, rồi tải lên lại."
)
NO_HEADINGS = (
    "Không tìm thấy dòng tiêu đề cột (ví dụ: Tên đơn vị, Loại; Đơn vị, Họ và tên, Điện thoại di động; Tên đăng nhập, Vai trò). "
    "Hãy tải tệp mẫu và điền vào đó."
)


@dataclass
class Line:
    """One filled row: its cells as text by field, days understood, and what is wrong with them."""

    row: int
    given: dict
    days: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)

    def text(self, name):
        return self.given.get(name, "")

    def is_wrong(self):
        return any(fault.level == ERROR for fault in self.faults)

    @property
    def title(self):
        """What names the line to its reader."""
        return self.text("name") or self.text("username") or self.text("email")


@dataclass
class Sheet:
    """The lines of one table, where its columns stand, and how many of the lines Excel hides."""

    table: object
    title: str
    head: int
    columns: dict  # field: letter
    lines: list
    hidden: int = 0

    def cell(self, name, row):
        """The address of a field in a row; of the first column when the sheet has no such column."""
        return f"{self.columns.get(name) or next(iter(self.columns.values()))}{row}"

    def wrong(self, line, name, text, level=ERROR):
        line.faults.append(Fault(self.cell(name, line.row), text, level))


def is_workbook(data):
    return data.startswith(b"PK\x03\x04")


def check_file(upload):
    """The bytes of an uploaded .xlsx or .csv. Refuses other files, other encodings, and what is made to exhaust us."""
    refuse_size(upload)
    upload.seek(0)
    data = upload.read()
    if is_workbook(data):
        return check_workbook(upload)
    try:
        check_upload(upload, allowed=(EXCEL, "text/plain"))
        data.decode("utf-8-sig")
    except UnicodeDecodeError as other:
        raise ValidationError(NOT_UTF8, code="encoding") from other
    except ValidationError as refusal:
        if getattr(refusal, "code", "") == "wrong_type" and not data.isascii():
            raise ValidationError(NOT_UTF8, code="encoding") from refusal
        raise
    return data


def read_tables(data):
    """The sheets of a file that hold a table of ours, in our order. Refuses a file without one, or without a filled line."""
    found = _workbook(data) if is_workbook(data) else [_csv(data)]
    found = sorted((sheet for sheet in found if sheet), key=lambda sheet: READ.index(sheet.table))
    if not found:
        raise ValidationError(NO_HEADINGS, code="no_headings")
    twice = [sheet.table.title for before, sheet in pairwise(found) if before.table == sheet.table]
    if twice:
        raise ValidationError(
            f"Tệp có hai trang tính cùng là bảng “{twice[0]}”. Hãy gộp vào một trang hoặc xóa bớt trang.", code="twice"
        )
    found = [sheet for sheet in found if sheet.lines]
    if not found:
        raise ValidationError("Tệp chưa có dòng nào được điền. Hãy điền từ dòng dưới tiêu đề cột.", code="empty")
    if sum(len(sheet.lines) for sheet in found) > MOST_LINES:
        raise ValidationError(f"Tệp có hơn {MOST_LINES} dòng. Hãy tách thành nhiều tệp.", code="too_many")
    return found


def _workbook(data):
    book = open_workbook(data, values=True)
    for found in book.worksheets:
        if found.title in (GUIDE, LISTS, FAULTS):
            continue
        rows = rows_of(found)
        if not (head := _head(rows, found.title)):
            continue
        fill_merged(found, rows)
        sheet = _lines(found.title, rows, *head)
        hidden = {number for number, row in found.row_dimensions.items() if row.hidden}
        sheet.hidden = sum(line.row in hidden for line in sheet.lines)
        yield sheet


def csv_rows(data):
    """The rows of a CSV file and the sign between its cells: of ; , and tab the one under which most headings are ours."""
    text = data.decode("utf-8-sig")
    best = (0, [], None)
    for sign in ";,\t":
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
        except csv.Error:
            continue
        head = _head(rows, "")
        if head and len(head[2]) > best[0]:
            best = (len(head[2]), rows, head)
    return best[1], best[2]


def _csv(data):
    rows, head = csv_rows(data)
    if not head:
        return None
    if len(rows) > LAST_ROW:
        raise ValidationError(f"Tệp có hơn {LAST_ROW} dòng. Hãy tách thành nhiều tệp.", code="too_large")
    plain = [[_unquoted(cell) for cell in row[:LAST_COLUMN]] for row in rows]
    return _lines("CSV", plain, *head)


def _unquoted(cell):
    """Our own CSV puts a ' before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _head(rows, title):
    """(table, number of the row of headings, {field: column}) of the table whose headings fit best, or None.

    The tab's own name decides between tables whose headings fit equally well."""
    for number, row in enumerate(rows[:HEAD_ROWS], 1):
        best = None
        for table in READ:
            columns = {}
            for at, value in enumerate(row[:LAST_COLUMN]):
                if isinstance(value, str) and (name := table.by_heading.get(bare(value))):
                    columns.setdefault(name, at)
            if not table.needs <= columns.keys() or len(columns) < 2:
                continue
            rank = (fold(title) == fold(table.title), _own(table, row), len(columns))
            if best is None or rank > best[0]:
                best = (rank, table, columns)
        if best:
            return best[1], number, best[2]
    return None


def _own(table, row):
    """How many headings are written as we write them."""
    return len({column.heading for column in table.columns} & {value for value in row if isinstance(value, str)})


def _lines(title, rows, table, head, columns):
    letters = {name: get_column_letter(at + 1) for name, at in columns.items()}
    sheet = Sheet(table, title, head, letters, [])
    told = {column.field for column in table.columns if column.told}
    wanted = {name: at for name, at in columns.items() if name not in told}
    for number, row in enumerate(rows[head:], head + 1):
        given = {name: text for name, at in wanted.items() if at < len(row) and (text := text_of(row[at]))}
        if not given:
            continue
        if len(sheet.lines) == MOST_LINES:
            raise ValidationError(f"Tệp có hơn {MOST_LINES} dòng. Hãy tách thành nhiều tệp.", code="too_many")
        line = Line(number, given)
        sheet.lines.append(line)
        _understand(sheet, line, {name: row[at] for name, at in wanted.items() if at < len(row)})
    return sheet


def _understand(sheet, line, values):
    """Days, choices and lengths of the cells of one line."""
    for name, text in list(line.given.items()):
        column = sheet.table.by_field[name]
        if text in BROKEN:
            sheet.wrong(line, name, f"Ô chứa lỗi công thức {text}. Hãy ghi thẳng giá trị.")
        elif column.kind == DAY:
            day = day_of(values[name])
            if day is None or not 1900 <= day.year <= 2100:
                sheet.wrong(
                    line, name, f"Không hiểu ngày “{text[:40]}”. Hãy ghi đủ ngày, tháng, năm, ví dụ 01/07/2025."
                )
            else:
                line.days[name] = day
        elif column.choices == (YES, NO):
            if answer_of(text) is None:
                sheet.wrong(line, name, f"Cột “{column.heading}” chỉ ghi “Có” hoặc “Không”.")
        elif column.kind == CHOICE and fold(text) not in {fold(choice) for choice in column.choices}:
            sheet.wrong(
                line, name, f"Không có {column.heading.lower()} “{text[:60]}”. Hãy chọn: {'; '.join(column.choices)}."
            )
        elif len(text) > column.longest:
            sheet.wrong(line, name, f"{column.heading} dài quá {column.longest} ký tự.")
    for column in sheet.table.read:
        if column.required and column.kind != CHOICE and not line.text(column.field):
            sheet.wrong(line, column.field, f"Thiếu {column.heading.lower()}.")


def mend_number(sheet, line, name, mended):
    """A leading zero that Excel dropped is put back, and said."""
    line.given[name] = mended
    sheet.wrong(line, name, f"Excel đã bỏ số 0 ở đầu: được hiểu là {mended}.", WARNING)
