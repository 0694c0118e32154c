"""The outbox: what must be said is a row first. Claims and outcomes are noted here; only `sweeps.py` sends."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from notices.models import Delivery, Notice, ShiftTold
from notices.states import NoticeChannel, NoticeStatus
from units.discreet import discreet
from units.services.journal import write_entry

FAIL_AFTER = 12
LOST_AFTER = timedelta(minutes=10)
NO_ADDRESS = "Người nhận chưa có thư điện tử trong danh bạ."


def notices_for(
    recipients,
    *,
    key,
    subject,
    text,
    now,
    path="",
    urgent=False,
    secret=False,
    assignment=None,
    email_only=False,
    moot_at=None,
    address="",
):
    """Unsaved notices: one a channel each recipient can be reached by. A person with neither gets a failed one, to be seen.

    `address` is a former one of theirs, to be written to instead: by a mail of its own, so it must be urgent."""
    made = []
    for contact in recipients:
        common = {
            "key": key,
            "recipient": contact,
            "subject": subject[:250],
            "text": text,
            "path": path,
            "urgent": urgent,
            "secret": secret,
            "assignment": assignment,
            "moot_at": moot_at,
            "address": address,
            "created_at": now,
            "next_try_at": now,
        }
        if contact.user_id and not email_only:
            made.append(Notice(channel=NoticeChannel.APP, status=NoticeStatus.SENT, sent_at=now, **common))
        if contact.email or address:
            made.append(Notice(channel=NoticeChannel.EMAIL, **common))
        elif not contact.user_id:
            made.append(Notice(channel=NoticeChannel.EMAIL, status=NoticeStatus.FAILED, error=NO_ADDRESS, **common))
    return made


def save_notices(notices):
    """Say each thing once: what was already said to that person over that channel is skipped by the database."""
    Notice.objects.bulk_create(notices, batch_size=500, ignore_conflicts=True)


@transaction.atomic
def tell_duty(notices, told, *, silenced=()):
    """Say what people on duty must know, and note what each has been told; both or neither. Mail under a key of `silenced`
    that still waits is overtaken by it and not sent."""
    for start in range(0, len(silenced), 500):
        waiting = Notice.objects.filter(key__in=silenced[start : start + 500], status=NoticeStatus.PENDING)
        waiting.update(status=NoticeStatus.DROPPED)
    save_notices(notices)
    ShiftTold.objects.bulk_create(
        told,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["shift", "contact"],
        update_fields=["roster", "starts_at", "ends_at", "layers", "place", "reminded", "gone", "turn"],
    )


def forget_told(*, before):
    """Stretches that are long over need no comparing."""
    ShiftTold.objects.filter(ends_at__lt=before).delete()


def say(*, key, recipients, subject, text, now, path="", urgent=False, secret=False, email_only=False):
    """One thing to some people, over every channel they have."""
    save_notices(
        notices_for(
            recipients,
            key=key,
            subject=subject,
            text=text,
            now=now,
            path=path,
            urgent=urgent,
            secret=secret,
            email_only=email_only,
        )
    )


@transaction.atomic
def claim_mail(notice, *, now):
    """Claim the mail this notice belongs to: itself when urgent or secret, else everything that waits for the same person.

    Returns (message id, claimed notices), empty when another sender was quicker. A mail that was claimed before and
    lost keeps its notices and its Message-ID, so that a second copy can be recognised.
    """
    waiting = Notice.objects.filter(
        status=NoticeStatus.PENDING, channel=NoticeChannel.EMAIL, recipient=notice.recipient_id, next_try_at__lte=now
    )
    if notice.message_id:
        message_id, mine = notice.message_id, waiting.filter(message_id=notice.message_id)
    elif notice.urgent or notice.secret:
        message_id, mine = uuid4().hex, waiting.filter(pk=notice.pk)
    else:
        message_id, mine = uuid4().hex, waiting.filter(message_id="", urgent=False, secret=False)
    if not mine.update(status=NoticeStatus.SENDING, claimed_at=now, message_id=message_id, attempts=F("attempts") + 1):
        return message_id, []
    claimed = Notice.objects.filter(message_id=message_id, status=NoticeStatus.SENDING, claimed_at=now)
    return message_id, list(claimed.select_related("recipient", "assignment").order_by("pk"))


@transaction.atomic
def note_sent(notices, *, now):
    """The mail server took it. The text of a secret notice goes with it."""
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices], status=NoticeStatus.SENDING)
    rows.filter(secret=True).update(text="")
    rows.update(status=NoticeStatus.SENT, sent_at=now, error="", address="")
    Delivery.objects.bulk_create(Delivery(notice=notice, at=now, ok=True) for notice in notices)


@transaction.atomic
def note_failed(notices, *, now, error, lasting=False):
    """The mail server did not take it: step back behind the others, one minute, then two, then four … at most an hour.

    The text of a secret one that is given up is wiped: its link lives on in no row."""
    for notice in notices:
        last = lasting or notice.attempts >= FAIL_AFTER
        Notice.objects.filter(pk=notice.pk, status=NoticeStatus.SENDING).update(
            status=NoticeStatus.FAILED if last else NoticeStatus.PENDING,
            next_try_at=now + timedelta(minutes=min(2 ** (notice.attempts - 1), 60)),
            error=error[:300],
            text="" if last and notice.secret else notice.text,
        )
    Delivery.objects.bulk_create(Delivery(notice=notice, at=now, ok=False, answer=error[:300]) for notice in notices)


def note_server_silent(*, now, error):
    """Nothing was tried: what waits keeps its place and shows why it waits."""
    Notice.objects.filter(status=NoticeStatus.PENDING, channel=NoticeChannel.EMAIL, next_try_at__lte=now).update(
        error=error[:300]
    )


def drop(notices):
    """No longer owed: nobody is reminded of what is done."""
    ids = [notice.pk for notice in notices]
    Notice.objects.filter(pk__in=ids, status=NoticeStatus.SENDING).update(status=NoticeStatus.DROPPED)


def return_lost(*, now):
    """What a killed sender left in flight goes back to waiting, Message-ID kept."""
    return Notice.objects.filter(status=NoticeStatus.SENDING, claimed_at__lte=now - LOST_AFTER).update(
        status=NoticeStatus.PENDING, next_try_at=now
    )


@transaction.atomic
def retry_notice(notice, *, actor, now):
    """An administrator asks for one more round after mending the address or the server. Nothing is left of a secret one."""
    asked = Notice.objects.filter(pk=notice.pk, status=NoticeStatus.FAILED, secret=False).update(
        status=NoticeStatus.PENDING, attempts=0, next_try_at=now, error=""
    )
    if asked:
        person = notice.recipient
        write_entry(person.unit, f"Gửi lại thư “{notice.subject}” cho {person.name}.", actor=actor, now=now)
    return asked


def read_notice(notice, *, now):
    """The person opened it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)


def read_all_notices(user, *, now):
    """Everything this person has in the list is read."""
    return Notice.objects.visible_to(user).unread().update(read_at=now)


def forget_addresses(*, since, before):
    """In what was said and answered from `since` (the beginning, when None) up to `before`, addresses and numbers become a
    mark: they may be those of people whose data is gone. What was said stays otherwise. Returns how many rows changed."""
    changed = 0
    for model, moment, fields in ((Notice, "created_at", ("text", "error")), (Delivery, "at", ("answer",))):
        rows = model.objects.filter(**{f"{moment}__lt": before})
        if since:
            rows = rows.filter(**{f"{moment}__gte": since})
        batch = []
        for row in rows.only(*fields).order_by("pk").iterator(2000):
            said = [getattr(row, name) for name in fields]
            masked = [discreet(text) for text in said]
            if masked != said:
                for name, text in zip(fields, masked, strict=True):
                    setattr(row, name, text)
                batch.append(row)
        model.objects.bulk_update(batch, fields, 500)
        changed += len(batch)
    return changed
