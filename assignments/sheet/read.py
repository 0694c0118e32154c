"""An Excel file as lines of duty."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter

from assignments.duty import day_start
from assignments.sheet.columns import HEADINGS, SHEET, UNIT, field_of
from assignments.sheet.values import DAY, clock_beside_day, clock_of, clock_words, layers_of, span_of, text_of
from units.sheets.reading import ERROR, HEAD_ROWS, MOST_LINES, WARNING, Fault, fill_merged, open_workbook, rows_of
from units.sheets.values import day_of


@dataclass
class Line:
    """One filled row: what was typed, cell by cell, what it means, and what is wrong with it."""

    row: int
    given: dict
    layers: list = field(default_factory=list)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    faults: list = field(default_factory=list)

    def text(self, name):
        return self.given.get(name, "")

    def is_wrong(self):
        return any(fault.level == ERROR for fault in self.faults)


@dataclass
class Sheet:
    """The lines of the sheet that holds a roster, and where its columns stand."""

    title: str
    head: int
    columns: dict  # field: letter
    lines: list

    def cell(self, name, row):
        """The address of a field in a row; of the nearest field there is when the sheet has no such column."""
        near = {
            "starts_day": ["starts_day", "starts_clock", "span"],
            "starts_clock": ["starts_clock", "span", "starts_day"],
            "ends_day": ["ends_day", "ends_clock", "span", "starts_clock", "starts_day"],
            "ends_clock": ["ends_clock", "span", "ends_day", "starts_clock", "starts_day"],
        }.get(name, [name])
        letter = next((self.columns[field] for field in near if field in self.columns), self.columns["name"])
        return f"{letter}{row}"


def read_sheet(data, *, near, many_units=False):
    """The roster in a workbook; `near` is the first day of its period, for days without a year.

    Reads the sheet named as ours, else the first with the headings. Refuses a workbook without them, or endless.
    """
    book = open_workbook(data, values=True)
    sheets = sorted(book.worksheets, key=lambda sheet: sheet.title != SHEET)
    for found in sheets:
        rows = rows_of(found)
        if head := _head(rows):
            break
    else:
        raise ValidationError(
            "Không tìm thấy dòng tiêu đề cột (Họ và tên, Loại trực, Ngày trực, Từ giờ, Đến giờ…). "
            "Hãy tải mẫu của đợt này và điền vào đó.",
            code="no_headings",
        )
    number, columns = head
    if many_units and UNIT not in columns:
        raise ValidationError("Tệp chung của nhiều đơn vị phải có cột “Đơn vị”.", code="no_unit_column")
    sheet = Sheet(found.title, number, {name: get_column_letter(at + 1) for name, at in columns.items()}, [])
    fill_merged(found, rows)
    _read_lines(sheet, rows, columns, near, many_units)
    if not sheet.lines:
        raise ValidationError("Tệp chưa có dòng nào được điền. Hãy điền từ dòng dưới tiêu đề cột.", code="empty")
    return sheet


def _head(rows):
    """The number of the row of headings and the column of each field, or None."""
    for number, row in enumerate(rows[:HEAD_ROWS], 1):
        columns = {}
        for at, value in enumerate(row):
            if isinstance(value, str) and (name := field_of(value)):
                columns.setdefault(name, at)
        if "name" in columns and columns.keys() & {"starts_day", "starts_clock"}:
            return number, columns
    return None


def _read_lines(sheet, rows, columns, near, many_units):
    layers = ""
    told = {name: at for name, at in columns.items() if name != "number"}
    for number, row in enumerate(rows[sheet.head :], sheet.head + 1):
        given = {name: text for name, at in told.items() if at < len(row) and (text := text_of(row[at]))}
        if not given or _head([row]):
            continue
        if heading := _group_heading(row, given):
            layers = heading
            continue
        if len(sheet.lines) == MOST_LINES:
            raise ValidationError(f"Tệp có hơn {MOST_LINES} dòng. Hãy tách thành nhiều tệp.", code="too_many")
        if layers and not given.get("layers"):
            given["layers"] = layers
        line = Line(number, given)
        sheet.lines.append(line)
        values = {name: row[at] for name, at in columns.items() if at < len(row)}
        _understand(sheet, line, values, near, many_units)


def _group_heading(row, given):
    """Rosters often stand under headings such as "I. Trực lãnh đạo": the kind of duty of the lines below."""
    filled = [text_of(value) for value in row if value is not None]
    if len(filled) > 2 or {"starts_day", "starts_clock", "phone"} & given.keys():
        return ""
    text = re.sub(r"^(?:[IVX]+|\d+|[A-Ea-e])\s*[.)\-:]\s*", "", filled[-1])
    known, unknown = layers_of(text)
    return text if known and not unknown else ""


def _understand(sheet, line, values, near, many_units):
    def wrong(name, text, level=ERROR):
        line.faults.append(Fault(sheet.cell(name, line.row), text, level))

    if many_units and not line.text(UNIT):
        wrong(UNIT, "Thiếu tên đơn vị.")
    name = line.text("name")
    if not name:
        wrong("name", "Thiếu họ và tên người trực.")
    elif len(name) > 100 or any(char.isdigit() or char in "@/\\" for char in name):
        wrong("name", "Họ và tên chỉ gồm chữ cái, không quá 100 ký tự. Số điện thoại ghi ở cột riêng.")
    line.layers, unknown = layers_of(line.text("layers"))
    if unknown:
        wrong("layers", f"Không có loại trực “{unknown[0]}”. Hãy chọn: lãnh đạo, điều hành, ca, ứng cứu, vận hành.")
    elif not line.layers:
        wrong("layers", "Thiếu loại trực.")
    for field_name, longest in (("position", 100), ("place", 150), ("note", 300)):
        if len(line.text(field_name)) > longest:
            wrong(field_name, f"{HEADINGS[field_name]} dài quá {longest} ký tự.")
    _understand_time(line, values, near, wrong)


def _understand_time(line, values, near, wrong):
    def cell(name):
        return values.get(name) if line.text(name) else None

    first = _first(day_of(cell("starts_day"), near), day_of(cell("starts_clock"), near))
    last = _first(day_of(cell("ends_day"), near), day_of(cell("ends_clock"), near))
    start = _first(clock_of(cell("starts_clock")), clock_beside_day(cell("starts_day")))
    end = _first(clock_of(cell("ends_clock")), clock_beside_day(cell("ends_day")))
    if start is None and end is None and (span := span_of(cell("span"))):
        start, end, next_day = span
        if next_day and first and not last:
            last = first + timedelta(days=1)
    silent = not any(line.given.get(name) for name in ("starts_clock", "ends_clock", "span"))
    bad = False
    for name, found, what in (
        ("starts_day", first, "ngày trực"),
        ("starts_clock", start, "giờ bắt đầu"),
        ("ends_day", last, "ngày kết thúc"),
        ("ends_clock", end, "giờ kết thúc"),
    ):
        if found is not None or (name == "ends_day" and not line.given.get(name)):
            continue
        if silent and name.endswith("clock"):
            continue
        bad = True
        typed = line.given.get(name) or ("" if name.endswith("day") else line.given.get("span"))
        example = "15/03/2026" if name.endswith("day") else "07:00 hoặc 7h30"
        wrong(name, f"Không hiểu {what} “{typed[:40]}”. Hãy ghi như {example}." if typed else f"Thiếu {what}.")
    if bad:
        return
    if start is None and end is None:
        start, end = 0, DAY
        wrong("starts_day", "Không ghi giờ: được hiểu là trực cả ngày, 00:00–24:00.", WARNING)
    if last is None:
        last = first + timedelta(days=1) if end <= start else first
    line.starts_at, line.ends_at = _moment(first, start), _moment(last, end)
    if line.ends_at <= line.starts_at:
        hint = f" Ca qua đêm thì ghi đến ngày {first + timedelta(days=1):%d/%m/%Y}." if last == first else ""
        wrong("ends_clock", f"Kết thúc ({_words(last, end)}) không sau bắt đầu ({_words(first, start)}).{hint}")
        line.starts_at = line.ends_at = None


def _first(*found):
    return next((value for value in found if value is not None), None)


def _moment(day, minutes):
    return day_start(day) + timedelta(minutes=minutes)


def _words(day, minutes):
    return f"{clock_words(minutes)} {day:%d/%m}"
