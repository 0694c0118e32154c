"""The year 2025 replayed on a province with papers of 2024: 63 provinces to 34, districts ended, Sở TT&TT become Sở KH&CN.

Not one filed byte changes, every old paper keeps its names, what was owed has somebody who owes it, nothing is orphaned.
The mergers are those of Nghị quyết 202/2025/QH15; the province here is Trà Vinh, since 01/07/2025 part of Vĩnh Long.
"""

import hashlib
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assignments import services as work
from assignments.models import Assignment
from assignments.selectors.succession import left_open
from assignments.services.succession import hand_over
from directives import services as papers
from directives.models import Dispatch, Receipt, RegisterEntry
from directives.selectors.paper import to_paper
from directives.sweeps import file_pdfs
from tests import make
from tests.crawl.world import scan
from tests.directives.acts import BODY, demand
from units.chain import verify
from units.divisions import provinces
from units.downloads import read_bytes
from units.models import SigningAuthority, StoredFile, Unit, UnitPeriod
from units.reorganising import Order
from units.selectors import units_of
from units.selectors.reorganisation import orphans
from units.selectors.reorganisation_table import order_of_rows, rows_of_text
from units.services.reorganisation import reorganise
from units.states import Role, UnitKind
from units.sweeps import seal_rows
from units.text import search_key, sort_key

