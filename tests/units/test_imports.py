"""The address book from a file and into one: previewed line by line, written as previewed, never twice; exports come back unchanged."""

import csv
import io
import zipfile
from datetime import date, timedelta
from unittest.mock import ANY

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from directives.models import Register, RegisterEntry
from reports.demo.province import build_province
from tests import make
from tests.units.test_units import sentences
from units.forms.sheets import carried
from units.imports import plan_import
from units.imports.units import NEAR
from units.models import Contact, Membership, Unit, UnitEntry, UnitPeriod, User
from units.selectors.exports import contact_rows, invitation_rows, membership_rows, template_rows, unit_rows
from units.services.imports import apply_import
from units.sheets.columns import CONTACTS, INVITATIONS, MEMBERSHIPS, READ, UNITS
from units.sheets.lines import check_file, read_tables
from units.sheets.template import csv_file, marked_file, template, xlsx_file
from units.states import Role

UNIT_HEAD = ["Mã định danh", "Mã đơn vị hành chính", "Tên đơn vị", "Loại", "Cấp trên trực tiếp", "Điện thoại", "Email"]
CONTACT_HEAD = ["Đơn vị", "Họ tên", "Chức vụ", "SĐT", "Email", "Nhận yêu cầu"]
COMMUNE = "UBND xã, phường, đặc khu"


