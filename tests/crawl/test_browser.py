"""Pages as people meet them: in a browser, at a desk and on a phone, judged by axe.

The walk asks the product itself; the browser is handed the very answers (with their headers, so the content security policy
holds), and reads the static files. A page is opened when it shows an element that no page of its kind has shown yet.

This file stands before the others of its folder: once a browser runs, Django keeps the connections of this thread elsewhere,
and a world built earlier is not seen any more.
"""

import re
from collections import defaultdict
from mimetypes import guess_type

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from tests.crawl.walk import kind_of, walk
from tests.crawl.world import ROLES
from tests.look.conftest import AXE

pytestmark = pytest.mark.e2e
ORIGIN = "http://localhost"  # an origin that browsers trust; nobody listens there
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LIKE, LIKE_FORMS = 2, 1
MAIN = re.compile(r"<main.*</main>", re.S)
ELEMENT = re.compile(r'<(\w+)\b(?:[^>]*?\bclass="([\w-]*))?')
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGE = """async tags => {
    const rules = {runOnly: tags, resultTypes: ["violations"]};
    const said = found => found.violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`));
    for (const folded of document.querySelectorAll("details:not(.menu)")) folded.open = true;
    const faults = said(await axe.run(document, rules));
    for (const menu of document.querySelectorAll("details.menu")) {  // one at a time: an open menu lies over the page
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


@pytest.fixture
def screen(browser):
    """Opens an answer of the product in the browser; `complaints` is what the console said."""
    context = browser.new_context(viewport=DESK, locale="vi-VN", reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = context.new_page()
    answer, complaints = {}, []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def serve(route):
        path = route.request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/").partition("?")[0])
            route.fulfill(path=file, content_type=guess_type(file)[0])
        elif route.request.is_navigation_request() and route.request.frame == page.main_frame:
            route.fulfill(**answer)
        else:
            route.fulfill(status=204)

    context.route("**/*", serve)

    def show(address, response):
        answer.update(status=response.status_code, headers=dict(response.headers), body=response.content)
        page.goto(ORIGIN + address)
        return page

    show.complaints = complaints
    yield show
    context.close()


def faults(page):
    """What axe finds at the desk, and how far the page overflows a phone."""
    page.set_viewport_size(DESK)
    yield from page.evaluate(JUDGE, TAGS)
    page.set_viewport_size(PHONE)
    if sideways := page.evaluate(SIDEWAYS):
        yield f"scrolls sideways by {sideways} px on a phone"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_and_fits_a_phone(client, world, screen, shown, role):
    client.force_login(world.people[role])
    wrong = {}
    for _, address, response, page in walk(client, like=LIKE, like_forms=LIKE_FORMS, like_files=0):
        kind = kind_of(address)[0]
        elements = set(ELEMENT.findall(MAIN.search(page)[0])) if page and "<main" in page else set()
        if response.status_code != 200 or elements <= shown[kind]:
            continue
        shown[kind] |= elements
        if found := [*faults(screen(address, response)), *screen.complaints]:
            wrong[address] = found
            screen.complaints.clear()
    assert not wrong, "\n".join(f"{address}: {fault}" for address, found in wrong.items() for fault in found)


def test_the_judge_is_awake(screen):
    """A page with a nameless picture, pale letters, a script of its own and a broad table is refused for each of them."""
    bad = """<!doctype html><html lang="vi"><title>x</title><main><h1>Trang hỏng</h1><img src="/static/img/logo.svg">
        <p class="pale">Chữ nhạt</p><script>alert(1)</script><pre>%s</pre></main>""" % ("rộng" * 200)
    headers = {"Content-Security-Policy": "default-src 'self'; style-src 'self'"}
    page = screen("/", HttpResponse(bad, headers=headers))
    page.add_style_tag(url=ORIGIN + "/static/css/app.css")
    page.locator(".pale").evaluate("pale => { pale.style.color = '#ccc' }")
    found = "\n".join([*faults(page), *screen.complaints])
    for word in ("image-alt", "color-contrast", "inline script", "sideways"):
        assert word in found
