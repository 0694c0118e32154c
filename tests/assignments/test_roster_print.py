"""Rosters on paper: the form of an annex, the head on every page, phones only for those who may see them."""

import io
from datetime import datetime, timedelta

import pdfplumber
import pytest
from django.urls import reverse
from django.utils import timezone

from assignments import pdf
from assignments.duty import ZONE
from assignments.models import Roster
from assignments.selectors.prints import printed_rosters
from tests import make
from units.models import Contact, UnitEntry

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 15, 7, tzinfo=ZONE)
NOW = datetime(2026, 3, 14, 9, 5, tzinfo=ZONE)
HEAD = ["TT", "Họ và tên", "Chức vụ", "Loại trực", "Thời gian", "Nơi trực", "Điện thoại", "Ghi chú"]


@pytest.fixture
def occasion(db):
    return make.occasion(name="Bầu cử đại biểu Quốc hội khóa XVI", d_day=DAY.date())


def roster_of(cast, occasion, unit, shifts=2, **fields):
    guard = Contact.objects.create(
        unit=unit, name="Nguyễn Thị Ỷ Lan", sort_key="x", position="Trưởng ca vận hành khai thác", phone="0912345678"
    )
    made = [
        make.shift(
            guard, DAY + timedelta(days=day), hours=12, layers=["shift", "response"], place="NOC tỉnh", note="Có xe"
        )
        for day in range(shifts)
    ]
    return make.roster(unit, "accepted", of=occasion, shifts=made, moved_at=NOW, **fields)


def pages(data):
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def printed(roster, viewer):
    return pages(pdf.roster_pdf(printed_rosters(Roster.objects.filter(pk=roster.pk))[0], viewer, NOW))


def test_a_list_says_who_when_where_and_which_version(cast, occasion):
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom], of=occasion, number=12, issued_on=DAY.date())
    demand = make.requirement(paper, units=[cast.telecom], evidence_kind="roster")
    make.assignment(cast, of=demand, occasion=occasion)
    ((text, tables),) = printed(roster_of(cast, occasion, cast.telecom), cast.leader)
    lines = text.split("\n")
    assert lines[:4] == [
        "Phụ lục",
        "LỊCH TRỰC BẢO ĐẢM THÔNG TIN LIÊN LẠC",
        "BẦU CỬ ĐẠI BIỂU QUỐC HỘI KHÓA XVI",
        "(Theo công văn số 12/SKHCN-BCVT ngày 15 tháng 3 năm 2026 của Sở Khoa học và Công nghệ)",
    ]
    assert f"Đơn vị: {cast.telecom}." in lines
    assert "cập nhật 09:05 ngày 14/03/2026 · in lúc 09:05 ngày 14/03/2026" in lines[-1]
    rows = [[(cell or "").replace("\n", " ").replace("\u00a0", " ") for cell in row] for row in tables[0]]
    assert rows[0] == HEAD
    assert rows[1] == [
        "1",
        "Nguyễn Thị Ỷ Lan",
        "Trưởng ca vận hành khai thác",
        "Trực ca, Trực ứng cứu thông tin",
        "07:00–19:00 ngày 15/03/2026",
        "NOC tỉnh",
        "0912 345 678",
        "Có xe",
    ]
    assert len(rows) == 3


def test_the_head_of_the_table_stands_on_every_page_and_pages_are_numbered_from_the_second(cast, occasion):
    sheets = printed(roster_of(cast, occasion, cast.telecom, shifts=40), cast.leader)
    assert len(sheets) > 2
    for number, (text, tables) in enumerate(sheets, 1):
        assert [cell.replace("\n", " ") for cell in tables[0][0]] == HEAD
        assert text.startswith(str(number)) == (number > 1)
    numbers = [row[0] for _, tables in sheets for row in tables[0][1:]]
    assert numbers == [str(n) for n in range(1, 41)]


def test_the_same_input_gives_the_same_bytes(cast, occasion):
    (one,) = printed_rosters(Roster.objects.filter(pk=roster_of(cast, occasion, cast.telecom).pk))
    first = pdf.roster_pdf(one, cast.leader, NOW)
    assert pdf.roster_pdf(one, cast.leader, NOW) == first
    assert pdf.roster_pdf(one, cast.leader, NOW + timedelta(minutes=1)) != first
    assert first.count(b"/FontFile2") == 3
    assert b"Helvetica" not in first


def test_phones_are_printed_for_leaders_and_the_units_own_people_only(cast, occasion):
    roster = roster_of(cast, occasion, cast.telecom)
    for viewer, may in ((cast.leader, True), (cast.focal, True), (cast.specialist, False), (cast.clerk, False)):
        ((text, tables),) = printed(roster, viewer)
        assert ("0912" in text) is may
        assert ("Điện thoại" in tables[0][0]) is may


def test_the_column_of_places_is_left_out_where_nobody_named_one(cast, occasion):
    roster = roster_of(cast, occasion, cast.telecom)
    roster.shifts.update(place="")
    ((_, tables),) = printed(roster, cast.leader)
    assert [cell.replace("\n", " ") for cell in tables[0][0]] == [head for head in HEAD if head != "Nơi trực"]
    assert tables[0][1][5:] == ["0912 345 678", "Có xe"]


