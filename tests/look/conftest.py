"""A browser, and the sample pages served beside the real ones."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(django_settings.BASE_DIR) / "var/build/npm/node_modules/axe-core/axe.min.js"
SHOTS = Path(django_settings.VAR_DIR) / "look"


@pytest.fixture(scope="session")
def browser():
    # Playwright's loop lives in this thread; Django would take it for an async context and refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def samples(settings):
    settings.ROOT_URLCONF = "tests.look.samples"
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], Path(__file__).parent / "templates"]}]


@pytest.fixture
def open_page(browser, samples, live_server):
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
        page.goto(live_server.url + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
