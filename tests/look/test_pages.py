"""Every part of the look in a real browser: nothing overflows a phone, nothing is refused by the CSP, axe finds nothing.

With PICTURES=1 each is also photographed.
"""

import os

import pytest

from tests.look.conftest import AXE, SHOTS
from tests.look.samples import SAMPLES

pytestmark = pytest.mark.e2e
ENTRANCE = ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/signup/", "/khong-co/"]
PATHS = [*(f"/mau/{name}/" for name in SAMPLES), *ENTRANCE]
SIZES = [{"width": 1280, "height": 900}, {"width": 360, "height": 740}]


def violations(page):
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", tags)["violations"]
    return [(rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("path", PATHS)
def test_page_fits_and_is_accessible(open_page, path):
    page = open_page(path)
    page.evaluate(AXE.read_text())
    for size in SIZES:
        page.set_viewport_size(size)
        if os.environ.get("PICTURES"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            name = f"{path.strip('/').replace('/', '-')}-{size['width']}.png"
            page.screenshot(path=SHOTS / name, full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations(page) == []
    assert [text for text in page.complaints if "404" not in text] == []
