"""The second step of a login: an app's code, a passkey, a code on paper; sealed at rest, reset by an administrator alone."""

import base64
import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from config.rights.table import addresses
from notices.models import Notice
from notices.sweeps import tell_people
from tests import make
from tests.crawl.test_crawl import faults
from tests.look.test_account_pages import english
from units.account import SealedMFAAdapter
from units.models import UnitEntry, User
from units.seal import seal, unseal

LOGIN = "/tai-khoan/login/"
SECRET = base64.b32encode(b"hai-giang-bien-xanh!").decode()


@pytest.fixture(autouse=True)
def _nobody_tried_yet(db):
    cache.clear()


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def with_app(user):
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


def knock(client, user):
    return client.post(LOGIN, {"login": user.username, "password": make.PASSWORD})


def inside(client):
    return client.get("/").status_code == 200


def confirmed(client, user):
    """Logged in, and confirmed by password a moment ago."""
    knock(client, user)
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    return client


def told(user):
    return list(Notice.objects.filter(recipient=user.contact, channel="email").order_by("pk"))


# --- at the door ------------------------------------------------------------------------------------------------------


def test_a_password_alone_opens_no_account_with_an_app(client, cast):
    with_app(cast.focal)
    step = knock(client, cast.focal)
    assert step.url == reverse("mfa_authenticate")
    assert not inside(client)
    page = client.get(step.url)
    assert (english(page), list(faults(page.content.decode()))) == ([], [])
    wrong = client.post(step.url, {"code": "000000"})
    assert "Mã chưa đúng." in wrong.content.decode() and english(wrong) == []
    assert client.post(step.url, {"code": code()}).url == "/"
    assert inside(client)


def test_a_code_opens_once(client, cast):
    with_app(cast.focal)
    used = code()
    for attempt, way in ((client, "/"), (Client(), None)):
        knock(attempt, cast.focal)
        assert getattr(attempt.post(reverse("mfa_authenticate"), {"code": used}), "url", None) == way


def test_a_code_seen_over_the_shoulder_is_dead_for_as_long_as_it_would_live(client, cast, settings):
    with_app(cast.focal)
    used = code()
    knock(client, cast.focal)
    assert client.post(reverse("mfa_authenticate"), {"code": used}).url == "/"
    cache.delete(f"allauth.mfa.totp.used?user={cast.focal.pk}&code={used}")  # allauth's memory of it is short
    thief = Client()
    knock(thief, cast.focal)
    assert thief.post(reverse("mfa_authenticate"), {"code": used}).status_code == 200
    assert not inside(thief)


def test_a_code_on_paper_stands_in_once(client, cast):
    paper = with_app(cast.focal)
    for attempt, way in ((client, "/"), (Client(), None)):
        knock(attempt, cast.focal)
        assert getattr(attempt.post(reverse("mfa_authenticate"), {"code": paper[0]}), "url", None) == way
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == len(paper) - 1


def test_codes_are_not_guessed(client, cast):
    with_app(cast.focal)
    knock(client, cast.focal)
    for n in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{n}"})
    page = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "Đăng nhập sai quá nhiều lần" in page.content.decode()
    assert not inside(client)


def test_a_reset_password_does_not_go_round_the_second_step(client, cast):
    with_app(cast.focal)
    cast.focal.set_password("mat-khau-moi-2026-x")
    cast.focal.save()
    step = client.post(LOGIN, {"login": cast.focal.username, "password": "mat-khau-moi-2026-x"})
    assert step.url == reverse("mfa_authenticate")


