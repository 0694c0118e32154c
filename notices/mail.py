"""One mail for one person: a single notice, or all that wait for them together."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

SECRET_HEADER = "X-Thong-Suot-Secret"  # noqa: S105 – a header name


def build_mail(message_id, notices):
    """The message for these notices of one recipient, in text and HTML, with a Message-ID that a second copy would share."""
    first = notices[0]
    context = {
        "recipient": first.recipient,
        "notices": [(notice, settings.SITE_URL + notice.path if notice.path else "") for notice in notices],
        "parts": [_parts(notice) for notice in notices],
        "single": len(notices) == 1,
        "site": settings.SITE_URL,
    }
    subject = first.subject if len(notices) == 1 else f"{len(notices)} việc cần chú ý: {first.subject}"
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message_id}@{domain}>", "Auto-Submitted": "auto-generated"}
    if first.secret:
        headers[SECRET_HEADER] = "1"
    mail = EmailMultiAlternatives(
        subject=f"[Thông Suốt] {' '.join(subject.split())}"[:200],
        body=render_to_string("notices/mail/notice.txt", context),
        to=[first.address or first.recipient.email],
        headers=headers,
    )
    mail.attach_alternative(render_to_string("notices/mail/notice.html", context), "text/html")
    return mail


def _parts(notice):
    """A notice as the HTML shows it: subject, the line that says what to do, the lines after it, its address, and the door: a
    line that is nothing but an address, shown as a button with the address beneath."""
    lead, *rest = notice.text.splitlines() or [""]
    door = next((line for line in rest if line.startswith(settings.SITE_URL) and " " not in line), "")
    rest = "\n".join(line for line in rest if line != door).strip()
    link = settings.SITE_URL + notice.path if notice.path else ""
    return notice.subject, lead, rest, link, door
