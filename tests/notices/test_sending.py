"""Mail over a real SMTP server: sent once, merged per person, stepped back, never lost."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from notices import services
from notices.models import Delivery, Notice
from notices.sweeps import send_pending_notices
from tests import make
from units.models import Contact

pytestmark = pytest.mark.django_db


def tell(user, key="một", now=None, text="", **fields):
    services.say(
        key=key,
        recipients=[user.contact],
        subject=f"Việc {key}",
        text=text or f"Đề nghị xem việc {key}.",
        now=now or timezone.now(),
        path="/nhiem-vu/1/",
        **fields,
    )


def subjects(post_office):
    """Subjects as people read them: folding at a long line leaves a blank."""
    return [" ".join(letter["Subject"].split()) for letter in post_office.letters]


def test_one_notice_one_letter(cast, post_office, now):
    tell(cast.focal)
    send_pending_notices(now=now + timedelta(seconds=1))
    (letter,) = post_office.letters
    assert letter["To"] == cast.focal.email
    assert letter["Subject"] == "[Thông Suốt] Việc một"
    assert letter.get_body(("plain",)).get_content().startswith("Đề nghị xem việc một.")
    assert "http://127.0.0.1:8000/nhiem-vu/1/" in letter.get_body(("html",)).get_content()
    notice = Notice.objects.get(channel="email")
    assert (notice.status, notice.attempts) == ("sent", 1)
    assert notice.message_id in letter["Message-ID"]


def test_the_html_of_a_letter_leads_with_what_to_do_and_asks_nobody_for_anything(cast, post_office, now):
    tell(cast.focal, text="Mời có mặt <lúc> 19:00.\nNơi trực: NOC.")
    send_pending_notices(now=now + timedelta(seconds=1))
    (letter,) = post_office.letters
    html = letter.get_body(("html",)).get_content()
    assert re.search(r'font-weight:bold">Mời có mặt &lt;lúc&gt; 19:00\.</p>', html)
    assert html.index("Mời có mặt") < html.index("Nơi trực: NOC.") < html.index("Mở trong Thông Suốt")
    assert not re.search(r"<(img|script|style|link)|url\(", html)


def test_what_waits_for_one_person_goes_in_one_letter(cast, post_office, now):
    for key in ("một", "hai", "ba"):
        tell(cast.focal, key)
    tell(cast.specialist, "bốn")
    send_pending_notices(now=now + timedelta(seconds=1))
    assert sorted(subjects(post_office)) == [
        "[Thông Suốt] 3 việc cần chú ý: Việc một",
        "[Thông Suốt] Việc bốn",
    ]


def test_what_a_dead_sender_held_is_sent_after_ten_minutes_with_the_same_message_id_and_never_sooner(
    cast, post_office, now
):
    tell(cast.focal, now=now)
    notice = Notice.objects.get(channel="email")
    message_id, held = services.claim_mail(notice, now=now)
    assert held == [notice]
    send_pending_notices(now=now + timedelta(minutes=9, seconds=59))
    assert post_office.letters == []
    send_pending_notices(now=now + timedelta(minutes=10))
    send_pending_notices(now=now + timedelta(minutes=30))
    (letter,) = post_office.letters
    assert message_id in letter["Message-ID"]


def test_urgent_goes_first_and_alone(cast, post_office, now):
    tell(cast.focal, "thường")
    tell(cast.focal, "gấp", urgent=True)
    send_pending_notices(now=now + timedelta(seconds=1))
    assert subjects(post_office) == [
        "[Thông Suốt] Việc gấp",
        "[Thông Suốt] Việc thường",
    ]


def test_a_second_round_sends_nothing(cast, post_office, now):
    tell(cast.focal)
    send_pending_notices(now=now + timedelta(seconds=1))
    send_pending_notices(now=now + timedelta(seconds=20))
    assert len(post_office.letters) == 1


def test_a_dead_server_costs_nobody_a_place(cast, dead_server, now):
    tell(cast.focal)
    send_pending_notices(now=now + timedelta(seconds=1))
    notice = Notice.objects.get(channel="email")
    assert (notice.status, notice.attempts) == ("pending", 0)
    assert notice.error.startswith("Không kết nối được máy chủ thư")


def test_a_refused_address_costs_only_its_own_letter(cast, post_office, now):
    post_office.refused.add(cast.focal.email)
    tell(cast.focal)
    tell(cast.specialist, "hai")
    send_pending_notices(now=now + timedelta(seconds=1))
    assert [letter["To"] for letter in post_office.letters] == [cast.specialist.email]
    lost = Notice.objects.get(recipient=cast.focal.contact, channel="email")
    assert lost.status == "failed"
    assert "550" in lost.error
    assert Delivery.objects.filter(notice=lost, ok=False).count() == 1


class _Refuses:
    def open(self):
        return True

    def close(self):
        return None

    def send_messages(self, messages):
        raise ConnectionResetError("giữa chừng")


def test_a_broken_connection_steps_back_and_tries_later(cast, monkeypatch, now):
    monkeypatch.setattr("notices.sweeps.sending.get_connection", _Refuses)
    tell(cast.focal, now=now)
    send_pending_notices(now=now)
    notice = Notice.objects.get(channel="email")
    assert (notice.status, notice.attempts, notice.next_try_at) == ("pending", 1, now + timedelta(minutes=1))
    send_pending_notices(now=now + timedelta(seconds=59))
    notice.refresh_from_db()
    assert notice.attempts == 1


def test_a_sender_killed_in_mid_send_loses_nothing_and_repeats_the_message_id(cast, post_office, now, monkeypatch):
    """Killed after the server's 250 and before our note: one extra copy, recognisable by its Message-ID."""
    tell(cast.focal, "một")
    tell(cast.focal, "hai")

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("notices.sweeps.sending.services.note_sent", killed)
        with pytest.raises(SystemExit):
            send_pending_notices(now=now + timedelta(seconds=1))
    tell(cast.focal, "ba", now=now)
    send_pending_notices(now=now + timedelta(minutes=5))
    send_pending_notices(now=now + timedelta(minutes=12))
    first, third, again = post_office.letters
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Subject"] == again["Subject"]
    assert third["Subject"].endswith("Việc ba")
    assert set(Notice.objects.filter(channel="email").values_list("status", flat=True)) == {"sent"}


