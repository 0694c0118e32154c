"""Who receives, by when it must go out, what is missing; redlines; the paper on the screen."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from directives.deadlines import ZONE
from directives.models import CopyLine
from directives.paper.draft import read_body
from directives.selectors import demands_of, issue_by, recipients, to_paper, warnings
from directives.selectors.places import locate
from directives.selectors.screen import paragraphs, steps
from plans.models import Holiday
from tests import make
from units.states import UnitKind


@pytest.mark.django_db
def test_each_recipient_once_and_owners_of_demands_too(cast, now):
    extra = make.unit(UnitKind.CABLE, "Công ty Truyền hình cáp Gió Mùa")
    closed = make.unit(UnitKind.TELECOM, "Công ty Đã Giải Thể", valid_to=timezone.localdate(now))
    paper = make.dispatch(cast, addressed=[cast.postal, cast.telecom], groups=[cast.group])
    make.requirement(paper, units=[extra])
    for order, unit in enumerate([cast.province, cast.postal, None], 1):
        CopyLine.objects.create(dispatch=paper, order=order, text=f"dòng {order}", unit=unit)
    found = recipients(paper, timezone.localdate(now))
    assert set(found) == {
        (cast.postal, False),
        (cast.telecom, False),
        (cast.rival, False),
        (extra, False),
        (cast.province, True),
    }
    assert closed not in {unit for unit, _ in found}


@pytest.mark.django_db
def test_a_unit_finds_its_own_demands_only(cast):
    paper = make.dispatch(cast, "issued")
    mine = make.requirement(paper, "1", units=[cast.telecom])
    ours = make.requirement(paper, "2", groups=[cast.group])
    chosen = make.requirement(paper, "3", groups=[make.group("Nhóm lẻ", kind="", members=[cast.telecom])])
    make.requirement(paper, "4", units=[cast.rival])
    make.requirement(paper, "5", groups=[make.group("Bưu chính", UnitKind.POSTAL)])
    assert list(demands_of(paper, {cast.telecom.pk})) == [mine, ours, chosen]
    assert list(demands_of(paper, set())) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "signed, due",
    [
        ((2026, 11, 20, 9, 0), (2026, 11, 24)),  # a Friday; the next working day is Monday
        ((2026, 11, 25, 9, 0), (2026, 11, 27)),
        ((2026, 12, 31, 16, 0), (2027, 1, 5)),  # the New Year and its weekend
    ],
)
def test_the_clock_of_issuing_runs_to_the_end_of_the_next_working_day(cast, signed, due):
    paper = make.dispatch(cast, "signed", signed_at=datetime(*signed, tzinfo=ZONE))
    assert issue_by(paper) == datetime(*due, tzinfo=ZONE)


@pytest.mark.django_db
def test_a_swapped_day_moves_the_clock_and_urgency_stops_it(cast):
    signed = datetime(2026, 11, 25, 9, tzinfo=ZONE)
    Holiday.objects.create(day="2026-11-26", is_day_off=True, name="nghỉ bù", source="thông báo")
    assert issue_by(make.dispatch(cast, "signed", signed_at=signed)) == datetime(2026, 11, 28, tzinfo=ZONE)
    assert issue_by(make.dispatch(cast, "signed", signed_at=signed, urgency="hỏa tốc")) == signed
    assert issue_by(make.dispatch(cast)) is None


@pytest.mark.django_db
def test_warnings_name_what_the_author_forgot(cast, now):
    paper = make.dispatch(cast, authority=None)
    make.requirement(paper, "1", starts=0, ends=9)
    make.requirement(paper, "2", units=[cast.postal], due_at=now, starts=0, ends=9, text="Rà soát trạm phát sóng.")
    make.requirement(paper, "3", groups=[cast.group], due_at=now)
    assert warnings(paper) == [
        "Dòng “Các doanh nghiệp viễn thông” chưa gắn với nhóm hoặc đơn vị nào, nên văn bản sẽ không tới được.",
        "Yêu cầu 1 chưa có đơn vị thực hiện.",
        "Yêu cầu 1 chưa có hạn hoàn thành.",
        "Yêu cầu 1 ghi khác với lời của mục đó trong nội dung văn bản.",
        "Yêu cầu 2: “Bưu điện tỉnh Hải Giang” không có trong phần Kính gửi.",
        "Yêu cầu 3 không tìm thấy trong nội dung văn bản.",
        "Yêu cầu 3: “Các doanh nghiệp viễn thông” không có trong phần Kính gửi.",
        "Chưa chọn thẩm quyền ký.",
        "Chưa có phần Nơi nhận.",
    ]


@pytest.mark.django_db
def test_number_and_day_stay_blank_until_they_are_given(cast, now):
    draft = to_paper(make.dispatch(cast), on=timezone.localdate(now) + timedelta(days=40))
    assert (draft.number, draft.date_iso) == (
        "/SKHCN-BCVT",
        f"{timezone.localdate(now) + timedelta(days=40):%Y-%m}",
    )
    assert (draft.signer.lines, draft.signer.name) == (("GIÁM ĐỐC",), "Trần Minh Quang")
    numbered = make.dispatch(cast, "numbered", number=7)
    assert to_paper(numbered).number == "07/SKHCN-BCVT"
    assert to_paper(numbered).date_iso == f"{timezone.localdate(now)}"
    telegram = to_paper(make.dispatch(cast, kind="công điện", urgency="hỏa tốc"))
    assert (telegram.recipient_label, telegram.urgency) == ("điện", "HỎA TỐC")


BODY = "Mở đầu.\n1. Việc một:\n- Điểm đầu.\n- Điểm sau.\n2. Việc hai.\nKết."


def test_a_demand_is_found_by_its_words_else_by_its_label():
    paper = read_body(BODY)
    assert locate(paper, "2", "Việc hai.") == (BODY.index("2. "), BODY.index("\nKết"))
    assert locate(paper, "1.2", "lời đã viết lại") == (BODY.index("- Điểm sau"), BODY.index("\n2."))
    assert locate(paper, "9", "không có") == (0, 0)
    twice = read_body("1. Gửi báo cáo.\n2. Gửi báo cáo.")
    assert locate(twice, "2", "Gửi báo cáo.", starts=16) == (16, 31)


@pytest.mark.django_db
def test_the_screen_marks_where_demands_begin(cast):
    paper = make.dispatch(cast, body=BODY)
    demand = make.requirement(paper, "2", starts=BODY.index("2. "), ends=BODY.index("\nKết"))
    rows = paragraphs(to_paper(paper), [demand])
    assert [(row.role, row.lead, row.text) for row in rows] == [
        ("plain", "", "Mở đầu."),
        ("heading", "1. Việc một:", ""),
        ("item", "", "- Điểm đầu."),
        ("item", "", "- Điểm sau."),
        ("item", "", "2. Việc hai."),
        ("plain", "", "Kết."),
    ]
    assert [row.demands for row in rows] == [[], [], [], [], [demand], []]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "status, current",
    [("draft", "Dự thảo"), ("review", "Xem xét"), ("approved", "Ký"), ("signed", "Cấp số"), ("issued", None)],
)
def test_the_steps_show_what_the_paper_waits_for(cast, status, current):
    found = steps(make.dispatch(cast, status))
    assert [word for word, at in found if at == "current"] == ([current] if current else [])
    assert len(found) == 6
