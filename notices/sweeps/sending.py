"""The sender: claims mail by a conditional UPDATE, hands it to the server in no transaction, notes what came of it."""

import logging
import smtplib
from time import monotonic

from django.core.mail import get_connection

from assignments.states import AssignmentStatus
from notices import services
from notices.mail import build_mail
from notices.models import Notice
from notices.states import NoticeChannel, NoticeStatus
from notices.sweeps.reminders import pressing, reminder_prefix
from units.services.sweeps import finish_sweep

log = logging.getLogger(__name__)
NAME = "send_pending_notices"
AT_ONCE = 2000
AT_MOST = 50  # seconds: the next tick goes on


def send_pending_notices(*, now):
    """Send what waits, urgent first, for at most fifty seconds. A server that cannot be reached costs nobody a place;
    a refused address costs only its own mail."""
    services.return_lost(now=now)
    waiting = Notice.objects.filter(
        status=NoticeStatus.PENDING, channel=NoticeChannel.EMAIL, next_try_at__lte=now
    ).order_by("-urgent", "attempts", "next_try_at", "pk")
    until = monotonic() + AT_MOST
    server = None
    try:
        for notice in waiting[:AT_ONCE].iterator(chunk_size=500):
            if monotonic() > until:
                break
            server = server or _open(now)
            if server is None:
                break
            if not _send_one(server, notice, now):
                server.close()
                server = None
    finally:
        if server is not None:
            server.close()
    finish_sweep(NAME, now=now)


def _open(now):
    """A connection to the mail server, or None when it does not answer: that is written on what waits."""
    server = get_connection()
    try:
        server.open()
    except OSError as fault:
        log.warning("the mail server cannot be reached: %s", fault)
        services.note_server_silent(now=now, error=f"Không kết nối được máy chủ thư: {fault}")
        return None
    return server


def _send_one(server, notice, now):
    """Send the mail this notice belongs to. False when the connection is of no more use."""
    message_id, claimed = services.claim_mail(notice, now=now)
    stale = [one for one in claimed if _is_moot(one, now)]
    if stale:
        services.drop(stale)
    fresh = sorted((one for one in claimed if one not in stale), key=pressing)
    if not fresh:
        return True
    try:
        server.send_messages([build_mail(message_id, fresh)])
    except smtplib.SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()), (0, b""))
        said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
        services.note_failed(fresh, now=now, error=f"Máy chủ từ chối người nhận: {code} {said}", lasting=code >= 500)
    except (OSError, ValueError) as fault:  # every fault of smtplib is an OSError
        services.note_failed(fresh, now=now, error=f"Không gửi được: {fault}")
    else:
        services.note_sent(fresh, now=now)
        return True
    return False


def _is_moot(notice, now):
    """Too late to be of use, or a reminder of what is no longer owed, or of a deadline that has moved since."""
    if notice.moot_at and notice.moot_at <= now:
        return True
    assignment = notice.assignment
    if assignment is None:
        return False
    return assignment.status not in AssignmentStatus.OWED or not notice.key.startswith(reminder_prefix(assignment))
