"""Somebody works for an absent person: for a time, openly, and never with more than that person has."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from assignments.selectors.absence import absent_on_duty
from assignments.selectors.issuing import issue_plan
from assignments.services import close_assignment, open_roster
from directives.models import DispatchLook
from directives.rules import can_approve as may_approve
from directives.services import note_look, return_dispatch
from directives.states import LookKind
from notices.models import Notice
from notices.sweeps import read_history, tell_people
from plans.services import return_plan, submit_plan
from plans.services.bases import save_basis, save_holiday
from plans.services.occasions import create_occasion
from reports.selectors.delegations import LOOKS, SOURCES, acts_under
from tests import make
from units import rules
from units.chain import sealed_models
from units.models import Delegation, Membership, SealCheck, UnitEntry, User
from units.models.reorganisation import ReorganisationLine
from units.services import delegations as services
from units.services import people
from units.services.journal import write_entry
from units.states import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SERIAL = count(1)


def delegated(giver, taker, now, *, start=timedelta(hours=-1), end=timedelta(days=3)):
    return make.delegation(giver, taker, at=now + start, hours=(end - start) / timedelta(hours=1), made_at=now)


def test_the_database_refuses_two_at_a_time_to_oneself_and_backwards(cast, now):
    first = delegated(cast.head, cast.specialist, now)
    for taker, start, end in (
        (cast.clerk, DAY, 2 * DAY),
        (cast.clerk, -DAY, 9 * DAY),
        (cast.head, 5 * DAY, 6 * DAY),
        (cast.clerk, 6 * DAY, 5 * DAY),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            delegated(cast.head, taker, now, start=start, end=end)
    delegated(cast.head, cast.clerk, now, start=3 * DAY, end=5 * DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Delegation.objects.filter(pk=first.pk).update(ends_at=now + 4 * DAY)
    Delegation.objects.filter(pk=first.pk).update(ended_at=now)
    delegated(cast.head, cast.clerk, now, start=DAY, end=2 * DAY)


def give(cast, now, **fields):
    facts = {"actor": cast.head, "giver": cast.head, "taker": cast.specialist} | fields
    facts = {"ends_at": now + timedelta(days=3), "reason": "Đi công tác"} | facts
    return services.delegate(now=now, **facts)


def refusal(cast, now, **fields):
    with pytest.raises((ValidationError, PermissionDenied)) as caught, transaction.atomic():
        give(cast, now, **fields)
    fault = caught.value
    if isinstance(fault, PermissionDenied):
        return 403
    return {name: [each.code for each in errors] for name, errors in fault.error_dict.items()}


def test_what_is_refused(cast, now):
    telecom = make.person("focal", cast.telecom)
    boss = make.person("unit_leader", cast.telecom)
    locked = make.person("specialist", cast.division)
    User.objects.filter(pk=locked.pk).update(is_active=False)
    only_admin = cast.admin
    assert {
        "oneself": refusal(cast, now, taker=cast.head),
        "backwards": refusal(cast, now, starts_at=now + 2 * DAY, ends_at=now + DAY),
        "past": refusal(cast, now, starts_at=now - DAY),
        "over": refusal(cast, now, ends_at=now - DAY),
        "long": refusal(cast, now, ends_at=now + 61 * DAY),
        "outside": refusal(cast, now, taker=telecom),
        "locked": refusal(cast, now, taker=locked),
        "for a colleague": refusal(cast, now, giver=cast.specialist, taker=cast.clerk),
        "for oneself over another": refusal(cast, now, actor=cast.leader, taker=cast.leader),
        "of a unit by another": refusal(cast, now, actor=boss, giver=cast.head, taker=cast.specialist),
        "administrator's": refusal(cast, now, actor=cast.admin, giver=only_admin),
    } == {
        "oneself": {"__all__": [None]},
        "backwards": {"ends_at": ["backwards"]},
        "past": {"starts_at": ["past"]},
        "over": {"ends_at": ["backwards"]},
        "long": {"ends_at": ["too_long"]},
        "outside": {"taker": ["stranger"]},
        "locked": {"taker": ["locked"]},
        "for a colleague": 403,
        "for oneself over another": {"taker": ["to_maker"]},
        "of a unit by another": 403,
        "administrator's": {"giver": ["nothing"]},
    }
    made = give(cast, now)
    assert refusal(cast, now, taker=cast.clerk) == {"__all__": ["overlap"]}
    assert refusal(cast, now, actor=cast.clerk, giver=cast.clerk, taker=cast.head) == {"taker": ["taker_away"]}
    acting = User.objects.get(pk=cast.specialist.pk)
    acting.acting = made
    assert refusal(cast, now, actor=acting, giver=cast.head, taker=cast.clerk) == 403
    assert refusal(cast, now, actor=acting, giver=acting, taker=cast.clerk) == 403


def test_rights_are_lent_without_the_administrators_and_without_what_was_lent(cast, now):
    Membership.objects.create(user=cast.head, unit=cast.department, role=Role.ADMIN, starts_on=now.date() - DAY * 9)
    delegated(cast.leader, cast.head, now)
    person = User.objects.get(pk=cast.specialist.pk)
    person.acting = Delegation.objects.select_related("giver").get(pk=delegated(cast.head, person, now).pk)
    assert person.roles() == {(cast.division.pk, Role.HEAD)}
    assert person.own_roles() == {(cast.division.pk, Role.SPECIALIST)}
    assert person.works_as() == cast.head
    assert not rules.can_manage_people(person)


def test_signing_authority_is_not_lent(cast, now):
    """What the paper's signatory may by their authority alone, nobody may in their place; a leader's approval is lent."""
    paper = make.dispatch(
        cast, status="review", authority=make.authority(cast.head, cast.department, "TL", "Trưởng phòng", "Giám đốc")
    )
    person = User.objects.get(pk=cast.clerk.pk)
    assert may_approve(cast.head, paper)
    person.acting = delegated(cast.head, person, now)
    assert not may_approve(person, paper)
    person.acting = delegated(cast.leader, person, now)
    assert may_approve(person, paper)


@pytest.mark.parametrize(("minutes", "works"), [(-1, False), (0, True), (60, True), (119, True), (120, False)])
def test_begins_and_ends_by_the_minute(cast, now, minutes, works):
    row = delegated(cast.head, cast.specialist, now, start=timedelta(0), end=timedelta(hours=2))
    assert Delegation.objects.usable(now + timedelta(minutes=minutes)).filter(pk=row.pk).exists() is works


def test_who_is_locked_or_goes_elsewhere_lends_and_takes_no_more(cast, now):
    row = delegated(cast.head, cast.specialist, now)
    usable = Delegation.objects.usable(now)
    assert list(usable.all()) == [row]
    held = Membership.objects.filter(user=cast.specialist)
    held.update(unit=cast.telecom, role=Role.FOCAL)
    assert not usable.exists()
    held.update(unit=cast.division, role=Role.SPECIALIST)
    for user in (cast.head, cast.specialist):
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert not usable.exists()
        User.objects.filter(pk=user.pk).update(is_active=True)
    people.set_active(cast.specialist, actor=cast.admin, now=now, active=False, reason="Nghỉ việc")
    row.refresh_from_db()
    assert row.ended_at == now
    assert UnitEntry.objects.filter(user=cast.head, what__contains="không còn xử lý thay").exists()


class TestInTheBrowser:
    @pytest.fixture
    def at_desk(self, client, cast, now):
        self.row = delegated(cast.head, cast.specialist, now)
        client.force_login(cast.specialist)
        return client

    def test_one_steps_in_acts_under_it_and_steps_back(self, at_desk, cast, now):
        other = Client()
        other.force_login(cast.specialist)
        plan = make.plan(cast, status="approved")
        page = at_desk.get("/").text
        assert f'action="/don-vi/uy-quyen/{self.row.pk}/xu-ly-thay/"' in page
        assert "acting-banner" not in page
        assert at_desk.post(f"/ke-hoach/{plan.pk}/tra-lai/").status_code == 403
        answer = at_desk.post(f"/don-vi/uy-quyen/{self.row.pk}/xu-ly-thay/", follow=True)
        assert "acting-banner" in answer.text
        assert f"xử lý thay <strong>{cast.head}</strong>" in answer.text
        assert "acting-banner" not in other.get("/").text
        at_desk.post(f"/ke-hoach/{plan.pk}/tra-lai/", {"reason": "Thiếu căn cứ pháp lý.", "version": plan.version})
        entry = plan.history.get()
        assert (entry.actor, entry.under) == (cast.specialist, self.row)
        shown = at_desk.get(f"/ke-hoach/{plan.pk}/").text
        assert f"{cast.specialist}, xử lý thay {cast.head} theo ủy quyền từ" in shown
        client = Client()
        client.force_login(cast.head)
        done = client.get(f"/don-vi/uy-quyen/{self.row.pk}/").text
        assert plan.title in done
        assert "Thiếu căn cứ pháp lý." in done
        assert "acting-banner" not in at_desk.post("/don-vi/uy-quyen/tro-ve/", follow=True).text

    def test_what_is_sent_after_the_end_is_not_done_in_either_name(self, at_desk, cast, now):
        at_desk.post(f"/don-vi/uy-quyen/{self.row.pk}/xu-ly-thay/")
        Delegation.objects.update(ended_at=timezone.now())
        contact = cast.telecom.contacts.first()
        answer = at_desk.post(f"/don-vi/dau-moi/{contact.pk}/lien-lac-duoc/")
        assert (answer.status_code, "chưa có gì được lưu" in answer.text) == (403, True)
        assert not UnitEntry.objects.filter(actor=cast.specialist).exists()
        assert at_desk.post(f"/don-vi/dau-moi/{contact.pk}/lien-lac-duoc/").status_code == 302
        assert UnitEntry.objects.get(actor=cast.specialist).under is None

    def test_a_form_opened_before_the_change_is_void_after_it(self, cast, now):
        row = delegated(cast.head, cast.specialist, now)
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.specialist)
        before = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/don-vi/uy-quyen/").text)[1]
        assert client.post(f"/don-vi/uy-quyen/{row.pk}/xu-ly-thay/", {"csrfmiddlewaretoken": before}).status_code == 302
        assert client.post("/don-vi/uy-quyen/tro-ve/", {"csrfmiddlewaretoken": before}).status_code == 403

    def test_a_strangers_is_not_there(self, at_desk, cast, now):
        stranger = delegated(cast.leader, cast.clerk, now)
        for way in ("", "xu-ly-thay/", "ket-thuc/"):
            method = at_desk.post if way else at_desk.get
            assert method(f"/don-vi/uy-quyen/{stranger.pk}/{way}").status_code == 404
        rows = at_desk.get("/don-vi/uy-quyen/").context["page"].object_list
        assert list(rows) == [self.row]
        at_desk.force_login(cast.leader)
        assert at_desk.post(f"/don-vi/uy-quyen/{self.row.pk}/xu-ly-thay/").status_code == 404
        assert len(at_desk.get("/don-vi/uy-quyen/").context["page"].object_list) == 2

    def test_made_on_the_page_and_ended_there(self, client, cast, now):
        client.force_login(cast.leader)
        until = timezone.localtime(now + DAY * 2)
        said = {
            "giver": cast.head.pk,
            "taker": cast.specialist.pk,
            "ends_at": f"{until:%d/%m/%Y %H:%M}",
            "reason": "Ốm",
        }
        wrong = client.post("/don-vi/uy-quyen/moi/", said | {"taker": cast.head.pk})
        assert "Không thể ủy quyền cho chính mình." in wrong.text
        assert "Ốm" in wrong.text
        assert client.post("/don-vi/uy-quyen/moi/", said).status_code == 302
        row = Delegation.objects.get()
        assert (row.made_by, row.giver, row.taker) == (cast.leader, cast.head, cast.specialist)
        client.post(f"/don-vi/uy-quyen/{row.pk}/ket-thuc/")
        row.refresh_from_db()
        assert row.ended_at
        client.force_login(cast.specialist)
        assert "giver" not in client.get("/don-vi/uy-quyen/moi/").context["form"].fields


def act_on_every_floor(cast, actor, now):
    """One act by a verb of each table of history."""
    serial = next(SERIAL)
    by = {"actor": actor, "now": now}
    write_entry(cast.telecom, "Sửa thông tin.", **by)
    save_basis(kind="công văn", number=f"{serial}/UBND", issuer="UBND tỉnh", subject="Bảo đảm thông tin", **by)
    save_holiday(day=now.date() + DAY * serial, is_day_off=True, name="Nghỉ bù", source="Thông báo 1/TB", **by)
    day = now.date() + DAY * 90
    occasion = create_occasion(
        kind="other", name=f"Đợt {serial}", d_day=day, starts_on=day - DAY, ends_on=day + DAY, phases=None, **by
    )
    return_plan(make.plan(cast, of=occasion, status="review"), reason="Thiếu căn cứ pháp lý.", **by)
    return_dispatch(make.dispatch(cast, status="review"), reason="Thiếu căn cứ pháp lý.", **by)
    close_assignment(make.assignment(cast, status="submitted"), **by)
    open_roster(occasion, cast.telecom, **by)
    note_look(make.dispatch(cast, "issued"), what=LookKind.PAGE, **by)


def test_an_act_on_every_floor_says_under_which_delegation(cast, now):
    actor = User.objects.get(pk=cast.specialist.pk)
    actor.acting = delegated(cast.head, cast.specialist, now)
    act_on_every_floor(cast, actor, now)
    tables = {model: set(model.objects.values_list("actor", "under")) for model, *_ in SOURCES.values()}
    marked = {(actor.pk, actor.acting.pk)}
    assert tables == dict.fromkeys(tables, marked)
    assert set(DispatchLook.objects.values_list("user", "under")) == marked
    listed = {key["table"] for key in acts_under(actor.acting, with_looks=True)}
    assert listed == {*SOURCES, *LOOKS}


def test_no_table_of_acts_is_forgotten():
    """Every sealed table but the seals' own says under which delegation, and is in the list of what was done."""
    listed = {model for model, *_ in (SOURCES | LOOKS).values()}
    assert set(sealed_models().values()) - listed == {SealCheck, ReorganisationLine}


