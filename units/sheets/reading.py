"""A workbook somebody sent: guarded against files made to exhaust a server. Formulas count by the value Excel last gave them,
other workbooks are never opened."""

import io
import re
import warnings
import zipfile
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from units.uploads import EXCEL, check_upload

MOST_BYTES = 3 * 1024 * 1024  # of the file; it travels through the preview page and back
MOST_UNPACKED = 10 * 1024 * 1024
MOST_MERGED = 50_000  # cells
MOST_LINES = 5_000
LAST_ROW = 20_000
LAST_COLUMN = 40
HEAD_ROWS = 40  # the headings stand among the first of them
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z0-9:$]+)[\"']")
ERROR, GAP, WARNING = "error", "gap", "warning"


@dataclass(frozen=True)
class Fault:
    """One message beside one cell. An error keeps its line from being saved; a gap and a warning do not."""

    cell: str
    text: str
    level: str = ERROR


def refuse_size(upload):
    """Refuses a file that the preview page could not carry."""
    if upload.size > MOST_BYTES:
        raise ValidationError(
            f"Tệp “{upload.name}” lớn quá {MOST_BYTES // 1048576} MB. Hãy xóa hình ảnh và các trang tính không dùng "
            "rồi tải lên lại.",
            code="too_large",
        )


def check_workbook(upload, what="dữ liệu"):
    """The bytes of an uploaded .xlsx. Refuses what is no workbook, too large, packed to burst, or made to exhaust us."""
    refuse_size(upload)
    check_upload(upload, allowed=(EXCEL,))
    upload.seek(0)
    data = upload.read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ValidationError(
                f"Tệp có quá nhiều ô được định dạng. Hãy chép {what} sang tệp mẫu rồi tải lên lại.", code="too_large"
            )
        try:
            merged = [
                found.decode()
                for part in archive.namelist()
                if part.startswith("xl/worksheets/")
                for found in _MERGED.findall(archive.read(part))
            ]
            if sum(map(_area, merged)) > MOST_MERGED:
                raise ValidationError("Tệp gộp quá nhiều ô. Hãy bỏ gộp ô rồi tải lên lại.", code="too_large")
        except ValidationError:
            raise
        except Exception as broken:
            raise _damaged() from broken
    return data


def _area(ref):
    left, top, right, bottom = range_boundaries(ref)
    return (right - left + 1) * (bottom - top + 1)


def _damaged():
    return ValidationError(
        "Không đọc được tệp: tệp bị hỏng hoặc không phải tệp Excel. Hãy mở tệp, lưu lại dạng .xlsx rồi tải lên.",
        code="damaged",
    )


def open_workbook(data, *, values):
    """The workbook; `values` takes what formulas last came to, otherwise they are kept."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of a file that are of no use here
            return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception as broken:  # openpyxl raises whatever a bent file makes it stumble over
        raise _damaged() from broken


def rows_of(found):
    """The values of a sheet, row by row. Refuses one that goes on for ever."""
    if found.max_row > LAST_ROW:
        raise ValidationError(
            f"Trang tính “{found.title}” kéo dài đến dòng {found.max_row}. Hãy xóa các dòng thừa ở cuối rồi tải lên lại.",
            code="too_large",
        )
    width = min(found.max_column, LAST_COLUMN)
    return [list(row) for row in found.iter_rows(max_col=width, values_only=True)]


def fill_merged(found, rows):
    """A value written over several merged cells of one column holds for each of them."""
    for merged in found.merged_cells.ranges:
        value = rows[merged.min_row - 1][merged.min_col - 1] if merged.min_col <= LAST_COLUMN else None
        if value is None or merged.min_col != merged.max_col:
            continue
        for row in rows[merged.min_row - 1 : merged.max_row]:
            row[merged.min_col - 1] = value