def test_a_claimed_letter_is_nobody_elses(cast, now):
    tell(cast.focal, now=now)
    notice = Notice.objects.get(channel="email")
    _, mine = services.claim_mail(notice, now=now)
    _, theirs = services.claim_mail(notice, now=now)
    assert (len(mine), theirs) == (1, [])


def test_a_reminder_of_what_is_done_is_dropped(cast, post_office, now):
    row = make.assignment(cast, "closed", due_at=now)
    services.save_notices(
        services.notices_for(
            [cast.focal.contact], key=f"due:{row.pk}:x:0", subject="Nhắc", text="Nhắc", now=now, assignment=row
        )
    )
    send_pending_notices(now=now + timedelta(seconds=1))
    assert post_office.letters == []
    assert Notice.objects.get(channel="email").status == "dropped"


def test_a_secret_is_wiped_once_sent(cast, post_office, now):
    tell(cast.focal, secret=True, email_only=True)
    send_pending_notices(now=now + timedelta(seconds=1))
    assert "Đề nghị xem việc một." in post_office.letters[0].get_body(("plain",)).get_content()
    assert Notice.objects.get().text == ""


def test_a_secret_that_fails_for_good_is_wiped_and_never_tried_again(client, cast, post_office, now):
    post_office.refused.add(cast.focal.email)
    tell(cast.focal, secret=True, email_only=True)
    tell(cast.focal, "thường", email_only=True)
    send_pending_notices(now=now + timedelta(seconds=1))
    secret, plain = Notice.objects.get(secret=True), Notice.objects.get(secret=False)
    assert (secret.status, secret.text) == ("failed", "")
    assert (plain.status, plain.text) == ("failed", "Đề nghị xem việc thường.")
    assert not services.retry_notice(secret, actor=cast.admin, now=now)
    client.force_login(cast.admin)
    page = client.post(reverse("notices:outbox_retry", args=[secret.pk]), follow=True).content.decode()
    assert "yêu cầu liên kết mới" in page
    assert reverse("notices:outbox_retry", args=[secret.pk]) not in page
    assert reverse("notices:outbox_retry", args=[plain.pk]) in page
    assert Notice.objects.get(pk=secret.pk).status == "failed"


def test_a_secret_that_waits_for_another_try_keeps_its_text(cast, monkeypatch, now):
    monkeypatch.setattr("notices.sweeps.sending.get_connection", _Refuses)
    tell(cast.focal, now=now, secret=True, email_only=True)
    send_pending_notices(now=now)
    assert Notice.objects.get().text == "Đề nghị xem việc một."
    Notice.objects.update(attempts=services.FAIL_AFTER - 1)
    send_pending_notices(now=now + timedelta(hours=2))
    notice = Notice.objects.get()
    assert (notice.status, notice.text) == ("failed", "")


def test_header_injection_is_flattened(cast, post_office, now):
    services.say(
        key="x", recipients=[cast.focal.contact], subject="Việc\r\nBcc: ai@do.example", text="Nội dung", now=now
    )
    send_pending_notices(now=now + timedelta(seconds=1))
    assert post_office.letters[0]["Bcc"] is None


def test_no_letter_to_one_without_address(cast, post_office, now):
    Contact.objects.filter(user=cast.focal).update(email="")
    tell(cast.focal)
    send_pending_notices(now=now + timedelta(seconds=1))
    assert post_office.letters == []
    assert mail.outbox == []


def test_the_most_pressing_heads_a_merged_letter(cast, post_office, now):
    """A demand that is late never hides under the subject of something calmer that waited first."""
    row = make.assignment(cast, "accepted", due_at=now)
    tell(cast.focal, "văn bản mới", now=now)
    for step, word in (("7", "Còn 7 ngày"), ("-1", "Quá hạn")):
        services.save_notices(
            services.notices_for(
                [cast.focal.contact],
                key=f"due:{row.pk}:{row.due_at:%Y-%m-%dT%H:%M}:{step}",
                subject=word,
                text=word,
                now=now,
                assignment=row,
            )
        )
    send_pending_notices(now=now + timedelta(seconds=1))
    assert subjects(post_office) == ["[Thông Suốt] 3 việc cần chú ý: Quá hạn"]
    text = post_office.letters[0].get_body(("plain",)).get_content()
    assert text.index("Quá hạn") < text.index("Còn 7 ngày") < text.index("Việc văn bản mới")
