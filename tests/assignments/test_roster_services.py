"""Each verb of a roster: done, refused by role, from each wrong state; and the demands that go along with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments import services
from assignments.duty import window_of
from assignments.models import DutyShift, Roster
from assignments.states import ROSTER_MOVES, ROSTER_VERB_FROM, AssignmentStatus, RosterStatus
from directives.models import Receipt
from plans.models import Phase
from tests import make
from units.history import IllegalMove
from units.models import Contact

pytestmark = pytest.mark.django_db
R, A = RosterStatus, AssignmentStatus
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "Đơn vị chỉ có một tổ ứng cứu."


@pytest.fixture
def occasion(db):
    """A day of duty: the leader and the shift layer, 24 hours."""
    made = make.occasion()
    Phase.objects.exclude(kind="during").delete()
    return made


@pytest.fixture
def start(occasion):
    return Phase.objects.get(occasion=occasion).starts_at


@pytest.fixture
def roster(cast, occasion):
    return make.roster(cast.telecom, of=occasion)


def enter(roster, cast, start, **more):
    facts = {"layers": ["shift", "leader"], "starts_at": start, "ends_at": start + DAY, "contact": cast.focal.contact}
    return services.save_shift(roster, actor=cast.focal, now=timezone.now(), **facts | more)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def notes(roster):
    return list(roster.history.order_by("pk").values_list("note", flat=True))


def demand(cast, occasion, status="sent", **fields):
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom], of=occasion)
    asked = make.requirement(paper, units=[cast.telecom], evidence_kind="roster")
    return make.assignment(cast, status, of=asked, occasion=occasion, **fields)


def test_a_roster_is_begun_once_and_only_by_who_speaks_for_the_unit(cast, occasion, now):
    for who in (cast.stranger, cast.leader, cast.clerk, cast.admin):
        with pytest.raises(PermissionDenied):
            services.open_roster(occasion, cast.telecom, actor=who, now=now)
    first = services.open_roster(occasion, cast.telecom, actor=cast.focal, now=now)
    again = services.open_roster(occasion, cast.telecom, actor=cast.specialist, now=now)
    assert first == again
    assert (first.status, first.gap_minutes, notes(first)) == ("draft", None, ["Bắt đầu lập lịch trực."])
    services.open_roster(occasion, cast.division, actor=cast.head, now=now)
    services.open_roster(occasion, cast.department, actor=cast.clerk, now=now)


def test_a_stretch_is_entered_changed_and_taken_out(cast, roster, start, now):
    row = enter(
        roster, cast, start, layers=["shift", "leader", "shift"], place=" Phòng  trực ", ends_at=start + 20 * HOUR
    )
    assert (row.layers, row.place, row.status, row.unit) == (["leader", "shift"], "Phòng trực", "draft", cast.telecom)
    assert fresh(roster).gap_minutes == 2 * 240
    enter(roster, cast, start, shift=row, layers=["leader"])
    assert fresh(roster).gap_minutes == 24 * 60
    assert fresh(row).minutes() == 24 * 60
    services.remove_shift(roster, actor=cast.focal, now=now, shift=row)
    assert (fresh(roster).gap_minutes, DutyShift.objects.count()) == (None, 0)
    services.remove_shift(roster, actor=cast.focal, now=now, shift=row)
    assert len(notes(roster)) == 3
    assert notes(roster)[0].startswith("Thêm ca trực của Đặng Hải Yến, 00:00–20:00 ngày ")


def test_somebody_new_is_entered_with_a_phone_that_can_be_rung(cast, roster, start):
    person = {"name": "Lý Văn Nam", "position": "Tổ trưởng", "phone": "0912 345 67"}
    with pytest.raises(ValidationError) as caught:
        enter(roster, cast, start, contact=None, person=person)
    assert list(caught.value.message_dict) == ["phone"]
    with pytest.raises(ValidationError) as caught:
        enter(roster, cast, start, contact=None, person={"name": "Lý Văn Nam"})
    assert list(caught.value.message_dict) == ["phone"]
    with pytest.raises(ValidationError) as caught:
        enter(roster, cast, start, contact=None)
    assert list(caught.value.message_dict) == ["name"]
    assert not DutyShift.objects.exists()
    row = enter(roster, cast, start, contact=None, person=person | {"phone": "0912 345 678"})
    assert (row.contact.phone, row.contact.unit) == ("0912345678", cast.telecom)
    assert "0912" not in " ".join(notes(roster))


def test_what_a_stretch_may_not_be(cast, roster, start, now):
    for more, field in (
        ({"ends_at": start}, "ends_at"),
        ({"ends_at": start + 25 * HOUR}, "ends_at"),
        ({"starts_at": start + 400 * DAY, "ends_at": start + 400 * DAY + HOUR}, "starts_at"),
        ({"layers": []}, "layers"),
        ({"layers": ["nobody"]}, "layers"),
        ({"contact": cast.stranger.contact}, "contact"),
    ):
        with pytest.raises(ValidationError) as caught:
            enter(roster, cast, start, **more)
        assert list(caught.value.message_dict) == [field]
    with pytest.raises(ValidationError):
        enter(roster, cast, start, note="TỐI MẬT")
    Contact.objects.filter(user=cast.focal).update(left_on=timezone.localdate(now))
    with pytest.raises(ValidationError) as caught:
        enter(roster, cast, start)
    assert "đã thôi làm đầu mối" in caught.value.messages[0]
    assert not DutyShift.objects.exists()


def test_a_strangers_stretch_is_not_touched_through_ones_own_roster(cast, roster, start, now):
    theirs = make.shift(cast.stranger, start)
    with pytest.raises(ValidationError):
        enter(roster, cast, start, shift=theirs)
    services.remove_shift(roster, actor=cast.focal, now=now, shift=theirs)
    assert fresh(theirs).contact == cast.stranger.contact


VERBS = {
    "edit": (
        lambda row, who, now, cast: services.open_roster and enter_as(row, who, now, cast),
        ["focal", "specialist", "head"],
    ),
    "submit": (
        lambda row, who, now, cast: services.submit_roster(row, actor=who, now=now),
        ["focal", "specialist", "head"],
    ),
    "return": (
        lambda row, who, now, cast: services.return_roster(row, actor=who, now=now, reason=WHY),
        ["specialist", "head", "leader"],
    ),
    "accept": (
        lambda row, who, now, cast: services.accept_roster(row, actor=who, now=now, waiver_reason=WHY),
        ["specialist", "head", "leader"],
    ),
    "reopen": (
        lambda row, who, now, cast: services.reopen_roster(row, actor=who, now=now, reason=WHY),
        ["specialist", "head", "leader"],
    ),
}
EVERYBODY = ["specialist", "head", "leader", "clerk", "admin", "focal", "stranger", "postal_focal"]


def enter_as(roster, who, now, cast):
    start, _ = window_of(roster.occasion)
    return services.save_shift(
        roster, actor=who, now=now, layers=["shift"], starts_at=start, ends_at=start + HOUR, contact=cast.focal.contact
    )


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_for_its_people_and_from_its_states(cast, occasion, start, now, verb):
    act, allowed = VERBS[verb]
    for status in ROSTER_MOVES:
        shift = make.shift(cast.focal, start + DAY * list(ROSTER_MOVES).index(status), status=status)
        row = make.roster(cast.telecom, status, of=make.occasion(d_day=occasion.d_day), shifts=[shift])
        for name in EVERYBODY:
            if name not in allowed:
                with pytest.raises(PermissionDenied):
                    act(row, getattr(cast, name), now, cast)
        if status in ROSTER_VERB_FROM[verb]:
            act(row, getattr(cast, allowed[0]), now, cast)
        else:
            with pytest.raises(IllegalMove) as caught:
                act(row, getattr(cast, allowed[0]), now, cast)
            assert row.get_status_display() in caught.value.messages[0]
            assert (fresh(row).status, fresh(shift).status, row.history.count()) == (status, status, 0)


def test_a_stale_copy_is_refused(cast, roster, start, now):
    enter(roster, cast, start)
    services.submit_roster(roster, actor=cast.focal, now=now)
    assert roster.status == R.DRAFT
    with pytest.raises(IllegalMove):
        services.submit_roster(roster, actor=cast.focal, now=now)
    with pytest.raises(IllegalMove):
        enter(roster, cast, start + DAY)


def test_sent_returned_sent_accepted_and_opened_again_with_its_demand(cast, occasion, roster, start, now):
    """Danh sách lãnh đạo trực: asked in a paper, met by the roster, never twice."""
    asked, other = demand(cast, occasion), demand(cast, make.occasion())
    questioned = demand(cast, occasion, "questioned", before_question="sent")
    done = demand(cast, occasion, "declined")
    row = enter(roster, cast, start)

    def standing():
        return [fresh(each).status for each in (roster, row, asked, questioned)]

    sent = services.submit_roster(roster, actor=cast.focal, now=now)
    assert standing() == [R.SUBMITTED, R.SUBMITTED, A.SUBMITTED, A.SUBMITTED]
    assert sent.gap_minutes == 0
    assert fresh(questioned).before_question == ""
    (proof,) = asked.evidence.all()
    assert proof.text == f"Lịch trực đợt “{occasion}”: 1 ca, 1 người. Xem tại mục Lịch trực."
    assert Receipt.objects.get(dispatch=asked.dispatch, unit=cast.telecom).seen_at == now
    services.return_roster(roster, actor=cast.head, now=now, reason=WHY)
    assert standing() == [R.RETURNED, R.RETURNED, A.ACCEPTED, A.ACCEPTED]
    assert list(asked.history.order_by("pk").values_list("note", flat=True))[-1] == WHY
    services.submit_roster(roster, actor=cast.focal, now=now)
    services.accept_roster(roster, actor=cast.specialist, now=now)
    assert standing() == [R.ACCEPTED, R.ACCEPTED, A.CLOSED, A.CLOSED]
    assert fresh(roster).waived_by is None
    services.reopen_roster(roster, actor=cast.leader, now=now, reason=WHY)
    assert standing() == [R.RETURNED, R.RETURNED, A.ACCEPTED, A.ACCEPTED]
    assert [fresh(other).status, fresh(done).status] == [A.SENT, A.DECLINED]
    assert list(roster.history.order_by("pk").values_list("after", flat=True)) == [
        "draft",
        "submitted",
        "returned",
        "submitted",
        "accepted",
        "returned",
    ]


def test_a_demand_issued_after_the_roster_was_sent_is_closed_with_it(cast, occasion, roster, start, now):
    enter(roster, cast, start)
    services.submit_roster(roster, actor=cast.focal, now=now)
    asked = demand(cast, occasion)
    services.accept_roster(roster, actor=cast.head, now=now)
    assert fresh(asked).status == A.CLOSED
    assert asked.evidence.count() == 1


@pytest.mark.parametrize("status", ["sent", "accepted", "questioned"])
def test_a_demand_issued_after_the_roster_was_accepted_is_met_by_it_in_one_press(
    client, cast, occasion, roster, start, now, status
):
    enter(roster, cast, start)
    services.submit_roster(roster, actor=cast.focal, now=now)
    services.accept_roster(roster, actor=cast.head, now=now)
    asked = demand(cast, occasion, status, before_question="sent" if status == "questioned" else "")
    for who in (cast.stranger, cast.specialist, cast.leader, cast.clerk):
        with pytest.raises(PermissionDenied):
            services.hand_in_roster(asked, actor=who, now=now)
    client.force_login(cast.focal)
    url = reverse("assignments:roster_hand_in", args=[asked.pk])
    assert url in client.get(asked.get_absolute_url()).content.decode()
    assert client.post(url).status_code == 302
    assert (fresh(asked).status, asked.evidence.get().text.split(":")[0]) == (
        A.SUBMITTED,
        f"Lịch trực đợt “{occasion}”",
    )
    assert url not in client.get(asked.get_absolute_url()).content.decode()
    page = client.post(url, follow=True)
    assert "không còn phải nộp" in page.content.decode()
    services.close_assignment(fresh(asked), actor=cast.head, now=now)
    services.reopen_roster(roster, actor=cast.head, now=now, reason=WHY)
    assert fresh(asked).status == A.ACCEPTED
    client.force_login(cast.stranger)
    assert client.post(url).status_code == 404


def test_only_a_roster_that_was_sent_and_only_a_demand_for_it(cast, occasion, roster, start, now):
    asked = demand(cast, occasion)
    other = make.assignment(cast, "accepted", occasion=occasion)
    with pytest.raises(IllegalMove):
        services.hand_in_roster(asked, actor=cast.focal, now=now)
    enter(roster, cast, start)
    services.submit_roster(roster, actor=cast.focal, now=now)
    with pytest.raises(IllegalMove):
        services.hand_in_roster(other, actor=cast.focal, now=now)
    with pytest.raises(ValidationError) as caught:
        services.hand_in_roster(demand(cast, make.occasion()), actor=cast.focal, now=now)
    assert caught.value.code == "no_roster"
    late = demand(cast, occasion)
    services.hand_in_roster(late, actor=cast.focal, now=now)
    services.accept_roster(roster, actor=cast.head, now=now)
    assert [fresh(row).status for row in (asked, late, other)] == [A.CLOSED, A.CLOSED, A.ACCEPTED]
    assert late.evidence.count() == 1


def test_a_gap_is_accepted_with_a_name_and_a_reason_reckoned_at_that_moment(cast, occasion, roster, start, now):
    enter(roster, cast, start, layers=["leader"], ends_at=start + 23 * HOUR)
    sent = services.submit_roster(roster, actor=cast.focal, now=now)
    assert sent.gap_minutes == 60 + 24 * 60
    for reason in ("", "ngắn"):
        with pytest.raises(ValidationError) as caught:
            services.accept_roster(roster, actor=cast.head, now=now, waiver_reason=reason)
        assert list(caught.value.message_dict) == ["waiver_reason"]
    Phase.objects.update(duty_layers=["leader"])
    services.accept_roster(roster, actor=cast.head, now=now, waiver_reason=WHY)
    row = fresh(roster)
    assert (row.gap_minutes, row.waived_by, row.waiver_reason) == (60, cast.head, WHY)
    services.reopen_roster(roster, actor=cast.head, now=now, reason=WHY)
    enter(roster, cast, start + 23 * HOUR, layers=["leader"], ends_at=start + DAY)
    services.submit_roster(roster, actor=cast.focal, now=now)
    assert fresh(roster).waived_by is None
    services.accept_roster(roster, actor=cast.head, now=now, waiver_reason="không cần nữa nhưng vẫn nhập")
    row = fresh(roster)
    assert (row.gap_minutes, row.waived_by, row.waiver_reason) == (0, None, "")


def test_what_is_not_ready_is_not_sent(cast, roster, start, now):
    def refusal(code):
        with pytest.raises(ValidationError) as caught:
            services.submit_roster(roster, actor=cast.focal, now=now)
        assert {error.code for error in caught.value.error_list} == {code}
        assert fresh(roster).status == R.DRAFT
        return caught.value.messages

    refusal("empty")
    enter(roster, cast, start)
    Contact.objects.filter(user=cast.focal).update(phone="")
    assert refusal("people") == ["Đặng Hải Yến chưa có số điện thoại. Hãy bổ sung để có người gọi được trong ca trực."]
    Contact.objects.filter(user=cast.focal).update(phone="0912345678", left_on=timezone.localdate(now))
    assert "đã thôi làm đầu mối" in refusal("people")[0]
    Contact.objects.filter(user=cast.focal).update(left_on=None)
    enter(roster, cast, start + 20 * HOUR, ends_at=start + 30 * HOUR)
    day = timezone.localtime(start)
    (said,) = refusal("overlap")
    assert said == (
        f"Đặng Hải Yến trực 20:00 ngày {day:%d/%m} – 06:00 ngày {day + DAY:%d/%m/%Y}, trùng giờ với ca "
        f"00:00–24:00 ngày {day:%d/%m/%Y}."
    )


def test_whoever_stands_elsewhere_is_named_with_the_other_hours_and_drafts_block_nobody(cast, roster, start, now):
    other = make.roster(cast.telecom, of=make.occasion(d_day=roster.occasion.d_day, name="Bão số 5"))
    enter(other, cast, start + HOUR, ends_at=start + 9 * HOUR)
    enter(roster, cast, start)
    services.submit_roster(other, actor=cast.focal, now=now)
    with pytest.raises(ValidationError) as caught:
        services.submit_roster(roster, actor=cast.focal, now=now)
    day = timezone.localtime(start)
    assert caught.value.messages == [
        f"Đặng Hải Yến trực 00:00–24:00 ngày {day:%d/%m/%Y}, trùng giờ với ca 01:00–09:00 ngày {day:%d/%m/%Y} "
        "trong lịch trực đợt “Bão số 5” đã gửi."
    ]
    services.return_roster(other, actor=cast.head, now=now, reason=WHY)
    services.submit_roster(roster, actor=cast.focal, now=now)
    with pytest.raises(ValidationError):
        services.submit_roster(other, actor=cast.focal, now=now)


def test_one_post_serves_two_occasions(cast, roster, start, now):
    """A storm in election week: the same stretch stands in both rosters, and follows the furthest."""
    storm = make.roster(cast.telecom, of=make.occasion(d_day=roster.occasion.d_day))
    row = enter(roster, cast, start)
    assert services.take_over_shifts(storm, actor=cast.focal, now=now) == 1
    assert services.take_over_shifts(storm, actor=cast.focal, now=now) == 0
    assert DutyShift.objects.count() == 1
    services.submit_roster(roster, actor=cast.focal, now=now)
    services.accept_roster(roster, actor=cast.head, now=now)
    with pytest.raises(ValidationError) as caught:
        enter(storm, cast, start, shift=row, layers=["leader"])
    assert str(roster.occasion) in caught.value.messages[0]
    services.submit_roster(storm, actor=cast.focal, now=now)
    assert fresh(row).status == R.ACCEPTED
    services.reopen_roster(roster, actor=cast.head, now=now, reason=WHY)
    assert fresh(row).status == R.SUBMITTED
    services.return_roster(storm, actor=cast.head, now=now, reason=WHY)
    assert fresh(row).status == R.RETURNED
    services.remove_shift(storm, actor=cast.focal, now=now, shift=row)
    assert list(row.rosters.all()) == [roster]
    services.remove_shift(roster, actor=cast.focal, now=now, shift=row)
    assert not DutyShift.objects.exists()


def line(name, start, hours=8, layers=("shift",), phone="0912345678", **more):
    person = {"name": name, "position": "Kỹ thuật viên", "phone": phone}
    return {"person": person, "layers": list(layers), "starts_at": start, "ends_at": start + hours * HOUR} | more


def test_a_table_is_merged_and_the_second_time_changes_nothing(cast, roster, start, now):
    def merge(rows, **more):
        return tuple(services.merge_shifts(roster, rows, actor=cast.focal, now=now, **more))

    rows = [
        line("Lý Văn Nam", start, place="Đài Bắc"),
        line("Lý Văn Nam", start, layers=("leader",)),
        line("đặng hải yến", start + 8 * HOUR, phone=""),
        line("Vũ Bình", start + 16 * HOUR, phone="0912000111"),
    ]
    assert merge(rows) == (3, 0, 0, 0)
    written = {row.contact.name: row for row in DutyShift.objects.select_related("contact")}
    assert set(written) == {"Lý Văn Nam", "Đặng Hải Yến", "Vũ Bình"}
    assert written["Lý Văn Nam"].layers == ["leader", "shift"]
    assert merge(rows) == (0, 0, 0, 3)
    entries = roster.history.count()
    corrected = [
        line("Lý Văn Nam", start, hours=9, layers=("leader", "shift"), place="Đài Nam"),
        line("Đỗ Thị Mới", start + 16 * HOUR, phone="0912000222"),
        line("Đặng Hải Yến", start + 50 * HOUR, phone=""),
    ]
    assert merge(corrected) == (1, 2, 1, 0)
    now_there = {row.pk: row.contact.name for row in DutyShift.objects.select_related("contact")}
    assert now_there[written["Lý Văn Nam"].pk] == "Lý Văn Nam"
    assert now_there[written["Vũ Bình"].pk] == "Đỗ Thị Mới"
    assert written["Đặng Hải Yến"].pk not in now_there
    assert (roster.history.count(), roster.history.last().note) == (
        entries + 1,
        "Nhập bảng lịch trực: thêm 1 ca, sửa 2 ca, bỏ 1 ca.",
    )
    assert merge([], drop=False) == (0, 0, 0, 0)
    assert merge([]) == (0, 0, 3, 0)
    assert Contact.objects.filter(unit=cast.telecom).count() == 4


def test_many_new_people_cost_no_more_questions_than_few(cast, roster, start, now):
    """A sheet of a province brings hundreds of them; each still has a line of history."""

    def asked(first, last):
        rows = [line(f"Người {chr(97 + n)}", start, phone=f"09120000{n:02d}") for n in range(first, last)]
        with CaptureQueriesContext(connection) as queries:
            services.merge_shifts(roster, rows, actor=cast.focal, now=now, drop=False)
        return len(queries)

    cast.focal.roles()  # asked once a request
    assert asked(0, 2) == asked(2, 22)
    made = Contact.objects.filter(unit=cast.telecom, name__startswith="Người ")
    said = set(cast.telecom.history.values_list("what", flat=True))
    assert {f"Thêm {contact.name} vào danh bạ." for contact in made} <= said
    assert made.count() == 22


def test_two_people_of_one_name_are_told_apart_by_phone_and_a_corrected_phone_is_taken_on(cast, roster, start, now):
    rows = [line("Lý Văn Nam", start), line("Lý Văn Nam", start, phone="0912000333")]
    services.merge_shifts(roster, rows, actor=cast.focal, now=now)
    assert set(Contact.objects.filter(name="Lý Văn Nam").values_list("phone", flat=True)) == {
        "0912345678",
        "0912000333",
    }
    services.merge_shifts(roster, [line("Vũ Bình", start)], actor=cast.focal, now=now)
    services.merge_shifts(roster, [line("Vũ Bình", start, phone="0912000999")], actor=cast.focal, now=now)
    assert Contact.objects.get(name="Vũ Bình").phone == "0912000999"


def test_a_table_with_a_fault_writes_nothing(cast, roster, start, now):
    rows = [line("Lý Văn Nam", start), line("Vũ Bình", start, hours=25), line("Vũ Bình", start, layers=())]
    with pytest.raises(ValidationError) as caught:
        services.merge_shifts(roster, rows, actor=cast.focal, now=now)
    assert [text.split(":")[0] for text in caught.value.messages] == ["Dòng 2", "Dòng 3"]
    with pytest.raises(ValidationError):
        services.merge_shifts(
            roster, [line("Lý Văn Nam", start), line("Vũ Bình", start, phone="091")], actor=cast.focal, now=now
        )
    assert not DutyShift.objects.exists()
    assert not Contact.objects.filter(name="Lý Văn Nam").exists()


def test_a_table_does_not_change_what_another_filed_roster_holds(cast, roster, start, now):
    storm = make.roster(cast.telecom, of=make.occasion(d_day=roster.occasion.d_day))
    enter(roster, cast, start)
    services.take_over_shifts(storm, actor=cast.focal, now=now)
    services.submit_roster(roster, actor=cast.focal, now=now)
    same = {"contact": cast.focal.contact, "layers": ["leader", "shift"], "starts_at": start, "ends_at": start + DAY}
    assert services.merge_shifts(storm, [same], actor=cast.focal, now=now).kept == 1
    with pytest.raises(ValidationError):
        services.merge_shifts(storm, [same | {"layers": ["leader"]}], actor=cast.focal, now=now)
    assert services.merge_shifts(storm, [], actor=cast.focal, now=now).dropped == 1
    assert DutyShift.objects.get().status == R.SUBMITTED


def test_a_pattern_fills_the_days_once(cast, roster, start, now):
    day = timezone.localdate(start)
    facts = {"pattern": "3x8", "layers": ["leader", "shift"], "starts_on": day, "ends_on": day}
    people = [cast.focal.contact, {"name": "Lý Văn Nam", "phone": "0912345678"}]
    for added in (4, 0):
        found = services.fill_pattern(roster, people=people, actor=cast.focal, now=now, **facts)
        assert found.added == added
    assert (DutyShift.objects.count(), fresh(roster).gap_minutes) == (4, 0)
    services.submit_roster(roster, actor=cast.focal, now=now)
    with pytest.raises(ValidationError) as caught:
        services.fill_pattern(roster, people=[], actor=cast.focal, now=now, **facts)
    assert caught.value.code == "pattern"


def test_the_last_time_is_copied_from_d_day_to_d_day_without_those_who_left(cast, roster, start, now):
    enter(roster, cast, start, place="Phòng trực")
    enter(roster, cast, start, contact=None, person={"name": "Lý Văn Nam", "phone": "0912345678"})
    next_year = make.roster(cast.telecom, of=make.occasion(d_day=roster.occasion.d_day + 365 * DAY))
    Contact.objects.filter(name="Lý Văn Nam").update(left_on=timezone.localdate(now))
    for added in (1, 0):
        found = services.copy_roster(next_year, actor=cast.focal, now=now, source=roster)
        assert tuple(found) == (added, ["Lý Văn Nam"])
    (copied,) = next_year.shifts.all()
    assert (copied.starts_at, copied.place, copied.status) == (start + 365 * DAY, "Phòng trực", "draft")
    with pytest.raises(PermissionDenied):
        services.copy_roster(next_year, actor=cast.specialist, now=now, source=make.roster(cast.rival))
    assert Roster.objects.filter(unit=cast.telecom).count() == 2


def test_the_page_of_a_demand_leads_to_the_roster_that_meets_it(client, cast, occasion, now):
    asked, other = demand(cast, occasion), make.assignment(cast)
    client.force_login(cast.focal)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Lập lịch trực" in page
    client.post(reverse("assignments:roster_new"), {"dot": occasion.pk, "don-vi": cast.telecom.pk})
    roster = Roster.objects.get(unit=cast.telecom, occasion=occasion)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert f'href="{roster.get_absolute_url()}"' in page
    assert "cùng lịch trực của đơn vị" not in client.get(other.get_absolute_url()).content.decode()
