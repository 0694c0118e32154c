"""A filled sheet on its way in: seen before it is saved, kept nowhere meanwhile, merged and never doubled."""

import io
import re
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from assignments import services
from assignments.duty import day_start
from assignments.models import DutyShift, Roster
from assignments.sheet.columns import SHEET
from assignments.sheet.write import HEAD
from plans.models import Phase
from tests import make
from tests.files import PDF
from units.models import Contact, StoredFile

pytestmark = pytest.mark.django_db
HEADINGS = ["Họ và tên", "Chức danh", "Loại trực", "Ngày trực", "Từ giờ", "Đến ngày", "Đến giờ", "Điện thoại"]


@pytest.fixture
def occasion(db):
    """One day of duty: the leader and the shift layer."""
    made = make.occasion(name="Bầu cử thử")
    Phase.objects.exclude(kind="during").delete()
    return made


@pytest.fixture
def roster(cast, occasion):
    return make.roster(cast.telecom, of=occasion)


@pytest.fixture
def focal(client, cast):
    client.force_login(cast.focal)
    return client


def url(name, *args):
    return reverse(f"assignments:{name}", args=args)


def said(page):
    return page.content.decode()


def book(*lines, headings=HEADINGS):
    made = Workbook()
    made.active.append(headings)
    for line in lines:
        made.active.append(list(line))
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def upload(data, name="lich.xlsx"):
    return {"upload": SimpleUploadedFile(name, data)}


def hidden(page):
    """What the preview carries back."""
    return dict(re.findall(r'name="(carried|seen)" value="([^"]*)"', said(page)))


def whole(day, **more):
    """The day covered in both layers by three people, one of them new."""
    line = {
        "leader": ["Đặng Hải Yến", "Giám đốc", "Trực lãnh đạo", day, time(0), None, "24:00", None],
        "early": ["Lê An", "Kỹ sư", "Trực ca", day, time(0), None, time(12), "0912345678"],
        "late": ["Lê Bình", "Kỹ sư", "Trực ca", day, time(12), None, "24h", "0912345679"],
    }
    return book(*(line | more).values())


