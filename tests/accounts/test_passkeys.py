"""Passkeys in a real browser with a virtual authenticator: made, used as a second step, used alone; the policy holds."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from tests import make

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TOUCH = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def log_in(page, site, user):
    page.goto(site + reverse("account_login"))
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def log_out(page):
    page.click("details.account summary")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**" + reverse("account_login"))


def test_a_passkey_is_made_used_and_refused(browser, live_server):
    cache.clear()
    cast, site = make.cast(), live_server.url
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    page, complaints = context.new_page(), []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    key = tools.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})["authenticatorId"]

    log_in(page, site, cast.focal)
    page.goto(site + reverse("mfa_add_webauthn"))
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.fill("[name=name]", "Máy tính cơ quan")
    page.get_by_role("button", name="Tạo khóa").click()
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    page.goto(site + reverse("mfa_index"))
    assert page.get_by_text("Máy tính cơ quan").is_visible()

    log_out(page)
    log_in(page, site, cast.focal)
    page.wait_for_url("**" + reverse("mfa_authenticate"))
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(site + "/")

    log_out(page)
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url(site + "/")
    assert complaints == []

    log_out(page)
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    assert "bấm nút để thử lại" in page.locator("#passkey-fault:visible").inner_text()
    context.close()
