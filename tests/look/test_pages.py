"""Every part of the look in a real browser: nothing overflows a phone, nothing is refused by the CSP, axe finds nothing."""

import pytest
from django.db import connection

from tests.look.conftest import AXE, SHOTS
from tests.look.samples import SAMPLES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ENTRANCE = ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/signup/", "/khong-co/"]
PATHS = [*(f"/mau/{name}/" for name in SAMPLES), *ENTRANCE]


def violations(page):
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)["violations"]
    return [(rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PATHS)
def test_page_fits_and_is_accessible(open_page, path, width):
    page = open_page(path, width, 900 if width > 500 else 740)
    if connection.vendor == "sqlite":  # the same picture on the other engine
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{path.strip('/').replace('/', '-')}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert [text for text in page.complaints if "404" not in text] == []
