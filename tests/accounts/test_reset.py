"""A forgotten password: the link goes through our outbox to its owner alone, works once, and is shown to nobody else."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.core.cache import cache
from django.utils import timezone

from notices import services
from notices.models import Notice
from notices.sweeps import send_pending_notices
from tests import make
from tests.look.test_account_pages import english

RESET = "/tai-khoan/password/reset/"
NEW = "biển-lặng-gió-êm-47"


@pytest.fixture(autouse=True)
def _nobody_asked_yet(db):
    cache.clear()


def ask(client, address):
    return client.post(RESET, {"email": address}, follow=True)


def send(now=None):
    send_pending_notices(now=(now or timezone.now()) + timedelta(seconds=1))


def link_in(letter):
    """The path of the reset link in a letter."""
    text = letter.get_body(("plain",)).get_content()
    return re.search(r"https?://[^/\s]+(/tai-khoan/password/reset/key/\S+)", text)[1]


def choose(client, path, password=NEW):
    page = client.get(path, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def enters(client, user, password):
    client.logout()
    client.post("/tai-khoan/login/", {"login": user.username, "password": password})
    return client.get("/").status_code == 200


def test_the_way_from_a_forgotten_password_to_a_new_one(client, cast, post_office):
    page = ask(client, cast.focal.email)
    assert "Mời kiểm tra hộp thư" in page.content.decode()
    notice = Notice.objects.get()
    assert (notice.channel, notice.secret, notice.recipient) == ("email", True, cast.focal.contact)
    send()
    (letter,) = post_office.letters
    assert letter["To"] == cast.focal.email
    assert english_words(letter) == []
    notice.refresh_from_db()
    assert (notice.status, notice.text) == ("sent", "")
    done = choose(client, link_in(letter))
    assert "Mật khẩu đã được đổi" in done.content.decode()
    assert "Đường dẫn không còn hiệu lực" in client.get(link_in(letter), follow=True).content.decode()
    assert not enters(client, cast.focal, make.PASSWORD)
    assert enters(client, cast.focal, NEW)


def english_words(letter):
    body = letter.get_body(("plain",)).get_content()
    response = type("Page", (), {"content": re.sub(r"\S+://\S+", " ", f"{letter['Subject']} {body}").encode()})
    return english(response)


def test_the_letter_names_the_account_and_comes_from_the_address_of_the_product(client, cast, post_office, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(RESET, {"email": cast.focal.email}, headers={"host": "xau.example"})
    send()
    text = post_office.letters[0].get_body(("plain",)).get_content()
    assert cast.focal.username in text
    assert "xau.example" not in text
    assert project.SITE_URL in text


def test_an_unknown_address_reads_the_same_and_leaves_nothing(client, cast):
    known, unknown = ask(client, cast.focal.email), ask(client, "khong.co.ai@haigiang.example")
    assert known.redirect_chain == unknown.redirect_chain

    def words(page):
        return re.sub(r"csrf\S+|value=\S+|hx-headers='[^']*'", "", page.content.decode())

    assert words(known) == words(unknown)
    assert [notice.recipient for notice in Notice.objects.all()] == [cast.focal.contact]


def test_a_locked_account_is_sent_nothing(client, cast):
    make.User.objects.filter(pk=cast.focal.pk).update(is_active=False)
    ask(client, cast.focal.email)
    assert not Notice.objects.exists()


def test_a_dead_mail_server_holds_nobody_up_and_the_letter_goes_later(client, cast, dead_server, request):
    page = ask(client, cast.focal.email)
    assert "Mời kiểm tra hộp thư" in page.content.decode()
    now = timezone.now()
    send(now)
    notice = Notice.objects.get()
    assert (notice.status, notice.attempts) == ("pending", 0)
    assert "/tai-khoan/password/reset/key/" in notice.text
    post_office = request.getfixturevalue("post_office")
    send(now + timedelta(minutes=5))
    assert "Mật khẩu đã được đổi" in choose(client, link_in(post_office.letters[0])).content.decode()


def test_the_link_is_shown_to_nobody_else(client, cast, settings):
    """Not in the file mailbox an administrator reads, nor in the outbox, nor in anybody's notices; reminders are."""
    settings.EMAIL_BACKEND = "notices.mailbox.FileMailbox"
    ask(client, cast.leader.email)
    services.say(
        key="k",
        recipients=[cast.focal.contact],
        subject="Nhắc hạn",
        text="Còn 3 ngày",
        now=timezone.now(),
        email_only=True,
    )
    client.force_login(cast.admin)
    waiting = client.get("/he-thong/thu-chua-gui/").content.decode()
    assert "reset/key" not in waiting and Notice.objects.get(secret=True).subject in waiting
    send()
    page = client.get("/he-thong/hop-thu/").content.decode()
    assert "không hiển thị ở đây" in page and "Còn 3 ngày" in page
    assert "reset/key" not in page
    for user in (cast.admin, cast.leader):
        client.force_login(user)
        assert "reset/key" not in client.get("/thong-bao/").content.decode()


def test_links_older_than_two_hours_are_dead(client, cast, post_office, settings):
    ask(client, cast.focal.email)
    send()
    assert project.PASSWORD_RESET_TIMEOUT == 2 * 60 * 60
    settings.PASSWORD_RESET_TIMEOUT = -1
    page = client.get(link_in(post_office.letters[0]), follow=True)
    assert "Đường dẫn không còn hiệu lực" in page.content.decode()


def test_a_changed_password_kills_a_link_on_its_way(client, cast, post_office):
    ask(client, cast.focal.email)
    send()
    cast.focal.set_password("doi-truoc-mat-khau-1")
    cast.focal.save()
    page = client.get(link_in(post_office.letters[0]), follow=True)
    assert "Đường dẫn không còn hiệu lực" in page.content.decode()


def test_an_address_is_the_administrators_to_change(client, cast):
    """allauth's own page would change it past the address book, and a taken one would break it."""
    client.force_login(cast.focal)
    own = client.get("/tai-khoan/email/", follow=True)
    assert own.redirect_chain == [(cast.focal.get_absolute_url(), 302)]
    assert cast.focal.email in own.content.decode()
    assert client.post("/tai-khoan/email/", {"action_add": "", "email": cast.leader.email}).status_code == 405
    assert not EmailAddress.objects.exists()
