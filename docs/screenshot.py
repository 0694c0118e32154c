"""Make the picture of README.md: `.venv/bin/python -m docs.screenshot` starts the demonstration and photographs the leader's first page."""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from reports.demo.names import PASSWORD
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.product import Product

PICTURE = Path(__file__).parent / "man-hinh.png"


def main():
    with tempfile.TemporaryDirectory(prefix="thong-suot-") as folder, sync_playwright() as playwright:
        product = Product(Path(folder) / "var", None, DEMO="1").start().ready()
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN").new_page()
            page.goto(f"http://127.0.0.1:{product.port}/tai-khoan/login/")
            page.locator("[name=login]").fill("quang.tm")
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=password]").press("Enter")
            page.locator(".figure").first.wait_for()
            page.screenshot(path=PICTURE)
            browser.close()
        finally:
            product.manager.terminate()
            product.manager.wait(60)
    Image.open(PICTURE).convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
