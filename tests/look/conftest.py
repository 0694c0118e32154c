"""The sample pages served beside the real ones, and a way to open them that fails on any complaint of the browser.

They ask no database, and pytest-django refuses them one; so they are served without.
"""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread

AXE = Path(django_settings.BASE_DIR) / "var/build/npm/node_modules/axe-core/axe.min.js"
SHOTS = Path(django_settings.VAR_DIR) / "look"


@pytest.fixture
def samples(settings):
    settings.ROOT_URLCONF = "tests.look.samples"
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], Path(__file__).parent / "templates"]}]


@pytest.fixture(scope="session")
def samples_server():
    """Its address; it is handed no connection, so a page that asked a database would fail. The sample pages stand in no
    table of rights."""
    without_gate = [name for name in django_settings.MIDDLEWARE if name != "config.rights.gate.Gate"]
    with override_settings(MIDDLEWARE=without_gate):
        server = LiveServerThread("localhost", static_handler=StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def open_page(browser, samples, samples_server):
    """Opens a path at a width and fails on whatever the browser's console complains of (a refused style, say)."""
    contexts = []

    def open_at(path, width=1280, height=900, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=1, locale="vi-VN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(samples_server + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
