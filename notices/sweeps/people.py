"""Invitations and changes of accounts become mail: the link to its addressee, what came of it to whoever invited."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from notices import welcome
from notices.models import Notice
from notices.selectors import administrators, desk
from notices.services import notices_for, save_notices
from notices.states import NoticeChannel, NoticeStatus
from notices.sweeps.absence import delegations_told
from notices.sweeps.proof import proven
from units.models import Contact, Invitation, UnitEntry, User
from units.selectors.grants import all_waiting
from units.services.grants import words_of
from units.services.invitations import note_bounced
from units.services.people import forget_former_emails
from units.services.sweeps import claim_sweep, finish_sweep
from units.states import Role
from units.tokens import token_of

NAME = "tell_people"
OVERLAP = timedelta(minutes=5)
AT_ONCE = 500


def tell_people(*, now):
    """Every open invitation is mailed once for each sending, and what happened since the last look is told."""
    sweep = claim_sweep(NAME, now=now)
    if sweep is None:
        return
    since = (sweep.mark or now) - OVERLAP
    _invitations(now)
    _bounced(now)
    _accepted(since, now)
    _asked(since, now)
    _accounts_changed(since, now)
    _access_changed(since, now)
    delegations_told(since, now)
    _rights_waiting(now)
    proven(since, now)
    finish_sweep(NAME, now=now, mark=now)


def invitation_key(invitation):
    return f"invitation:{invitation.pk}:{invitation.turn}"


def _invitations(now):
    """The link, as a secret: the outbox wipes it once sent. Not to an address that changed since: that needs a new sending."""
    waiting = Invitation.objects.waiting(now).select_related("contact", "unit", "invited_by").order_by("pk")
    rows = {invitation_key(row): row for row in waiting if row.contact.email == row.email and not row.contact.left_on}
    keys, made = list(rows), []
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        said = set(Notice.objects.filter(key__in=some).values_list("key", flat=True))
        for key in some:
            if key not in said:
                made += _letter(key, rows[key], now)
    save_notices(made)


def _letter(key, row, now):
    link = settings.SITE_URL + reverse("account_activate", args=[token_of(row.nonce)])
    host = row.invited_by.full_name if row.invited_by else ""
    subject, text = welcome.invitation(row.unit.name, row.get_role_display(), host, link, row.expires_at)
    return notices_for(
        [row.contact], key=key, subject=subject, text=text, now=now, secret=True, email_only=True, urgent=True
    )


def _bounced(now):
    """A letter the mail server would not take is shown where the invitation stands, and told to whoever sent it."""
    rows = {
        invitation_key(row): row
        for row in Invitation.objects.waiting(now)
        .filter(bounced_at=None)
        .select_related("contact", "unit", "invited_by")
    }
    given_up = Notice.objects.filter(
        channel=NoticeChannel.EMAIL, status=NoticeStatus.FAILED, key__startswith="invitation:"
    )
    lost = [rows[key] for key in given_up.values_list("key", flat=True) if key in rows]
    note_bounced([(row.pk, row.turn) for row in lost], now=now)
    _tell_hosts(lost, "bounced", lambda row: welcome.invitation_bounced(row.contact.name, row.unit.name), now)


def _accepted(since, now):
    rows = list(
        Invitation.objects.filter(accepted_at__gt=since, accepted_at__lte=now).select_related(
            "contact", "unit", "invited_by", "user"
        )
    )
    made = []
    for row in rows:
        subject, text = welcome.account_open(
            row.contact.name, row.unit.name, row.get_role_display(), row.user.username, row.user.email
        )
        made += notices_for(
            [row.contact],
            key=f"invitation:{row.pk}:open",
            subject=subject,
            text=text,
            now=now,
            path=reverse("mfa_index"),
        )
    save_notices(made)
    _tell_hosts(
        rows,
        "accepted",
        lambda row: welcome.invitation_accepted(row.contact.name, row.unit.name, row.get_role_display()),
        now,
    )


def _asked(since, now):
    rows = Invitation.objects.open().filter(asked_at__gt=since, asked_at__lte=now)
    rows = list(rows.select_related("contact", "unit", "invited_by"))
    _tell_hosts(rows, "asked", lambda row: welcome.invitation_asked(row.contact.name, row.unit.name), now)


def _tell_hosts(rows, what, words, now):
    """To whoever sent each invitation, or the administrators where nobody is left who did."""
    if not rows:
        return
    asked = {row.invited_by_id for row in rows if row.invited_by_id}
    hosts = {
        contact.user_id: contact for contact in Contact.objects.current().filter(user__in=asked, user__is_active=True)
    }
    made, nobody = [], None
    for row in rows:
        host = hosts.get(row.invited_by_id)
        if host is None and nobody is None:
            nobody = administrators()
        subject, text = words(row)
        made += notices_for(
            [host] if host else nobody,
            key=f"invitation:{row.pk}:{row.turn}:{what}",
            subject=subject,
            text=text,
            now=now,
            path=reverse("units:invitation_list"),
        )
    save_notices(made)


def _accounts_changed(since, now):
    entries = UnitEntry.objects.filter(told=True, user__isnull=False, at__gt=since, at__lte=now)
    people = {
        contact.user_id: contact
        for contact in Contact.objects.current().filter(user__in=entries.values("user")).select_related("user")
    }
    made = []
    for entry in entries:
        if entry.user_id in people:
            subject, text = welcome.account_changed(entry.what)
            made += notices_for(
                [people[entry.user_id]],
                key=f"account:entry:{entry.pk}",
                subject=subject,
                text=text,
                now=now,
                path=reverse("mfa_index"),
            )
    save_notices(made)


def _access_changed(since, now):
    """Somebody changed the address or second factor that opens an account: the old address is told, and of an account of the
    Sở every administrator and leader but the one who did it and the one whose it is. One who takes an account over to confirm
    what they gave themselves is seen at once."""
    changed = User.objects.filter(access_changed_at__gt=since, access_changed_at__lte=now)
    staff = set(changed.holding(timezone.localdate(now), Role.STAFF).values_list("pk", flat=True))
    made, rows = [], list(changed.select_related("contact").order_by("pk"))
    watch = {person.pk: person for person in administrators() + desk(Role.LEADER)}.values() if staff else ()
    for user in rows:
        key = f"access:{user.pk}:{user.access_changed_at.timestamp():.0f}"
        entry = (
            UnitEntry.objects.filter(user=user, at=user.access_changed_at, told=True).select_related("actor").first()
        )
        by = entry.actor.full_name
        if user.pk in staff:
            subject, text = welcome.access_changed(user.full_name, entry.what, by)
            others = [person for person in watch if person.user_id not in (user.pk, entry.actor_id)]
            made += notices_for(others, key=key, subject=subject, text=text, now=now, path=reverse("units:grant_list"))
        if user.former_email and hasattr(user, "contact"):
            subject, text = welcome.address_changed(by)
            made += notices_for(
                [user.contact],
                key=f"{key}:old",
                subject=subject,
                text=text,
                now=now,
                email_only=True,
                urgent=True,
                address=user.former_email,
            )
    save_notices(made)
    forget_former_emails(rows)


def _rights_waiting(now):
    """A right that waits for a second person is told to those who may confirm it, at once and again each day until it is
    decided (NĐ 30/2020 PL VI): to the administrators and the leaders of the Sở but the one who gave it and the one it is for."""
    waiting = all_waiting()
    if not waiting:
        return
    today = timezone.localdate(now)
    of_today = f"rights-wait:{today:%Y-%m-%d}"
    keys = {grant: f"right:{grant._meta.model_name}:{grant.pk}" for grant in waiting}
    said = set(Notice.objects.filter(key__in=[of_today, *keys.values()]).values_list("key", flat=True))
    path, made = reverse("units:grant_list"), []
    for contact in {person.pk: person for person in administrators() + desk(Role.LEADER)}.values():
        mine = [grant for grant in waiting if contact.user_id not in (grant.granted_by_id, grant.user_id)]
        for grant in mine:
            if keys[grant] not in said:
                subject, text = welcome.right_given(words_of(grant), grant.unit.name, grant.granted_by.full_name)
                made += notices_for([contact], key=keys[grant], subject=subject, text=text, now=now, path=path)
        old = [grant for grant in mine if grant.granted_at and timezone.localdate(grant.granted_at) < today]
        if old and of_today not in said:
            subject, text = welcome.rights_wait([f"{words_of(grant)} ({grant.unit.name})" for grant in old])
            made += notices_for([contact], key=of_today, subject=subject, text=text, now=now, path=path)
    save_notices(made)
