"""Delegations made and ended, told to both people and the administrators; and what comes for somebody absent, told to
whoever stands in too."""

from django.urls import reverse

from notices import words
from notices.selectors import administrators
from notices.services import notices_for, save_notices
from units.models import Contact, Delegation


def delegations_told(since, now):
    """What was made or ended since then, early or by its hour."""
    people = Delegation.objects.select_related("giver", "taker", "made_by")
    made = [(row, "made", words.delegation_made(row)) for row in people.filter(made_at__gt=since, made_at__lte=now)]
    early = people.filter(ended_at__gt=since, ended_at__lte=now)
    over = people.filter(ended_at=None, ends_at__gt=since, ends_at__lte=now)
    ended = [(row, "ended", words.delegation_ended(row)) for row in [*early, *over]]
    if not made and not ended:
        return
    concerned = {pk for row, *_ in made + ended for pk in (row.giver_id, row.taker_id)}
    contacts = {contact.user_id: contact for contact in _contacts(concerned)}
    desk = administrators()
    notices = []
    for row, what, (subject, text) in made + ended:
        to = {contacts[pk].pk: contacts[pk] for pk in (row.giver_id, row.taker_id) if pk in contacts}
        if what == "made":
            to |= {contact.pk: contact for contact in desk}
        notices += notices_for(
            to.values(),
            key=f"delegation:{row.pk}:{what}",
            subject=subject,
            text=text,
            now=now,
            path=reverse("units:delegation_list"),
        )
    save_notices(notices)


def _contacts(users):
    return Contact.objects.current().filter(user__in=users, user__is_active=True)


def say_at_work(notices, now):
    """Save these notices, and for each person who is absent say the same to whoever stands in, naming the absent one.

    Costs two queries, and none for notices to people without an account."""
    told = {}
    for notice in notices:
        told.setdefault((notice.recipient.user_id, notice.key), notice)
    absent = {user for user, _ in told if user}
    rows = {}
    if absent:
        rows = {
            row.giver_id: row for row in Delegation.objects.usable(now).filter(giver__in=absent).select_related("giver")
        }
    contacts = (
        {contact.user_id: contact for contact in _contacts({row.taker_id for row in rows.values()})} if rows else {}
    )
    more = []
    for (user, key), notice in told.items():
        row = rows.get(user)
        if row is None or row.taker_id not in contacts:
            continue
        more += notices_for(
            [contacts[row.taker_id]],
            key=key,
            subject=f"Thay {row.giver}: {notice.subject}",
            text=notice.text,
            now=now,
            path=notice.path,
            urgent=notice.urgent,
            assignment=notice.assignment,
            moot_at=notice.moot_at,
        )
    save_notices(notices + more)
