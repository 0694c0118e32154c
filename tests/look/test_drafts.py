"""What a browser keeps of unfinished typing: for one person only, and nothing after logging out or a refused secret."""

import pytest

from tests import make
from units.states import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"
WORDS = "Trạm số 3 chưa có điện lưới"


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(locale="vi-VN", base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.fixture
def become(page, client, live_server, settings):
    def as_(user):
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return as_


@pytest.fixture
def cast():
    return make.cast()


@pytest.fixture
def typed(page, become, cast):
    """The address of a question begun by the focal person and not sent."""
    url = f"{make.assignment(cast, 'sent').get_absolute_url()}vuong-mac/"
    become(cast.focal)
    page.goto(url)
    page.locator("[name=question]").press_sequentially(WORDS)
    assert len(page.evaluate(KEPT)) == 1
    return url


def offered(page, url):
    page.goto(url)
    return page.get_by_role("button", name="Lấy lại").count() == 1


def test_a_colleague_at_the_same_machine_is_not_offered_what_i_typed(page, become, cast, typed):
    assert offered(page, typed)
    become(make.person(Role.FOCAL, cast.telecom))
    assert not offered(page, typed)
    become(cast.focal)
    assert offered(page, typed)


def test_logging_out_leaves_nothing_in_the_browser(page, typed):
    page.goto("/")
    page.locator(".account summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng xuất").click()
    assert page.evaluate(KEPT) == []


def test_the_page_that_refuses_a_secret_leaves_nothing_in_the_browser(page, become, cast, typed):
    page.goto("/nhiem-vu/")
    page.evaluate("localStorage.setItem('draft:other:/van-ban/soan/:x', '{}')")
    page.goto(typed)
    page.locator("[name=question]").fill(f"TỐI MẬT\n{WORDS}")
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi vướng mắc").click()
    assert page.get_by_role("heading", name="Không tiếp nhận tài liệu mật").is_visible()
    assert page.evaluate(KEPT) == []


def test_too_many_files_are_refused_before_they_travel(page, become, cast):
    become(cast.focal)
    page.goto(f"{make.assignment(cast, 'accepted').get_absolute_url()}minh-chung/")
    page.set_input_files(
        "[name=uploads]", [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"a"} for n in range(11)]
    )
    hint = page.locator(".file-hint.is-wrong")
    assert hint.text_content() == "Mỗi lần gửi được nhiều nhất 10 tệp, vừa chọn 11 tệp. Hãy gửi làm nhiều lần."
