"""Roster sheets: what people write is understood, what is wrong is said beside its cell, nothing else is."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from assignments.coverage import Need
from assignments.duty import day_start
from assignments.sheet.columns import LISTS, SHEET, field_of
from assignments.sheet.judge import Busy, Person, judge
from assignments.sheet.read import read_sheet
from assignments.sheet.values import clock_of, layers_of, span_of
from assignments.sheet.write import HEAD, Facts, template
from tests.files import PDF
from units.sheets import reading
from units.sheets.reading import check_workbook
from units.sheets.values import day_of
from units.sheets.writing import FAULTS, marked

DAY = date(2026, 3, 15)
PERIOD = day_start(DAY), day_start(DAY + timedelta(days=2))
NEEDS = [Need(layer, *PERIOD) for layer in ("leader", "shift")]
HEADINGS = ["STT", "Họ và tên", "Chức danh", "Loại trực", "Ngày trực", "Từ giờ", "Đến ngày", "Đến giờ", "Nơi trực"]
HEADINGS += ["Điện thoại", "Ghi chú"]


def at(hours):
    return PERIOD[0] + timedelta(hours=hours)


def book(lines, headings=HEADINGS, above=3, title=SHEET):
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for _ in range(above):
        sheet.append(["Lịch trực của đơn vị"])
    sheet.append(headings)
    for line in lines:
        sheet.append(list(line))
    return data_of(made)


def data_of(made):
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def line(name, layer, starts_day, starts, ends_day, ends, phone="0912345678", place="", note=""):
    return [None, name, "Nhân viên", layer, starts_day, starts, ends_day, ends, place, phone, note]


def judged(data, needs=NEEDS, people=(), busy=(), **more):
    """The sheet and {cell: [messages]}, {cell: level} of the whole."""
    sheet = read_sheet(data, near=DAY, **more)
    entries, gaps = judge(sheet, sheet.lines, needs=needs, period=PERIOD, people=people, busy=busy)
    faults = [fault for found in sheet.lines for fault in found.faults]
    faults += [gap for gap in gaps if not any(gap is fault for fault in faults)]
    return entries, sorted((fault.cell, fault.level) for fault in faults), {f.cell: f.text for f in faults}


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("7h", 420), ("7h30", 450), ("07:00", 420), ("7g30", 450), ("19 giờ", 1140), ("7 giờ 30 phút", 450), ("24:00", 1440),
        ("24h", 1440), ("7h tối", 1140), ("07:00:00", 420), ("7", 420), (time(7, 30), 450), (7, 420), (0.5, 720), (24, 1440),
        (timedelta(hours=24), 1440), (datetime(1900, 1, 1), 1440), (datetime(2026, 3, 15), 0), ("25:00", None), ("7h75", None),  # noqa: DTZ001
        ("sáng", None), ("7h-19h", None), (None, None), (True, None), (-1, None),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(typed, minutes):
    assert clock_of(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15/03/2026", DAY), ("15-3-26", DAY), ("15.3.2026", DAY), ("2026-03-15", DAY), ("15/3", DAY), (46096, DAY), (DAY, DAY),
        ("Chủ nhật, ngày 15/3/2026", DAY), (datetime(2026, 3, 15, 7), DAY), ("31/12", date(2025, 12, 31)),  # noqa: DTZ001
        ("30/2/2026", None), ("mùng 2", None), (15, None), ("", None), (None, None), (time(7), None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(typed, day):
    assert day_of(typed, DAY) == day


def test_spans_and_kinds_of_duty():
    assert span_of("7h00 – 19h00") == (420, 1140, False)
    assert span_of("từ 7h đến 7h hôm sau") == (420, 420, True)
    assert span_of("24/24 giờ") == (0, 1440, False)
    assert span_of("Ca 1") is None
    assert layers_of("Trực ca; trực vận hành (khai thác)") == (["shift", "running"], [])
    assert layers_of("ứng cứu thông tin và lãnh đạo") == (["leader", "response"], [])
    assert layers_of("Trực bảo vệ, ca") == (["shift"], ["Trực bảo vệ"])


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Họ và tên (*)", "name"), ("SỐ ĐIỆN THOẠI", "phone"), ("Chức vụ/Chức danh", "position"), ("Tên trạm", None)],
)
def test_headings_of_other_forms(heading, field):
    assert field_of(heading) == field


def test_five_faults_are_five_messages_beside_five_cells():
    """Two gaps, one overlap, a nine-digit number, a shift of 25 hours: the case a first upload is made of."""
    lines = [
        line("Trần Văn Chính", "Trực lãnh đạo", DAY, time(0), None, "24:00"),  # 5
        line(
            "Trần Văn Phó", "Trực lãnh đạo", date(2026, 3, 16), time(6), date(2026, 3, 17), time(0), "0912345670"
        ),  # 6
        line("Lê Thị An", "Trực ca", DAY, time(0), None, time(12), "912345671"),  # 7
        line("Lê Thị Ba", "Trực ca", DAY, time(12), None, time(22), "0912345672"),  # 8
        line("Lê Thị Tư", "Trực ca", DAY, "23h", "17/03/2026", "0h", "0912345673"),  # 9
        line("Lê Thị Ba", "Trực ca", DAY, time(20), None, time(22), "0912345672"),  # 10
    ]
    _, cells, words = judged(book(lines))
    assert cells == [("F10", "error"), ("H5", "gap"), ("H8", "gap"), ("H9", "error"), ("J7", "error")]
    assert words["H5"] == "Thiếu trực lãnh đạo 00:00–06:00 ngày 16/03/2026, 360 phút"
    assert words["H8"] == "Thiếu trực ca 22:00–23:00 ngày 15/03/2026, 60 phút"
    assert words["F10"] == "Lê Thị Ba trùng ca 12:00–22:00 ngày 15/03/2026 (dòng 8)."
    assert "chỉ có 9 chữ số" in words["J7"] and "0912345671" in words["J7"]
    assert words["H9"].startswith("Ca trực dài 25 giờ, quá 24 giờ")


@pytest.mark.parametrize(
    ("filled", "cell", "words"),
    [
        (line("", "Trực ca", DAY, time(7), None, time(8)), "B5", "Thiếu họ và tên"),
        (line("An 0912345678", "Trực ca", DAY, time(7), None, time(8)), "B5", "chỉ gồm chữ cái"),
        (line("An", "Trực đêm", DAY, time(7), None, time(8)), "D5", "Không có loại trực “Trực đêm”"),
        (line("An", None, DAY, time(7), None, time(8)), "D5", "Thiếu loại trực"),
        (line("An", "Trực ca", None, time(7), None, time(8)), "E5", "Thiếu ngày trực"),
        (line("An", "Trực ca", "mùng 1", time(7), None, time(8)), "E5", "Không hiểu ngày trực “mùng 1”"),
        (line("An", "Trực ca", DAY, "sớm", None, time(8)), "F5", "Không hiểu giờ bắt đầu “sớm”"),
        (line("An", "Trực ca", DAY, time(7), "x", time(8)), "G5", "Không hiểu ngày kết thúc “x”"),
        (line("An", "Trực ca", DAY, time(7), None, None), "H5", "Thiếu giờ kết thúc"),
        (line("An", "Trực ca", DAY, time(19), DAY, time(7)), "H5", "Ca qua đêm thì ghi đến ngày 16/03/2026"),
        (line("An", "Trực ca", date(2026, 5, 1), time(7), None, time(8)), "E5", "nằm ngoài thời gian của đợt"),
        (line("An", "Trực ca", DAY, time(7), None, time(8), "0123"), "J5", "Số điện thoại không đúng"),
        (line("An", "Trực ca", DAY, time(7), None, time(8), None), "J5", "Thiếu số điện thoại của An"),
        (line("An", "Trực ca", DAY, time(7), None, time(8), place="x" * 151), "I5", "dài quá 150 ký tự"),
    ],
)
def test_a_wrong_cell_is_named(filled, cell, words):
    entries, cells, said = judged(book([filled]), needs=[])
    assert cells == [(cell, "error")]
    assert words in said[cell]
    assert not any(entry.can_be_saved() for entry in entries)


def test_what_other_offices_send_is_read():
    """Headings of their own, kinds of duty as headings between lines, merged days, spans in one cell, a whole day's duty."""
    made = Workbook()
    made.active.title = "Bìa"
    sheet = made.create_sheet("DS trực")
    sheet.append(["DANH SÁCH TRỰC"])
    sheet.append(["TT", "Họ tên", "Chức vụ", "Ngày trực", "Ca trực", "Số điện thoại"])
    sheet.append(["I", "Trực lãnh đạo"])
    sheet.append([1, "Trần Văn Chính", "Giám đốc", "15/3", None, "0912 345 678"])
    sheet.append(["II", "Trực ca"])
    sheet.append([1, "Lê An", None, "15/3", "7h - 19h", "0912.345.679"])
    sheet.append([2, "Lê Bình", None, None, "19h00 – 7h00", "+84912345670"])
    sheet.merge_cells("D6:D7")
    entries, cells, _ = judged(data_of(made), needs=[])
    assert cells == [("D4", "warning")]  # no hour: the whole day
    assert [(e.layers, e.starts_at, e.ends_at, e.phone) for e in entries] == [
        (["leader"], at(0), at(24), "0912345678"),
        (["shift"], at(7), at(19), "0912345679"),
        (["shift"], at(19), at(31), "0912345670"),
    ]


