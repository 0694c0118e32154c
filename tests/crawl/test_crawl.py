"""Every page each person can reach by clicking: it answers, is whole, and is Vietnamese."""

import re
from collections import Counter
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.urls import resolve

from tests.crawl.world import ROLES

LIKE = 7  # pages of one row that are opened, of each kind of page: one in each state
LIKE_ASKED = 2  # the same with a query
FILES = {"dispatch_preview", "dispatch_pdf", "dispatch_scan", "print_report", "basis_file", "evidence_file"}
ENGLISH = re.compile(
    r"\b(?:Submit|Save|Delete|Search|Next|Previous|Yes|None|True|False|Page|Error|required|Email|Password|Username"
    r"|Login|Logout|Home|Edit|Add|Update|Cancel|Close|Open|Loading|Please|This field|Choose|Select|Currently|Change"
    r"|Clear|Not Found|Forbidden|Unknown|January|Monday|a\.m\.|p\.m\.|ago|hours?|minutes?|days?)\b|-{9}"
)
HIDDEN = re.compile(r"<head.*?</head>|<script.*?</script>|<!--.*?-->|<textarea.*?</textarea>", re.S)
SPOKEN = re.compile(r'\b(?:title|alt|placeholder|aria-label|data-confirm(?:-ok)?|data-busy)="([^"]*)"')
BROKEN = re.compile(r"{{|{%|%}|}}|\bNaN\b|&lt;(?:bound|function|Query|django)")


def words_of(page):
    """What a person sees or hears of a page."""
    body = HIDDEN.sub(" ", page)
    return " ".join([*SPOKEN.findall(body), re.sub(r"<[^>]+>", " ", body)])


def faults(page):
    """What is wrong with a page, in words."""
    title = re.search(r"<title>\s*(.*?)\s*</title>", page, re.S)
    if not title or not title[1].removesuffix("Thông Suốt").strip(" ·"):
        yield "no title"
    if page.count("<h1") != 1 or not re.search(r"<h1[^>]*>\s*\S", page):
        yield "not one h1"
    if '<html lang="vi">' not in page:
        yield "no language"
    words = words_of(page)
    yield from (f"English: {word}" for word in sorted(set(ENGLISH.findall(words))))
    yield from (f"broken: {word}" for word in sorted(set(BROKEN.findall(words))))
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    yield from (f"twice the same id: {name}" for name, times in ids.items() if times > 1)


def read_to_the_end(response):
    """A file is closed by its last byte; closed by hand, Django would close the database's connection with it."""
    return b"".join(response) if response.streaming else response.content


def kind_of(address):
    """Pages that differ only in their row or search words are of one kind."""
    parts = urlsplit(address)
    names = frozenset(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return resolve(parts.path).view_name, names


def ways_on(address, page):
    for href in re.findall(r'<(?:a|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"', page):
        onward = urljoin(address, unescape(href)).partition("#")[0]
        if onward.startswith("/") and not onward.startswith("/static/"):
            yield onward


@pytest.mark.parametrize("role", ROLES)
def test_every_page_one_can_click_to(client, world, role):
    client.force_login(world.people[role])
    waiting, seen, opened, wrong = ["/"], {"/"}, Counter(), {}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        name = kind[0].rpartition(":")[2]
        if opened[kind] >= (LIKE_ASKED if name in FILES or kind[1] else LIKE):
            continue
        opened[kind] += 1
        response = client.get(address, follow=True)
        if response.status_code != 200:
            wrong[address] = response.status_code
            continue
        if not response["Content-Type"].startswith("text/html"):
            assert name in FILES
            read_to_the_end(response)
            continue
        page = response.content.decode()
        if found := list(faults(page)):
            wrong[address] = found
        base = response.redirect_chain[-1][0] if response.redirect_chain else address
        for onward in ways_on(base, page):
            if onward not in seen:
                seen.add(onward)
                waiting.append(onward)
    assert not wrong, "\n".join(f"{address}: {fault}" for address, fault in wrong.items())
    assert len(opened) > 8
