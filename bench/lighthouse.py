"""Lighthouse on the main pages: what it gives accessibility and best practices, on a phone, of 100.

`python -m bench.lighthouse` prints every page and what was found wanting; `make bench` prints the lowest of each. Lighthouse
is a tool of development: npm brings it into var/build when it is asked for, nothing of the product needs it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from config.setup import BUILD, Refusal, npm_command, run
from tests.chromium import CHROMIUM, CHROMIUM_FLAGS, follow, launch, log_in
from tests.product import Product

LIGHTHOUSE = "12.8.2"  # the last line that runs on Node 20
CATEGORIES = ("accessibility", "best-practices")
BAR = -95
LOGIN = "/tai-khoan/login/"
OCCASION = "main a[href^='/dieu-hanh/']"
PAGES = [  # (what it is, who opens it, where it is or which link leads there)
    ("login", None, [LOGIN]),
    ("leader's first page", "quang.tm", ["/"]),
    ("dashboard of an occasion", "quang.tm", ["/dieu-hanh/", OCCASION]),
    ("matrix of units and demands", "quang.tm", ["/dieu-hanh/", OCCASION, "main a[href$='/bang/']"]),
    ("who is on duty", "quang.tm", ["/lich-truc/dang-truc/"]),
    ("papers", "ha.lt", ["/van-ban/"]),
    ("a paper", "ha.lt", ["/van-ban/", "main tbody a.row-link"]),
    ("a plan", "ha.lt", ["/ke-hoach/", "main tbody a.row-link"]),
    ("a unit's work", "yen.dh", ["/nhiem-vu/"]),
    ("a unit's roster", "yen.dh", ["/lich-truc/", "main a.row-link"]),
]


def install():
    """The command line of Lighthouse and the PATH it needs; raises Refusal where npm cannot bring it."""
    npm, path = npm_command()
    place = BUILD / "lighthouse"
    program = place / "node_modules/lighthouse/cli/index.js"
    package = place / "node_modules/lighthouse/package.json"
    if not package.exists() or json.loads(package.read_text())["version"] != LIGHTHOUSE:
        place.mkdir(parents=True, exist_ok=True)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", str(place)]
        run(*npm, "install", *quiet, f"lighthouse@{LIGHTHOUSE}", env={"PATH": path}, what="npm install lighthouse")
    return [npm[0] if len(npm) > 1 else "node", str(program)], path


def sessions(base, people):
    """The cookie of each person, and the addresses of PAGES as {what: (address, person)}."""
    cookies, addresses = {None: ""}, {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for person in people:
            context = browser.new_context()
            page = context.new_page()
            if person:
                log_in(page, base, person)
                cookies[person] = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies())
            addresses |= {what: follow(page, base, *way).url for what, who, way in PAGES if who == person}
            context.close()
        browser.close()
    return cookies, addresses


def judge(command, path, address, cookie):
    """What Lighthouse gives one page: ({category: 0 to 100}, what it found wanting)."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        flags = " ".join(["--headless=new", *CHROMIUM_FLAGS])
        options = ["--quiet", "--throttling-method=provided", f"--chrome-flags={flags}", f"--output-path={report}"]
        headers = Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": cookie} if cookie else {}))
        asked = [f"--only-categories={','.join(CATEGORIES)}", "--output=json", f"--extra-headers={headers}"]
        subprocess.run(
            [*command, address, *asked, *options],
            env={**os.environ, "PATH": path, "CHROME_PATH": CHROMIUM},
            check=True,
            capture_output=True,
        )
        found = json.loads(report.read_text())
    assert found["finalDisplayedUrl"] == address, f"{address} led to {found['finalDisplayedUrl']}"
    scores = {name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES}
    asked = {part["id"] for name in CATEGORIES for part in found["categories"][name]["auditRefs"] if part["weight"]}
    wanting = [
        audit["title"] for key, audit in found["audits"].items() if key in asked and audit["score"] not in (None, 1)
    ]
    return scores, wanting


def measure():
    """(what, scores, what was found wanting) of each page, on a demonstration of its own."""
    command, path = install()
    with (
        tempfile.TemporaryDirectory(prefix="thong-suot-") as folder,
        Product(Path(folder) / "var", None, DEMO="1") as product,
    ):
        product.start().ready()
        base = f"http://127.0.0.1:{product.port}"
        cookies, addresses = sessions(base, sorted({who for _, who, _ in PAGES}, key=str))
        for what, who, _ in PAGES:
            yield what, *judge(command, path, addresses[what], cookies[who])


def figures():
    """The lowest of all pages for each category, as figures of the bench; none where Lighthouse is not to be had."""
    try:
        given = [scores for _, scores, _ in measure()]
    except Refusal as refusal:
        sys.stderr.write(f"no Lighthouse: {refusal}\n")
        return []
    return [
        (f"Lighthouse {name}, lowest of {len(given)} pages", min(scores[name] for scores in given), "/100", BAR)
        for name in CATEGORIES
    ]


def main():
    for what, scores, wanting in measure():
        said = "   ".join(f"{name} {scores[name]:>3}" for name in CATEGORIES)
        sys.stdout.write(f"{what:<32}{said}   {'; '.join(wanting)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