def test_one_person_is_one_person():
    """Known by name, accents and case aside; two kinds of duty in the same hours are one shift; a number may be left out."""
    people = [Person(1, "Lê Thị An", "0912345678"), Person(2, "Trần Bình", "")]
    lines = [
        line("lê thị an", "Trực ca", DAY, time(0), None, time(8), None),
        line("Lê Thị An", "Trực vận hành", DAY, time(0), None, time(8), "0912345678"),
        line("Lê Thị An", "Trực ca", DAY, time(0), None, time(8)),
        line("Trần Bình", "Trực ca", DAY, time(8), None, time(16), None),
    ]
    entries, cells, said = judged(book(lines), needs=[], people=people)
    assert [(e.who, e.layers, e.can_be_saved()) for e in entries] == [
        (1, ["shift", "running"], True),
        (2, ["shift"], False),
    ]
    assert cells == [("B7", "warning"), ("J8", "error")]
    assert "Danh bạ chưa có số điện thoại" in said["J8"]


def test_names_that_several_share_need_a_number():
    twins = [Person(1, "Lê An", "0912345678"), Person(2, "Lê An", "0912345679")]
    lines = [
        line("Lê An", "Trực ca", DAY, time(0), None, time(8), "0912345679"),
        line("Lê An", "Trực ca", DAY, time(8), None, time(16), None),
        line("Đỗ Mới", "Trực ca", DAY, time(0), None, time(8), "0912345670"),
        line("Đỗ Mới", "Trực ca", DAY, time(4), None, time(9), "0912345671"),
    ]
    entries, cells, said = judged(book(lines), needs=[], people=twins)
    assert [entry.who for entry in entries][:1] == [2]
    assert cells == [("J6", "error"), ("J8", "warning")]
    assert "ghi số điện thoại để phân biệt" in said["J6"] and "hai người cùng tên" in said["J8"]