def held(roster):
    return sorted(
        (
            shift.contact.name,
            shift.layers,
            int((shift.starts_at - day_start(roster.occasion.d_day)).total_seconds() // 3600),
        )
        for shift in roster.shifts.select_related("contact")
    )


WHOLE = [("Lê An", ["shift"], 0), ("Lê Bình", ["shift"], 12), ("Đặng Hải Yến", ["leader"], 0)]


def test_a_sheet_is_seen_saved_and_saved_again(focal, occasion, roster):
    """Nothing is stored before the press; the same file a second time changes nothing, whatever is pressed."""
    page = focal.post(url("roster_upload", roster.pk), upload(whole(occasion.d_day)))
    assert "Tệp không có lỗi, đủ người trực từng phút" in said(page)
    assert "Lê An" in said(page) and "thêm mới" in said(page)
    assert not DutyShift.objects.exists() and not StoredFile.objects.exists()
    assert not Contact.objects.filter(name="Lê An").exists()
    done = focal.post(url("roster_upload", roster.pk), hidden(page) | {"luu": "1"}, follow=True)
    assert "Đã lưu lịch trực: thêm 3 ca." in said(done)
    assert held(roster) == WHOLE
    assert Roster.objects.get().gap_minutes == 0
    again = focal.post(url("roster_upload", roster.pk), upload(whole(occasion.d_day)))
    assert "không có gì phải lưu" in said(again) and 'name="luu"' not in said(again)
    before = list(DutyShift.objects.values())
    focal.post(url("roster_upload", roster.pk), hidden(page) | {"luu": "1"})  # the old preview, pressed late
    assert list(DutyShift.objects.values()) == before and Contact.objects.filter(name="Lê An").count() == 1


@pytest.mark.parametrize("place", [None, "Đài Bắc"])
def test_the_preview_has_no_column_in_which_nothing_stands(focal, occasion, roster, place):
    line = ["Lê An", "Kỹ sư", "Trực ca", occasion.d_day, time(0), None, time(12), "0912345678", place]
    data = book(line, headings=[*HEADINGS, "Nơi trực"])
    page = said(focal.post(url("roster_upload", roster.pk), upload(data)))
    heads = re.findall(r'<th scope="col">([^<]+)</th>', page[page.index("sheet-table") :])
    assert "Người trực" in heads and "Điện thoại" in heads
    assert ("Nơi trực, ghi chú" in heads) is (place is not None)


def test_five_messages_and_nothing_saved(focal, occasion, roster):
    day = occasion.d_day
    data = book(
        ["Đặng Hải Yến", "", "Trực lãnh đạo", day, time(0), None, time(10), None],  # gap: G2
        ["Lê An", "", "Trực ca", day, time(0), None, time(8), "912345678"],  # nine digits: H3
        ["Lê Bình", "", "Trực ca", day, time(9), day + timedelta(1), time(10), "0912345679"],  # 25 hours: G4
        ["Lê Cần", "", "Trực vận hành", day, time(0), None, time(8), "0912345670"],
        ["Lê Cần", "", "Trực vận hành", day, time(7), None, time(9), "0912345670"],  # overlap: E6
    )  # and a gap from 8 to 9: G3
    page = said(focal.post(url("roster_upload", roster.pk), upload(data)))
    assert re.findall(r'cell-fault cell-(\w+)"><span class="code">(\w+)</span>', page) == [
        ("gap", "G2"),
        ("gap", "G3"),
        ("error", "H3"),
        ("error", "G4"),
        ("error", "E6"),
    ]
    assert "Tệp có 3 lỗi và 2 chỗ thiếu trực. Chưa lưu gì." in page
    assert "Lưu bản nháp 2 ca đúng" in page and "Lưu vào lịch trực" not in page
    assert not DutyShift.objects.exists()


def test_right_lines_are_kept_as_a_draft_and_the_mended_sheet_merges(focal, occasion, roster):
    """While something is wrong nothing is dropped; the mended sheet updates, adds, and drops what it no longer names."""
    day = occasion.d_day
    page = focal.post(url("roster_upload", roster.pk), upload(whole(day)))
    focal.post(url("roster_upload", roster.pk), hidden(page) | {"luu": "1"})
    new = ["Lê Cần", "", "Trực ca", day, time(12), None, "24:00", "912345"]
    wrong = focal.post(url("roster_upload", roster.pk), upload(whole(day, late=new)))
    done = focal.post(url("roster_upload", roster.pk), hidden(wrong) | {"luu": "1"}, follow=True)
    assert "không có gì thay đổi. Chưa lưu 1 dòng còn lỗi." in said(done)
    assert held(roster) == WHOLE
    mended = [*new[:-1], "0912345670"]
    early = ["Lê An", "Trưởng ca", "Trực ca; Trực vận hành", day, time(0), None, time(12), "0912345678"]
    right = focal.post(url("roster_upload", roster.pk), upload(whole(day, late=mended, early=early)))
    assert "Lê An" in said(right) and "ca thay đổi" in said(right)
    done = focal.post(url("roster_upload", roster.pk), hidden(right) | {"luu": "1"}, follow=True)
    assert held(roster) == [
        ("Lê An", ["shift", "running"], 0),
        ("Lê Cần", ["shift"], 12),
        ("Đặng Hải Yến", ["leader"], 0),
    ]
    gone = focal.post(url("roster_upload", roster.pk), upload(book(early)))
    assert "Sẽ bỏ 2 ca không còn trong tệp" in said(gone)


def test_a_roster_changed_meanwhile_is_shown_anew(focal, cast, occasion, roster):
    page = focal.post(url("roster_upload", roster.pk), upload(whole(occasion.d_day)))
    facts = {"layers": ["shift"], "starts_at": day_start(occasion.d_day), "contact": cast.focal.contact}
    facts["ends_at"] = facts["starts_at"] + timedelta(hours=1)
    services.save_shift(roster, actor=cast.focal, now=timezone.now(), **facts)
    late = focal.post(url("roster_upload", roster.pk), hidden(page) | {"luu": "1"})
    assert "vừa được sửa sau khi anh/chị tải tệp lên" in said(late)
    assert DutyShift.objects.count() == 1
    focal.post(url("roster_upload", roster.pk), hidden(late) | {"luu": "1"})
    assert held(roster) == WHOLE


def test_the_file_comes_back_marked(focal, occasion, roster):
    bad = ["Lê Bình", "", "Trực ca", occasion.d_day, time(12), None, "24h", "0912"]
    page = focal.post(url("roster_upload", roster.pk), upload(whole(occasion.d_day, late=bad)))
    answer = focal.post(url("roster_marked", roster.pk), hidden(page))
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"H4"}
    lost = focal.post(url("roster_marked", roster.pk), follow=True)
    assert "Hãy tải tệp lên lại" in said(lost)


