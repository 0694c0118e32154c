"""Logs of production: one JSON object a line, with the request's id and the whole exception, and no open door in it."""

import io
import json
import logging
import logging.config
import re
from datetime import timedelta
from types import SimpleNamespace

import dj_database_url
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django_guid import clear_guid, set_guid
from gunicorn.config import Config
from gunicorn.glogging import Logger as GunicornLogger
from gunicorn.glogging import SafeAtoms

from config import web
from config.watch import Watch


@pytest.fixture
def lines():
    """A logger that writes as production does, and what it wrote."""
    formatter = settings.LOGGING["formatters"]["json"]
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(configurator.configure_formatter(dict(formatter)))
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(configurator.configure_filter(dict(settings.LOGGING["filters"][name])))
    logger = logging.getLogger("tests.logs")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_a_line_is_one_json_object_with_its_request_and_its_exception(lines):
    logger, written = lines
    set_guid("f0e1d2c3b4a59687")
    try:
        raise ValueError("dòng một\ndòng hai")
    except ValueError:
        logger.exception("hỏng ở %s", "tờ trình")
    clear_guid()
    (line,) = written()
    assert (line["levelname"], line["message"], line["correlation_id"]) == (
        "ERROR",
        "hỏng ở tờ trình",
        "f0e1d2c3b4a59687",
    )
    assert "ValueError: dòng một\ndòng hai" in line["exc_info"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0700", line["asctime"])


def test_a_secret_link_is_masked_in_json_too(lines):
    logger, written = lines
    logger.warning("GET %s", "/tai-khoan/password/reset/key/abc-123/")
    assert "abc-123" not in written()[0]["message"]


def test_gunicorn_and_celery_write_through_the_same_door():
    assert web.logconfig_dict["handlers"] == settings.LOGGING["handlers"]
    for name in ("gunicorn.error", "gunicorn.access"):
        assert web.logconfig_dict["loggers"][name]["handlers"] == []
        assert web.logconfig_dict["loggers"][name]["propagate"] is True


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/lich-truc/", "200", True),
        ("/static/css/app.css", "200", False),
        ("/static/css/app.css", "304", False),
        ("/static/css/app.css", "404", True),
        ("/static/css/app.css", None, True),  # the answer broke off before it had a status
        ("/healthz", "503", False),
        (None, None, True),
    ],
)
def test_the_log_keeps_what_says_something_and_never_breaks_on_half_a_request(path, status, kept):
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, "", ({"U": path, "s": status},), None)
    assert web.Worthwhile().filter(record) is kept


def test_a_database_that_does_not_answer_is_given_up_after_two_seconds():
    """/healthz must never hang; an address may ask for more patience."""
    if connection.vendor == "postgresql":
        assert connection.settings_dict["OPTIONS"]["connect_timeout"] == 2
    else:
        assert "connect_timeout" not in connection.settings_dict["OPTIONS"]
    asked = dj_database_url.parse("postgresql://a@b/c?connect_timeout=9")
    assert int(asked.setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)) == 9


def test_the_access_log_tells_from_where_and_by_whose_account():
    request = RequestFactory().get("/van-ban/7/", RAW_URI="/van-ban/7/")
    request.resolver_match, request._cached_user = None, SimpleNamespace(pk=41)
    Watch(lambda asked: HttpResponse())(request)
    atoms = GunicornLogger(Config()).atoms(
        SimpleNamespace(status="200 OK", headers=[], sent=0), SimpleNamespace(headers=[]), request.META, timedelta()
    )
    said = web.access_log_format % SafeAtoms(atoms)
    assert said.startswith("127.0.0.1 account 41 GET /van-ban/7/ 200 ")
