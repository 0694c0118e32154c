"""Pages of rosters: who gets which answer, what a refusal keeps, what a stranger never learns."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments import services
from assignments.duty import day_start
from assignments.models import DutyShift, Roster
from assignments.states import ROSTER_VERB_FROM, RosterStatus
from plans.models import Phase
from tests import make
from units.models import Contact
from units.states import Role

pytestmark = pytest.mark.django_db
R = RosterStatus
WHY = "Bổ sung người trực ứng cứu ban đêm."
DAY = timedelta(days=1)
VERBS = {  # who may, what is posted, where it leads
    "submit": ("focal", {"note": ""}, R.SUBMITTED),
    "return": ("head", {"reason": WHY}, R.RETURNED),
    "accept": ("leader", {"waiver_reason": WHY}, R.ACCEPTED),
    "reopen": ("specialist", {"reason": WHY}, R.RETURNED),
}


@pytest.fixture
def as_(client, cast):
    def login(name):
        client.force_login(getattr(cast, name))
        return client

    return login


@pytest.fixture
def occasion(db):
    """One day of duty: the leader and the shift layer."""
    made = make.occasion(name="Bầu cử thử")
    Phase.objects.exclude(kind="during").delete()
    return made


@pytest.fixture
def start(occasion):
    return day_start(occasion.d_day)


@pytest.fixture
def roster(cast, occasion):
    return make.roster(cast.telecom, of=occasion)


def entered(cast, occasion, status="draft", layers=("shift",), **fields):
    """A roster of one shift of a day, with everything its state needs; the leader layer stands empty."""
    shift = make.shift(cast.focal, day_start(occasion.d_day), hours=24, status=status, layers=layers)
    if status == R.ACCEPTED:
        fields |= {"gap_minutes": 1440, "waived_by": cast.head, "waiver_reason": WHY}
    return make.roster(cast.telecom, status, of=occasion, shifts=[shift], **{"gap_minutes": 1440} | fields)


def url(name, *args):
    return reverse(f"assignments:{name}", args=args)


def said(page):
    return page.content.decode()


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_of_a_roster(as_, cast, occasion, verb):
    """Asked on a page of its own, done by a press, refused to others; what was typed survives a refusal."""
    who, words, leads_to = VERBS[verb]
    row = entered(cast, occasion, sorted(ROSTER_VERB_FROM[verb])[0])
    page = url(f"roster_{verb}", row.pk)
    assert as_("stranger").get(page).status_code == 404
    assert as_("stranger").post(page, words).status_code == 404
    assert as_("clerk").post(page, words).status_code == 403
    if verb != "submit":
        assert as_("focal").get(page).status_code == 403
    if verb != "reopen":
        assert "Thiếu trực lãnh đạo 00:00–24:00" in said(as_(who).get(page))
    if verb != "submit":
        refused = as_(who).post(page, dict.fromkeys(words, "ngắn"))
        assert refused.status_code == 200 and "ngắn" in said(refused)
        assert Roster.objects.get().status == row.status
    assert as_(who).post(page, words).url == row.get_absolute_url()
    assert Roster.objects.get().status == leads_to
    again = as_(who).get(page, follow=True)
    assert again.redirect_chain[-1][0] == row.get_absolute_url()
    assert f"đang ở tình trạng “{leads_to.label}”" in said(again)
    assert "đang ở tình trạng" in said(as_(who).post(page, words))
    if leads_to == R.RETURNED:
        shown = said(as_("focal").get(row.get_absolute_url()))
        assert f"Sở {'mở' if verb == 'reopen' else 'trả'} lại lịch trực" in shown
        assert ("vẫn giữ hiệu lực" in shown) is (verb == "reopen")


def test_accepting_what_is_whole_asks_for_nothing(as_, cast, occasion):
    row = entered(cast, occasion, R.SUBMITTED, layers=["leader", "shift"], gap_minutes=0)
    page = as_("head").get(url("roster_accept", row.pk))
    assert "Đủ người trực từng phút" in said(page) and "waiver_reason" not in said(page)
    as_("head").post(url("roster_accept", row.pk))
    assert Roster.objects.get().status == R.ACCEPTED


def test_what_a_roster_page_shows_to_whom(as_, cast, occasion):
    """The unit enters and sends, the Sở decides; the number of a person is for the unit and for leaders."""
    row = entered(cast, occasion)
    page = row.get_absolute_url()
    assert as_("stranger").get(page).status_code == 404
    unit = said(as_("focal").get(page))
    assert "Gửi Sở" in unit and "Thêm ca" in unit and "0900 000 000" in unit and "Thiếu 1.440 phút" in unit
    clerk = said(as_("clerk").get(page))
    assert "Đặng Hải Yến" in clerk and "0900 000 000" not in clerk and "Thêm ca" not in clerk
    assert "0900 000 000" in said(as_("leader").get(page))
    services.submit_roster(row, actor=cast.focal, now=timezone.now())
    assert "Thêm ca" not in said(as_("focal").get(page))
    assert url("roster_accept", row.pk) in said(as_("head").get(page))
    services.return_roster(row, actor=cast.head, now=timezone.now(), reason=WHY)
    assert WHY in said(as_("focal").get(page))


def test_the_list_of_the_department_and_of_a_unit(as_, cast, occasion):
    entered(cast, occasion, R.SUBMITTED)
    make.roster(cast.rival, of=occasion)
    whole = said(as_("head").get(url("roster_list")))
    assert cast.telecom.name in whole and cast.rival.name in whole
    waiting = said(as_("head").get(url("roster_list") + "?trang-thai=submitted&thieu=1"))
    assert cast.telecom.name in waiting and f">{cast.rival.name}<" not in waiting
    assert "Không có lịch trực nào khớp bộ lọc" in said(as_("head").get(url("roster_list") + "?dot=x"))
    own = said(as_("focal").get(url("roster_list")))
    assert cast.telecom.name in own and cast.rival.name not in own


def test_what_is_owed_is_begun_by_one_press(as_, cast, occasion):
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom], of=occasion)
    asked = make.requirement(paper, units=[cast.telecom], evidence_kind="roster")
    make.assignment(cast, "sent", of=asked, occasion=occasion)
    page = said(as_("focal").get(url("roster_list")))
    assert "Phải lập (1)" in page
    assert cast.telecom.name in said(as_("head").get(url("roster_list") + "?trang-thai=chua-lap"))
    facts = {"dot": occasion.pk, "don-vi": cast.telecom.pk}
    answer = as_("focal").post(url("roster_new"), facts)
    assert answer.url == Roster.objects.get().get_absolute_url()
    assert as_("focal").post(url("roster_new"), facts).url == answer.url  # the same one again
    assert "Phải lập" not in said(as_("focal").get(url("roster_list")))


def test_nobody_begins_a_roster_for_a_rival(as_, cast, occasion):
    answer = as_("focal").post(url("roster_new"), {"dot": occasion.pk, "don-vi": cast.rival.pk})
    assert answer.status_code == 200 and not Roster.objects.exists()
    assert as_("admin").get(url("roster_new")).status_code == 403


def shift_facts(cast, occasion, **more):
    day = f"{occasion.d_day:%Y-%m-%d}"
    facts = {"contact": cast.focal.contact.pk, "layers": ["shift"], "starts_on": day, "starts_clock": "19:00"}
    return facts | {"ends_on": "", "ends_clock": "07:00", "place": "Tổng đài", "note": ""} | more


def test_one_shift_is_added_changed_and_taken_out(as_, cast, occasion, roster, start):
    new = url("shift_new", roster.pk)
    assert as_("stranger").get(new).status_code == 404
    assert as_("clerk").get(new).status_code == 403
    assert as_("focal").post(new, shift_facts(cast, occasion)).url == roster.get_absolute_url()
    row = DutyShift.objects.get()
    assert (row.starts_at, row.ends_at) == (start + timedelta(hours=19), start + timedelta(hours=31))
    edit = url("shift_edit", roster.pk, row.pk)
    assert 'value="Tổng đài"' in said(as_("focal").get(edit))
    as_("focal").post(edit, shift_facts(cast, occasion, place="Trạm 14"))
    assert DutyShift.objects.get().place == "Trạm 14"
    again = as_("focal").post(new, shift_facts(cast, occasion, them="1", starts_clock="07:00", ends_clock="09:00"))
    assert again.url == new
    assert as_("clerk").post(url("shift_remove", roster.pk, row.pk)).status_code == 403
    as_("focal").post(url("shift_remove", roster.pk, row.pk))
    assert not DutyShift.objects.filter(pk=row.pk).exists()
    assert as_("focal").get(edit).status_code == 404


def test_a_refused_shift_keeps_what_was_typed(as_, cast, occasion, roster):
    day = f"{occasion.d_day:%Y-%m-%d}"
    facts = shift_facts(cast, occasion, ends_on=day, place="Trạm phát sóng số 9")
    page = said(as_("focal").post(url("shift_new", roster.pk), facts))
    assert "Giờ kết thúc phải sau giờ bắt đầu" in page and "Trạm phát sóng số 9" in page
    long = shift_facts(cast, occasion, ends_on=f"{occasion.d_day + 2 * DAY:%Y-%m-%d}")
    assert "dài 36 giờ, quá 24 giờ" in said(as_("focal").post(url("shift_new", roster.pk), long))
    assert not DutyShift.objects.exists()


def test_a_sent_roster_is_not_edited(as_, cast, occasion):
    row = entered(cast, occasion, R.SUBMITTED)
    shift = row.shifts.get()
    for name, args in (
        ("shift_new", []),
        ("shift_edit", [shift.pk]),
        ("roster_pattern", []),
        ("roster_copy", []),
        ("roster_upload", []),
    ):
        page = as_("focal").get(url(name, row.pk, *args), follow=True)
        assert page.redirect_chain[-1][0] == row.get_absolute_url()
        assert "Không thể sửa lịch trực" in said(page)
    assert "Không thể sửa lịch trực" in said(as_("focal").post(url("shift_remove", row.pk, shift.pk), follow=True))
    assert DutyShift.objects.count() == 1


def test_a_pattern_is_seen_before_it_is_made(as_, cast, occasion, roster):
    day = f"{occasion.d_day:%Y-%m-%d}"
    facts = {"pattern": "3x8", "layers": ["shift"], "starts_on": day, "ends_on": day, "person_1": cast.focal.contact.pk}
    facts |= {"more_people": "Nguyễn Văn An; Trưởng ca; 0912345678"}
    page = said(as_("focal").post(url("roster_pattern", roster.pk), facts | {"xem": "1"}))
    assert "Sẽ thêm <strong>4 ca</strong>" in page and "Lưu 4 ca" in page and "còn thiếu 1.440 phút" in page
    assert not DutyShift.objects.exists() and not Contact.objects.filter(name="Nguyễn Văn An").exists()
    for _ in range(2):  # pressed twice it is made once
        as_("focal").post(url("roster_pattern", roster.pk), facts | {"luu": "1"})
    assert DutyShift.objects.count() == 4
    wrong = as_("focal").post(url("roster_pattern", roster.pk), facts | {"ends_on": "2020-01-01"})
    assert "Ngày cuối phải từ ngày đầu trở đi" in said(wrong)


def test_last_time_is_copied_without_those_who_left(as_, cast, occasion, roster):
    gone = make.person(Role.DUTY, cast.telecom, "Tạ Đã Nghỉ").contact
    Contact.objects.filter(pk=gone.pk).update(left_on=timezone.localdate())
    earlier = make.occasion(name="Tết năm trước", d_day=occasion.d_day - 100 * DAY)
    then = day_start(earlier.d_day)
    shifts = [make.shift(cast.focal, then, hours=12), make.shift(gone, then + timedelta(hours=12), hours=12)]
    source = make.roster(cast.telecom, of=earlier, shifts=shifts)
    page = said(as_("focal").get(url("roster_copy", roster.pk)))
    assert "Tết năm trước" in page and "Tạ Đã Nghỉ" in page and "dời 100 ngày" in page and "Chép 1 ca" in page
    done = as_("focal").post(url("roster_copy", roster.pk), {"tu": source.pk}, follow=True)
    assert "Đã chép 1 ca trực. Không chép ca của Tạ Đã Nghỉ" in said(done)
    assert roster.shifts.get().starts_at == day_start(occasion.d_day)


def test_one_post_serves_two_occasions(as_, cast, occasion, roster, start):
    storm = make.roster(
        cast.telecom, of=make.occasion(name="Bão", d_day=occasion.d_day), shifts=[make.shift(cast.focal, start)]
    )
    page = said(as_("focal").get(roster.get_absolute_url()))
    assert "1 ca đã nhập cho đợt khác" in page
    assert "Đã dùng chung 1 ca" in said(as_("focal").post(url("roster_take", roster.pk), follow=True))
    assert list(roster.shifts.all()) == list(storm.shifts.all())


def test_a_roster_page_costs_the_same_however_long(as_, cast, occasion, roster, start, django_assert_num_queries):
    client = as_("focal")

    def cost():
        with django_assert_num_queries(40, exact=False) as asked:
            client.get(roster.get_absolute_url())
        return len(asked)

    roster.shifts.add(make.shift(cast.focal, start))
    client.get(roster.get_absolute_url())
    few = cost()
    for hour in range(1, 20):
        roster.shifts.add(make.shift(cast.focal, start + timedelta(hours=hour)))
    assert cost() == few
