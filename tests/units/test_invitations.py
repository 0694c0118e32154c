"""Invitations: who may send which, the link's one life, and a focal person replaced in one act."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
from notices.sweeps import send_pending_notices, tell_people
from tests import make
from tests.units.test_units import refused, sentences
from units import rules
from units.models import Contact, Invitation, User
from units.services import invitations as services
from units.services.contacts import save_contact
from units.services.grants import confirm_grant
from units.services.people import set_active
from units.states import Role, UnitKind
from units.tokens import VALID_FOR, digest_of, token_of

pytestmark = pytest.mark.django_db
NEW = "biển-lặng-gió-êm-47"


@pytest.fixture(autouse=True)
def _nobody_came_yet(db):
    cache.clear()


@pytest.fixture
def house(cast):
    cast.unit_leader = make.person(Role.UNIT_LEADER, cast.telecom, "Đỗ Minh Khôi")
    cast.duty = make.person(Role.DUTY, cast.telecom, "Lý Thị Sáu")
    return cast


def invite(cast, now, actor=None, unit=None, **given):
    facts = {"role": Role.FOCAL, "name": "Lâm Chí Thành", "email": "Thanh@SaoBien.example"}
    return services.invite_person(unit or cast.telecom, actor=actor or cast.admin, now=now, **facts | given)


def path(invitation):
    return reverse("account_activate", args=[token_of(invitation.nonce)])


def words(response):
    return " ".join(re.sub(r"<head.*?</head>|<[^>]+>", " ", response.content.decode(), flags=re.S).split())


# --- who may ----------------------------------------------------------------------------------------------------------


def test_nobody_hands_out_more_than_they_may(house):
    everyone = frozenset(Role.RECIPIENT)
    may = {
        "admin": (everyone, everyone, frozenset(Role.STAFF)),
        "head": ({"focal", "duty"}, {"focal", "duty"}, set()),
        "specialist": ({"focal", "duty"}, {"focal", "duty"}, set()),
        "leader": (set(), set(), set()),
        "clerk": (set(), set(), set()),
        "unit_leader": ({"focal", "duty"}, set(), set()),
        "focal": ({"duty"}, set(), set()),
        "duty": (set(), set(), set()),
        "stranger": (set(), {"duty"}, set()),
    }
    said = {
        who: tuple(rules.invitable_roles(getattr(house, who), u) for u in (house.telecom, house.rival, house.division))
        for who in may
    }
    assert said == may


@pytest.mark.parametrize(
    ("who", "role"), [("focal", "focal"), ("stranger", "duty"), ("leader", "duty"), ("head", "unit_leader")]
)
def test_an_invitation_beyond_ones_right_is_refused_and_leaves_nothing(house, now, who, role):
    people = Contact.objects.count()
    with pytest.raises(PermissionDenied):
        invite(house, now, actor=getattr(house, who), role=role)
    assert (Invitation.objects.count(), Contact.objects.count()) == (0, people)


def test_who_sees_which_invitations(house, now):
    ours = invite(house, now)
    theirs = invite(house, now, unit=house.rival, email="b@b.example")
    inside = invite(house, now, unit=house.division, role=Role.SPECIALIST, email="c@c.example")
    seen = {
        who: set(Invitation.objects.visible_to(getattr(house, who)))
        for who in ("admin", "head", "clerk", "unit_leader", "focal", "duty", "stranger")
    }
    assert seen == {
        "admin": {ours, theirs, inside},
        "head": {ours, theirs},
        "clerk": set(),
        "unit_leader": {ours},
        "focal": {ours},
        "duty": set(),
        "stranger": {theirs},
    }


def test_pages_by_role(house, now, client):
    invitation = invite(house, now)
    pages = [
        reverse("units:invitation_list"),
        reverse("units:invitation_new"),
        reverse("units:invitation_many"),
        reverse("units:focal_replace", args=[house.focal.contact.pk]),
    ]
    codes = {}
    for who in ("admin", "head", "leader", "clerk", "unit_leader", "focal", "duty", "stranger"):
        client.force_login(getattr(house, who))
        sent = client.post(reverse("units:invitation_resend", args=[invitation.pk])).status_code
        codes[who] = (*(client.get(page).status_code for page in pages), sent)
    assert codes == {
        "admin": (200, 200, 200, 200, 302),
        "head": (200, 200, 200, 200, 302),
        "leader": (200, 403, 403, 403, 403),  # who confirms them
        "clerk": (403, 403, 403, 403, 404),
        "unit_leader": (200, 200, 403, 200, 302),
        "focal": (200, 200, 403, 403, 403),
        "duty": (403, 403, 403, 403, 404),
        "stranger": (200, 200, 403, 404, 404),
    }


# --- sending ----------------------------------------------------------------------------------------------------------


def test_an_invitation_holds_no_secret_and_enters_the_address_book(cast, now):
    row = invite(cast, now, position="Trưởng phòng", phone="0912 345 678")
    assert (row.email, row.expires_at - row.sent_at) == ("thanh@saobien.example", VALID_FOR)
    contact = row.contact
    assert (contact.name, contact.position, contact.phone, contact.is_focal, contact.user) == (
        "Lâm Chí Thành",
        "Trưởng phòng",
        "0912345678",
        True,
        None,
    )
    token = token_of(row.nonce)
    stored = Invitation.objects.filter(pk=row.pk).values().get()
    assert token not in map(str, stored.values()) and stored["digest"] == digest_of(token)
    assert "Mời Lâm Chí Thành mở tài khoản với vai trò Đầu mối." in sentences(cast.telecom)
    assert not User.objects.filter(email=row.email).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "khong phai thu"}, "email"),
        ({"name": ""}, "name"),
        ({"phone": "091234567"}, "phone"),
    ],
)
def test_an_invitation_is_refused_whole(cast, now, given, field):
    assert field in refused(invite, cast, now, **given)
    assert not Contact.objects.filter(unit=cast.telecom, user=None).exists()


def test_who_has_an_account_is_not_invited(cast, now):
    assert "đã có tài khoản" in refused(invite, cast, now, email=cast.stranger.email.upper())["email"][0]
    assert "đã có tài khoản" in refused(invite, cast, now, contact=cast.focal.contact, email="")["email"][0]


def test_one_open_invitation_a_person(cast, now):
    first = invite(cast, now)
    assert "đã có lời mời đang chờ" in str(refused(invite, cast, now))
    services.revoke_invitation(first, actor=cast.admin, now=now)
    second = invite(cast, now)
    assert second.contact == first.contact
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=first.pk).update(revoked_at=None)


def test_an_ended_unit_gets_nobody(cast, now):
    cast.telecom.valid_to = timezone.localdate(now)
    cast.telecom.save()
    assert "chấm dứt" in str(refused(invite, cast, now))


def test_all_focal_people_of_many_units_in_one_act(cast, now, client):
    made = []
    for n in range(4):
        unit = make.unit(UnitKind.COMMUNE)
        email = "" if n == 3 else f"xa{n}@haigiang.example"
        made.append(
            save_contact(
                unit, actor=cast.admin, now=now, name="Cán bộ xã", email=email, phone="0912345678", is_focal=True
            )
        )
    make.unit(UnitKind.COMMUNE)
    save_contact(cast.postal, actor=cast.admin, now=now, name="Bưu tá", email="buu@ta.example", is_focal=True)
    client.force_login(cast.specialist)
    url = reverse("units:invitation_many") + "?kind=commune"
    page = words(client.get(url))
    assert "3 người có thể mời" in page and "1 đầu mối chưa có thư điện tử" in page and "Bưu tá" not in page
    client.post(url, {"contacts": [contact.pk for contact in made[:3]]})
    assert set(Invitation.objects.values_list("contact", "role", "invited_by")) == {
        (contact.pk, "focal", cast.specialist.pk) for contact in made[:3]
    }
    assert "Không còn ai để mời" in words(client.get(url))
    again = client.post(url, {"contacts": [made[0].pk]})
    assert again.status_code == 200 and Invitation.objects.count() == 3


# --- the letter -------------------------------------------------------------------------------------------------------


def mailed(post_office, now):
    tell_people(now=now)
    send_pending_notices(now=now)
    return post_office.letters


def link_in(letter):
    return re.search(r"https?://[^/\s]+(/tai-khoan/kich-hoat/\S+)", letter.get_body(("plain",)).get_content())[1]


def test_the_letter_goes_once_and_the_outbox_forgets_the_link(cast, now, post_office):
    row = invite(cast, now, actor=cast.specialist)
    for later in (0, 1, 2):
        mailed(post_office, now + timedelta(seconds=later))
    (letter,) = post_office.letters
    text = letter.get_body(("plain",)).get_content()
    assert letter["To"] == row.email and link_in(letter) == path(row)
    assert text.startswith("Mời anh/chị mở đường dẫn sau để đặt mật khẩu")
    assert "đầu mối của Công ty Viễn thông Sao Biển theo lời mời của Lê Thu Hà" in text
    html = letter.get_body(("html",)).get_content()
    assert re.search(rf'<a href="[^"]+{path(row)}" style="[^"]+">Đặt mật khẩu</a>', html)
    assert html.count(f'{path(row)}"') == 2 and f"{path(row)}</a>" in html  # the button, and the address beneath
    assert (Notice.objects.get().status, Notice.objects.get().text) == ("sent", "")


def test_a_dead_mail_server_holds_nobody_up(cast, now, client, dead_server):
    client.force_login(cast.admin)
    facts = {"unit": cast.telecom.pk, "name": "Lâm Chí Thành", "email": "thanh@saobien.example", "role": "focal"}
    page = client.post(reverse("units:invitation_new"), facts, follow=True)
    assert "Đã mời Lâm Chí Thành" in words(page)
    moment = timezone.now() + timedelta(seconds=1)
    tell_people(now=moment)
    send_pending_notices(now=moment)
    assert Notice.objects.get().status == "pending"


def test_the_mailbox_the_outbox_and_the_log_show_no_link(cast, now, client, settings, caplog):
    settings.EMAIL_BACKEND = "notices.mailbox.FileMailbox"
    row = invite(cast, now)
    tell_people(now=now)
    client.force_login(cast.admin)
    token = token_of(row.nonce)
    shown = [client.get("/he-thong/thu-chua-gui/").content.decode()]
    send_pending_notices(now=now)
    shown += [client.get(url).content.decode() for url in ("/he-thong/hop-thu/", "/thong-bao/", "/don-vi/loi-moi/")]
    assert "không hiển thị ở đây" in shown[1]
    assert not any(token in page for page in shown)


def test_a_refused_address_is_shown_where_the_invitation_stands_and_its_host_is_told(cast, now, client, post_office):
    row = invite(cast, now, actor=cast.specialist)
    post_office.refused.add(row.email)
    mailed(post_office, now)
    tell_people(now=now + timedelta(seconds=1))
    row.refresh_from_db()
    assert row.bounced_at
    told = Notice.objects.filter(recipient=cast.specialist.contact, channel="app").get()
    assert "không gửi được" in told.subject and "kiểm tra địa chỉ" in told.text
    client.force_login(cast.specialist)
    assert "Thư không gửi được" in words(client.get(reverse("units:invitation_list")))
    save_contact(cast.telecom, actor=cast.specialist, now=now, contact=row.contact, email="dung@saobien.example")
    row = services.resend_invitation(row, actor=cast.specialist, now=now)
    assert (row.email, row.bounced_at, row.turn) == ("dung@saobien.example", None, 2)
    assert "dung@saobien.example" in {letter["To"] for letter in mailed(post_office, now + timedelta(seconds=2))}


# --- the link ---------------------------------------------------------------------------------------------------------


def activate(client, invitation, password=NEW, again=None):
    return client.post(path(invitation), {"password1": password, "password2": again or password})


def test_the_way_from_a_letter_to_ones_own_work(cast, now, client):
    assignment = make.assignment(cast)
    row = invite(cast, now, actor=cast.specialist, position="Kỹ sư")
    services.confirm_invitation(row, actor=cast.admin, now=now)
    page = words(client.get(path(row)))
    assert "Chào Lâm Chí Thành" in page and "Lê Thu Hà mời anh/chị làm đầu mối của Công ty Viễn thông Sao Biển" in page
    assert not User.objects.filter(email=row.email).exists(), "looking uses nothing up"
    response = activate(client, row)
    assert (response.status_code, response.url) == (302, "/")
    user = User.objects.get(email=row.email)
    assert (user.username, user.roles(), user.contact) == ("thanh.lam", {(cast.telecom.pk, "focal")}, row.contact)
    assert client.get(assignment.get_absolute_url()).status_code == 200
    row.refresh_from_db()
    assert row.user == user and row.accepted_at
    row.contact.refresh_from_db()
    assert row.contact.email_proven_at and not row.contact.phone_proven_at
    client.logout()
    client.post("/tai-khoan/login/", {"login": row.email, "password": NEW})
    assert client.get("/").status_code == 200
    moment = timezone.now() + timedelta(seconds=1)
    tell_people(now=moment)
    assert "đã mở tài khoản" in Notice.objects.get(recipient=cast.specialist.contact, channel="app").subject
    own = Notice.objects.get(recipient=row.contact, channel="email")
    assert own.text.startswith("Từ nay anh/chị đăng nhập") and "thanh.lam" in own.text


def test_a_second_person_of_that_name_gets_another_user_name(cast, now):
    for n in range(3):
        services.accept_invitation(invite(cast, now, email=f"t{n}@saobien.example"), now=now, password=NEW)
    made = User.objects.filter(full_name="Lâm Chí Thành").order_by("pk").values_list("username", flat=True)
    assert list(made) == ["thanh.lam", "thanh.lam2", "thanh.lam3"]


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("ngan", "ngan", "cần ít nhất 12 ký tự"),
        ("123456789012345", "123456789012345", "không được chỉ gồm chữ số"),
        ("thanh@saobien.example", "thanh@saobien.example", "quá giống"),
        (NEW, f"{NEW}8", "chưa giống nhau"),
        ("", "", "không được để trống"),
    ],
)
def test_a_weak_first_password_is_refused_and_the_link_lives_on(cast, now, client, password, again, said):
    row = invite(cast, now)
    assert said in words(activate(client, row, password, again))
    assert not User.objects.filter(email=row.email).exists()
    assert activate(client, row).status_code == 302


def test_a_used_link_opens_nothing_more(cast, now, client):
    row = invite(cast, now)
    activate(client, row)
    client.logout()
    for response in (client.get(path(row)), activate(client, row)):
        assert response.status_code == 410
        assert "Lời mời đã được dùng" in words(response)
    assert refused(services.accept_invitation, row, now=now, password=NEW) == {"": [services.GONE]}
    assert User.objects.filter(email=row.email).count() == 1


def test_a_revoked_link_and_one_never_given(cast, now, client):
    row = services.revoke_invitation(invite(cast, now, actor=cast.specialist), actor=cast.admin, now=now)
    response = activate(client, row)
    assert response.status_code == 410
    assert "đã được thu hồi" in words(response) and "Lê Thu Hà" in words(response)
    unknown = client.get(reverse("account_activate", args=["a" * 64]))
    assert unknown.status_code == 404 and "Liên kết không đúng" in words(unknown)


def test_an_expired_link_is_asked_for_anew_once(cast, now, client, post_office):
    row = invite(cast, now, actor=cast.specialist)
    mailed(post_office, now)
    Invitation.objects.update(sent_at=now - timedelta(days=8), expires_at=now - timedelta(days=1))
    page = client.get(path(row))
    assert page.status_code == 410
    assert "quá 7 ngày" in words(page) and "Lê Thu Hà sẽ được báo" in words(page)
    assert activate(client, row).status_code == 410
    assert not User.objects.filter(email=row.email).exists()
    assert "Đã báo Lê Thu Hà" in words(client.post(path(row)))
    assert not services.ask_anew(row, now=now + timedelta(hours=1)), "once for each sending"
    moment = timezone.now() + timedelta(seconds=1)
    tell_people(now=moment)
    tell_people(now=moment + timedelta(seconds=20))
    told = Notice.objects.get(recipient=cast.specialist.contact, channel="app")
    assert "xin gửi lại lời mời" in told.subject
    client.force_login(cast.specialist)
    assert "Xin gửi lại" in words(client.get(reverse("units:invitation_list") + "?state=asked"))
    client.post(reverse("units:invitation_resend", args=[row.pk]))
    client.logout()
    fresh = Invitation.objects.get()
    assert client.get(path(row)).status_code == 404, "the old link is dead"
    moment = timezone.now() + timedelta(seconds=30)
    letters = [letter for letter in mailed(post_office, moment) if letter["To"] == row.email]
    assert [link_in(letter) for letter in letters] == [path(row), path(fresh)]
    assert activate(client, fresh).status_code == 302


def test_a_link_dies_with_the_right_of_who_sent_it(house, now, client):
    row = invite(house, now, actor=house.unit_leader)
    house.unit_leader.memberships.update(ends_on=timezone.localdate(now))
    response = activate(client, row)
    assert response.status_code == 410 and "Người mời không còn phụ trách" in words(response)
    other = invite(house, now, actor=house.specialist, email="khac@saobien.example")
    set_active(house.specialist, actor=house.admin, now=now, active=False, reason="nghỉ")
    assert activate(client, other).status_code == 410


@pytest.mark.parametrize("change", [{"left_on": "today"}, {"email": "khac@saobien.example"}])
def test_a_link_dies_when_its_person_leaves_or_has_another_address(cast, now, client, change):
    row = invite(cast, now)
    change = {name: timezone.localdate(now) if value == "today" else value for name, value in change.items()}
    save_contact(cast.telecom, actor=cast.admin, now=now, contact=row.contact, **change)
    assert activate(client, row).status_code == 410
    assert not User.objects.filter(email=row.email).exists()
    client.force_login(cast.admin)
    page = words(client.get(reverse("units:invitation_list")))
    assert ("Thư đã đổi, cần gửi lại" in page) == ("email" in change)
    assert ("Lâm Chí Thành" in page) == ("email" in change), "an open invitation leaves with its person"


def test_inside_somebody_elses_session_nothing_is_opened(cast, now, client):
    row = invite(cast, now)
    client.force_login(cast.stranger)
    assert "Trình duyệt đang mở tài khoản khác" in words(activate(client, row))
    assert not User.objects.filter(email=row.email).exists()


def test_guessing_links_is_slowed_down(cast, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password_from_key": "5/m/ip"}
    answers = [client.post(reverse("account_activate", args=[f"{n:043d}"])).status_code for n in range(6)]
    assert answers == [404] * 5 + [429]


def test_verbs_on_a_closed_invitation(cast, now):
    row = invite(cast, now)
    services.revoke_invitation(row, actor=cast.admin, now=now)
    for verb in (services.resend_invitation, services.revoke_invitation):
        with pytest.raises(ValidationError, match="đã thu hồi"):
            verb(row, actor=cast.admin, now=now)
        with pytest.raises(PermissionDenied):
            verb(row, actor=cast.focal, now=now)


# --- a new focal person -----------------------------------------------------------------------------------------------


def replace(cast, now, actor=None, **given):
    given = given or {"name": "Lâm Chí Thành", "email": "thanh@saobien.example"}
    return services.replace_focal(cast.focal.contact, actor=actor or cast.specialist, now=now, **given)


def test_a_focal_person_is_replaced_in_one_act(cast, now, client):
    assignment = make.assignment(cast)
    client.force_login(cast.focal)
    assert client.get(assignment.get_absolute_url()).status_code == 200
    new = replace(cast, now)
    assert client.get("/").url.startswith("/tai-khoan/login/"), "the old one's session ends at once"
    client.force_login(User.objects.get(pk=cast.focal.pk))
    assert client.get(assignment.get_absolute_url()).status_code == 404
    old = Contact.objects.get(pk=cast.focal.contact.pk)
    assert (old.left_on, old.is_focal) == (timezone.localdate(now), False)
    assert not old.user.memberships.on(timezone.localdate(now)).exists()
    assert list(Contact.objects.focal_of([cast.telecom])) == [new]
    assignment.refresh_from_db()
    assert (assignment.unit, assignment.status) == (cast.telecom, "sent")
    assert sentences(cast.telecom)[-1] == "Lâm Chí Thành thay Đặng Hải Yến làm đầu mối của đơn vị."
    client.logout()
    services.confirm_invitation(Invitation.objects.get(), actor=cast.admin, now=now)
    activate(client, Invitation.objects.get())
    assert client.get(assignment.get_absolute_url()).status_code == 200


def test_somebody_with_an_account_takes_over_without_a_letter(house, now):
    new = replace(house, now, actor=house.unit_leader, successor=house.duty.contact)
    assert new == house.duty.contact and not Invitation.objects.exists()
    confirm_grant(house.duty.memberships.get(role="focal"), actor=house.specialist, now=now)
    assert User.objects.get(pk=house.duty.pk).roles() == {(house.telecom.pk, "duty"), (house.telecom.pk, "focal")}


def test_who_also_leads_the_unit_stays_in_its_address_book(cast, now):
    today = timezone.localdate(now)
    cast.focal.memberships.create(unit=cast.telecom, role=Role.UNIT_LEADER, starts_on=today)
    replace(cast, now)
    old = Contact.objects.get(user=cast.focal)
    assert (old.left_on, old.is_focal) == (None, False)
    assert User.objects.get(pk=cast.focal.pk).roles() == {(cast.telecom.pk, "unit_leader")}


def test_a_replacement_is_whole_or_nothing(cast, now):
    assert "đã có tài khoản" in str(refused(replace, cast, now, name="Ai", email=cast.stranger.email))
    assert list(Contact.objects.focal_of([cast.telecom])) == [cast.focal.contact]
    assert User.objects.get(pk=cast.focal.pk).roles() == {(cast.telecom.pk, "focal")}
    assert "người khác" in str(refused(replace, cast, now, successor=cast.focal.contact))
    for who in ("focal", "stranger", "leader", "clerk"):
        with pytest.raises(PermissionDenied):
            replace(cast, now, actor=getattr(cast, who))


def test_the_page_of_a_replacement_asks_for_what_it_needs(cast, now, client):
    client.force_login(cast.specialist)
    url = reverse("units:focal_replace", args=[cast.focal.contact.pk])
    page = client.post(url, {"position": "Kỹ sư"})
    assert words(page).count("cần có họ tên và thư điện tử") >= 2 and 'value="Kỹ sư"' in page.content.decode()
    done = client.post(url, {"name": "Lâm Chí Thành", "email": "thanh@saobien.example"}, follow=True)
    assert "Lâm Chí Thành thay Đặng Hải Yến" in words(done) and "Chờ kích hoạt" in words(done)
    assert "không còn là đầu mối" in words(client.post(url, {"name": "Ai Đó", "email": "ai@saobien.example"}))