def test_a_waived_gap_names_who_waived_it_a_roster_not_accepted_says_so(cast, occasion):
    roster = roster_of(
        cast, occasion, cast.telecom, gap_minutes=90, waived_by=cast.head, waiver_reason="Trực qua điện thoại."
    )
    ((text, _),) = printed(roster, cast.leader)
    assert f"được {cast.head} chấp nhận: Trực qua điện thoại." in text
    assert "- Thiếu trực lãnh đạo" in text
    Roster.objects.update(status="submitted")
    ((text, _),) = printed(roster, cast.leader)
    assert "Tình trạng: Chờ Sở duyệt; chưa phải lịch trực đã được Sở duyệt." in text


def test_a_volume_of_all_units_lists_pages_and_who_sent_none(client, cast, occasion):
    roster_of(cast, occasion, cast.telecom, shifts=20)
    roster_of(cast, occasion, cast.postal)
    make.roster(cast.rival, "draft", of=occasion)
    client.force_login(cast.leader)
    answer = client.get(reverse("assignments:rosters_print", args=[occasion.pk]))
    sheets = pages(answer.content)
    (summary,) = sheets[0][1]
    found = {row[1]: int(row[6]) for row in summary[1:]}
    assert set(found) == {str(cast.telecom), str(cast.postal)}
    for unit, page in found.items():
        assert f"Đơn vị: {unit}." in sheets[page - 1][0]
    assert [text.split("\n")[0] for text, _ in sheets[1:]] == [str(n) for n in range(2, len(sheets) + 1)]
    assert [row[1] for row in sheets[-1][1][0][1:]] == [str(cast.rival)]
    assert "2 đơn vị đã gửi lịch trực, trong đó 2 lịch đã được Sở duyệt; 1 đơn vị chưa gửi" in sheets[0][0]
    taken = UnitEntry.objects.filter(what__contains="có số điện thoại").values_list("unit", "actor")
    assert len(taken) == 1 and taken[0][0] == cast.department.pk, (
        "numbers left the system: who took them is written down"
    )
    only = client.get(reverse("assignments:rosters_print", args=[occasion.pk]) + "?loai=postal")
    assert len(pages(only.content)[0][1][0]) == 2


def test_who_may_print(client, cast, occasion):
    roster = roster_of(cast, occasion, cast.telecom)
    one, all_ = (
        reverse("assignments:roster_print", args=[roster.pk]),
        reverse("assignments:rosters_print", args=[occasion.pk]),
    )
    for person, codes in ((cast.focal, (200, 403)), (cast.stranger, (404, 403)), (cast.specialist, (200, 200))):
        client.force_login(person)
        assert (client.get(one).status_code, client.get(all_).status_code) == codes
    page = client.get(one)
    assert page["Cache-Control"] == "private, no-store"
    assert client.get(reverse("assignments:rosters_print", args=[make.occasion().pk])).status_code == 302
    assert client.get(reverse("assignments:rosters_print", args=[9_000])).status_code == 404
    for wild in ("%00", "abc", "9" * 30):
        assert client.get(f"{all_}?loai={wild}&dot={wild}&trang-thai={wild}").status_code == 302


def test_a_name_the_fonts_lack_is_said_in_words(client, cast, occasion):
    roster = roster_of(cast, occasion, cast.telecom)
    Contact.objects.filter(unit=cast.telecom, name__contains="Lan").update(name="Nguyễn 😀")
    client.force_login(cast.leader)
    page = client.get(reverse("assignments:roster_print", args=[roster.pk]))
    assert page.status_code == 422
    assert "không in được" in page.text


def test_a_volume_asks_equally_often_for_many_units(cast, occasion, django_assert_max_num_queries):
    for _ in range(6):
        roster_of(cast, occasion, make.unit())
    with django_assert_max_num_queries(6):
        assert len(printed_rosters(Roster.objects.filter(occasion=occasion))) == 6


def test_a_very_long_word_stays_in_its_column(cast, occasion):
    roster = roster_of(cast, occasion, cast.telecom, shifts=1)
    roster.shifts.update(place="Trung-tâm-" * 12)
    with pdfplumber.open(
        io.BytesIO(pdf.roster_pdf(printed_rosters(Roster.objects.all())[0], cast.leader, timezone.now()))
    ) as made:
        page = made.pages[0]
        edges = sorted({round(rect["x0"], 1) for rect in page.rects} | {round(rect["x1"], 1) for rect in page.rects})
        for word in page.extract_words():
            if "Trung-tâm" in word["text"]:
                assert edges[5] <= word["x0"] and word["x1"] <= edges[6]


def test_the_list_leads_to_the_volume_of_its_occasion(client, cast, occasion):
    roster_of(cast, occasion, cast.telecom)
    address, volume = (
        reverse("assignments:rosters_print_chosen"),
        reverse("assignments:rosters_print", args=[occasion.pk]),
    )
    client.force_login(cast.specialist)
    assert client.get(f"{address}?loai=telecom").url == f"{volume}?loai=telecom"
    make.roster(cast.telecom, of=make.occasion())
    assert client.get(f"{address}?dot={occasion.pk}").url == volume
    for unclear in ("", "?dot=x", "?dot=0"):
        assert client.get(f"{address}{unclear}").url.startswith(reverse("assignments:roster_list"))
    client.force_login(cast.focal)
    assert client.get(address).status_code == 403
