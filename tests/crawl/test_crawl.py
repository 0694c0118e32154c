"""Every page each person can reach by clicking: it answers, is whole, and is Vietnamese. So is every letter."""

import re
from collections import Counter
from email import message_from_bytes, policy

import pytest

from tests.crawl.walk import FILES, walk
from tests.crawl.words import foreign_words, words_of
from tests.crawl.world import ROLES

BROKEN = re.compile(r"{{|{%|%}|}}|\bNaN\b|&lt;(?:bound|function|Query|django)|-{9}|\b[ap]\.m\.")


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
    yield from (f"not Vietnamese: {word}" for word in foreign_words(words))
    yield from (f"broken: {word}" for word in sorted(set(BROKEN.findall(words))))
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    yield from (f"twice the same id: {name}" for name, times in ids.items() if times > 1)


def wrong_pages(client, start="/"):
    """What is wrong with each page one can click to from `start`, and how many pages were opened."""
    wrong, opened = {}, 0
    for address, _, response, page in walk(client, start):
        opened += 1
        if response.status_code != 200:
            wrong[address] = response.status_code
        elif page is None:
            if response.resolver_match.url_name not in FILES:
                wrong[address] = response["Content-Type"]
        elif found := list(faults(page)):
            wrong[address] = found
    return wrong, opened


@pytest.mark.parametrize("role", ROLES)
def test_every_page_one_can_click_to(client, world, role):
    client.force_login(world.people[role])
    wrong, opened = wrong_pages(client)
    assert not wrong, "\n".join(f"{address}: {fault}" for address, fault in wrong.items())
    assert opened > 8


def test_every_page_before_one_is_inside(client, world):
    wrong, opened = wrong_pages(client, "/tai-khoan/login/")
    assert not wrong
    assert opened > 1


def test_every_letter(world):
    """Subject, plain text and HTML of what the world's people were sent."""
    found, read = {}, 0
    for path in world.settings["EMAIL_FILE_PATH"].glob("*.eml"):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
        read += 1
        if foreign := foreign_words(" ".join([letter["Subject"], *map(words_of, parts)])):
            found[letter["Subject"]] = foreign
    assert read > 3
    assert found == {}


@pytest.mark.parametrize(
    "said",
    [
        "This field is required.",
        "True",
        "Log out",
        "3 hours",
        "OK",
        '<input type="text" placeholder="Search">',
        '<a title="Close">×</a>',
        '<input type="submit" value="Send">',
        "<td>None</td>",
        "On",
    ],
)
def test_english_is_noticed(said):
    assert foreign_words(words_of(said)) != []


def test_vietnamese_is_left_alone():
    said = "Anh Quang khuya nay qua xem hai trang in, khoan ghi tên; con đang xoay quanh nghi án.."
    assert foreign_words(said + " PDF, Excel, mục II, bao-cao-ngay.xlsx, a@b.example, https://x.example/y, 7g30") == []
