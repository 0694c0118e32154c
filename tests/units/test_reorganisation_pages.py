"""The pages of a reorganisation: nothing written before it was looked at, nothing typed lost, every refusal a sentence."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from tests import make
from units.models import Reorganisation, Unit
from units.selectors.reorganisation_table import order_of_rows, rows_of_text
from units.services.units import update_unit
from units.states import UnitKind

pytestmark = pytest.mark.django_db
NEW = "units:reorganisation_new"


@pytest.fixture
def page(client, cast):
    client.force_login(cast.specialist)
    return lambda kind, **data: client.post(f"{reverse(NEW)}?loai={kind}", data)


def said(**more):
    return {"on": timezone.localdate().isoformat(), "basis": "Quyết định số 15/QĐ-UBND", **more}


def text_of(answer):
    return answer.content.decode()


def test_a_merger_from_the_form_over_the_preview_to_its_page(page, client, cast):
    leaving = make.person("duty", cast.rival, "Lê Thôi Việc").contact
    units = [cast.telecom.pk, cast.rival.pk]
    data = said(units=units, new_name="Tổng công ty Viễn thông Hải Giang", new_code="H99.7")
    shown = page("merge", **data)
    assert shown.templates[0].name == "units/reorganisation_preview.html" and not Reorganisation.objects.exists()
    words = text_of(shown)
    assert "Lê Thôi Việc" in words and "chờ người thứ hai xác nhận" in words and "0900000000" not in words
    staying = [row.pk for each in shown.context["rows"] for row in each.contacts if row != leaving]
    back = page("merge", **data, buoc="sua")
    assert 'value="Tổng công ty Viễn thông Hải Giang"' in text_of(back)
    stale = page("merge", **data, buoc="ghi", seen="cũ", people=staying)
    assert "Trang này đã cũ" in text_of(stale) and "Tổng công ty Viễn thông Hải Giang" in text_of(stale)
    assert f'id="nguoi-{leaving.pk}" checked' not in text_of(stale).replace("\n", " ")
    done = page("merge", **data, buoc="ghi", seen=shown.context["seen"], people=staying)
    act = Reorganisation.objects.get()
    assert done.url == act.get_absolute_url() and act.leaving == [leaving.pk]
    told = text_of(client.get(done.url))
    assert "Công ty Viễn thông Sao Biển" in told and "Tổng công ty Viễn thông Hải Giang" in told
    heir = Unit.objects.get(code="H99.7")
    for old in units:
        assert heir.name in text_of(client.get(reverse("units:unit_detail", args=[old])))
    assert "Công ty Viễn thông Sao Biển" in text_of(client.get(heir.get_absolute_url()))
    assert "Tổng công ty" in text_of(client.get(reverse("units:unit_list"), {"q": "h99.7"}))


FORMS = {
    "merge": ({"units": "telecom"}, "Hãy chọn đơn vị đang có để nhập vào"),
    "split": ({"unit": "telecom"}, "Hãy ghi ít nhất một đơn vị mới"),
    "rename": ({"unit": "telecom", "new_name": "Công ty Viễn thông Sao Biển"}, "trùng với tên đang dùng"),
    "above": ({"units": "telecom", "above": "telecom"}, "không thể là cấp trên của chính mình"),
    "end": ({"units": "department"}, "đang vận hành hệ thống này"),
    "table": ({"table": ""}, "Bảng chưa có dòng nào"),
}


@pytest.mark.parametrize("kind", FORMS)
def test_each_form_says_what_is_wrong_and_keeps_what_was_typed(page, cast, kind):
    fields, words = FORMS[kind]
    fields = {name: getattr(cast, who).pk if hasattr(cast, who) else who for name, who in fields.items()}
    answer = page(kind, **said(**fields, note="Ghi chú đã gõ"))
    assert answer.templates[0].name == "units/reorganisation_new.html"
    assert words in text_of(answer) and "Ghi chú đã gõ" in text_of(answer)
    assert not Reorganisation.objects.exists()
    answer = page(kind, on="khong-phai-ngay", units="9" * 40, unit="x", table="x" * 10)
    assert answer.status_code == 200 and {"on", "basis"} <= answer.context["form"].errors.keys()


def test_a_split_lets_people_be_left_for_later(page, cast):
    data = said(unit=cast.telecom.pk, parts="Công ty Sao Mai; SM\nCông ty Sao Hôm; SH; H7.9")
    shown = page("split", **data)
    name = f"chinh-{cast.telecom.pk}"
    assert [each[0] for each in shown.context["heirs"][cast.telecom.pk]] == ["m1", "m2"]
    again = page("split", **data, **{name: ""}, buoc="ghi", seen="x")
    assert again.context["left"] == [cast.telecom.pk]
    page("split", **data, **{name: "m2"}, buoc="ghi", seen=shown.context["seen"], people=[cast.focal.contact.pk])
    cast.focal.contact.refresh_from_db()
    assert (cast.focal.contact.unit.name, cast.focal.contact.unit.code) == ("Công ty Sao Hôm", "H7.9")


def communes(now):
    """Two communes of one name in two districts, told apart by code, and one more."""
    district = make.unit(UnitKind.DISTRICT, "Ủy ban nhân dân huyện Tân Phước")
    rows = [("00001", "An Hòa"), ("00002", "An Hòa"), ("00003", "Bình Phú")]
    made = []
    for code, name in rows:
        unit = make.unit(UnitKind.COMMUNE, f"Ủy ban nhân dân xã {name}", parent=district)
        made.append(update_unit(unit, actor=None, now=now, area_code=code))
    return district, made


def read(table, on=None):
    rows = rows_of_text(table)
    return order_of_rows(rows, on=on or timezone.localdate()), [row.faults for row in rows]


def test_a_table_is_read_by_code_and_by_name_only_where_one_bears_it(cast, now):
    district, (first, second, third) = communes(now)
    order, faults = read(
        "mã cũ; tên cũ; mã mới; tên mới; ngày\n"
        "00001;;00001; Ủy ban nhân dân xã Tân Hòa\n"
        "00002; ủy ban nhân dân xã an hòa; 00001; Ủy ban nhân dân xã Tân Hòa;\n"
        f"00003; ; ; Ủy ban nhân dân xã mới; {timezone.localdate():%d/%m/%Y}\n"
        "; Ủy ban nhân dân huyện Tân Phước\n"
    )
    assert not any(faults)
    assert order.names == {first.pk: ("Ủy ban nhân dân xã Tân Hòa", "")}
    assert order.ends == {second.pk: [first.pk], third.pk: ["m1"], district.pk: []}
    new = order.new["m1"]
    assert (new.kind, new.parent) == (UnitKind.COMMUNE, None)  # its district ends in the same table


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("; Ủy ban nhân dân xã An Hòa;; X", "Có 2 đơn vị cùng tên"),
        ("00003; Ủy ban nhân dân xã An Hòa;; X", "Mã 00003 là của"),
        ("99999;;;X", "Không tìm thấy đơn vị cũ"),
        ("00003;;12345;", "chưa có trong danh bạ"),
        ("00003;;;X;31/02/2025", "Không đọc được ngày"),
        ("00003;;;X;01/07/2025", "khác ngày có hiệu lực"),
        (";;;X", "Chưa ghi mã hoặc tên"),
    ],
)
def test_each_wrong_row_says_why(cast, now, row, words):
    communes(now)
    order, faults = read(row)
    assert words in " ".join(faults[0]) and order.is_empty()


def test_a_hundred_communes_at_once_from_excel_and_bad_files_refused(page, client, cast, now):
    book = Workbook()
    book.active.append(["Mã cũ", "Tên cũ", "Mã mới", "Tên mới", "Ngày"])
    for n in range(100):
        make.unit(UnitKind.COMMUNE, f"Ủy ban nhân dân xã số {n}", area_code=f"{10000 + n}")
        book.active.append([10000 + n, f"Ủy ban nhân dân xã số {n}", "", f"Ủy ban nhân dân phường {n // 4}", ""])
    kept = io.BytesIO()
    book.save(kept)
    shown = page("table", **said(), file=SimpleUploadedFile("bang.xlsx", kept.getvalue()))
    assert shown.context["bare"] == 100, shown.context["form"].errors
    carried = {}
    for name, value in shown.context["carried"]:
        carried.setdefault(name, []).append(value)
    done = page("table", **carried, buoc="ghi", seen=shown.context["seen"])
    assert Unit.objects.filter(name__startswith="Ủy ban nhân dân phường").count() == 25
    assert client.get(done.url).status_code == 200
    for name, content, words in (
        ("bang.xlsx", b"khong phai excel", "không đúng loại"),
        ("bang.csv", b"\xff\xfe\x00", "không đúng loại"),
        ("bang.csv", b"a;b;c", "Không tìm thấy đơn vị cũ"),
    ):
        answer = page("table", **said(table="đã gõ; trước"), file=SimpleUploadedFile(name, content))
        assert words in text_of(answer), name


def test_an_act_to_come_is_withdrawn_from_its_page(page, client, cast):
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    data = said(unit=cast.telecom.pk, new_name="Công ty Sao Mai") | {"on": later}
    shown = page("rename", **data)
    act_url = page("rename", **data, buoc="ghi", seen=shown.context["seen"]).url
    assert "Rút lại" in text_of(client.get(act_url))
    answer = client.post(f"{act_url}rut-lai/", {"reason": ""})
    assert answer.context["form"].errors
    assert client.post(f"{act_url}rut-lai/", {"reason": "Ghi nhầm"}).url == act_url
    assert "Ghi nhầm" in text_of(client.get(act_url))
    assert "đã được rút lại" in text_of(client.post(f"{act_url}rut-lai/", {"reason": "Ghi nhầm"}))
    client.force_login(cast.leader)
    assert client.post(f"{act_url}rut-lai/", {"reason": "x"}).status_code == 403
    assert client.get(act_url).status_code == 200
    client.force_login(cast.focal)
    assert client.get(act_url).status_code == 404