def test_both_people_and_the_administrators_are_told_and_the_stand_in_hears_what_the_absent_one_would(cast, now):
    row = delegated(cast.head, cast.specialist, now, end=timedelta(minutes=30))
    tell_people(now=now)
    told = set(Notice.objects.filter(channel="app").values_list("key", "recipient__user"))
    assert told == {(f"delegation:{row.pk}:made", user.pk) for user in (cast.head, cast.specialist, cast.admin)}
    plan = make.plan(cast)
    plan.items.create(order=1, section="I", text="Gửi danh sách.", due_offset=-3)
    submit_plan(plan, actor=cast.specialist, now=now)
    read_history(now=now + timedelta(seconds=1))
    copy = Notice.objects.get(recipient__user=cast.specialist, channel="app", key__startswith="plan:")
    assert copy.subject.startswith(f"Thay {cast.head}: ")
    tell_people(now=now + timedelta(hours=1))
    ended = Notice.objects.filter(channel="app", key=f"delegation:{row.pk}:ended").values_list(
        "recipient__user", flat=True
    )
    assert set(ended) == {cast.head.pk, cast.specialist.pk}


def test_whoever_is_absent_is_named_before_work_is_given_to_them(cast, client, now):
    """A shift of somebody absent is said when it is saved and on the roster; an absent focal person before a paper is issued."""
    row = delegated(cast.focal, make.person("unit_leader", cast.telecom), now)
    held = make.shift(cast.focal, now + DAY)
    later = make.shift(cast.focal, now + DAY * 5)
    said = f"{cast.focal} có ca trực từ"
    for shift, absent in ((held, True), (later, False)):
        roster = make.roster(cast.telecom, shifts=[shift])
        assert [text.startswith(said) for text in absent_on_duty(roster)] == [True] * absent
        client.force_login(cast.head)
        assert (said in client.get(roster.get_absolute_url()).text) is absent
    paper = make.dispatch(cast, "numbered", addressed=[cast.telecom, cast.rival])
    make.requirement(paper, units=[cast.telecom, cast.rival], due_at=now + DAY)
    warned = [text for text in issue_plan(paper, now).warnings if "vắng mặt" in text]
    assert [(f"Đầu mối {cast.focal}" in text, f"{row.taker} xử lý thay" in text) for text in warned] == [(True, True)]
    assert not [text for text in issue_plan(paper, now + DAY * 4).warnings if "vắng mặt" in text]
