"""The small helps of app.js, and the same pages without it."""

import pytest

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scripts", [True, False])
def test_side_menu_opens_and_closes_on_a_phone(open_page, scripts):
    page = open_page("/mau/so-lieu/", 360, 740, java_script_enabled=scripts)
    side = page.get_by_role("navigation", name="Danh mục")
    assert not side.is_visible()
    page.get_by_role("link", name="Mở danh mục").click()
    assert side.get_by_role("link", name="Kế hoạch").is_visible()
    page.get_by_role("link", name="Đóng danh mục").click()
    assert not side.is_visible()


def test_escape_closes_the_side_menu_and_returns_the_focus(open_page):
    page = open_page("/mau/so-lieu/", 360, 740)
    page.get_by_role("link", name="Mở danh mục").click()
    page.keyboard.press("Escape")
    assert not page.get_by_role("navigation", name="Danh mục").is_visible()
    assert page.evaluate("document.activeElement.className").endswith("menu-open")


def test_account_menu_works_without_scripts_and_closes_outside_with_them(open_page):
    page = open_page("/mau/so-lieu/", java_script_enabled=False)
    page.locator(".account summary").click()
    assert page.get_by_role("button", name="Đăng xuất").is_visible()
    page = open_page("/mau/so-lieu/")
    page.locator(".account summary").click()
    assert page.get_by_role("button", name="Đăng xuất").is_visible()
    page.get_by_role("heading", level=1).click()
    assert not page.get_by_role("button", name="Đăng xuất").is_visible()


def test_an_act_that_asks_is_done_only_on_yes(open_page):
    page = open_page("/mau/chi-tiet/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.get_by_role("button", name="Trả lại").click()
    dialog = page.get_by_role("dialog", name="Trả văn bản này về người soạn?")
    dialog.get_by_role("button", name="Thôi").click()
    assert (dialog.count(), sent) == (0, [])
    page.get_by_role("button", name="Trả lại").click()
    with page.expect_navigation():
        dialog.get_by_role("button", name="Trả lại").click()
    assert len(sent) == 1


def test_a_second_press_sends_nothing(open_page):
    page = open_page("/mau/chi-tiet/")
    outcome = page.evaluate(
        """() => {
            let sent = 0;
            document.addEventListener("submit", (event) => { sent += 1; event.preventDefault(); });
            const pressed = document.querySelector("form.act button.btn-primary");
            pressed.click();
            pressed.click();
            return [sent, pressed.textContent, pressed.getAttribute("aria-busy")];
        }"""
    )
    assert outcome == [1, "Đang trình…", "true"]


def test_errors_come_first_and_lead_to_their_fields(open_page):
    page = open_page("/mau/bieu-mau/")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu đợt").click()
    summary = page.get_by_role("alert").filter(has_text="Chưa lưu được")
    assert summary.evaluate("node => node === document.activeElement")
    summary.get_by_role("link", name="Tên đợt").click()
    assert page.url.endswith("#id_name")


def test_a_file_too_heavy_is_refused_before_it_travels(open_page):
    page = open_page("/mau/bieu-mau/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.set_input_files("#id_file", {"name": "nang.pdf", "mimeType": "application/pdf", "buffer": b"x" * 5000})
    assert page.locator(".file-face").text_content() == "Chọn tệpĐã chọn 1 tệp"
    assert "“nang.pdf” nặng 5 kB, quá mức cho phép 1 kB" in page.locator(".file-hint").text_content()
    page.get_by_role("button", name="Lưu đợt").click()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert sent == []
    page.set_input_files("#id_file", {"name": "nhe.pdf", "mimeType": "application/pdf", "buffer": b"x"})
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu đợt").click()
    assert len(sent) == 1


def test_what_was_typed_comes_back_until_it_is_sent(open_page):
    page = open_page("/mau/bieu-mau/")
    page.get_by_label("Tên đợt").fill("Bầu cử đang nhập dở")
    page.reload()
    page.get_by_role("button", name="Lấy lại").click()
    assert page.get_by_label("Tên đợt").input_value() == "Bầu cử đang nhập dở"
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu đợt").click()
    page.goto(page.url.split("#")[0])
    assert page.get_by_role("button", name="Lấy lại").count() == 1, "refused by the server: nothing of it may be lost"
    page.get_by_role("button", name="Lấy lại").click()
    page.get_by_label("Ngày D").fill("2026-03-15")
    page.get_by_label("Nội dung").fill("Trực 24/24 giờ")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu đợt").click()
    page.goto(page.url.split("#")[0])
    assert page.get_by_role("button", name="Lấy lại").count() == 0


def test_a_day_is_read_in_words_whatever_language_the_browser_speaks(open_page):
    page = open_page("/mau/bieu-mau/")
    field = page.get_by_label("Ngày D")
    said = page.locator(f"#{field.get_attribute('id')} + .day-said")
    field.fill("2027-01-07")
    assert said.text_content() == "Thứ Năm, 07/01/2027"
    field.fill("2027-01-10")
    assert said.text_content() == "Chủ nhật, 10/01/2027"
    field.fill("")
    assert said.text_content() == ""


def test_rows_are_filtered_without_accents(open_page):
    page = open_page("/mau/danh-sach/")
    page.evaluate(
        """() => {
            document.querySelector("table").id = "bang";
            const input = document.createElement("input");
            input.dataset.filter = "#bang";
            input.id = "loc";
            document.querySelector("main").append(input);
        }"""
    )
    page.fill("#loc", "DIEM bo phieu")
    visible = page.locator("#bang tbody tr:visible .row-link").all_text_contents()
    assert set(visible) == {"Rà soát tuyến cáp, nguồn dự phòng tại các điểm bỏ phiếu"}
    page.fill("#loc", "")
    assert page.locator("#bang tbody tr:visible").count() == 12


def test_choosing_a_filter_sends_it_and_leaves_empty_fields_out(open_page):
    page = open_page("/mau/danh-sach/")
    with page.expect_navigation():
        page.get_by_label("Tình trạng").select_option("closed")
    assert page.url.endswith("?status=closed")


def test_htmx_works_under_the_policy(open_page):
    page = open_page("/mau/trong/")
    page.get_by_role("button", name="Xem số liệu").click()
    page.locator("#so-lieu .figures").wait_for()
    assert page.complaints == []


def test_keyboard_reaches_the_content_first(open_page):
    page = open_page("/mau/danh-sach/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_print_leaves_the_frame_out(open_page):
    page = open_page("/mau/chi-tiet/")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('.topbar, .side, .page-actions, .demo-banner')].filter(n => n.offsetParent).length"
    )
    assert shown == 0
    assert page.get_by_role("heading", level=1).is_visible()
