"""A correct paper drafted from last year's, as a specialist does it: every click, choice and stretch of typing is counted."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from reports.demo.names import PASSWORD
from tests.e2e.test_due import ask

pytestmark = pytest.mark.e2e

MOST_ACTIONS = 40
FACTS = """
import json
from directives.models import Dispatch
from directives.selectors import moved_in, to_paper
draft = Dispatch.objects.get(drawn_from__isnull=False)
print(json.dumps({
    "status": draft.status, "subject": draft.subject, "body": draft.body, "old": draft.drawn_from.body,
    "open": len(moved_in(draft).open), "moved": draft.moved_dates.count(),
    "by": sorted({row.confirmed_by.username for row in draft.moved_dates.exclude(confirmed_by=None)}),
    "dues": [row.due_at and row.due_at.isoformat() for row in draft.requirements.order_by("order")],
    "targets": [row.targets.count() for row in draft.requirements.all()],
    "d_day": draft.occasion.d_day.isoformat(), "old_d_day": draft.drawn_from.occasion.d_day.isoformat(),
}))
"""


class Counting:
    """One person at one page; whatever the hands do is one action."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, role, name, within=None):
        self.actions += 1
        (within or self.page).get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()

    def type(self, words, field=None):
        """One stretch of typing, into a field or over what is selected."""
        self.actions += 1
        field.fill(words) if field else self.page.keyboard.insert_text(words)

    def choose(self, field, **option):
        self.actions += 1
        field.select_option(**option)
        self.page.wait_for_load_state()


def test_a_correct_paper_is_drafted_from_last_years_in_under_forty_actions(browser, product, capsys):
    base = f"http://127.0.0.1:{product.port}"
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    hands = Counting(page)

    page.goto(f"{base}/tai-khoan/login/")
    hands.type("ha.lt", page.locator("[name=login]"))
    hands.type(PASSWORD, page.locator("[name=password]"))
    hands.click("button", "Đăng nhập")

    hands.click("link", "Văn bản", page.get_by_role("navigation", name="Danh mục"))
    hands.click("link", "Lấy từ văn bản năm trước")
    hands.choose(page.locator("[name=loai]"), label="Tết Nguyên đán")
    hands.click("link", re.compile("Bảo đảm thông tin liên lạc dịp Tết"))
    hands.click("link", "Lập từ văn bản này")

    for row in page.locator(".again-rows tr", has_text="ngày làm việc liền trước").all():
        worked = row.locator("option", has_text="ngày làm việc liền trước")
        hands.choose(row.locator("select"), value=worked.first.get_attribute("value"))
    hands.click("button", "Lập dự thảo")

    panel = page.locator("#ngay-da-chuyen")
    cited = panel.locator("li", has_text="Văn bản dẫn chiếu")
    assert cited.count() == 1
    hands.click("button", "Sửa", cited)
    hands.type("Kế hoạch số 131/KH-UBND ngày 20/11/2026 của Ủy ban nhân dân tỉnh về phục vụ Nhân dân đón Tết")
    expect(cited).to_be_hidden()
    for _ in range(3):
        left = int(panel.locator("[data-open]").inner_text())
        hands.click("button", "Đúng", panel)
        expect(panel.locator("[data-open]")).to_have_text(str(left - 1))
    hands.click("button", "Xác nhận tất cả", panel)
    hands.click("button", "Xác nhận tất cả", page.get_by_role("dialog"))
    expect(panel).to_contain_text("đã xác nhận đủ")
    hands.click("button", "Lưu bản mới")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Bảo đảm thông tin liên lạc dịp Tết")
    if page.get_by_role("link", name="Xem từng lỗi").count():
        raise AssertionError(page.locator("#soat").inner_text())
    hands.click("link", "Trình")
    hands.click("button", "Trình")
    expect(page.locator("main")).to_contain_text("Đã trình dự thảo")

    printed = context.request.get(f"{page.url.rstrip('/')}/xem-truoc/")
    assert printed.headers["content-type"] == "application/pdf"
    assert len(pikepdf.open(io.BytesIO(printed.body())).pages) >= 1
    context.close()

    facts = ask(product, FACTS)
    assert (facts["status"], facts["open"], facts["by"]) == ("review", 0, ["ha.lt"])
    year, last = facts["d_day"][:4], facts["old_d_day"][:4]
    assert year in facts["subject"] and last not in facts["subject"]
    assert "131/KH-UBND" in facts["body"] and last not in facts["body"].replace("20/11/2026", "")
    assert all(
        due is None or facts["d_day"] > due[:10] > facts["old_d_day"] or due > facts["d_day"] for due in facts["dues"]
    )
    assert all(facts["targets"]) and facts["moved"] >= 10
    assert complaints == []
    assert hands.actions < MOST_ACTIONS
    with capsys.disabled():
        print(f"\na correct paper from last year's: {hands.actions} actions")  # noqa: T201