def test_the_template_holds_what_is_entered(focal, client, cast, occasion, roster):
    """With the unit's numbers for itself, without them for whoever may not see them; filled back in it changes nothing."""
    page = focal.post(url("roster_upload", roster.pk), upload(whole(occasion.d_day)))
    focal.post(url("roster_upload", roster.pk), hidden(page) | {"luu": "1"})
    own = focal.get(url("roster_template", roster.pk)).content
    sheet = load_workbook(io.BytesIO(own))[SHEET]
    assert {sheet.cell(HEAD + row, 10).value for row in (1, 2, 3)} == {"0900000000", "0912345678", "0912345679"}
    assert cast.telecom.name in sheet["A2"].value and "Trực lãnh đạo" in sheet["A5"].value
    assert "không có gì phải lưu" in said(focal.post(url("roster_upload", roster.pk), upload(own)))
    client.force_login(cast.head)
    shown = load_workbook(io.BytesIO(client.get(url("roster_template", roster.pk)).content))[SHEET]
    assert [shown.cell(HEAD + row, 10).value for row in (1, 2, 3)] == [None, None, None]
    client.force_login(cast.stranger)
    assert client.get(url("roster_template", roster.pk)).status_code == 404
    client.force_login(cast.clerk)
    assert client.get(url("roster_template", roster.pk)).status_code == 403


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PDF, "không đúng loại cho phép"),
        (b"PK\x03\x04" + b"0" * 100, "bị hỏng"),
        (book(["a"], headings=["Cột lạ"]), "Không tìm thấy dòng tiêu đề cột"),
    ],
)
def test_another_file_is_answered_with_a_sentence(focal, roster, settings, data, words):
    page = focal.post(url("roster_upload", roster.pk), upload(data))
    assert page.status_code == 200 and words in said(page)
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert "Hãy chọn tệp" in said(focal.post(url("roster_upload", roster.pk)))


# --- one sheet of many units ------------------------------------------------------------------------------------------


@pytest.fixture
def head(client, cast):
    client.force_login(cast.head)
    return client


def province(day, *rows):
    lines = [
        [unit, name, "", "Trực lãnh đạo; Trực ca", day, time(0), None, "24:00", phone] for unit, name, phone in rows
    ]
    return book(*lines, headings=["Đơn vị", *HEADINGS])


def test_one_sheet_fills_many_rosters(head, cast, occasion):
    """Units by any of their names, accents aside; each roster begun and filled; again it changes nothing."""
    data = province(
        occasion.d_day, (cast.telecom.name, "Lê An", "0912345678"), ("buu dien tinh hai giang", "Lê Bình", "0912345679")
    )
    page = head.post(url("rosters_upload", occasion.pk), upload(data))
    assert "Tệp không có lỗi" in said(page) and not Roster.objects.exists()
    done = head.post(url("rosters_upload", occasion.pk), hidden(page) | {"luu": "1"}, follow=True)
    assert "thêm 2 ca" in said(done) and done.redirect_chain[-1][0].endswith(f"?dot={occasion.pk}")
    assert set(Roster.objects.values_list("unit", "gap_minutes")) == {(cast.telecom.pk, 0), (cast.postal.pk, 0)}
    assert "không có gì phải lưu" in said(head.post(url("rosters_upload", occasion.pk), upload(data)))


def test_units_that_cannot_be_filled_are_named(head, cast, occasion):
    make.roster(cast.rival, "submitted", of=occasion)
    data = province(
        occasion.d_day,
        (cast.rival.name, "Lê An", "0912345678"),
        ("Công ty Không Có", "Lê Bình", "0912345679"),
        (None, "Lê Cần", "0912345670"),
        (cast.postal.name, "Lê Dần", "0912345671"),
    )
    page = head.post(url("rosters_upload", occasion.pk), upload(data))
    assert re.findall(r'cell-error"><span class="code">(\w+)</span>', said(page)) == ["A2", "A3", "A4"]
    assert "đang ở tình trạng “Chờ Sở duyệt”" in said(page) and "“Công ty Không Có”" in said(page)
    head.post(url("rosters_upload", occasion.pk), hidden(page) | {"luu": "1"})
    assert {roster.unit_id: roster.shifts.count() for roster in Roster.objects.all()} == {
        cast.rival.pk: 0,
        cast.postal.pk: 1,
    }
    answer = head.post(url("rosters_marked", occasion.pk), hidden(page))
    assert load_workbook(io.BytesIO(answer.content)).worksheets[0]["A2"].comment


def test_who_may_fill_many_rosters(client, cast, occasion):
    for who, code in (("specialist", 200), ("head", 200), ("leader", 403), ("clerk", 403), ("focal", 403)):
        client.force_login(getattr(cast, who))
        assert client.get(url("rosters_upload", occasion.pk)).status_code == code, who
        assert client.get(url("rosters_template", occasion.pk)).status_code == code, who
        assert client.get(url("sheet_occasion")).status_code == code, who
    client.force_login(cast.head)
    assert client.get(url("sheet_occasion"), {"dot": occasion.pk}).url == url("rosters_upload", occasion.pk)
    assert client.get(url("sheet_occasion"), {"dot": "9" * 30}).status_code == 200
