"""What is whole and Vietnamese, and what is not: pages before one is inside, and every letter. Pages inside: `test_browser`."""

import re
from collections import Counter
from email import message_from_bytes, policy

import pytest

from tests.crawl.walk import FILES, walk
from tests.crawl.words import foreign_words, words_of

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


def wrong_with(response, page):
    """What is wrong with an answer of the walk; `page` is None for a file."""
    if response.status_code != 200:
        yield response.status_code
    elif page is not None:
        yield from faults(page)
    elif response.resolver_match.url_name not in FILES:
        yield response["Content-Type"]


def test_every_page_before_one_is_inside(client, world):
    found = {
        address: list(wrong_with(response, page)) for address, _, response, page in walk(client, "/tai-khoan/login/")
    }
    assert not any(found.values()), found
    assert len(found) > 1


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
