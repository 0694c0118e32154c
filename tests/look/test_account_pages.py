"""Pages of accounts and of failures: in our frame, and not one English sentence left by the libraries."""

import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.template import loader
from django.urls import reverse

from tests import make

ENGLISH = re.compile(r"\b(the|your|you|password|email|sign|account|please|this|enter|confirm)\b", re.I)
TEXT = re.compile(r"<head.*?</head>|<script.*?</script>|<[^>]+>", re.S)


def english(response):
    return ENGLISH.findall(TEXT.sub(" ", response.content.decode()))


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
)
def test_page_for_a_visitor(client, db, name):
    response = client.get(reverse(name))
    assert (response.status_code, english(response)) == (200, [])


@pytest.mark.parametrize("name", ["account_change_password", "account_logout", "account_inactive"])
def test_page_for_someone_inside(client, cast, name):
    client.force_login(cast.focal)
    response = client.get(reverse(name))
    assert (response.status_code, english(response)) == (200, [])


def test_a_wrong_password_is_refused_in_vietnamese(client, cast):
    response = client.post(reverse("account_login"), {"login": cast.focal.username, "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in response.content.decode()
    assert english(response) == []


def test_a_weak_new_password_is_refused_in_vietnamese(client, cast):
    client.force_login(cast.focal)
    new = {"oldpassword": make.PASSWORD, "password1": "12345678", "password2": "12345678"}
    response = client.post(reverse("account_change_password"), new)
    text = response.content.decode()
    assert "Mật khẩu quá ngắn, cần ít nhất 12 ký tự." in text
    assert "Mật khẩu không được chỉ gồm chữ số." in text
    assert english(response) == []


def test_the_way_through_a_reset_link(client, cast):
    EmailAddress.objects.create(user=cast.focal, email=cast.focal.email, primary=True, verified=True)
    link = {"uidb36": user_pk_to_url_str(cast.focal), "key": default_token_generator.make_token(cast.focal)}
    page = client.get(reverse("account_reset_password_from_key", kwargs=link), follow=True)
    assert "Đặt mật khẩu mới" in page.content.decode()
    assert english(page) == []
    new = {"password1": "biển-lặng-gió-êm-47", "password2": "biển-lặng-gió-êm-47"}
    done = client.post(page.request["PATH_INFO"], new, follow=True)
    assert "Mật khẩu đã được đổi" in done.content.decode()
    assert english(done) == []
    again = client.get(reverse("account_reset_password_from_key", kwargs=link), follow=True)
    assert "Đường dẫn không còn hiệu lực" in again.content.decode()
    assert english(again) == []


def test_a_stranger_reads_not_found_in_our_frame(client, cast):
    client.force_login(cast.focal)
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "Không tìm thấy nội dung này" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_failure_pages_need_nothing_of_the_request(name):
    assert 'lang="vi"' in loader.get_template(name).render()
