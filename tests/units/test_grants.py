"""A right one person gives waits for a second, competent one: who may, who may not, what is told, what the database refuses."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from notices.mail import build_mail
from notices.models import Notice
from notices.selectors import focal_contacts
from notices.sweeps import tell_people
from tests import make
from tests.units.test_invitations import activate, invite
from tests.units.test_people import deputy, fresh, newcomer
from tests.units.test_units import refused, sentences
from units import rules
from units.models import Membership, SigningAuthority, User
from units.services import invitations, people, rights
from units.services.grants import confirm_grant, refuse_grant
from units.states import Role

pytestmark = pytest.mark.django_db
PAGE = reverse("units:grant_list")


@pytest.fixture
def house(cast):
    cast.second = make.person(Role.ADMIN, cast.department, "Đinh Công Sơn")
    cast.unit_leader = make.person(Role.UNIT_LEADER, cast.telecom, "Đỗ Minh Khôi")
    cast.duty = make.person(Role.DUTY, cast.telecom, "Lý Thị Sáu")
    return cast


def given(house, now, role=Role.HEAD, unit=None, to=None, by=None):
    unit = unit or (house.division if role in Role.STAFF else house.telecom)
    return rights.give_role(to or house.clerk, actor=by or house.admin, now=now, unit=unit, role=role)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.HEAD, {"second", "leader"}),
        (Role.ADMIN, {"second", "leader"}),
        (Role.UNIT_LEADER, {"second", "leader"}),
        (Role.FOCAL, {"second", "leader", "head", "specialist", "unit_leader"}),
        (Role.DUTY, {"second", "leader", "head", "specialist", "unit_leader", "focal"}),
    ],
)
def test_who_may_confirm_and_nobody_else(house, now, role, may):
    newly = make.person(Role.DUTY, house.rival)
    right = given(house, now, role, to=newly)
    assert fresh(newly).roles() == {(house.rival.pk, "duty")}
    staff = [
        "admin",
        "second",
        "leader",
        "head",
        "specialist",
        "clerk",
        "focal",
        "stranger",
        "postal_focal",
        "unit_leader",
        "duty",
    ]
    assert {who for who in staff if rules.can_confirm(getattr(house, who), right)} == may
    for who in set(staff) - may:
        for verb in (confirm_grant, lambda row, **by: refuse_grant(row, reason="x", **by)):
            with pytest.raises(PermissionDenied):
                verb(right, actor=getattr(house, who), now=now)
    confirm_grant(right, actor=getattr(house, sorted(may)[0]), now=now)
    assert (right.unit_id, role) in fresh(newly).roles()


def test_neither_giver_nor_the_person_concerned_confirms(house, now):
    for right in (given(house, now, to=house.leader), deputy(house, now)):
        assert not rules.can_confirm(house.admin, right) and not rules.can_confirm(house.leader, right)
        assert rules.can_confirm(house.second, right)


def test_nobody_confirms_in_somebody_elses_name(house, now):
    right = given(house, now)
    actor = fresh(house.specialist)
    actor.acting = type("Delegation", (), {"giver": fresh(house.leader), "giver_id": house.leader.pk})()
    assert actor.has_role(Role.LEADER) and not rules.can_confirm(actor, right)


def test_a_right_confirmed_late_begins_then_and_is_written_down(house, now):
    right = given(house, now - timedelta(days=3))
    right = confirm_grant(right, actor=house.leader, now=now)
    assert (right.starts_on, right.confirmed_by, right.confirmed_at) == (timezone.localdate(now), house.leader, now)
    assert sentences(house.division)[-1] == "Xác nhận vai trò Trưởng phòng của Ngô Thị Mai."
    assert refused(confirm_grant, right, actor=house.leader, now=now) == {
        "": ["Ngô Thị Mai: quyền này đã được xác nhận, từ chối hoặc rút lại."]
    }


def test_a_period_that_is_over_is_not_confirmed(house, now):
    before = now - timedelta(days=5)
    ends = timezone.localdate(now)
    right = people.grant_role(
        house.clerk, actor=house.admin, now=before, unit=house.division, role=Role.HEAD, ends_on=ends
    )
    assert "đã qua" in str(refused(confirm_grant, right, actor=house.leader, now=now))


def test_a_refused_right_goes_with_its_reason(house, now):
    right, authority = given(house, now), deputy(house, now)
    assert "reason" in refused(refuse_grant, right, actor=house.second, now=now, reason=" ")
    refuse_grant(right, actor=house.second, now=now, reason="không có quyết định")
    refuse_grant(authority, actor=house.second, now=now, reason="sai chức vụ")
    assert not Membership.objects.filter(pending=True).exists() and not SigningAuthority.objects.filter(pending=True)
    assert sentences(house.division)[-1] == "Không xác nhận vai trò Trưởng phòng của Ngô Thị Mai: không có quyết định"
    assert "từ chối hoặc rút lại" in str(refused(refuse_grant, right, actor=house.second, now=now, reason="x"))


def test_what_waits_can_be_taken_back_at_once_and_signs_nothing(house, now):
    today = timezone.localdate(now)
    right, authority = given(house, now), deputy(house, now)
    assert not authority.in_force(today) and authority not in SigningAuthority.objects.on(today)
    people.end_role(right, actor=house.admin, now=now, on=today + timedelta(days=9))
    people.end_authority(authority, actor=house.admin, now=now, on=today + timedelta(days=9))
    assert not Membership.objects.filter(pk=right.pk).exists()
    assert not SigningAuthority.objects.filter(pk=authority.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"pending": True, "granted_by": None},
        {"pending": True, "confirmed_at": timezone.now()},
        {"pending": False},
        {"confirmed_by": "admin", "confirmed_at": timezone.now(), "pending": False},
        {"confirmed_by": "clerk", "confirmed_at": timezone.now(), "pending": False},
    ],
)
def test_what_the_database_refuses(house, now, wrong):
    wrong = {name: getattr(house, value) if name == "confirmed_by" else value for name, value in wrong.items()}
    for row in (given(house, now), deputy(house, now, user=house.clerk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**wrong)
    invitation = invite(house, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(invitation).objects.filter(pk=invitation.pk).update(confirmed_by=house.admin, confirmed_at=now)


# --- invitations ------------------------------------------------------------------------------------------------------


def test_an_invitation_confirmed_beforehand_opens_the_door_at_once(house, now, client):
    row = invite(house, now, actor=house.specialist)
    client.force_login(house.leader)
    assert f'value="{row.pk}"' in client.get(reverse("units:invitation_list")).content.decode()
    page = client.post(reverse("units:invitations_confirm"), {"chosen": [row.pk]}, follow=True)
    assert "Đã xác nhận 1 lời mời" in page.content.decode()
    client.logout()
    activate(client, row)
    right = User.objects.get(email=row.email).memberships.get()
    assert (right.pending, right.granted_by) == (False, house.specialist)


def test_an_invitation_nobody_confirmed_opens_an_account_that_waits(house, now, client):
    row = invite(house, now, actor=house.specialist)
    for who in ("specialist", "clerk", "stranger"):
        with pytest.raises(PermissionDenied):
            invitations.confirm_invitation(row, actor=getattr(house, who), now=now)
    activate(client, row)
    page = client.get("/").content.decode()
    assert "Quyền của anh/chị đang chờ xác nhận" in page and "Đầu mối, Công ty Viễn thông Sao Biển" in page
    assert User.objects.get(email=row.email).roles() == frozenset()


def test_a_confirmation_ends_with_the_right_of_who_gave_it_and_with_another_sender(house, now, client):
    row = invitations.confirm_invitation(invite(house, now), actor=house.second, now=now)
    row = invitations.resend_invitation(row, actor=house.admin, now=now)
    assert row.confirmed_by == house.second
    resent = invitations.resend_invitation(row, actor=house.second, now=now)
    assert (resent.confirmed_by, resent.confirmed_at) == (None, None)
    row = invitations.confirm_invitation(resent, actor=house.specialist, now=now)
    assert "đã được xác nhận" in str(refused(invitations.confirm_invitation, row, actor=house.admin, now=now))
    house.specialist.memberships.update(ends_on=timezone.localdate(now))
    activate(client, row)
    assert User.objects.get(email=row.email).memberships.get().pending


# --- pages ------------------------------------------------------------------------------------------------------------


def test_many_are_decided_on_one_page(house, now, client):
    right, authority = given(house, now), deputy(house, now, user=house.head)
    own = given(house, now, by=house.second, to=house.duty, role=Role.FOCAL)
    client.force_login(house.second)
    page = client.get(PAGE)
    lines = {line.key: line.may_confirm for line in page.context["page"]}
    assert lines == {f"r{right.pk}": True, f"s{authority.pk}": True, f"r{own.pk}": False}
    chosen = [f"r{right.pk}", f"s{authority.pk}"]
    kept = client.post(PAGE, {"act": "refuse", "chosen": chosen})
    assert "reason" in kept.context["form"].errors and kept.content.decode().count(" checked") == 2
    done = client.post(PAGE, {"act": "confirm", "chosen": [*chosen, f"r{own.pk}", "r9999999", "x", "r٣"]}, follow=True)
    assert "Đã xác nhận 2 quyền" in done.content.decode() and "phải do người thứ hai" in done.content.decode()
    assert list(Membership.objects.filter(pending=True)) == [own] and authority.refresh_from_db() is None
    assert not authority.pending
    nothing = client.post(PAGE, {"act": "confirm"})
    assert "Hãy đánh dấu ít nhất một dòng" in nothing.content.decode()


def test_the_page_shows_each_what_concerns_them(house, now, client):
    far = given(house, now, Role.FOCAL, unit=house.postal, to=house.duty)
    near, staff = given(house, now, Role.FOCAL, to=house.duty), given(house, now)
    expected = {"leader": {far, near, staff}, "specialist": {far, near}, "unit_leader": {near}, "focal": set()}
    for who, rows in expected.items():
        client.force_login(getattr(house, who))
        assert {line.grant for line in client.get(PAGE).context["page"]} == rows, who
    for who in ("clerk", "duty"):
        client.force_login(getattr(house, who))
        assert client.get(PAGE).status_code == 403


# --- who is told ------------------------------------------------------------------------------------------------------


def test_those_who_may_confirm_are_told_at_once_and_each_day_until_it_is_decided(house, now):
    right = given(house, now)

    def told():
        return set(Notice.objects.filter(channel="app").values_list("recipient__name", "subject"))

    tell_people(now=now)
    at_once = {
        (name, "Quyền mới chờ xác nhận: Phòng Bưu chính, Viễn thông") for name in ("Trần Minh Quang", "Đinh Công Sơn")
    }
    assert told() == at_once
    later = now + timedelta(days=1)
    tell_people(now=later)
    tell_people(now=later + timedelta(minutes=2))
    daily = {(name, "Còn 1 quyền chờ xác nhận") for name in ("Trần Minh Quang", "Đinh Công Sơn")}
    assert told() == at_once | daily and Notice.objects.filter(channel="app").count() == 4
    confirm_grant(right, actor=house.second, now=later)
    tell_people(now=later + timedelta(minutes=4))
    assert ("Ngô Thị Mai", "Tài khoản của anh/chị vừa được thay đổi") in told()
    tell_people(now=later + timedelta(days=1))
    assert Notice.objects.filter(channel="app").count() == 5


def test_whoever_changes_what_opens_an_account_does_not_confirm_by_it(house, now, client):
    """An administrator who takes an account over, to be the second person for what they gave, is kept out and seen."""
    right, old = given(house, now), house.leader.email
    people.update_user(house.leader, actor=house.admin, now=now, full_name=house.leader.full_name, email="")
    people.update_user(house.leader, actor=house.admin, now=now, full_name=house.leader.full_name, email="x@ke.example")
    taken = fresh(house.leader)
    with pytest.raises(PermissionDenied):
        confirm_grant(right, actor=taken, now=now)
    client.force_login(taken)
    assert (
        "vừa được đổi" in client.get(PAGE).content.decode()
        and "chờ người thứ hai" not in client.get("/").content.decode()
    )
    tell_people(now=now)
    tell_people(now=now + timedelta(minutes=2))
    sent = Notice.objects.exclude(address="").get()
    assert (sent.address, sent.channel, sent.urgent) == (old, "email", True) and old not in sent.text
    assert build_mail("x", [sent]).to == [old] and fresh(taken).former_email == ""
    told = Notice.objects.filter(key__startswith="access:", key__endswith=f"{now.timestamp():.0f}")
    assert {notice.recipient.user_id for notice in told} == {house.second.pk}
    User.objects.filter(pk=taken.pk).update(access_changed_at=timezone.now() - timedelta(days=7))
    confirm_grant(right, actor=fresh(taken), now=now)


def test_a_unit_is_not_silenced_while_its_focal_persons_right_waits(house, now):
    right = given(house, now, Role.FOCAL, unit=house.postal, to=make.person(Role.DUTY, house.postal, is_focal=True))
    right.user.memberships.filter(pending=False).delete()
    assert right.user.contact in focal_contacts([house.postal.pk])[house.postal.pk]
    refuse_grant(right, actor=house.second, now=now, reason="nhầm người")
    assert right.user.contact not in focal_contacts([house.postal.pk])[house.postal.pk]


def test_home_and_system_page_name_what_waits(house, now, client):
    given(house, now)
    client.force_login(house.leader)
    occasion = make.occasion(d_day=timezone.localdate(now))
    page = client.get("/").content.decode()
    assert page.count("1 quyền chờ người thứ hai xác nhận") == 1
    assert page.index("1 quyền chờ") < page.index(occasion.name), "above what fills the screen"
    client.force_login(house.admin)
    assert "chờ người thứ hai xác nhận" not in client.get("/").content.decode(), "what one gave is others' to confirm"
    assert "Quyền chờ người thứ hai xác nhận" in client.get(reverse("operations")).content.decode()


# --- where there is no second person ----------------------------------------------------------------------------------


def test_whoever_holds_the_machine_is_the_second_person(cast, now):
    user = newcomer(cast, now)
    said = StringIO()
    call_command("confirm_rights", stdout=said)
    assert "thanh.lam: vai trò Đầu mối của Lâm Chí Thành" in said.getvalue()
    with pytest.raises(CommandError, match="lý do"):
        call_command("confirm_rights", "thanh.lam", stdout=StringIO())
    call_command("confirm_rights", "thanh.lam", "--reason", "QĐ 12/QĐ-SKHCN", stdout=StringIO())
    assert fresh(user).roles() == {(cast.telecom.pk, "focal")}
    assert sentences(cast.telecom)[-1] == (
        "Người quản trị máy chủ xác nhận vai trò Đầu mối của Lâm Chí Thành: QĐ 12/QĐ-SKHCN"
    )
    for username in ("thanh.lam", "khong-co"):
        with pytest.raises(CommandError):
            call_command("confirm_rights", username, "--reason", "x", stdout=StringIO())