def test_a_new_number_of_a_known_person_is_told_before_it_is_kept():
    filled = [line("Lê An", "Trực ca", DAY, time(0), None, time(8), "0912345679")]
    entries, cells, said = judged(book(filled), needs=[], people=[Person(1, "Lê An", "0912345678")])
    assert cells == [("J5", "warning")]
    assert "0912 345 678" in said["J5"]
    assert entries[0].can_be_saved()


def test_people_who_stand_elsewhere():
    """A filed shift of another occasion refuses the line, an unfiled one warns; touching is no crossing."""
    busy = [Busy(1, at(8), at(16), "đợt “Bão”"), Busy(1, at(20), at(22), "đợt “Tết”", binding=False)]
    lines = [
        line("Lê An", "Trực ca", DAY, time(0), None, time(8), None),
        line("Lê An", "Trực ca", DAY, time(15), None, time(17), None),
        line("Lê An", "Trực ca", DAY, time(21), None, time(23), None),
    ]
    _, cells, said = judged(book(lines), needs=[], people=[Person(1, "Lê An", "0912345678")], busy=busy)
    assert cells == [("F6", "error"), ("F7", "warning")]
    assert "đợt “Bão”" in said["F6"]


def test_a_layer_without_anybody_is_said_at_its_heading():
    _, cells, said = judged(book([line("An", "Trực ca", DAY, time(0), date(2026, 3, 16), time(0))]))
    assert cells == [("D4", "gap"), ("H5", "gap")]
    assert said["D4"] == "Thiếu trực lãnh đạo 00:00 ngày 15/03 – 24:00 ngày 16/03/2026, 2.880 phút"


def test_formulas_count_by_their_value_and_text_stays_text():
    """A formula nobody reckoned is empty; a name that begins with = is written as text."""
    made = load_workbook(io.BytesIO(template(Facts("LỊCH", "=Đơn vị", "Đợt", "từ", "ca", ("=1+1",)))))
    sheet = made[SHEET]
    assert sheet["A2"].data_type == "s" and made[LISTS]["B2"].data_type == "s"
    sheet["B9"], sheet["D9"], sheet["E9"], sheet["F9"], sheet["H9"] = "An", "Trực ca", DAY, "=TIME(7,0,0)", time(8)
    _, cells, _ = judged(data_of(made), needs=[])
    assert ("F9", "error") in cells


