"""The browser with which the product is looked at, by tests, pictures and measurements."""

from reports.demo.names import PASSWORD

CHROMIUM = "/usr/bin/chromium-headless-shell"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright):
    return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


def log_in(page, base, username):
    """Somebody of the demonstration enters; done when their page is there."""
    page.goto(f"{base}/tai-khoan/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.get_by_role("navigation", name="Tài khoản").wait_for()


def follow(page, base, start, *links):
    """Open a page and go on by the first link each selector finds."""
    page.goto(base + start)
    for link in links:
        page.goto(base + page.locator(link).first.get_attribute("href"))
    return page
