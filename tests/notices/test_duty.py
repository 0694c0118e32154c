"""Shifts are told of the evening before, once, and again when what was told is no longer so."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assignments import services
from assignments.models import DutyShift
from notices.ladder import ZONE, spoken_until
from notices.models import Notice, ShiftTold
from notices.sweeps import remind_duty, send_pending_notices
from plans.services import update_occasion
from tests import make
from units.models import Contact, Sweep
from units.states import Role

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 15, 7, tzinfo=ZONE)
EVE = datetime(2026, 3, 14, 18, tzinfo=ZONE)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def guard(cast):
    """A person on duty who has no account."""
    return Contact.objects.create(unit=cast.telecom, name="Phan An", sort_key="x", email="an@saobien.example")


@pytest.fixture
def post(cast, guard):
    """An accepted roster with one shift of that person."""
    shift = make.shift(guard, MORNING, hours=12, status="accepted", place="NOC Sao Biển")
    cast.roster = make.roster(cast.telecom, "accepted", shifts=[shift])
    return shift


def run(now):
    Sweep.objects.filter(name="remind_duty").update(locked_until=None)
    remind_duty(now=now)


def said(contact, channel="email"):
    return list(
        Notice.objects.filter(recipient=contact, channel=channel).order_by("pk").values_list("subject", flat=True)
    )


def change(shift, **facts):
    DutyShift.objects.filter(pk=shift.pk).update(**facts)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (EVE - MINUTE, datetime(2026, 3, 15, tzinfo=ZONE)),
        (EVE, datetime(2026, 3, 16, tzinfo=ZONE)),
        (datetime(2026, 3, 14, 0, tzinfo=ZONE), datetime(2026, 3, 15, tzinfo=ZONE)),
        (datetime(2026, 3, 14, 23, 59, tzinfo=ZONE), datetime(2026, 3, 16, tzinfo=ZONE)),
    ],
)
def test_tomorrow_is_spoken_of_from_six_in_the_evening(now, until):
    assert spoken_until(now) == until


def test_the_evening_before_a_person_without_account_has_a_letter(cast, guard, post):
    run(EVE - MINUTE)
    assert said(guard) == []
    for later in (0, 1, 600):
        run(EVE + later * MINUTE)
    (notice,) = Notice.objects.filter(recipient=guard)
    assert notice.subject == "Ca trực của anh/chị: 07:00–19:00 ngày 15/03/2026"
    assert notice.text.startswith("Mời anh/chị có mặt trực ca 07:00–19:00 ngày 15/03/2026.")
    for word in ("trực ca", "NOC Sao Biển", str(cast.telecom), str(cast.roster.occasion), "Đặng Hải Yến"):
        assert word in notice.text
    assert notice.path == ""


def test_a_person_with_an_account_has_it_in_the_product_too(cast):
    make.roster(cast.telecom, "accepted", shifts=[make.shift(cast.focal, MORNING, status="accepted")])
    run(EVE)
    assert said(cast.focal.contact, "app") == said(cast.focal.contact)
    assert set(Notice.objects.values_list("path", flat=True)) == {"/lich-truc/lich-cua-toi/"}


def test_accepted_late_it_is_told_at_once_and_what_has_begun_is_not(guard, post):
    run(MORNING)
    assert said(guard) == []
    run(MORNING - 5 * MINUTE)
    assert len(said(guard)) == 1
    assert Notice.objects.get().urgent


@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_only_what_was_accepted_speaks_to_people_on_duty(cast, guard, post, status):
    change(post, status=status, in_force=False)
    type(cast.roster).objects.update(status=status)
    run(EVE)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("status", ["returned", "submitted"])
def test_a_roster_open_again_still_reminds_whom_it_has_not_changed(cast, guard, post, status):
    change(post, status=status)
    type(cast.roster).objects.update(status=status)
    draft = make.roster(cast.telecom, shifts=[post])
    for later in (0, 1):
        run(EVE + later * MINUTE)
    (notice,) = Notice.objects.filter(recipient=guard)
    assert notice.subject == "Ca trực của anh/chị: 07:00–19:00 ngày 15/03/2026"
    assert str(cast.roster.occasion) in notice.text and f"{cast.roster.occasion}, {draft.occasion}" not in notice.text


def test_one_who_left_or_was_locked_out_is_not_told(cast, guard, post):
    locked = make.person(Role.DUTY, cast.telecom)
    type(locked).objects.filter(pk=locked.pk).update(is_active=False)
    cast.roster.shifts.add(make.shift(locked, MORNING, status="accepted"))
    Contact.objects.filter(pk=guard.pk).update(left_on=EVE.date())
    run(EVE)
    assert not Notice.objects.filter(key__startswith="shift:").exists()


def test_a_moved_shift_is_told_again_once_it_is_accepted_again(cast, guard, post):
    run(EVE)
    change(post, status="returned", in_force=False, starts_at=MORNING + timedelta(hours=2))
    type(cast.roster).objects.update(status="returned")
    run(EVE + MINUTE)
    assert len(said(guard)) == 1
    change(post, status="accepted", in_force=True)
    type(cast.roster).objects.update(status="accepted")
    for later in (2, 3):
        run(EVE + later * MINUTE)
    assert said(guard)[1:] == ["Ca trực của anh/chị đã đổi: 09:00–19:00 ngày 15/03/2026"]
    assert "Trước đã báo: 07:00–19:00 ngày 15/03/2026" in Notice.objects.order_by("pk").last().text
    change(post, starts_at=MORNING)
    run(EVE + 4 * MINUTE)
    assert said(guard)[2:] == ["Ca trực của anh/chị đã đổi: 07:00–19:00 ngày 15/03/2026"]


def test_moved_far_away_it_is_told_now_and_again_on_its_own_eve(guard, post):
    run(EVE)
    later = timedelta(days=3)
    change(post, starts_at=MORNING + later, ends_at=MORNING + later + timedelta(hours=12))
    run(EVE + MINUTE)
    run(EVE + later - MINUTE)
    assert said(guard)[1:] == ["Ca trực của anh/chị đã đổi: 07:00–19:00 ngày 18/03/2026"]
    run(EVE + later)
    run(EVE + later + MINUTE)
    assert said(guard)[2:] == ["Ca trực của anh/chị: 07:00–19:00 ngày 18/03/2026"]


def test_whoever_no_longer_stands_there_is_told_and_the_successor_too(cast, guard, post):
    other = Contact.objects.create(unit=cast.telecom, name="Lý Bình", sort_key="y", email="binh@saobien.example")
    run(EVE)
    change(post, contact=other)
    for later in (1, 2):
        run(EVE + later * MINUTE)
    assert said(guard)[1:] == ["Anh/chị không còn ca trực 07:00–19:00 ngày 15/03/2026"]
    assert said(other) == ["Ca trực của anh/chị: 07:00–19:00 ngày 15/03/2026"]
    change(post, contact=guard)
    run(EVE + 3 * MINUTE)
    assert len(said(guard)) == 3
    assert len(said(other)) == 2


def test_a_shift_taken_out_and_entered_anew_is_a_change(cast, guard, post):
    run(EVE)
    post.delete()
    anew = make.shift(guard, MORNING + timedelta(hours=1), status="accepted")
    cast.roster.shifts.add(anew)
    for later in (1, 2):
        run(EVE + later * MINUTE)
    assert said(guard)[1:] == ["Ca trực của anh/chị đã đổi: 08:00–16:00 ngày 15/03/2026"]


def test_a_letter_overtaken_by_the_change_or_by_time_is_not_sent(guard, post, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run(EVE)
    change(post, place="Trung tâm dữ liệu")
    run(EVE + MINUTE)
    send_pending_notices(now=EVE + 2 * MINUTE)
    (letter,) = mail.outbox
    assert "đã đổi" in letter.subject
    assert "Trung tâm dữ liệu" in letter.body
    change(post, place="NOC")
    run(EVE + 3 * MINUTE)
    send_pending_notices(now=MORNING + timedelta(hours=12))
    assert len(mail.outbox) == 1
    assert set(Notice.objects.filter(channel="email").values_list("status", flat=True)) == {"sent", "dropped"}


def test_whom_no_letter_reaches_the_unit_must_tell(cast, guard, post):
    Contact.objects.filter(pk=guard.pk).update(email="")
    run(EVE)
    run(EVE + MINUTE)
    assert said(guard) == []
    assert said(cast.focal.contact) == ["1 người trực chưa có thư điện tử"]
    assert "- Phan An: 07:00–19:00 ngày 15/03/2026." in Notice.objects.filter(channel="app").get().text


def test_what_is_long_over_is_forgotten(guard, post):
    run(EVE)
    run(EVE + timedelta(days=9))
    assert not ShiftTold.objects.exists()


def test_queries_follow_batches_not_shifts(cast):
    def asked(n):
        people = Contact.objects.bulk_create(
            Contact(unit=cast.telecom, name=f"Người {n} {i}", sort_key="x", email=f"n{n}-{i}@a.example")
            for i in range(n)
        )
        shifts = DutyShift.objects.bulk_create(
            DutyShift(
                unit=cast.telecom,
                contact=one,
                layers=["shift"],
                starts_at=MORNING,
                ends_at=MORNING + timedelta(hours=8),
                status="accepted",
                in_force=True,
            )
            for one in people
        )
        make.roster(cast.telecom, "accepted").shifts.set(shifts)
        with CaptureQueriesContext(connection) as queries:
            run(EVE)
        return len(queries)

    asked(1)
    assert asked(10) == asked(30)
    assert Notice.objects.count() == 41


# --- occasions that came to require something else ---------------------------------------------------------------------


@pytest.fixture
def full(cast):
    """An occasion that requires a leader for a day, and the roster accepted for it, with nothing missing."""
    occasion = make.occasion(d_day=MORNING.date(), created_by=cast.specialist)
    begins = MORNING.replace(hour=0)
    occasion.phases.exclude(kind="during").delete()
    occasion.phases.update(starts_at=begins, ends_at=begins + timedelta(days=1), duty_layers=["leader"])
    type(occasion).objects.update(starts_on=begins.date(), ends_on=begins.date())
    occasion.refresh_from_db()
    roster = services.open_roster(occasion, cast.telecom, actor=cast.focal, now=EVE)
    facts = {"layers": ["leader"], "starts_at": begins, "ends_at": begins + timedelta(days=1)}
    services.save_shift(roster, actor=cast.focal, now=EVE, contact=cast.focal.contact, **facts)
    services.submit_roster(roster, actor=cast.focal, now=EVE)
    run(EVE)
    return services.accept_roster(roster, actor=cast.head, now=EVE)


def require(roster, cast, layers, now):
    phases = [
        {"kind": phase.kind, "starts_at": phase.starts_at, "ends_at": phase.ends_at, "duty_layers": layers}
        for phase in roster.occasion.phases.all()
    ]
    facts = {"name": roster.occasion.name, "starts_on": roster.occasion.starts_on, "ends_on": roster.occasion.ends_on}
    update_occasion(roster.occasion, actor=cast.specialist, now=now, phases=phases, **facts)


def test_a_layer_required_after_acceptance_is_missing_in_every_list_and_the_unit_is_told_once(cast, client, full):
    require(full, cast, ["leader", "shift"], EVE + MINUTE)
    for later in (2, 3):
        run(EVE + later * MINUTE)
    full.refresh_from_db()
    assert (full.status, full.gap_minutes, full.accepted_gap) == ("accepted", 1440, 0)
    (notice,) = Notice.objects.filter(key__contains=":needs:", channel="email")
    assert notice.recipient == cast.focal.contact
    assert notice.text.startswith("Đề nghị bố trí thêm người") and "Thiếu trực ca 00:00–24:00" in notice.text
    client.force_login(cast.head)
    listed = client.get("/lich-truc/?thieu=1").content.decode()
    assert str(cast.telecom) in listed and "đợt đổi yêu cầu sau khi duyệt" in listed
    assert "Yêu cầu trực của đợt đã đổi" in client.get(full.get_absolute_url()).content.decode()
    require(full, cast, ["leader"], EVE + 5 * MINUTE)
    run(EVE + 6 * MINUTE)
    full.refresh_from_db()
    assert (full.gap_minutes, Notice.objects.filter(key__contains=":needs:", channel="email").count()) == (0, 1)


def test_a_roster_still_with_its_unit_is_reckoned_anew_and_nobody_is_told_of_what_was_waived(cast, full):
    services.reopen_roster(full, actor=cast.head, now=EVE, reason="Đơn vị thay người trực.")
    require(full, cast, ["leader", "shift"], EVE + MINUTE)
    run(EVE + 2 * MINUTE)
    full.refresh_from_db()
    assert full.gap_minutes == 1440
    services.submit_roster(full, actor=cast.focal, now=EVE + 3 * MINUTE)
    why = "Đơn vị chỉ có trực lãnh đạo."
    services.accept_roster(full, actor=cast.head, now=EVE + 3 * MINUTE, waiver_reason=why)
    require(full, cast, ["leader", "shift"], EVE + 4 * MINUTE)
    run(EVE + 5 * MINUTE)
    assert not Notice.objects.filter(key__contains=":needs:").exists()


# --- rosters that no paper asks for -----------------------------------------------------------------------------------


def due(cast, **fields):
    """A roster whose duty begins at 00:00 of 15/03/2026."""
    occasion = make.occasion(d_day=(MORNING + timedelta(days=30)).date())
    return make.roster(cast.telecom, of=occasion, **fields)


def test_a_roster_not_sent_is_reminded_of_on_the_ladder(cast):
    due(cast, gap_minutes=330)
    for now in (
        MORNING - timedelta(days=9),
        MORNING - timedelta(days=3),
        MORNING - timedelta(days=3) + MINUTE,
        MORNING,
    ):
        run(now)
    assert said(cast.focal.contact)[0].startswith("Còn 3 ngày gửi lịch trực")
    assert said(cast.focal.contact)[1].startswith("Lịch trực chưa gửi")
    assert len(said(cast.focal.contact)) == 2
    assert "còn thiếu 5 giờ 30 phút trực" in Notice.objects.first().text


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_a_roster_that_was_sent_is_not(cast, status):
    due(cast, status=status)
    run(MORNING)
    assert not Notice.objects.exists()


def test_nor_one_that_a_paper_asks_for(cast):
    roster = due(cast)
    demand = make.requirement(
        make.dispatch(cast, "issued"), units=[cast.telecom], due_at=MORNING, evidence_kind="roster"
    )
    make.assignment(cast, of=demand, occasion=roster.occasion, due_at=MORNING)
    run(MORNING)
    assert not Notice.objects.exists()