def test_the_template_is_ready_to_fill():
    given = {
        "name": "Lê An",
        "layers": "Trực ca",
        "starts_day": DAY,
        "starts_clock": time(19),
        "ends_day": DAY + timedelta(1),
    }
    given |= {"ends_clock": time(7), "phone": "0912345678", "place": "Tổng đài"}
    facts = Facts("LỊCH TRỰC", "Sao Biển", "Bầu cử", "15/3–16/3", "Trực ca", ("Lê An", "Trần Bình"), (given,))
    made = load_workbook(io.BytesIO(template(facts)))
    sheet = made[SHEET]
    top = " ".join(str(sheet.cell(row, 1).value) for row in range(1, HEAD))
    assert all(words in top for words in ("Sao Biển", "Bầu cử", "15/3–16/3", "Trực ca"))
    assert sheet.cell(HEAD + 1, 5).value == datetime(2026, 3, 15) and sheet.cell(HEAD + 1, 5).is_date  # noqa: DTZ001
    assert (sheet["J9"].value, sheet["J9"].number_format, sheet["J10"].number_format) == ("0912345678", "@", "@")
    choices = {str(rule.sqref)[:1]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert choices == {"D": f"'{LISTS}'!$A$2:$A$6", "B": f"'{LISTS}'!$B$2:$B$3"}
    entries, cells, _ = judged(template(facts), needs=[])
    assert cells == []
    assert [(e.starts_at, e.ends_at, e.phone) for e in entries] == [(at(19), at(31), "0912345678")]


def test_the_file_comes_back_with_its_messages():
    """Comments and colour on the cells, a list of all; mended and read again the old marks are gone."""
    data = book([line("An", "Trực ca", DAY, time(7), None, time(8), "0123")])
    sheet = read_sheet(data, near=DAY)
    judge(sheet, sheet.lines, needs=[], period=PERIOD)
    back = marked(data, sheet.title, sheet.lines[0].faults)
    made = load_workbook(io.BytesIO(back))
    assert "Số điện thoại không đúng" in made[SHEET]["J5"].comment.text
    assert made[SHEET]["J5"].fill.fgColor.rgb == "00F8C9C6"
    assert [row[0] for row in made[FAULTS].iter_rows(values_only=True)] == ["Ô", "J5"]
    made[SHEET]["J5"] = "0912345678"
    again = load_workbook(io.BytesIO(marked(data_of(made), sheet.title, [])))
    assert again[SHEET]["J5"].comment is None and again[SHEET]["J5"].fill.fill_type is None
    assert judged(data_of(again), needs=[])[1] == []


def upload(data, name="lich.xlsx"):
    return SimpleUploadedFile(name, data)


def repacked(data, part, change):
    """The workbook with one part of it changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return held.getvalue()


GOOD = book([line("An", "Trực ca", DAY, time(7), None, time(8))])
FIRST = "xl/worksheets/sheet1.xml"
MERGED = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PDF, "không đúng loại"),
        (b"", "không có nội dung"),
        (b"PK\x03\x04 hong", "bị hỏng"),
        (GOOD + b"0" * reading.MOST_BYTES, "lớn quá 3 MB"),
        (repacked(GOOD, FIRST, lambda xml: xml + b" " * 11_000_000), "quá nhiều ô được định dạng"),
        (
            repacked(GOOD, FIRST, lambda xml: xml.replace(b"</sheetData>", MERGED)),
            "gộp quá nhiều ô",
        ),
        (repacked(GOOD, FIRST, lambda xml: xml[:200]), "Không đọc được tệp"),
        (repacked(GOOD, FIRST, lambda xml: xml.replace(b"<worksheet", BOMB + b"<worksheet", 1)), "bị hỏng"),
        (repacked(GOOD, FIRST, lambda xml: xml.replace(b'"A1"', b'"A900000"').replace(b'r="1"', b'r="900000"')), "kéo dài"),
        (book([["a", "b"]], headings=["Một", "Hai"]), "Không tìm thấy dòng tiêu đề"),
        (book([]), "chưa có dòng nào"),
    ],
    ids=["pdf", "empty", "no zip", "large", "packed", "merged", "cut", "entities", "endless", "no headings", "no lines"],
)  # fmt: skip
def test_files_that_are_refused(data, words):
    with pytest.raises(ValidationError) as refusal:
        read_sheet(check_workbook(upload(data)), near=DAY)
    assert words in " ".join(refusal.value.messages)


def test_too_many_lines(monkeypatch):
    monkeypatch.setattr("assignments.sheet.read.MOST_LINES", 2)
    with pytest.raises(ValidationError, match="hơn 2 dòng"):
        read_sheet(book([line("An", "Trực ca", DAY, time(7), None, time(8))] * 3), near=DAY)


def test_a_sheet_of_many_units_names_them():
    with pytest.raises(ValidationError, match="phải có cột “Đơn vị”"):
        read_sheet(GOOD, near=DAY, many_units=True)
