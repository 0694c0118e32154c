"""Writing a paper in a real browser: nothing that is typed is lost while the panes follow, whatever comes in between."""

import pytest
from playwright.sync_api import expect

from directives import services
from tests import make
from tests.directives.pasted import LETTER

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORD = """<html><body lang=VI><!--StartFragment-->
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Các doanh
nghiệp viễn thông rà soát<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a> trạm phát sóng:</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>nguồn
điện dự phòng;</p>
<ol start=2><li>Bưu điện tỉnh:<ol type=a><li>niêm yết giờ;</li><li value=5><p>đủ người.</p></li></ol></li></ol>
<table border=1><tr><td rowspan=2><p>STT</p></td><td colspan=2>Ca&nbsp;|&nbsp;trực</td></tr><tr><td>Ngày</td><td>Đêm</td></tr>
<tr><td>1</td><td><p>6 giờ</p><p>18 giờ</p></td><td></td></tr></table>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
href="#_ftnref1"><span>[1]</span></a> Theo kế hoạch năm 2026.</p></div></div><p style='mso-hide:all'>ẩn</p>
<!--EndFragment--></body></html>"""
PASTED = """1. Các doanh nghiệp viễn thông rà soát[1] trạm phát sóng:
+ nguồn điện dự phòng;
2. Bưu điện tỉnh:
a) niêm yết giờ;
đ) đủ người.
| STT | Ca / trực |  |
|  | Ngày | Đêm |
| 1 | 6 giờ 18 giờ |  |
[1] Theo kế hoạch năm 2026."""


@pytest.fixture
def cast():
    return make.cast()


@pytest.fixture
def draft(cast, now):
    return services.create_from_text(LETTER, actor=cast.specialist, now=now, division=cast.division)


@pytest.fixture
def writer(browser, client, live_server, settings, cast, draft):
    """The specialist at the page of the draft, at a width; in the end no console may have complained."""
    opened = []

    def at(width):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="vi-VN", base_url=live_server.url
        )
        client.force_login(cast.specialist)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        complaints = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append((context, complaints))
        page.goto(f"{draft.get_absolute_url()}sua/")
        return page

    yield at
    for context, complaints in opened:
        context.close()
        assert complaints == []


def put_cursor(area, words):
    area.evaluate(
        "(area, words) => { area.focus(); const at = area.value.indexOf(words) + words.length; area.setSelectionRange(at, at) }",
        words,
    )


def test_no_key_is_lost_while_the_panes_follow(writer, draft, cast, settings):
    page = writer(1280)
    area, paper = page.locator("#id_body"), page.locator(".paper-host")
    before = area.input_value()
    page.locator(".demand .chip").filter(has_text="Minh chứng").first.locator("summary").click()
    page.locator("[name=requirements-0-evidence_kind]").select_option("photo")
    put_cursor(area, "trước ngày 20/01/2027.")
    area.press("Enter")  # the list goes on by itself
    typed = "Bưu điện tỉnh Hải Giang niêm yết giờ mở cửa , gửi ảnh về Sở trước ngày 18/01/2027."
    for part in typed.split(" "):
        page.keyboard.type(f"{part} ")
        page.wait_for_timeout(35 if len(part) < 5 else 0)  # some answers come while the next word is being typed
    expected = before.replace("trước ngày 20/01/2027.", f"trước ngày 20/01/2027.\n5. {typed} ")
    expect(paper).to_contain_text("5. Bưu điện tỉnh Hải Giang niêm yết giờ mở cửa , gửi ảnh về Sở")
    assert area.input_value() == expected
    at = expected.index(typed) + len(typed) + 1
    assert area.evaluate("area => [document.activeElement === area, area.selectionStart]") == [True, at]
    demands = page.locator("[data-part=requirements] > fieldset")
    expect(demands).to_have_count(5)
    expect(demands.last).to_contain_text("hết ngày 17/01/2027")
    assert page.locator("[name=requirements-0-evidence_kind]").is_visible()

    chip = demands.last.locator(".chip").filter(has_text="Hạn")  # open, it stays although its sentence sets another day
    chip.locator("summary").first.click()
    put_cursor(area, "trước ngày 18")
    for key in ("Backspace", "9"):
        area.press(key)
    expect(demands.last.locator(".demand-text")).to_contain_text("19/01/2027")
    assert chip.locator("[name$=-due_on]").is_visible()
    for key in ("Backspace", "8"):
        area.press(key)
    expect(demands.last.locator(".demand-text")).to_contain_text("18/01/2027")

    page.get_by_role("link", name="Kiểm tra thể thức").click()
    slip = page.locator(".slip", has_text="dấu câu").or_(page.locator(".slip:has(button[data-new=''])")).first
    slip.get_by_role("button", name="Sửa giúp").click()
    mended = expected.replace("cửa , gửi", "cửa, gửi")
    expect(area).to_have_value(mended)
    expect(paper).to_contain_text("mở cửa, gửi ảnh")
    page.keyboard.press("Control+z")
    expect(area).to_have_value(expected)
    expect(paper).to_contain_text("mở cửa , gửi ảnh")
    paper.get_by_text("Chuẩn bị máy phát điện").click()
    assert area.evaluate("area => area.value.slice(0, area.selectionStart).split('\\n').at(-1).slice(0, 2)") == "- "

    session = page.context.cookies()  # it ends while one types: nothing is sent into the void
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    put_cursor(area, expected)
    page.keyboard.type("Hết.")
    expect(page.locator(".writer-said")).to_contain_text("Phiên làm việc đã hết")
    page.get_by_role("button", name="Lưu bản mới").click()
    assert area.input_value() == f"{expected}Hết."
    page.context.add_cookies(session)
    page.get_by_role("button", name="Lưu bản mới").click()
    page.wait_for_url("**" + draft.get_absolute_url())
    draft.refresh_from_db()
    assert draft.body.endswith("Hết.")
    assert (draft.version, draft.requirements.get(label="1").evidence_kind) == (2, "photo")
    assert list(draft.requirements.get(label="5").targets.values_list("unit", flat=True)) == [cast.postal.pk]


def test_what_is_pasted_from_word_keeps_its_structure(writer):
    page = writer(1280)
    area = page.locator("#id_body")
    area.fill("")
    area.evaluate(
        """(area, html) => { const data = new DataTransfer(); data.setData("text/html", html);
        area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })) }""",
        WORD,
    )
    expect(area).to_have_value(PASTED)
    expect(page.locator(".paper-host th").first).to_have_text("STT")
    expect(page.locator(".paper-host .footnotes")).to_contain_text("Theo kế hoạch năm 2026.")
    put_cursor(area, "đ) đủ người.")
    for keys in ("Enter", "Enter"):
        area.press(keys)
    expect(area).to_have_value(PASTED.replace("đủ người.\n", "đủ người.\n\n"))


def test_a_phone_shows_one_part_at_a_time(writer):
    page = writer(360)
    area = page.locator("#id_body")
    put_cursor(area, "trước ngày 20/01/2027.")
    page.keyboard.type(" Cảm ơn.")
    assert not page.locator(".paper-host").is_visible()
    for name, seen in (("Xem bản in", ".paper-host"), ("Yêu cầu", ".demand"), ("Kiểm tra", ".slip")):
        page.get_by_role("navigation", name="Các phần của trang soạn thảo").get_by_role("link", name=name).click()
        expect(page.locator(seen).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.locator(".slip a[href^='#cho-']").last.click()
    expect(area).to_be_focused()
    assert "Cảm ơn." in area.input_value()