def workbook(**sheets):
    """The bytes of a workbook with these sheets, each a list of rows."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def upload(data, name="danh-ba.xlsx"):
    return SimpleUploadedFile(name, data)


def planned(data, actor, name="danh-ba.xlsx"):
    sheets = read_tables(check_file(upload(data, name)))
    return plan_import(sheets, actor=actor, today=timezone.localdate())


def figures(plan):
    return [part.figures for part in plan.parts]


def faults(plan):
    return {line.row: " ".join(fault.text for fault in line.faults) for part in plan.parts for line in part.faulty}


def applied(data, actor, now, **options):
    return apply_import(read_tables(data), actor=actor, now=now, seen=planned(data, actor).fingerprint, **options)


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig"])
def test_a_csv_is_read_whatever_its_sign(sign, coding):
    text = sign.join(CONTACT_HEAD) + "\r\n" + sign.join(["Bưu điện", "Lê An", "", "0912345678", "", "x"]) + "\r\n"
    (sheet,) = read_tables(check_file(upload(text.encode(coding), "a.csv")))
    assert sheet.table is CONTACTS
    assert sheet.lines[0].given | {"row": sheet.lines[0].row} == {
        "unit": "Bưu điện", "name": "Lê An", "phone": "0912345678", "is_focal": "x", "row": 2
    }  # fmt: skip


def bomb():
    held = io.BytesIO(workbook(a=[UNIT_HEAD]))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 60_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", "Đơn vị;Họ tên\nBưu điện;Lê Ấn".encode("cp1258", "replace"), "CSV UTF-8"),
        ("a.csv", "Đơn vị;Họ tên\nBưu điện;Lê An".encode("utf-16"), "CSV UTF-8"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "kiểu cũ"),
        ("a.csv", b"", "không có nội dung"),
        ("a.csv", b"abc;def\n1;2", "tiêu đề cột"),
        ("a.csv", "Đơn vị;Họ tên\n".encode(), "chưa có dòng nào"),
        ("a.csv", b"x" * 4_000_000, "lớn quá 3 MB"),
        ("a.csv", b'\xc4\x90\xc6\xa1n v\xe1\xbb\x8b;H\xe1\xbb\x8d t\xc3\xaan\n"' + b"a" * 200_000, "tiêu đề cột"),
        ("a.xlsx", b"PK\x03\x04" + b"rac" * 100, "hỏng"),
        ("a.xlsx", workbook(a=[["Một", "Hai"], [1, 2]]), "tiêu đề cột"),
        ("a.xlsx", workbook(a=[CONTACT_HEAD, ["X", "A"]], b=[CONTACT_HEAD, ["X", "B"]]), "hai trang tính"),
        ("a.xlsx", workbook(a=[CONTACT_HEAD, *[["X", "A"]] * 9]), "hơn 8 dòng"),
    ],
)
def test_files_that_are_refused_say_why(name, data, words, monkeypatch):
    monkeypatch.setattr("units.sheets.lines.MOST_LINES", 8)
    with pytest.raises(ValidationError) as refusal:
        read_tables(check_file(upload(data, name)))
    assert words in " ".join(refusal.value.messages)


def test_a_bomb_and_endless_empty_rows_are_refused():
    with pytest.raises(ValidationError):
        check_file(upload(bomb()))
    book = Workbook()
    book.active.append(CONTACT_HEAD)
    book.active.cell(50_000, 1).number_format = "@"
    held = io.BytesIO()
    book.save(held)
    with pytest.raises(ValidationError, match="kéo dài đến dòng 50000"):
        read_tables(check_file(upload(held.getvalue())))


def test_hidden_rows_merged_cells_and_days_as_text_are_read():
    book = Workbook()
    sheet = book.active
    for row in (["Đơn vị", "Họ tên", "Email"], ["Bưu điện", "Lê An", "a@x.example"], [None, "Lê Ba", "b@x.example"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    units = book.create_sheet("Đơn vị")
    units.append(["Tên đơn vị", "Loại", "Ngày thành lập"])
    units.append(["Ủy ban nhân dân xã A", COMMUNE, "1/7/2025"])
    units.append(["Ủy ban nhân dân xã B", COMMUNE, "tháng bảy"])
    held = io.BytesIO()
    book.save(held)
    founded, people = read_tables(held.getvalue())
    assert [line.text("unit") for line in people.lines] == ["Bưu điện"] * 2 and people.hidden == 1
    assert founded.lines[0].days == {"valid_from": date(2025, 7, 1)}
    assert "01/07/2025" in founded.lines[1].faults[0].text


# --- units ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_units_are_new_changed_unchanged_or_faulty(cast, now):
    cast.telecom.tax_code = "0100109106"
    cast.telecom.save()
    Unit.objects.filter(pk=cast.postal.pk).update(code="H35.01", address="Số 1")
    rows = [
        ["", "", "Ủy ban nhân dân xã Đông Hải", COMMUNE, "UBND", "2033825123", ""],  # new; the zero is put back
        ["H35.01", "", "Bưu điện tỉnh Hải Giang", "", "", "", "bd@hg.example"],  # changed: by code
        ["", "", cast.rival.name.upper(), "", "", "", ""],  # as it is
        ["H35.01", "", "Bưu chính Hải Giang", "", "", "", ""],  # a rename
        ["", "", "Ủy ban nhân dân xã Bình Sơn", "", "", "", ""],  # no kind
        ["", "12", "Ủy ban nhân dân phường A", COMMUNE, "Không có ở đâu", "", ""],
        ["", "", "Ủy ban nhân dân xã Đông Hải", COMMUNE, "", "", ""],  # twice
        ["", "", "Công ty Viễn thông Cánh Buôm", "Doanh nghiệp viễn thông", "", "", ""],  # only a mark apart
        ["", "", "Sở khác", "Sở chủ quản hệ thống", "", "", ""],
        [
            "H36.99",
            "",
            "Công ty Viễn thông Cánh Buôm",
            "Doanh nghiệp viễn thông",
            "",
            "",
            "",
        ],  # another one, by its code
    ]
    plan = planned(workbook(a=[UNIT_HEAD, *rows]), cast.specialist)
    assert figures(plan) == [(2, 1, 1, 6)]
    said = faults(plan)
    assert set(said) == {5, 6, 7, 8, 9, 10}
    assert "Đổi tên là việc có ngày hiệu lực" in said[5] or "Trùng với dòng 3" in said[5]
    assert "phải có loại" in said[6] and "Không có đơn vị" in said[7] and "Trùng với dòng 2" in said[8]
    assert "chỉ khác dấu" in said[9] and "một Sở chủ quản" in said[10]
    new, namesake = plan.parts[0].new_rows
    assert [each.text for each in namesake.line.faults] == [NEAR.format(name=cast.rival)]
    assert new.data["phone"] == "02033825123" and new.data["parent"] == cast.province
    assert "bỏ số 0" in new.line.faults[0].text
    (changed,) = plan.parts[0].changed_rows
    assert [(one.label, one.before, one.after) for one in changed.changes] == [
        ("thư điện tử cơ quan", "", "bd@hg.example")
    ]


@pytest.mark.django_db
def test_a_new_name_in_a_file_is_refused_as_an_act_with_a_day(cast):
    Unit.objects.filter(pk=cast.postal.pk).update(code="H35.01")
    Unit.objects.filter(pk=cast.rival.pk).update(short_name="Cánh Buồm")
    rows = [
        ["H35.01", "Bưu chính Hải Giang", "", "Viết tắt"],
        ["", "Công ty Buồm Lớn", "Doanh nghiệp viễn thông", "Cánh Buồm"],
    ]
    said = faults(planned(workbook(a=[["Mã định danh", "Tên đơn vị", "Loại", "Tên viết tắt"], *rows]), cast.head))
    assert "Đổi tên là việc có ngày hiệu lực" in said[2] and "đổi cùng với tên" in said[2]
    assert "là của “Công ty Viễn thông Cánh Buồm”" in said[3]


@pytest.mark.django_db
def test_units_and_their_people_of_one_file_are_written_as_previewed(cast, now):
    data = workbook(
        **{
            "Đơn vị": [
                UNIT_HEAD,
                ["", "4", "UBND xã Con", COMMUNE, "Ủy ban nhân dân xã Mẹ", "", ""],
                ["", "00005", "Ủy ban nhân dân xã Mẹ", COMMUNE, "UBND", "", ""],
            ],
            "Đầu mối": [CONTACT_HEAD, ["UBND xã Mẹ", "Lê  Thị Ánh", "Phó Chủ tịch", 912345678, "Anh@ME.example", "Có"]],
        }
    )
    before = UnitEntry.objects.count()
    plan = applied(data, cast.specialist, now)
    assert figures(plan) == [(2, 0, 0, 0), (1, 0, 0, 0)]
    child, mother = Unit.objects.get(area_code="00004"), Unit.objects.get(area_code="00005")
    assert (child.parent, mother.parent, child.sort_key != "") == (mother, cast.province, True)
    assert UnitPeriod.objects.filter(unit=mother, name=mother.name, valid_to=None).count() == 1
    anh = mother.contacts.get()
    assert (anh.name, anh.phone, anh.email, anh.is_focal) == ("Lê Thị Ánh", "0912345678", "anh@me.example", True)
    assert list(Contact.objects.filter(search_key__words="anh")) == [anh] or anh in Contact.objects.filter(
        search_key__words="anh"
    )
    assert sentences(mother)[-1] == "Thêm Lê Thị Ánh vào danh bạ, nhận yêu cầu của Sở (nhập từ tệp)."
    assert UnitEntry.objects.count() == before + 4  # two units, one person, one for the file
    assert figures(planned(data, cast.specialist)) == [(0, 0, 2, 0), (0, 0, 1, 0)]


@pytest.mark.django_db
def test_no_unit_comes_to_stand_above_itself(cast):
    rows = [["", "", "Xã A", COMMUNE, "Xã B", "", ""], ["", "", "Xã B", COMMUNE, "Xã A", "", ""]]
    rows += [["", "", "Xã C", COMMUNE, "Xã A", "", ""], ["", "", cast.province.name, "", cast.department.name, "", ""]]
    said = faults(planned(workbook(a=[UNIT_HEAD, *rows]), cast.head))
    assert set(said) == {2, 3, 4, 5}
    assert "cấp trên của chính nó" in said[2] and "cấp trên của chính nó" in said[5]


# --- contacts ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def people(cast):
    made = {}
    for name, phone, email in (
        ("Trần Văn An", "0911111111", "an@sb.example"),
        ("Trần Văn Ân", "0922222222", ""),
        ("Lý Bảo", "", "bao@sb.example"),
    ):
        made[name] = Contact.objects.create(
            unit=cast.telecom, name=name, sort_key="x", search_key="x", phone=phone, email=email
        )
    return made


@pytest.mark.django_db
def test_people_are_found_again_by_mail_then_number_then_name(cast, people, now):
    unit = cast.telecom.name
    rows = [
        [unit, "Trần Văn Anh", "", "", "AN@sb.example", ""],  # by mail: the name changes
        [unit, "Trần Văn Ân", "Tổ trưởng", "0922 222 222", "", ""],  # by number and name
        [unit, "Lý Bảo", "", "0933333333", "", ""],  # by name: has a number now
        [unit, "Người Mới", "", "0922222222", "moi@sb.example", ""],  # shares a number: somebody else
        [unit, "Không Tới", "", "", "", ""],
        [unit, "Sai Số", "", "12345", "", ""],
        ["Công ty lạ", "Ai Đó", "", "0944444444", "", ""],
        [unit, "0955555555", "", "0955555555", "", ""],
        [unit, "Trùng Thư", "", "", "moi@sb.example", ""],
        [unit, "Đặng Hải Yến", "", "", "khac@sb.example", ""],  # has an account
    ]
    data = workbook(a=[CONTACT_HEAD, *rows])
    plan = planned(data, cast.specialist)
    assert figures(plan) == [(1, 3, 0, 6)], faults(plan)
    said = faults(plan)
    assert "Cần ít nhất" in said[6] and "không đúng" in said[7] and "trong danh bạ" in said[8]
    assert "chỉ gồm chữ cái" in said[9] and "Trùng thư điện tử với dòng 5" in said[10] and "có tài khoản" in said[11]
    with pytest.raises(ValidationError, match="còn dòng lỗi"):
        applied(data, cast.specialist, now)
    Contact.objects.filter(unit=cast.telecom).update(phone_proven_at=now, email_proven_at=now)
    applied(data, cast.specialist, now, only_good=True)
    bao = Contact.objects.get(pk=people["Lý Bảo"].pk)
    assert (bao.phone, bao.phone_proven_at, bao.email_proven_at) == ("0933333333", None, now)
    assert Contact.objects.get(pk=people["Trần Văn An"].pk).name == "Trần Văn Anh"
    assert Contact.objects.filter(unit=cast.telecom).count() == 5
    assert figures(planned(data, cast.specialist)) == [(0, 0, 4, 6)]
    text = " ".join(UnitEntry.objects.values_list("what", flat=True))
    assert "0933333333" not in text and "@" not in text


@pytest.mark.django_db
def test_what_changed_since_the_preview_is_said_and_nothing_is_written(cast, people, now):
    data = workbook(a=[CONTACT_HEAD, [cast.telecom.name, "Lý Bảo", "Trưởng ca", "", "", ""]])
    seen = planned(data, cast.specialist).fingerprint
    Contact.objects.filter(pk=people["Lý Bảo"].pk).update(position="Phó ca")
    with pytest.raises(ValidationError, match="vừa thay đổi") as refusal:
        apply_import(read_tables(data), actor=cast.specialist, now=now, seen=seen)
    assert refusal.value.code == "stale"
    assert Contact.objects.get(pk=people["Lý Bảo"].pk).position == "Phó ca"
    with pytest.raises(PermissionDenied):
        apply_import(read_tables(data), actor=cast.leader, now=now, seen=seen)


@pytest.mark.django_db
def test_a_unit_fills_in_its_own_people_only_and_sees_no_hidden_number(cast, people, now):
    rows = [
        [cast.telecom.name, "Lý Bảo", "Trưởng ca", "", "", ""],
        [cast.department.name, "Lý Bá", "", "0912345678", "", ""],
    ]
    data = workbook(**{"Đầu mối": [CONTACT_HEAD, *rows], "Đơn vị": [UNIT_HEAD, ["", "", "Xã A", COMMUNE, "", "", ""]]})
    plan = planned(data, cast.focal)
    assert figures(plan) == [(0, 0, 0, 1), (0, 1, 0, 1)]
    rows = [[cast.telecom.name, "Trần Văn An", "", "0911111112", "", "-"]]
    changes = {}
    for who in (cast.specialist, cast.focal):
        plan = planned(workbook(a=[CONTACT_HEAD[:5], rows[0][:5]]), who)
        changes[who] = plan.parts[0].changed_rows[0].changes[0]
    assert changes[cast.specialist].before == "số đang lưu (không hiển thị)"
    assert changes[cast.focal].before == "0911 111 111"


# --- rights -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_rights_given_by_a_file_obey_the_administrator_and_wait_for_a_second_person(cast, now):
    today = timezone.localdate(now)
    head = ["Tên đăng nhập", "Thư điện tử", "Đơn vị", "Vai trò", "Từ ngày", "Thôi giữ từ ngày"]
    name, unit = cast.focal.username, cast.telecom.name
    rows = [
        [name, "", unit, "Trực ca", "", ""],  # new
        ["", cast.stranger.email, cast.rival.name, "Đầu mối", "", ""],  # as it is
        [cast.postal_focal.username, "", cast.postal.name, "Đầu mối", "", today + timedelta(days=9)],  # ends
        [name, "", unit, "Chuyên viên", "", ""],
        ["khong-co", "", unit, "Đầu mối", "", ""],
        [name, "", unit, "Vua", "", ""],
    ]
    data = workbook(a=[head, *rows])
    assert figures(planned(data, cast.specialist)) == [(0, 0, 0, 6)]
    plan = planned(data, cast.admin)
    assert figures(plan) == [(1, 1, 1, 3)], faults(plan)
    applied(data, cast.admin, now, only_good=True)
    given = Membership.objects.get(user=cast.focal, role=Role.DUTY)
    assert given.pending and given.granted_by == cast.admin
    assert Membership.objects.get(user=cast.postal_focal).ends_on == today + timedelta(days=9)
    assert figures(planned(data, cast.admin)) == [(0, 0, 3, 3)]


# --- files out, and back in -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_demonstration_exported_and_read_again_is_unchanged(now):
    build_province(now=now, mark="Trình diễn")
    admin, today = User.objects.get(username="long.vd"), timezone.localdate(now)
    lists = {
        UNITS: lambda: unit_rows(Unit.objects.all()),
        CONTACTS: lambda: contact_rows(Contact.objects.current(), admin),
        MEMBERSHIPS: lambda: membership_rows(User.objects.all(), today),
    }
    for table, rows in lists.items():
        with csv_file(table, rows()) as held:
            plan = planned(held.read(), admin, "a.csv")
        assert (plan.added, plan.changed, plan.faulty) == (0, 0, 0), (table.key, faults(plan))
        assert plan.same == len(list(rows()))
    book = template(READ, template_rows(READ, admin, today))
    plan = planned(book, admin)
    assert plan.same > 200 and (plan.added, plan.changed, plan.faulty) == (0, 0, 0), faults(plan)


@pytest.mark.django_db
def test_texts_days_and_numbers_leave_as_such_and_formulas_as_text(cast, now):
    cast.telecom.address, cast.telecom.valid_from = "=1+1", date(2001, 2, 3)
    cast.telecom.save()
    Contact.objects.create(unit=cast.telecom, name="Lý Bảo", sort_key="x", search_key="x", phone="0912345678")
    units = Unit.objects.filter(pk=cast.telecom.pk)
    with xlsx_file(UNITS, unit_rows(units)) as held:
        row = load_workbook(held).active[2]
    assert (row[9].value, row[9].data_type, row[12].value.date()) == ("=1+1", "s", date(2001, 2, 3))
    with csv_file(UNITS, unit_rows(units)) as held:
        text = held.read().decode("utf-8-sig")
    line = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert (line[9], line[12]) == ("'=1+1", "03/02/2001")
    assert figures(planned(text.encode(), cast.admin, "a.csv")) == [(0, 0, 1, 0)]
    people = Contact.objects.filter(name="Lý Bảo")
    assert [row[4] for row in contact_rows(people, cast.focal)] == ["0912345678"]
    assert [(row[4], row[9] != "") for row in contact_rows(people, cast.specialist)] == [("", True)]
    assert list(invitation_rows(cast.telecom.invitations, now)) == [] and len(INVITATIONS.columns) == 9


@pytest.mark.django_db
def test_the_file_given_back_says_each_fault_beside_its_line(cast):
    data = workbook(
        a=[CONTACT_HEAD, ["=1+1", "Lý Bảo", "", "123", "", ""], [cast.telecom.name, "An", "", "0912345678"]]
    )
    for given, name in ((data, "a.xlsx"), ("Đơn vị;Họ tên;SĐT\nLạ;Lý Bảo;123\n".encode(), "a.csv")):
        sheets = read_tables(check_file(upload(given, name)))
        plan = plan_import(sheets, actor=cast.head, today=timezone.localdate())
        page = load_workbook(io.BytesIO(marked_file(given, sheets)))[sheets[0].title]
        column = next(cell.column for cell in page[1] if cell.value == "Cần sửa")
        assert "Số điện thoại không đúng" in page.cell(2, column).value and page.cell(3, column).value is None
        again = marked_file(marked_file(given, sheets), sheets)
        assert [cell.value for cell in load_workbook(io.BytesIO(again))[sheets[0].title][1]].count("Cần sửa") == 1
        assert faults(plan)


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_pages_preview_then_save_and_note_every_export(client, cast, now):
    client.force_login(cast.specialist)
    url = reverse("units:import_file")
    data = workbook(
        a=[CONTACT_HEAD, [cast.telecom.name, "Lý Bảo", "", "912345678", "", ""], ["Lạ", "Ai", "", "", "", ""]]
    )
    page = client.post(url, {"upload": upload(data)})
    assert Contact.objects.filter(name="Lý Bảo").count() == 0
    assert "Chỉ lưu 1 dòng đúng" in page.content.decode() and "Không có đơn vị “Lạ”" in page.content.decode()
    sent = {"carried": page.context["carried"], "seen": page.context["plan"].fingerprint}
    assert client.post(url, sent | {"luu": "1"}).status_code == 200
    stale = client.post(url, sent | {"seen": "x", "luu": "dung"})
    assert "vừa thay đổi" in stale.content.decode() and not Contact.objects.filter(name="Lý Bảo").exists()
    assert client.post(url, sent | {"luu": "dung"}).status_code == 302
    assert Contact.objects.get(name="Lý Bảo").phone == "0912345678"
    assert client.post(reverse("units:import_marked"), sent)["Content-Disposition"].endswith('can-sua.xlsx"')
    for broken in ({}, {"carried": carried(b"PK\x03\x04")}):
        assert client.post(url, broken).status_code == 200
    assert client.post(reverse("units:import_marked"), {"carried": "!!"}).status_code == 302
    assert load_workbook(io.BytesIO(client.get(reverse("units:import_template")).content)).sheetnames == [
        "Đơn vị", "Đầu mối", "Danh mục", "Hướng dẫn"
    ]  # fmt: skip
    client.force_login(cast.admin)
    for name in ("unit", "contact", "proof", "membership", "invitation"):
        answer = client.get(reverse(f"units:{name}_export") + ("?dang=csv&q=lan" if name == "unit" else ""))
        assert answer.status_code == 200 and b"".join(answer.streaming_content)
    said = [entry for entry in sentences(cast.department) if entry.startswith("Xuất")]
    assert len(said) == 5 and "Xuất bảng “Đơn vị” (đã lọc): 0 dòng, dạng csv." in said
    assert "Xuất bảng “Vai trò”: 8 dòng, dạng xlsx." in said


@pytest.mark.django_db
def test_the_register_and_the_assignments_leave_as_files_too(client, cast, now):
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom])
    RegisterEntry.objects.create(
        register=Register.objects.create(issuer=cast.department, year=paper.year),
        number=paper.number,
        dispatch=paper,
        symbol=paper.symbol,
        issued_on=paper.issued_on,
        what="=Công văn",
        signer_name=paper.signer_name,
        taken_by=cast.clerk,
        taken_at=now,
    )
    due = timezone.make_aware(timezone.datetime(2026, 1, 20))
    for unit in (cast.telecom, cast.rival):
        make.assignment(cast, "sent", to=unit, due_at=due)
    client.force_login(cast.clerk)
    sheet = load_workbook(io.BytesIO(b"".join(client.get("/van-ban/so-van-ban/xuat/")))).active
    assert [cell.value for cell in sheet[2]][:4] == [paper.number, paper.code(), ANY, "=Công văn"]
    assert (sheet["A2"].data_type, sheet["D2"].data_type, sheet.max_row) == ("n", "s", 2)
    client.force_login(cast.focal)
    assert client.get("/van-ban/so-van-ban/xuat/").status_code == 404
    sheet = load_workbook(io.BytesIO(b"".join(client.get("/nhiem-vu/xuat/?trang-thai=mo")))).active
    assert [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)] == [cast.telecom.name]
    assert f"{sheet['G2'].value:%H:%M %d/%m/%Y}" == "23:59 19/01/2026"
