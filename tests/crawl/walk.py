"""Walking the product by its links: one page after another, a few of each kind."""

import re
from collections import Counter
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import resolve

LIKE = 7  # pages of one row that are opened: one in each state
LIKE_FORMS = 3  # forms that a row leads to
LIKE_ASKED = 1  # the same with a query
LIKE_FILES = 1
FILES = {  # addresses that answer with a file
    *(
        "dispatch_preview",
        "dispatch_word",
        "dispatch_pdf",
        "dispatch_scan",
        "dispatch_page",
        "basis_file",
        "evidence_file",
        "print_report",
    ),
    *("roster_print", "rosters_print", "roster_template", "rosters_template", "import_template"),
    *("unit_export", "contact_export", "proof_export", "membership_export", "invitation_export"),
    *("register_export", "assignment_export"),
}


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


def enough(kind, like, like_forms, like_files):
    """How many pages of a kind are opened."""
    name = kind[0].rpartition(":")[2]
    if name in FILES:
        return like_files
    if kind[1]:
        return LIKE_ASKED
    return like if name.endswith("_detail") else like_forms


def walk(client, start="/", like=LIKE, like_forms=LIKE_FORMS, like_files=LIKE_FILES):
    """Every address one can click to from `start`, as (address asked, address reached, response, page or None for a file)."""
    client.raise_request_exception = False  # one broken page hides no other
    waiting, seen, opened = [start], {start}, Counter()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if opened[kind] >= enough(kind, like, like_forms, like_files):
            continue
        opened[kind] += 1
        response = client.get(address, follow=True)
        reached = response.redirect_chain[-1][0] if response.redirect_chain else address
        if not response["Content-Type"].startswith("text/html"):
            read_to_the_end(response)
            yield address, reached, response, None
            continue
        page = response.content.decode()
        yield address, reached, response, page
        for onward in ways_on(reached, page):
            if onward not in seen:
                seen.add(onward)
                waiting.append(onward)
