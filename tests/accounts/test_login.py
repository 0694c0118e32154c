"""The door: who comes in, who does not, and what they read."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import doorbell
from notices.models import Notice
from tests import make

LOGIN = "/tai-khoan/login/"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."


@pytest.fixture(autouse=True)
def _nobody_was_refused_yet(db):
    cache.clear()


def knock(client, login, password=make.PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


def inside(client):
    return client.get("/").status_code == 200


@pytest.mark.parametrize("name", ["username", "email"])
def test_in_by_user_name_or_address(client, cast, name):
    response = knock(client, getattr(cast.focal, name))
    assert (response.status_code, response.url) == (302, "/")
    assert inside(client)


def test_capitals_in_a_name_or_address_do_not_matter(client, cast):
    assert knock(client, cast.focal.email.upper()).status_code == 302
    assert knock(Client(), cast.focal.username.upper()).status_code == 302


@pytest.mark.parametrize("login", ["đúng", "không có ai"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(client, cast, login):
    response = knock(client, cast.focal.username if login == "đúng" else "khong.co.ai", "sai-mat-khau")
    assert response.status_code == 200
    assert WRONG in response.content.decode()
    assert not inside(client)


def test_an_empty_form_asks_for_both(client, cast):
    page = client.post(LOGIN, {}).content.decode()
    assert page.count('invalid-feedback"> <p') == 2
    assert "Mục này không được để trống." in page


def test_one_is_led_on_to_where_one_wanted_to_go(client, cast):
    asked = client.get("/nhiem-vu/?trang-thai=no")
    assert asked.url == f"{LOGIN}?next=/nhiem-vu/%3Ftrang-thai%3Dno"
    response = client.post(asked.url, {"login": cast.focal.username, "password": make.PASSWORD})
    assert response.url == "/nhiem-vu/?trang-thai=no"


def test_nobody_is_led_to_another_site(client, cast):
    response = client.post(
        f"{LOGIN}?next=https://xau.example/", {"login": cast.focal.username, "password": make.PASSWORD}
    )
    assert response.url == "/"


def test_a_locked_account_stays_out(client, cast):
    cast.focal.is_active = False
    cast.focal.save()
    response = knock(client, cast.focal.username)
    assert not inside(client)
    page = client.get(response.url).content.decode() if response.status_code == 302 else response.content.decode()
    assert "Tài khoản đang khóa" in page


def test_guessing_is_stopped_with_a_page_that_says_so(client, cast):
    for _ in range(5):
        assert WRONG in knock(client, cast.focal.username, "doan").content.decode()
    response = knock(client, cast.focal.username)
    assert not inside(client)
    assert "Đăng nhập sai quá nhiều lần. Vui lòng thử lại sau ít phút." in response.content.decode()
    assert knock(Client(), cast.stranger.username).status_code == 302


def test_a_machine_that_knocks_without_end_gets_429_in_vietnamese(client, cast, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "8/m/ip"}
    answers = [knock(client, f"ai-do-{n}", "doan") for n in range(9)]
    assert answers[-1].status_code == 429
    assert "Vui lòng thử lại sau ít phút" in answers[-1].content.decode()


def test_login_and_its_limit_need_no_broker(cast, settings, monkeypatch, tmp_path):
    """The doorbell rings at a broker that is gone; counting of attempts lives in the database."""
    settings.DOORBELL = True
    rung = []
    send = doorbell.app.send_task

    def ring_at_nobody(name, **options):
        rung.append(name)
        with doorbell.app.connection_for_write(url=f"redis+socket://{tmp_path}/khong-co.sock") as line:
            send(name, connection=line, **options)

    monkeypatch.setattr(doorbell.app, "send_task", ring_at_nobody)
    client = Client()
    assert knock(client, cast.focal.username).status_code == 302
    assert rung == ["notices.tasks.answer_the_bell"]
    assert inside(client)
    guesser = Client()
    for _ in range(5):
        knock(guesser, cast.stranger.username, "doan")
    assert "quá nhiều lần" in knock(guesser, cast.stranger.username).content.decode()
    assert len(rung) == 2, "a dead broker is tried once and then left alone"


def test_a_dead_mail_server_holds_nobody_up_at_the_door(client, cast, dead_server):
    """Neither logging in nor a new password waits for mail; the word about it stands in the outbox."""
    assert knock(client, cast.focal.username).status_code == 302
    assert inside(client)
    new = "sóng-yên-bể-lặng-58"
    page = client.post(
        "/tai-khoan/password/change/", {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    )
    assert page.status_code == 302
    assert set(Notice.objects.filter(channel="email").values_list("status", flat=True)) == {"pending"}


def test_out_takes_a_button_not_a_link(client, cast):
    client.force_login(cast.focal)
    assert client.get("/tai-khoan/logout/").status_code == 200
    assert inside(client)
    assert client.post("/tai-khoan/logout/").url == LOGIN
    assert client.get("/").url.startswith(LOGIN)


def test_nobody_signs_up(client, cast):
    page = client.get("/tai-khoan/signup/")
    assert "Hệ thống không mở đăng ký" in page.content.decode()
    new = {
        "username": "la",
        "email": "la@xau.example",
        "password1": "mat-khau-dai-2026",
        "password2": "mat-khau-dai-2026",
    }
    before = make.User.objects.count()
    assert "Hệ thống không mở đăng ký" in client.post("/tai-khoan/signup/", new).content.decode()
    assert make.User.objects.count() == before


def test_an_old_page_is_refused_in_vietnamese_and_nothing_is_saved(cast):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(LOGIN, {"login": cast.focal.username, "password": make.PASSWORD})
    assert response.status_code == 403
    assert "Trang đã cũ, chưa có gì được lưu" in response.content.decode()
    strict.force_login(cast.focal)
    response = strict.post(reverse("notices:read_all"))
    assert response.status_code == 403
    assert "Trang đã cũ, chưa có gì được lưu" in response.content.decode()


def test_a_role_that_ends_shuts_the_page_at_the_next_click(client, cast):
    assignment = make.assignment(cast)
    client.force_login(cast.focal)
    assert client.get(assignment.get_absolute_url()).status_code == 200
    cast.focal.memberships.update(ends_on=timezone.localdate())
    assert client.get(assignment.get_absolute_url()).url.startswith("/tai-khoan/login/"), (
        "the session ended with the right"
    )
    client.force_login(make.User.objects.get(pk=cast.focal.pk))
    assert client.get(assignment.get_absolute_url()).status_code == 404
    assert client.post(reverse("assignments:assignment_accept", args=[assignment.pk])).status_code == 404
    client.force_login(cast.leader)
    assert client.get(reverse("reports:dashboard")).status_code == 200
    cast.leader.memberships.update(ends_on=timezone.localdate())
    client.force_login(make.User.objects.get(pk=cast.leader.pk))
    assert client.get(reverse("reports:dashboard")).status_code == 403


def test_a_lock_shuts_the_page_at_the_next_click(client, cast):
    client.force_login(cast.focal)
    assert inside(client)
    make.User.objects.filter(pk=cast.focal.pk).update(is_active=False)
    assert client.get("/").url.startswith(LOGIN)
