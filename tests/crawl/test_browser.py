"""Every page each person can reach by clicking: it answers, is whole, is Vietnamese, and in a browser, at a desk and on a
phone, axe finds nothing.

The walk asks the product itself; the browser is handed the very answers (with their headers, so the content security policy
holds), and reads the static files. It opens a page that shows an element no page of its kind has shown yet.

This file stands before the others of its folder: once a browser runs, Django keeps the connections of this thread elsewhere,
and a world built earlier is not seen any more.
"""

import re
from collections import Counter, defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse

from tests.crawl.test_crawl import wrong_with
from tests.crawl.walk import kind_of, walk
from tests.crawl.world import ROLES
from tests.look.conftest import AXE

pytestmark = pytest.mark.e2e
AXE_URL = "/static/axe.js"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS = (
    2  # pages of a kind that each person opens in the browser; on the other engine none, for they are the same bytes
)
MAIN = re.compile(r"<main.*</main>", re.S)
ELEMENT = re.compile(r'<(\w+)\b(?:[^>]*?\bclass="([\w-]*))?')
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGE = """async ([tags, menus]) => {
    const rules = {runOnly: tags, resultTypes: ["violations"], preload: false};  // it would copy styles into a shadow, which CSP refuses
    const said = found => found.violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`));
    for (const folded of document.querySelectorAll("details:not(.menu)")) folded.open = true;
    const faults = said(await axe.run(document, rules));
    for (const menu of document.querySelectorAll(menus)) {  // one at a time: an open menu lies over the page
        menu.open = true;
        faults.push(...said(await axe.run(menu, rules)));
        menu.open = false;
    }
    return faults;
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def shown():
    """What each kind of page has shown so far, whoever opened it."""
    return defaultdict(set)


class Answers(BaseHTTPRequestHandler):
    """Hands out the product's last answer, and the static files, which the browser keeps."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == self.server.address:
            self.hand_out(self.server.answer.content, self.server.answer.status_code, self.server.answer.headers)
        elif found := AXE if path == AXE_URL else path.startswith("/static/") and finders.find(path[len("/static/") :]):
            kind = guess_type(path)[0]
            self.hand_out(Path(found).read_bytes(), 200, {"Content-Type": kind, "Cache-Control": "max-age=3600"})
        else:
            self.hand_out(b"", 204, {})

    def hand_out(self, body, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            if name != "Content-Length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        pass


@pytest.fixture(scope="module")
def counter():
    """Where the browser asks."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def screen(browser, counter):
    """Opens an answer of the product in the browser; `complaints` is what the console said."""
    context = browser.new_context(viewport=DESK, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def show(address, response):
        counter.address, counter.answer = address.partition("?")[0], response
        page.goto(f"http://localhost:{counter.server_port}{address}")  # an origin that browsers trust
        page.add_script_tag(url=AXE_URL)
        return page

    show.complaints = complaints
    yield show
    context.close()


def faults(page):
    """What axe finds at the desk (the menu of one's account once, on the first page), and how far it overflows a phone."""
    page.set_viewport_size(DESK)
    menus = "details.menu" if urlsplit(page.url).path == "/" else "main details.menu"
    yield from page.evaluate(JUDGE, [TAGS, menus])
    page.set_viewport_size(PHONE)
    if sideways := page.evaluate(SIDEWAYS):
        yield f"scrolls sideways by {sideways} px on a phone"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_one_can_click_to(client, world, screen, shown, role):
    client.force_login(world.people[role])
    wrong, opened, looks = {}, 0, Counter()
    for address, reached, response, page in walk(client):
        opened += 1
        found = [*wrong_with(response, page)]
        kind = kind_of(reached)[0]
        elements = set(ELEMENT.findall(MAIN.search(page)[0])) if page and "<main" in page else set()
        if not found and connection.vendor == "sqlite" and looks[kind] < LOOKS and elements - shown[kind]:
            looks[kind] += 1
            shown[kind] |= elements
            found = [*faults(screen(address, response)), *screen.complaints]
            screen.complaints.clear()
        if found:
            wrong[address] = found
    assert not wrong, "\n".join(f"{address}: {fault}" for address, found in wrong.items() for fault in found)
    assert opened > 8


def test_the_judge_is_awake(screen):
    """A page with a nameless picture, pale letters, a script of its own and a broad table is refused for each of them."""
    bad = """<!doctype html><html lang="vi"><title>x</title><main><h1>Trang hỏng</h1><img src="/static/img/logo.svg">
        <p class="pale">Chữ nhạt</p><script>alert(1)</script><pre>%s</pre></main>""" % ("rộng" * 200)
    headers = {"Content-Security-Policy": "default-src 'self'; style-src 'self'"}
    page = screen("/", HttpResponse(bad, headers=headers))
    page.add_style_tag(url="/static/css/app.css")
    page.locator(".pale").evaluate("pale => { pale.style.color = '#ccc' }")
    found = "\n".join([*faults(page), *screen.complaints])
    for word in ("image-alt", "color-contrast", "inline script", "sideways"):
        assert word in found
