"""Sessions end with every change of rights and when nobody sits at them; staff set a second factor up before anything else."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
from notices.selectors import focal_contacts
from tests.accounts.test_login import inside, knock
from tests.accounts.test_second_factor import SECRET, confirmed
from units.guard import ACTED
from units.models import UnitEntry
from units.services import people
from units.services.contacts import save_contact
from units.services.grants import confirm_grant
from units.states import Role
from units.sweeps import forget_sessions, lock_unused_accounts

LOGIN = "/tai-khoan/login/"
PRESENCE = reverse("account_presence")
User = get_user_model()


@pytest.fixture(autouse=True)
def _nobody_tried_yet(db):
    cache.clear()


def logged_in(user):
    client = Client()
    knock(client, user.username)
    assert inside(client)
    return client


# --- rights -----------------------------------------------------------------------------------------------------------


def confirm(cast, now):
    right = people.grant_role(cast.clerk, actor=cast.admin, now=now, unit=cast.division, role=Role.HEAD)
    return lambda: confirm_grant(right, actor=cast.leader, now=now)


def end(cast, now):
    right = cast.clerk.memberships.get()
    return lambda: people.end_role(right, actor=cast.admin, now=now, on=timezone.localdate(now))


def lock(cast, now):
    return lambda: people.set_active(cast.clerk, actor=cast.admin, now=now, active=False, reason="nghỉ việc")


@pytest.mark.parametrize("change", [confirm, end, lock])
def test_a_change_of_rights_ends_every_session_and_within_a_minute_its_trace(cast, now, change):
    act = change(cast, now)
    office, phone, other = logged_in(cast.clerk), logged_in(cast.clerk), logged_in(cast.focal)
    act()
    assert not inside(office), "at its next request"
    forget_sessions(now=now)
    assert list(UserSession.objects.values_list("user", flat=True)) == [cast.focal.pk]
    assert Session.objects.count() == 1 and not inside(phone) and inside(other)


def test_a_sweep_leaves_somebody_who_is_logging_in_alone(cast, now):
    """Between the new key and the answer that fills it, the session is known by its person but holds no proof yet."""
    store = SessionStore()
    store.create()
    UserSession.objects.create(user=cast.focal, session_key=store.session_key, ip="127.0.0.1", user_agent="")
    forget_sessions(now=now)
    assert Session.objects.filter(session_key=store.session_key).exists()


@pytest.mark.parametrize("field", ["starts_on", "ends_on"])
def test_a_right_whose_day_comes_ends_the_sessions_too(cast, now, field, monkeypatch):
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    cast.clerk.memberships.create(
        unit=cast.division, role=Role.HEAD, **{"starts_on": tomorrow - timedelta(days=9), field: tomorrow}
    )
    client = logged_in(cast.clerk)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, zone=None: tomorrow)
    assert not inside(client)


def test_a_right_that_only_waits_ends_no_session(cast, now):
    client = logged_in(cast.clerk)
    people.grant_role(cast.clerk, actor=cast.admin, now=now, unit=cast.division, role=Role.HEAD)
    save_contact(cast.department, actor=cast.admin, now=now, contact=cast.clerk.contact, position="Văn thư")
    assert inside(client)
    forget_sessions(now=now)
    assert inside(client)


def test_rights_and_idleness_cost_no_query_of_their_own(cast, settings):
    """Session, user, roles: as many as before there was a guard; a session that is written once a minute, and its factor once."""
    settings.IDLE_MINUTES = settings.IDLE_MINUTES_ADMIN = 15
    settings.MFA_REQUIRED = "staff"
    TOTP.activate(cast.clerk, SECRET)
    client = Client()
    client.force_login(cast.clerk)
    client.get(PRESENCE)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PRESENCE).status_code == 200
    tables = [query["sql"].partition("FROM ")[2].split()[0].strip('"') for query in queries]
    assert tables == ["django_session", "units_user", "units_membership"]


# --- nobody sits there ------------------------------------------------------------------------------------------------


def rewind(client, seconds):
    session = client.session
    session[ACTED] -= seconds
    session.save()


@pytest.fixture
def strict(settings):
    settings.IDLE_MINUTES, settings.IDLE_MINUTES_ADMIN = 15, 5


@pytest.mark.parametrize(("who", "minutes"), [("clerk", 15), ("focal", 15), ("admin", 5)])
def test_a_session_without_an_act_ends(cast, strict, who, minutes):
    client = logged_in(getattr(cast, who))
    rewind(client, minutes * 60 - 5)
    assert inside(client), "an act keeps it"
    rewind(client, minutes * 60)
    page = client.get("/thong-bao/?page=2")
    assert page.url == f"{LOGIN}?next=/thong-bao/%3Fpage%3D2", "the login page leads back"
    assert not inside(client)


def test_what_a_page_asks_by_itself_is_no_act(cast, strict):
    client = logged_in(cast.clerk)
    rewind(client, 600)
    assert client.get(PRESENCE, headers={"x-automatic": "1"}).json()["left"] in range(295, 301)
    assert client.get(PRESENCE, headers={"x-automatic": "1"}).json()["left"] <= 300
    assert client.get(PRESENCE).json() == {"left": 900}, "who says that they stay, stays"
    rewind(client, 30)
    before = Session.objects.get(pk=client.session.session_key).session_data
    assert inside(client) and Session.objects.get(pk=client.session.session_key).session_data == before
    rewind(client, 871)
    assert client.get(PRESENCE, headers={"x-automatic": "1"}).status_code == 302


def test_the_login_page_says_why(client, cast):
    assert "tự kết thúc vì lâu không có thao tác" in client.get(f"{LOGIN}?het-gio=1").content.decode()


# --- the second factor ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "who", "asked"),
    [("staff", "clerk", True), ("staff", "focal", False), ("all", "focal", True), ("none", "admin", False)],
)
def test_who_must_set_a_second_factor_up(cast, settings, policy, who, asked):
    settings.MFA_REQUIRED = policy
    client = Client()
    client.force_login(getattr(cast, who))
    page = client.get("/")
    assert (page.status_code, page.get("Location")) == ((302, "/tai-khoan/bao-mat/") if asked else (200, None))
    assert ("cần bước xác thực thứ hai" in client.get(reverse("mfa_index")).content.decode()) is asked


def test_until_one_stands_nothing_else_opens_and_then_everything(cast, settings):
    settings.MFA_REQUIRED = "staff"
    client = confirmed(Client(), cast.clerk)
    for name in ("units:unit_list", "directives:dispatch_list", "notices:notice_list", "account_email"):
        assert client.get(reverse(name)).url == reverse("mfa_index")
    assert client.post(reverse("notices:read_all")).url == reverse("mfa_index")
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password"):
        assert client.get(reverse(name)).status_code == 200, name
    TOTP.activate(cast.clerk, SECRET)
    assert client.get(reverse("units:unit_list")).status_code == 200


@pytest.mark.parametrize("policy", ["staff", "none"])
def test_the_last_factor_stays_while_the_policy_holds(cast, settings, policy):
    client = confirmed(Client(), cast.clerk)
    settings.MFA_REQUIRED = policy
    TOTP.activate(cast.clerk, SECRET)
    said = client.post(reverse("mfa_deactivate_totp"), follow=True).content.decode()
    held = Authenticator.objects.filter(user=cast.clerk, type="totp").exists()
    assert (held, "phải có bước xác thực thứ hai" in said) == ((True, True) if policy == "staff" else (False, False))


def test_a_factor_taken_away_by_the_administrator_is_set_up_anew(cast, settings, now):
    settings.MFA_REQUIRED = "staff"
    TOTP.activate(cast.clerk, SECRET)
    client = Client()
    client.force_login(cast.clerk)
    assert inside(client)
    people.reset_second_factor(cast.clerk, actor=cast.admin, now=now, reason="mất máy")
    assert client.get("/").url.startswith(LOGIN)
    client.force_login(User.objects.get(pk=cast.clerk.pk))
    assert client.get("/").url == reverse("mfa_index")


# --- accounts nobody uses ---------------------------------------------------------------------------------------------


def test_accounts_nobody_uses_are_locked_with_a_line_but_never_the_last_administrator(cast, settings, now):
    settings.UNUSED_DAYS = 45
    long_ago = now - timedelta(days=46)
    User.objects.update(date_joined=long_ago, last_login=long_ago)
    User.objects.filter(pk__in=[cast.head.pk]).update(last_login=now - timedelta(days=44))
    User.objects.filter(pk=cast.specialist.pk).update(last_login=None, date_joined=now - timedelta(days=3))
    UnitEntry.objects.create(
        unit=cast.department, user=cast.leader, at=now - timedelta(days=2), what="Mở lại tài khoản"
    )
    lock_unused_accounts(now=now)
    staff = User.objects.filter(memberships__role__in=Role.STAFF)
    assert set(staff.filter(is_active=True)) == {cast.head, cast.specialist, cast.leader, cast.admin}
    entry = UnitEntry.objects.get(user=cast.clerk)
    assert (entry.actor, entry.told) == (None, True)
    assert entry.what == "Khóa tài khoản của Ngô Thị Mai: không dùng trong 45 ngày (hệ thống tự khóa)"
    people.set_active(cast.clerk, actor=cast.admin, now=now, active=True, reason="đi học về")
    lock_unused_accounts(now=now + timedelta(minutes=2))
    assert User.objects.get(pk=cast.clerk.pk).is_active, "opened again, the days are counted anew"


def test_whoever_reads_mail_alone_for_a_unit_is_not_silenced(cast, settings, now, client):
    """Between two occasions a focal person logs in nowhere: the password ends, the demands of a storm still reach them."""
    settings.UNUSED_DAYS = 45
    User.objects.filter(pk=cast.focal.pk).update(date_joined=now - timedelta(days=46), last_login=None)
    for minute in (0, 2, 4):
        lock_unused_accounts(now=now + timedelta(minutes=minute))
    focal = User.objects.get(pk=cast.focal.pk)
    assert focal.is_active and not focal.has_usable_password()
    assert focal_contacts([cast.telecom.pk])[cast.telecom.pk] == [focal.contact]
    assert UnitEntry.objects.get(user=focal, told=True).what.startswith(f"Mật khẩu của {focal.full_name} hết hiệu lực")
    lock_unused_accounts(now=now + timedelta(days=50))
    assert UnitEntry.objects.filter(user=focal).count() == 1, "once"
    client.post("/tai-khoan/password/reset/", {"email": focal.email})
    assert Notice.objects.get(secret=True).recipient == focal.contact, "the way back goes by that mail"


def test_zero_days_lock_nobody(cast, settings, now):
    settings.UNUSED_DAYS = 0
    User.objects.update(date_joined=now - timedelta(days=900), last_login=None)
    lock_unused_accounts(now=now)
    assert not User.objects.filter(is_active=False).exists()
