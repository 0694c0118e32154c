"""Notice pages and the engine room."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notices import services
from notices.models import Notice
from notices.sweeps import send_pending_notices

pytestmark = pytest.mark.django_db


def tell(user, n=1, **fields):
    for key in range(n):
        services.say(
            key=f"k{key}",
            recipients=[user.contact],
            subject=f"Việc {key}",
            text="Nội dung",
            now=timezone.now(),
            path="/don-vi/",
            **fields,
        )


def test_mine_and_nobody_elses(client, cast):
    tell(cast.focal)
    client.force_login(cast.focal)
    assert "Việc 0" in client.get(reverse("notices:notice_list")).text
    client.force_login(cast.stranger)
    assert "Việc 0" not in client.get(reverse("notices:notice_list")).text


def test_opening_marks_read_and_leads_on(client, cast):
    tell(cast.focal)
    notice = Notice.objects.get(channel="app")
    client.force_login(cast.focal)
    assert client.get(reverse("notices:notice_read", args=[notice.pk])).url == "/don-vi/"
    notice.refresh_from_db()
    assert notice.read_at


def test_a_strangers_notice_does_not_exist(client, cast):
    tell(cast.focal)
    client.force_login(cast.stranger)
    assert client.get(reverse("notices:notice_read", args=[Notice.objects.get(channel="app").pk])).status_code == 404


def test_read_all_touches_only_mine(client, cast):
    tell(cast.focal)
    tell(cast.stranger)
    client.force_login(cast.focal)
    client.post(reverse("notices:read_all"))
    assert Notice.objects.filter(channel="app", read_at=None).get().recipient.user == cast.stranger


def test_what_cannot_be_done_is_not_offered(client, cast):
    client.force_login(cast.focal)
    url, button = reverse("notices:notice_list"), f'action="{reverse("notices:read_all")}"'
    assert button not in client.get(url).text
    tell(cast.focal)
    assert button in client.get(url).text
    client.post(reverse("notices:read_all"))
    assert button not in client.get(url).text


def test_list_queries_are_constant(client, cast, django_assert_max_num_queries):
    client.force_login(cast.focal)
    tell(cast.focal, 60)
    with django_assert_max_num_queries(12):
        client.get(reverse("notices:notice_list"))


@pytest.mark.parametrize("name", ["operations", "notices:outbox", "notices:mailbox"])
def test_the_engine_room_is_for_administrators(client, cast, name):
    client.force_login(cast.leader)
    assert client.get(reverse(name)).status_code == 403
    client.force_login(cast.admin)
    assert client.get(reverse(name)).status_code == 200


def test_a_failed_letter_is_shown_and_sent_again(client, cast):
    tell(cast.focal)
    Notice.objects.filter(channel="email").update(status="failed", error="550 không có hộp thư", attempts=1)
    client.force_login(cast.admin)
    page = client.get(reverse("notices:outbox"))
    assert "550 không có hộp thư" in page.text
    client.post(reverse("notices:outbox_retry", args=[Notice.objects.get(channel="email").pk]))
    assert Notice.objects.get(channel="email").status == "pending"


def test_the_file_mailbox_shows_letters_but_no_secret(client, cast, settings, now):
    settings.EMAIL_BACKEND = "notices.mailbox.FileMailbox"
    tell(cast.focal)
    services.say(
        key="s",
        recipients=[cast.focal.contact],
        subject="Đặt lại mật khẩu",
        text="https://bi-mat.example/abc",
        now=now,
        secret=True,
        email_only=True,
    )
    send_pending_notices(now=now + timedelta(seconds=1))
    client.force_login(cast.admin)
    page = client.get(reverse("notices:mailbox")).text
    assert "Việc 0" in page
    assert "Đặt lại mật khẩu" in page
    assert "bi-mat.example" not in page