HOSTILE = [
    "",
    "x",
    "1",
    "[]",
    "{}",
    "null",
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": "eA"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "e30",'
    ' "signature": "e30", "userHandle": "MQ"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "e30"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": 5, "attestationObject": []}}',
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_a_malformed_passkey_is_refused_without_a_fault(client, cast, sent):
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    back = client.post(reverse("mfa_login_webauthn"), {"credential": sent}, follow=True)
    assert back.status_code == 200 and english(back) == []
    assert not inside(client)
    confirmed(client, cast.focal)
    for name in ("mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        client.get(reverse(name))
        assert client.post(reverse(name), {"credential": sent, "name": "Máy"}, follow=True).status_code == 200
    assert not Authenticator.objects.exists()


# --- one's own page ---------------------------------------------------------------------------------------------------


def test_turning_the_app_on_and_off(client, cast, django_capture_on_commit_callbacks):
    knock(client, cast.focal)
    url = reverse("mfa_activate_totp")
    asked = client.get(url)
    assert asked.url.startswith(reverse("account_reauthenticate")), "a machine left open changes nothing"
    page = client.post(asked.url, {"password": make.PASSWORD}, follow=True)
    text = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in text and english(page) == []
    secret = re.search(r'id="totp-secret">(\w+)<', text)[1]
    with django_capture_on_commit_callbacks(execute=True):
        way = client.post(url, {"code": code(secret)}).url
    done = client.get(way)
    assert "Còn 10 trong 10 mã" in done.content.decode() and english(done) == []
    assert way == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("mfa_download_recovery_codes"))["Content-Disposition"].endswith('"ma-du-phong.txt"')
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    off = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assert "Đã tắt ứng dụng xác thực" in off.content.decode()
    assert not Authenticator.objects.exists()
    assert [notice.subject for notice in told(cast.focal)] == [
        "Đã bật ứng dụng xác thực",
        "Đã lập mã dự phòng mới",
        "Đã tắt ứng dụng xác thực",
    ]
    for notice in told(cast.focal):
        assert notice.text.startswith("Nếu đúng là anh/chị vừa làm việc này thì không phải làm gì thêm")
        assert cast.focal.username in notice.text and "127.0.0.1" in notice.text and "{{" not in notice.text


def own_pages():
    return sorted(
        name
        for name, arguments in addresses()
        if name.startswith(("mfa_", "usersessions_", "account_")) and not arguments
    )


@pytest.mark.parametrize("name", own_pages())
def test_every_page_of_ones_account_is_whole_and_vietnamese(client, cast, name):
    """Whatever allauth offers, now or after an upgrade, as an insider with an app and a passkey."""
    paper = with_app(cast.focal)
    knock(client, cast.focal)
    client.post(reverse("mfa_authenticate"), {"code": paper[0]})
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    if page["Content-Type"].startswith("text/html"):
        assert (english(page), list(faults(page.content.decode()))) == ([], [])
        assert "<script>" not in page.content.decode()


def test_a_change_needs_the_second_step_or_the_password_again(client, cast):
    paper = with_app(cast.focal)
    knock(client, cast.focal)
    client.post(reverse("mfa_authenticate"), {"code": paper[0]})
    asked = client.post(reverse("mfa_deactivate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    page = client.get(asked.url).content.decode()
    assert "Dùng mã của ứng dụng xác thực hoặc mã dự phòng" in page
    assert Authenticator.objects.filter(type="totp").exists()


# --- at rest ----------------------------------------------------------------------------------------------------------


def test_a_copy_of_the_database_opens_nothing(cast):
    with_app(cast.focal)
    held = dict(Authenticator.objects.values_list("type", "data"))
    assert SECRET not in str(held)
    assert unseal(held["totp"]["secret"]) == SECRET


def test_an_old_key_still_opens_and_a_lost_one_shuts(cast, settings, client):
    with_app(cast.focal)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "khoa-moi-" * 9
    settings.SECRET_KEY_FALLBACKS = [old]
    assert SealedMFAAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    knock(client, cast.focal)
    page = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "Mã chưa đúng." in page.content.decode()
    assert unseal(seal("một")) == "một"


# --- a lost phone -----------------------------------------------------------------------------------------------------


def test_an_administrator_resets_a_lost_second_factor(cast, now):
    paper = with_app(cast.focal)
    lost = Client()
    knock(lost, cast.focal)
    lost.post(reverse("mfa_authenticate"), {"code": paper[0]})
    desk = Client()
    desk.force_login(cast.admin)
    url = reverse("units:second_factor_reset", args=[cast.focal.pk])
    assert "ứng dụng xác thực" in desk.get(cast.focal.get_absolute_url()).content.decode()
    desk.post(url, {"reason": " "})
    assert Authenticator.objects.filter(user=cast.focal).exists(), "not without a reason"
    done = desk.post(url, {"reason": "Mất điện thoại, đã gọi lại số trong danh bạ"}, follow=True)
    assert "Đặt lại bước xác thực thứ hai của Đặng Hải Yến: Mất điện thoại" in done.content.decode()
    assert not Authenticator.objects.exists()
    assert not inside(lost), "the session on the lost phone ends"
    tell_people(now=now + make.timedelta(minutes=1))
    (letter,) = told(cast.focal)
    assert letter.text.startswith("Nếu anh/chị không biết việc này, đề nghị báo ngay")
    assert knock(Client(), cast.focal).url == "/"
    again = desk.post(url, {"reason": "Lần nữa"})
    assert "không có bước xác thực thứ hai" in again.content.decode()


def test_nobody_else_resets_it(client, cast):
    with_app(cast.focal)
    url = reverse("units:second_factor_reset", args=[cast.focal.pk])
    for who, status in (("head", 404), ("leader", 404), ("stranger", 404), ("focal", 403)):
        client.force_login(getattr(cast, who))
        assert client.post(url, {"reason": "thử"}).status_code == status
    with_app(cast.admin)
    client.force_login(cast.admin)
    own = client.post(reverse("units:second_factor_reset", args=[cast.admin.pk]), {"reason": "thử"})
    assert "trang “Bảo mật”" in own.content.decode()
    assert Authenticator.objects.count() == 4
    assert User.objects.get(pk=cast.focal.pk).session_salt == ""


def test_whoever_holds_the_machine_lets_the_last_administrator_back_in(cast):
    with_app(cast.admin)
    call_command("reset_second_factor", cast.admin.username.upper(), reason="Mất điện thoại", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert UnitEntry.objects.get(user=cast.admin, told=True).actor is None
    for username in (cast.admin.username, "khong.co"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", username, reason="Lần nữa")
