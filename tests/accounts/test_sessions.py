"""Sessions: seen by their owner, ended by them, by a new password, by a lock; and how attempts are counted behind proxies."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from tests import make
from tests.accounts.test_login import WRONG, inside, knock
from tests.look.test_account_pages import english
from units.services.people import set_active
from units.sweeps import forget_sessions
from units.templatetags.account_words import device

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"


@pytest.fixture(autouse=True)
def _nobody_tried_yet(db):
    cache.clear()


def two_devices(user):
    office, phone = Client(headers={"user-agent": CHROME}), Client(headers={"user-agent": PHONE})
    for each in (office, phone):
        knock(each, user.username)
    return office, phone


def test_other_devices_are_seen_and_ended(cast):
    office, phone = two_devices(cast.focal)
    page = office.get(reverse("usersessions_list"))
    text = page.content.decode()
    assert "Chrome trên Windows" in text and "Safari trên iPhone" in text and english(page) == []
    done = office.post(reverse("usersessions_list"), follow=True)
    assert "Đã kết thúc các phiên đăng nhập khác" in done.content.decode()
    assert (inside(office), inside(phone)) == (True, False)
    assert UserSession.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (CHROME.replace("Safari/537.36", "Safari/537.36 Edg/131.0"), "Edge trên Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 coc_coc_browser/130", "Cốc Cốc trên Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox trên Linux"),
        ("", "Trình duyệt khác"),
    ],
)
def test_devices_in_words(said, words):
    assert device(said) == words


def test_a_new_password_ends_every_other_session_and_is_told(cast):
    office, phone = two_devices(cast.focal)
    new = {"oldpassword": make.PASSWORD, "password1": "biển-lặng-gió-êm-47", "password2": "biển-lặng-gió-êm-47"}
    page = office.post(reverse("account_change_password"), new, follow=True)
    assert "Đã đổi mật khẩu. Các thiết bị khác phải đăng nhập lại." in page.content.decode()
    assert (inside(office), inside(phone)) == (True, False)
    letter = Notice.objects.get(recipient=cast.focal.contact, channel="email")
    assert letter.subject == "Mật khẩu vừa được đổi" and not letter.secret
    assert "biển" not in letter.text


def test_a_lock_ends_sessions_for_good(cast, now):
    office, _ = two_devices(cast.focal)
    set_active(cast.focal, actor=cast.admin, now=now, active=False, reason="nghỉ việc")
    assert not inside(office)
    set_active(cast.focal, actor=cast.admin, now=now, active=True, reason="quay lại")
    assert not inside(office), "an old session does not come back to life"
    knock(office, cast.focal.username)
    assert inside(office)


def test_ended_sessions_are_forgotten(cast, now):
    office, phone = two_devices(cast.focal)
    phone.post("/tai-khoan/logout/")
    forget_sessions(now=now + timedelta(minutes=1))
    assert UserSession.objects.count() == 1 and inside(office)
    forget_sessions(now=now + timedelta(hours=13))
    assert not UserSession.objects.exists() and not inside(office)


# --- counting attempts ------------------------------------------------------------------------------------------------


@pytest.fixture
def few(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "8/m/ip", "reset_password": "8/m/ip"}


def test_without_a_trusted_proxy_a_forged_address_does_not_start_a_new_count(cast, few):
    codes = [
        knock(Client(), f"ai-{n}", "doan", headers={"x-forwarded-for": f"203.0.113.{n}"}).status_code for n in range(9)
    ]
    assert codes == [200] * 8 + [429]


def test_behind_one_proxy_each_visitor_has_their_own_count(cast, settings, few):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [
        knock(Client(), f"ai-{n}", "doan", headers={"x-forwarded-for": f"198.51.100.{n}, 203.0.113.7"}).status_code
        for n in range(9)
    ]
    assert forged[-1] == 429, "only what the proxy itself added is believed"
    assert knock(Client(), cast.focal.username, headers={"x-forwarded-for": "203.0.113.8"}).status_code == 302


@pytest.mark.parametrize("header", [{}, {"x-forwarded-for": "203.0.113.7"}, {"x-forwarded-for": "rác, rác"}])
def test_a_header_that_does_not_fit_breaks_nothing(cast, settings, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert knock(Client(), cast.focal.username, headers=header).status_code in (302, 403)
    if "rác" not in str(header):
        assert inside_after(cast, header)


def inside_after(cast, header):
    client = Client()
    knock(client, cast.focal.username, headers=header)
    return inside(client)


def test_a_province_behind_one_address_may_log_in_on_election_morning(settings):
    """140 units in one minute; what guards each account is counted by its name."""
    assert int(settings.ACCOUNT_RATE_LIMITS["login"].partition("/")[0]) >= 140
    assert "5/300s/key" in settings.ACCOUNT_RATE_LIMITS["login_failed"]


def test_counts_live_in_the_database_and_are_not_pushed_out(cast, settings):
    """Django's own limit of 300 entries would let a guesser wash out the count with names nobody has."""
    assert caches["default"].__class__.__name__ == "DatabaseCache"
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
    for _ in range(5):
        knock(Client(), cast.focal.username, "doan")
    for n in range(400):
        cache.set(f"ten-la-{n}", n)
    assert WRONG not in knock(Client(), cast.focal.username).content.decode()


def test_asking_for_links_without_end_gets_429_in_vietnamese(client, cast, few):
    answers = [client.post("/tai-khoan/password/reset/", {"email": f"a{n}@b.example"}) for n in range(9)]
    assert answers[-1].status_code == 429 and english(answers[-1]) == []
    assert "Vui lòng thử lại sau ít phút" in answers[-1].content.decode()
