"""The whole product with its demonstration province, a real mail server beside it, and people with browsers."""

import os
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from reports.demo.names import PASSWORD
from tests.product import BASE, prepared_product

SHOTS = BASE / "var" / "shots"
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


class PostOffice:
    """Keeps every letter it is handed."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        return "250 kept"

    def to(self, address):
        return [" ".join(letter["Subject"].split()) for recipient, letter in self.letters if recipient == address]


@pytest.fixture(scope="session")
def post_office():
    keeper = PostOffice()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        keeper.port = probe.getsockname()[1]
    controller = Controller(keeper, hostname="127.0.0.1", port=keeper.port)
    controller.start()
    yield keeper
    controller.stop()


@pytest.fixture(scope="session")
def product(tmp_path_factory, post_office):
    """With the demonstration, for all files that ask for it: to sow it costs as much as to walk through it."""
    with prepared_product(
        tmp_path_factory.mktemp("product") / "var",
        DEMO="1",
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=str(post_office.port),
    ) as made:
        yield made.start().ready()


class Person:
    """Somebody at a browser: logs in, follows links, presses buttons, and keeps what the console complained of."""

    def __init__(self, browser, product, username, width=1280):
        self._open(browser, product, width)
        self.page.goto(f"{self.base}/tai-khoan/login/")
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name=password]").press("Enter")
        expect(self.page.get_by_role("navigation", name="Tài khoản")).to_be_visible()

    @classmethod
    def arrives(cls, browser, product, link, width=1280):
        """Somebody who has no account yet and follows a link of a letter."""
        made = cls.__new__(cls)
        made._open(browser, product, width)
        made.page.goto(link)
        return made

    def _open(self, browser, product, width):
        self.base = f"http://127.0.0.1:{product.port}"
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("request", self._only_here)

    def _only_here(self, request):
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"asked an outside host: {request.url}")

    def go(self, path):
        answer = self.page.goto(f"{self.base}{path}")
        assert answer.status == 200, f"{path}: {answer.status}"
        return self

    def click(self, name, role="link", exact=False):
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        return self

    def press(self, name):
        """Press a button, and say yes when the page asks."""
        self.page.get_by_role("button", name=name).first.click()
        dialog = self.page.locator("dialog[open]")
        if dialog.count():
            dialog.get_by_role("button").last.click()
        self.page.wait_for_load_state()
        return self

    def choose(self, name, words):
        """Pick the first option of a select whose label holds the words."""
        options = self.page.locator(f"[name={name}] option").filter(has_text=words)
        self.page.locator(f"[name={name}]").select_option(value=options.first.get_attribute("value"))
        return self

    def sees(self, text):
        expect(self.page.locator("main")).to_contain_text(text)
        return self

    def shot(self, name):
        """The page fits its window; with PICTURES=1 also a picture of it, which costs as much as the page."""
        if os.environ.get("PICTURES"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        sideways = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sideways <= 0, f"{name} scrolls sideways by {sideways} px"
        return self

    def leave(self):
        self.context.close()
        assert self.complaints == [], self.complaints


@pytest.fixture
def person(browser, product):
    """`person("ha.lt")` logs in; at the end nobody's console may have complained."""
    people = []

    def log_in(username, width=1280):
        people.append(Person(browser, product, username, width))
        return people[-1]

    yield log_in
    for one in people:
        one.leave()