pytestmark = pytest.mark.django_db
ABSORBED = {
    "Tuyên Quang": "Hà Giang",
    "Lào Cai": "Yên Bái",
    "Thái Nguyên": "Bắc Kạn",
    "Phú Thọ": "Vĩnh Phúc, Hòa Bình",
    "Bắc Ninh": "Bắc Giang",
    "Hưng Yên": "Thái Bình",
    "Hải Phòng": "Hải Dương",
    "Ninh Bình": "Hà Nam, Nam Định",
    "Quảng Trị": "Quảng Bình",
    "Đà Nẵng": "Quảng Nam",
    "Quảng Ngãi": "Kon Tum",
    "Gia Lai": "Bình Định",
    "Khánh Hòa": "Ninh Thuận",
    "Lâm Đồng": "Đắk Nông, Bình Thuận",
    "Đắk Lắk": "Phú Yên",
    "Hồ Chí Minh": "Bình Dương, Bà Rịa - Vũng Tàu",
    "Đồng Nai": "Bình Phước",
    "Tây Ninh": "Long An",
    "Cần Thơ": "Sóc Trăng, Hậu Giang",
    "Vĩnh Long": "Bến Tre, Trà Vinh",
    "Đồng Tháp": "Tiền Giang",
    "Cà Mau": "Bạc Liêu",
    "An Giang": "Kiên Giang",
}
TWO_TIERS, ONE_DEPARTMENT = date(2025, 7, 1), date(2025, 3, 1)
THEN = datetime(2024, 12, 16, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OLD_NAMES = "Sở Thông tin và Truyền thông", "Ủy ban nhân dân tỉnh Trà Vinh"
NEW_NAMES = "Sở Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Vĩnh Long"


def called(unit, name, short):
    """As if it had been entered so: before the story begins."""
    keys = {"search_key": search_key(name, short)}
    UnitPeriod.objects.filter(unit=unit).update(name=name, short_name=short, **keys)
    Unit.objects.filter(pk=unit.pk).update(name=name, short_name=short, sort_key=sort_key(name))
    unit.refresh_from_db()


@pytest.fixture
def province(cast):
    """Trà Vinh at the end of 2024: its Sở TT&TT and another Sở, two districts each with a commune An Hòa, all 63 provinces."""
    called(cast.department, OLD_NAMES[0], "STTTT")
    called(cast.province, OLD_NAMES[1], "UBND")
    SigningAuthority.objects.update(valid_from=date(2020, 1, 1))
    cast.authority.refresh_from_db()
    cast.other = make.unit(UnitKind.OTHER, "Sở Khoa học và Công nghệ tỉnh Trà Vinh", "SKHCN-TV", parent=cast.province)
    cast.other_focal = make.person(Role.FOCAL, cast.other, is_focal=True)
    cast.districts, cast.communes = [], []
    for number, name in enumerate(("Cầu Ngang", "Duyên Hải"), 1):
        district = make.unit(UnitKind.DISTRICT, f"Ủy ban nhân dân huyện {name}", parent=cast.province)
        cast.districts.append(district)
        for place, code in (("An Hòa", f"2900{number}"), (f"Long {name}", f"2910{number}")):
            name_ = f"Ủy ban nhân dân xã {place}"
            cast.communes.append(make.unit(UnitKind.COMMUNE, name_, parent=district, area_code=code))
    cast.district_focal = make.person(Role.FOCAL, cast.districts[0], is_focal=True)
    cast.group_of_districts = make.group("UBND các huyện", UnitKind.DISTRICT)
    cast.seats = make.group("Đầu mối chọn tay", kind="", members=[cast.districts[0], cast.telecom])
    kept = {each.proper: each.committee for each in provinces()}
    for old in ", ".join(ABSORBED.values()).split(", "):
        if old != "Trà Vinh":
            make.unit(UnitKind.SUPERIOR, f"Ủy ban nhân dân tỉnh {old}")
    for committee in kept.values():
        make.unit(UnitKind.SUPERIOR, committee)
    cast.kept = kept
    return cast


def issued(cast, now, subject, to):
    """A paper through every step, filed and scanned."""
    by = {
        "kind": "công văn",
        "subject": subject,
        "body": BODY,
        "division": Unit.objects.get(pk=cast.division.pk),
        "addressees": [{"text": "Như trên", "units": to}],
        "requirements": [demand("1", "Lập danh sách.", *to), demand("2", "Báo cáo.", *to)],
    }
    draft = papers.create_dispatch(actor=cast.specialist, now=now, **by)
    draft = papers.submit_dispatch(draft, actor=cast.specialist, now=now)
    draft = papers.review_dispatch(draft, actor=cast.head, now=now)
    draft = papers.approve_dispatch(draft, actor=cast.leader, now=now)
    draft = papers.sign_dispatch(draft, actor=cast.leader, now=now, authority=cast.authority, signed_at=now)
    draft = papers.number_dispatch(draft, actor=cast.clerk, now=now)
    file_pdfs(now=now)
    papers.file_scan(Dispatch.objects.get(pk=draft.pk), actor=cast.clerk, now=now, upload=scan())
    return work.issue_dispatch(Dispatch.objects.get(pk=draft.pk), actor=cast.clerk, now=now)


def files():
    """What lies on disk for every stored file, by its row, against the checksum it was filed with."""
    found = {}
    for stored in StoredFile.objects.order_by("pk"):
        found[stored.pk] = (stored.sha256, hashlib.sha256(read_bytes(stored)).hexdigest())
    assert found and all(kept == now for kept, now in found.values())
    return found


def replay(cast, now):
    """The acts of 2025, each with its basis; returns the one that ended the districts."""
    by = {"actor": cast.head, "now": now}
    order = Order(names={cast.department.pk: (NEW_NAMES[0], "SKHCN")}, ends={cast.other.pk: [cast.department.pk]})
    reorganise(order, kind="merge", on=ONE_DEPARTMENT, basis="Nghị quyết của Hội đồng nhân dân tỉnh Trà Vinh", **by)
    table = ["mã cũ; tên cũ; mã mới; tên mới; ngày"]
    table += [f"29001; ; ; Ủy ban nhân dân xã Cầu Ngang; {TWO_TIERS:%d/%m/%Y}", "29101;;; Ủy ban nhân dân xã Cầu Ngang"]
    table += ["29002; ; ; Ủy ban nhân dân xã Duyên Hải", "29102;;; Ủy ban nhân dân xã Duyên Hải"]
    table += [
        f"; {district.name}; ; Ủy ban nhân dân xã {heir}"
        for district, heirs in zip(cast.districts, (("Cầu Ngang", "Duyên Hải"), ("Duyên Hải",)), strict=True)
        for heir in heirs
    ]
    rows = rows_of_text("\n".join(table))
    order = order_of_rows(rows, on=TWO_TIERS)
    assert [row.faults for row in rows if row.faults] == []
    act = reorganise(order, kind="table", on=TWO_TIERS, basis="Nghị quyết sắp xếp đơn vị hành chính cấp xã", **by)
    rows = rows_of_text(
        "\n".join(
            f"; Ủy ban nhân dân tỉnh {old}; ; {cast.kept[heir]}"
            for heir, absorbed in ABSORBED.items()
            for old in absorbed.split(", ")
        )
    )
    order = order_of_rows(rows, on=TWO_TIERS)
    assert len(order.ends) == 63 - 34 and [row.faults for row in rows if row.faults] == []
    reorganise(order, kind="table", on=TWO_TIERS, basis="Nghị quyết số 202/2025/QH15", **by)
    return act


def test_the_year_2025_replayed(client, province, now):
    cast = province
    paper = issued(cast, THEN, "bảo đảm thông tin liên lạc", [*cast.districts, cast.telecom])
    closed = Assignment.objects.filter(dispatch=paper, unit=cast.districts[0], requirement__label="1").get()
    Assignment.objects.filter(pk=closed.pk).update(status="closed")
    before = files()
    entries = list(RegisterEntry.objects.values_list("number", "symbol", "issued_on"))
    receipts = list(Receipt.objects.order_by("pk").values_list("unit", "unit_name", "sent_at"))
    waiting = papers.create_dispatch(
        actor=cast.specialist, now=THEN, kind="công văn", subject="dự thảo dở dang", body=BODY, division=cast.division,
        addressees=[{"text": "Như trên", "units": [cast.telecom]}],
    )  # fmt: skip
    for verb, who in ((papers.submit_dispatch, cast.specialist), (papers.review_dispatch, cast.head)):
        waiting = verb(waiting, actor=who, now=now)
    waiting = papers.approve_dispatch(waiting, actor=cast.leader, now=now)

    act = replay(cast, now)
    left = left_open(act, now)
    assert left.count() == 3  # of six demands one was met, two are the telecom company's
    assert hand_over(act, actor=cast.head, now=now, reason="Sắp xếp đơn vị hành chính cấp xã") == (3, 0)

    # Nothing filed has changed, and every old page keeps its names.
    assert files() == before
    assert entries == list(RegisterEntry.objects.values_list("number", "symbol", "issued_on"))
    assert receipts == list(Receipt.objects.order_by("pk").values_list("unit", "unit_name", "sent_at"))[: len(receipts)]
    old = Dispatch.objects.get(pk=paper.pk)
    printed = to_paper(old)
    assert (printed.agency, printed.parent_agency, old.symbol) == (*OLD_NAMES, "STTTT-BCVT")
    client.force_login(cast.specialist)
    page = client.get(old.get_absolute_url())
    assert page.status_code == 200 and OLD_NAMES[0].upper() in page.content.decode().upper()
    answer = client.get(reverse("directives:dispatch_pdf", args=[old.pk]), follow=True)
    assert hashlib.sha256(b"".join(answer)).hexdigest() == old.pdf_sha256
    closed.refresh_from_db()
    assert (closed.status, closed.unit) == ("closed", cast.districts[0])

    # Nothing is orphaned; whoever took over owes what was owed and has the paper.
    today = timezone.localdate(now)
    assert (orphans(today), list(left_open(act, now))) == ([], [])
    heirs = {name: Unit.objects.get(name=f"Ủy ban nhân dân xã {name}") for name in ("Cầu Ngang", "Duyên Hải")}
    owed = Assignment.objects.open().filter(dispatch=paper, unit__in=heirs.values())
    assert {(row.unit.name, row.requirement.label) for row in owed} == {
        (heirs["Cầu Ngang"].name, "2"),
        (heirs["Duyên Hải"].name, "1"),
        (heirs["Duyên Hải"].name, "2"),
    }
    assert Receipt.objects.filter(dispatch=paper, unit__in=heirs.values()).count() == 2
    assert cast.district_focal.memberships.get(unit=heirs["Cầu Ngang"]).pending
    assert Unit.objects.filter(kind=UnitKind.SUPERIOR).active_on(TWO_TIERS).count() == 34

    # Both names are found; groups mean whom they meant on each day.
    for words in ("an hoa", "cau ngang", "so thong tin va truyen thong", "tra vinh", "vinh long"):
        assert Unit.objects.search(words).exists(), words
    assert list(Unit.objects.search("thong tin va truyen thong")) == [Unit.objects.get(pk=cast.department.pk)]
    assert set(units_of([cast.group_of_districts, cast.seats], [], date(2025, 6, 30))) == {
        *cast.districts,
        cast.telecom,
    }
    assert set(units_of([cast.group_of_districts, cast.seats], [], TWO_TIERS)) == {cast.telecom, heirs["Cầu Ngang"]}

    # What was drafted under the old name is not signed under it; what is new bears the new names.
    with pytest.raises(ValidationError, match="STTTT-BCVT"):
        papers.sign_dispatch(waiting, actor=cast.leader, now=now, authority=cast.authority, signed_at=now)
    fresh = to_paper(Dispatch.objects.get(pk=issued(cast, now, "bảo đảm thông tin Tết", [cast.telecom]).pk))
    assert (fresh.agency, fresh.parent_agency) == NEW_NAMES and fresh.number.endswith("/SKHCN-BCVT")
    seal_rows(now=now)
    assert verify().broken is None
