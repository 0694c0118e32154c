"""How long the panes take while a paper is being written: a plan of 25 kB with all its demands on the page, in a browser, on a
demonstration of its own. `python -m bench.live` prints the two figures alone."""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.check import plan
from tests.chromium import launch, log_in
from tests.product import Product

ANSWER_BAR_MS = 150
PAPER_BAR_MS = 300
ROUNDS = 15
# A key amid the text, then the time until the paper beside it changes; the answer's own time is the browser's record of it.
PRESS = """async (rounds) => {
  const area = document.getElementById("id_body");
  const paper = document.querySelector(".paper-host").shadowRoot.querySelector(".leaves");
  const spent = [];
  area.focus();
  area.setSelectionRange(4000, 4000);
  performance.clearResourceTimings();
  for (let round = 0; round < rounds; round++) {
    const changed = new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now()); });
      watch.observe(paper, { subtree: true, childList: true });
    });
    document.execCommand("insertText", false, "n");
    const start = performance.now();
    spent.push((await changed) - start);
    await new Promise((done) => setTimeout(done, 500));
  }
  const asked = performance.getEntriesByType("resource").filter((each) => each.name.includes("/truc-tiep/"));
  return [asked.map((each) => each.responseEnd - each.requestStart), spent];
}"""


def figures():
    """Name, value, unit and bar (at most) of each figure."""
    with (
        tempfile.TemporaryDirectory(prefix="thong-suot-") as folder,
        Product(Path(folder) / "var", None, DEMO="1") as product,
        sync_playwright() as playwright,
    ):
        product.start().ready()
        base = f"http://127.0.0.1:{product.port}"
        browser = launch(playwright)
        page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN").new_page()
        log_in(page, base, "ha.lt")
        page.goto(f"{base}/van-ban/soan/")
        page.locator("[name=kind]").select_option("kế hoạch")
        body = plan().partition("\n\nI. ")[2].rpartition("\n\nNơi nhận")[0]
        page.locator("#id_body").fill(f"I. {body}")
        page.locator("[data-part=requirements] > fieldset").nth(40).wait_for(state="attached")
        page.wait_for_timeout(1000)
        answers, papers = page.evaluate(PRESS, ROUNDS)
        browser.close()
    size = round(len(plan().encode()) / 1000)
    return [
        (
            f"live answer while drafting, {size} kB plan, median",
            round(statistics.median(answers[2:])),
            "ms",
            ANSWER_BAR_MS,
        ),
        ("from the last key to the new paper, median", round(statistics.median(papers[2:])), "ms", PAPER_BAR_MS),
    ]


if __name__ == "__main__":
    for name, value, unit, bar in figures():
        print(f"{name}: {value} {unit} (bar {bar})")
