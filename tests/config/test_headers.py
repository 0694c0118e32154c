"""What leaves with every answer: policy, cookies, request id; and what never reaches a log."""

import io
import json
import logging
import subprocess
import sys

import pytest
from django.conf import settings as real_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from config import env
from config.checks import check_proxy
from config.discreet import Discreet
from config.rights.table import addresses
from config.watch import DOORS
from tests.product import BASE


@pytest.mark.django_db
def test_the_policy_allows_nothing_inline_and_nobody_else(client, cast):
    client.force_login(cast.specialist)
    answer = client.get(reverse("reports:home"))
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer["Correlation-ID"]) == 16


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_the_banner_is_there_in_the_demonstration_alone(client, cast, settings, demo):
    settings.DEMO = demo
    client.force_login(cast.specialist)
    assert ("Bản trình diễn" in client.get(reverse("reports:home")).text) is demo


def told(variables):
    """Settings as a new process sees them under these variables."""
    script = (
        "import django, json; django.setup(); from django.conf import settings as s; print(json.dumps([s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, getattr(s, 'SECURE_PROXY_SSL_HEADER', None),"
        "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME]))"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "k" * 60,
        "PATH": "/usr/bin:/bin",
        **variables,
    }
    done = subprocess.run([sys.executable, "-c", script], cwd=BASE, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_https_address_turns_on_what_https_needs():
    secure = told({"SITE_URL": "https://thongsuot.example.vn", "TRUSTED_PROXIES": "1"})
    assert secure == [True, True, True, 31536000, ["HTTP_X_FORWARDED_PROTO", "https"], "__Host-session", "__Host-csrf"]
    assert told({}) == [False, False, False, 0, None, "sessionid", "csrftoken"]
    assert real_settings.CSRF_COOKIE_HTTPONLY and real_settings.SESSION_COOKIE_HTTPONLY


def test_https_without_a_trusted_proxy_is_refused_before_it_redirects_for_ever(settings):
    settings.SITE_URL, settings.TRUSTED_PROXIES = "https://thongsuot.example.vn", 0
    assert [finding.id for finding in check_proxy(None)] == ["config.E005"]
    settings.TRUSTED_PROXIES = 1
    assert check_proxy(None) == []


@pytest.mark.parametrize(("hosts", "proxies"), [(["thongsuot.example.vn"], 0), (["127.0.0.1"], 1)])
def test_the_demonstration_refuses_a_public_name_or_a_proxy(hosts, proxies):
    with pytest.raises(ImproperlyConfigured, match="DEMO=1"):
        env.refuse_public_demo(hosts, proxies)
    env.refuse_public_demo(["127.0.0.1", "localhost", "[::1]"], 0)


def test_a_log_line_keeps_no_link_that_opens_an_account():
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.addFilter(Discreet())
    log = logging.getLogger("tests.discreet")
    log.addHandler(handler)
    try:
        log.warning("Not Found: %s", "/tai-khoan/password/reset/key/8-dig0qk-abcdef0123/")
        log.warning("%(m)s %(U)s", {"m": "GET", "U": "/tai-khoan/password/reset/key/8-set-password/"})
        log.warning("Gone: %s", "/tai-khoan/kich-hoat/sO8w_E_QsXeqyG0QbNL/")
    finally:
        log.removeHandler(handler)
    assert "dig0qk" not in kept.getvalue() and "sO8w" not in kept.getvalue()
    assert "/password/reset/key/…/" in kept.getvalue()
    assert "discreet" in real_settings.LOGGING["handlers"]["console"]["filters"]


@pytest.mark.django_db
def test_no_answer_is_kept_loaded_by_others_or_given_the_device(client, cast):
    client.force_login(cast.specialist)
    for path in ("/", "/khong-co/", "/healthz", reverse("plans:plan_new")):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"], path
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"] and "geolocation=()" in answer["Permissions-Policy"]
    export = client.get(reverse("units:unit_export"))
    assert b"".join(export) and export["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'


@pytest.mark.django_db
def test_the_security_log_says_who_came_and_who_was_turned_away_and_nothing_that_was_typed(client, cast, caplog):
    caplog.set_level(logging.INFO, "security")

    def said():
        lines = [record.getMessage() for record in caplog.records if record.name == "security"]
        caplog.clear()
        return lines

    door = reverse("account_login")
    client.post(door, {"login": "Tôi gõ nhầm mật khẩu", "password": "sai-hoan-toan"})
    client.post(door, {"login": "tôi gõ nhầm mật khẩu ", "password": "sai-nua"})
    first, second = said()
    assert first == second and first.startswith("password: failed; account -; name ") and "from 127.0.0.1" in first
    assert "nhầm" not in first and "sai" not in first
    client.force_login(cast.focal)
    client.get(reverse("units:person_list"))
    client.get(reverse("plans:plan_detail", args=[987]))
    client.delete(reverse("reports:home"))
    client.get(reverse("reports:home"))
    who = f"account {cast.focal.pk};"
    refused, missing, wrong = said()
    assert refused.startswith("units:person_list: refused") and who in refused
    assert "not found 987" in missing and who in missing
    assert wrong.startswith("reports:home: wrong method")
    client.post(reverse("account_logout"))
    (left,) = said()
    assert left.startswith("sign-out: passed") and who in left


def test_every_watched_door_is_a_door():
    assert set(DOORS) <= {name for name, _ in addresses()}


def test_a_log_line_stays_one_line():
    record = logging.LogRecord("x", logging.INFO, "", 0, "Not Found: %s", ("/a\n2026 ERROR forged\u202e",), None)
    Discreet().filter(record)
    assert record.getMessage() == "Not Found: /a\\x0a2026 ERROR forged\\x202e"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data; boundary="])
def test_a_request_that_cannot_be_read_is_told_so(kind):
    strict, door = Client(enforce_csrf_checks=True, raise_request_exception=False), reverse("account_login")
    strict.get(door)
    answer = strict.generic("POST", door, b"a=1", content_type=kind)
    assert answer.status_code in (400, 403) and "<h1" in answer.text
