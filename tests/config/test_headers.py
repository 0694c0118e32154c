"""What leaves with every answer: policy, cookies, request id; and what never reaches a log."""

import io
import json
import logging
import subprocess
import sys

import pytest
from django.conf import settings as real_settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from config import env
from config.checks import check_proxy
from config.discreet import Discreet
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
        "s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, getattr(s, 'SECURE_PROXY_SSL_HEADER', None)]))"
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
    assert secure == [True, True, True, 31536000, ["HTTP_X_FORWARDED_PROTO", "https"]]
    assert told({}) == [False, False, False, 0, None]


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
