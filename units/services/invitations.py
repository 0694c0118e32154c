"""Invitations: sent, sent anew, taken back, accepted with a first password; and a focal person replaced in one act."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from units import rules
from units.models import Contact, Invitation, Unit, User
from units.services.contacts import save_contact
from units.services.journal import write_entry
from units.services.people import end_sessions, refuse_taken
from units.services.rights import fit_role, give_role, take_role
from units.states import Role
from units.text import fold, tidy
from units.tokens import VALID_FOR, digest_of, new_nonce, token_of

GONE = "Lời mời này đã được dùng hoặc đã thu hồi."


@transaction.atomic
def invite_person(unit, *, actor, now, role, contact=None, name="", email="", position="", phone=""):
    """Ask a person of the unit to open an account with that role; the contact is taken from the address book or added to it.

    Refuses whoever may not invite into that role (403), a unit that has ended, a person without an email or with an account,
    and a second open invitation. Locks the unit. The mail leaves by the outbox (`notices.sweeps.tell_people`).
    """
    if not rules.can_invite(actor, unit, role):
        raise PermissionDenied
    fit_role(role, unit)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.valid_to and unit.valid_to <= timezone.localdate(now):
        raise ValidationError({"unit": "Đơn vị đã chấm dứt hoạt động nên không mời thêm người."}, code="ended")
    email = tidy(email).lower() or (contact.email if contact else "")
    if not email:
        raise ValidationError({"email": "Cần thư điện tử: liên kết mời được gửi vào đó."}, code="no_email")
    contact = contact or Contact.objects.filter(unit=unit, left_on=None, email=email).first()
    _refuse_account(contact, email)
    given = {"name": name, "email": email, "position": position, "phone": phone}
    given = {field: value for field, value in given.items() if value}
    if role == Role.FOCAL:
        given["is_focal"] = True
    contact = save_contact(unit, actor=actor, now=now, contact=contact, **given)
    nonce = new_nonce()
    invitation = Invitation(
        contact=contact,
        unit=unit,
        role=role,
        email=email,
        invited_by=actor,
        created_at=now,
        nonce=nonce,
        digest=digest_of(token_of(nonce)),
        sent_at=now,
        expires_at=now + VALID_FOR,
    )
    invitation.full_clean()
    invitation.save()
    what = f"Mời {contact.name} mở tài khoản với vai trò {invitation.get_role_display()}."
    write_entry(unit, what, actor=actor, now=now)
    return invitation


def _refuse_account(contact, email):
    """One person, one account: whoever has one is given a role, not an invitation."""
    if (contact and contact.user_id) or User.objects.filter(email__iexact=email).exists():
        raise ValidationError(
            {
                "email": "Người dùng thư này đã có tài khoản: quản trị giao thêm vai trò ở trang tài khoản, không cần mời."
            },
            code="has_account",
        )
    if contact and contact.left_on:
        raise ValidationError("Người này đã thôi làm đầu mối của đơn vị.", code="left")


def invite_contacts(contacts, *, actor, now, role=Role.FOCAL):
    """Invite many people of the address book, each in a transaction of its own. Returns (invitations, [(contact, why not)])."""
    if not rules.can_invite_many(actor):
        raise PermissionDenied
    sent, refused = [], []
    for contact in contacts:
        try:
            sent.append(invite_person(contact.unit, actor=actor, now=now, role=role, contact=contact))
        except ValidationError as refusal:
            refused.append((contact, " ".join(refusal.messages)))
    return sent, refused


def _held(invitation):
    """The invitation, locked and read again, still open."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related(
        "contact", "unit", "invited_by", "confirmed_by"
    )
    row = row.get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at:
        raise ValidationError(GONE, code="gone")
    return row


@transaction.atomic
def resend_invitation(invitation, *, actor, now):
    """Send it anew, for seven days more, to the address now on file; the old link is dead. Whoever sends it vouches for it."""
    if not rules.can_handle_invitation(actor, invitation):
        raise PermissionDenied
    row = _held(invitation)
    if not row.contact.email:
        raise ValidationError("Người này chưa có thư điện tử trong danh bạ: hãy bổ sung rồi gửi lại.", code="no_email")
    _refuse_account(row.contact, row.contact.email)
    if row.invited_by != actor:  # who confirmed it vouched beside another
        row.confirmed_by = row.confirmed_at = None
    row.email, row.invited_by = row.contact.email, actor
    row.nonce = new_nonce()
    row.digest = digest_of(token_of(row.nonce))
    row.turn += 1
    row.sent_at, row.expires_at = now, now + VALID_FOR
    row.asked_at = row.bounced_at = None
    row.save()
    write_entry(row.unit, f"Gửi lại lời mời mở tài khoản cho {row.contact.name}.", actor=actor, now=now)
    return row


@transaction.atomic
def confirm_invitation(invitation, *, actor, now):
    """A second person stands for it beforehand: once accepted, its role is in force at once. Locks it; refuses who sent it."""
    row = _held(invitation)
    if not rules.can_confirm_invitation(actor, row):
        raise PermissionDenied
    if row.confirmed_by_id:
        raise ValidationError(f"Lời mời của {row.contact.name} đã được xác nhận.", code="confirmed")
    row.confirmed_by, row.confirmed_at = actor, now
    row.full_clean()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    what = f"Xác nhận vai trò {row.get_role_display()} của {row.contact.name} ngay từ lời mời."
    write_entry(row.unit, what, actor=actor, now=now)
    return row


@transaction.atomic
def revoke_invitation(invitation, *, actor, now):
    """Take it back: the link is dead at once."""
    if not rules.can_handle_invitation(actor, invitation):
        raise PermissionDenied
    row = _held(invitation)
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    write_entry(row.unit, f"Thu hồi lời mời mở tài khoản của {row.contact.name}.", actor=actor, now=now)
    return row


def ask_anew(invitation, *, now):
    """The holder of an expired link asks for another: noted once for each sending; whoever sent it is told."""
    asked = Invitation.objects.open().filter(pk=invitation.pk, asked_at=None, expires_at__lte=now)
    return asked.update(asked_at=now) == 1


def note_bounced(keys, *, now):
    """The mail of these sendings, as (invitation, turn), was given up."""
    for pk, turn in keys:
        Invitation.objects.open().filter(pk=pk, turn=turn, bounced_at=None).update(bounced_at=now)


@transaction.atomic
def accept_invitation(invitation, *, now, password):
    """Open the account: user name of our making, the first password, the role from today. The link is used up. The role waits
    for a second person unless one confirmed the invitation and may still do so.

    Locks the invitation: of two at once one is refused. Refuses a weak password, and whatever `rules.invitation_fault` names.
    """
    row = _held(invitation)
    if rules.invitation_fault(row, now):
        raise ValidationError("Lời mời không còn hiệu lực: hãy xin người mời gửi lại.", code="dead")
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=row.contact_id)
    user = User(username=_free_username(contact.name), full_name=contact.name, email=row.email)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise ValidationError({"password1": weak.messages}, code="weak") from weak
    user.set_password(password)
    refuse_taken(user)
    user.full_clean()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as rival:
        raise ValidationError("Có người vừa mở tài khoản trùng tên: hãy bấm lại lần nữa.", code="taken") from rival
    contact.user, contact.email_proven_at = user, now  # the link came by that address
    contact.save(update_fields=["user", "email_proven_at"])
    row.user, row.accepted_at = user, now
    row.save(update_fields=["user", "accepted_at"])
    write_entry(row.unit, f"{contact.name} mở tài khoản theo lời mời.", actor=user, now=now, user=user)
    second = row.confirmed_by
    if second and not (second.is_active and rules.can_confirm_invitation(second, row)):
        second = None
    give_role(user, actor=row.invited_by, now=now, unit=row.unit, role=row.role, confirmed_by=second)
    return user


def _free_username(name):
    """'Lâm Chí Thành' logs in as thanh.lam, or thanh.lam2 when that one is taken."""
    words = re.sub(r"[^a-z0-9 ]", "", fold(name)).split() or ["nguoi"]
    base = f"{words[-1]}.{words[0]}"[:140] if len(words) > 1 else words[0][:140]
    taken = {
        taken.lower() for taken in User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    }
    return next(made for n in range(1, len(taken) + 2) if (made := base if n == 1 else f"{base}{n}") not in taken)


@transaction.atomic
def replace_focal(contact, *, actor, now, successor=None, **given):
    """A new focal person in one act: the old one's right ends and so do their sessions, they leave the address book of the
    unit (unless they hold another role there), and the successor is invited, or given the role when they have an account.

    The unit's open work stays the unit's. Returns the successor's contact. Locks the unit and the old contact; refuses one who has left
    or is not a focal person, and a successor who is the same person.
    """
    unit = contact.unit
    if not rules.can_replace_focal(actor, unit):
        raise PermissionDenied
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    old = Contact.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=contact.pk)
    if old.left_on or not old.is_focal:
        raise ValidationError("Người này không còn là đầu mối nhận yêu cầu của đơn vị.", code="not_focal")
    if successor is not None and successor.pk == old.pk:
        raise ValidationError({"successor": "Hãy chọn người khác với người đang thay."}, code="same")
    today = timezone.localdate(now)
    stays = False
    if old.user:
        held = old.user.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=today), unit=unit)
        for membership in list(held.filter(role=Role.FOCAL)):
            take_role(membership, actor=actor, now=now, on=today)
        stays = held.exists()
        end_sessions(old.user)
    for invitation in old.invitations.open().filter(role=Role.FOCAL):
        revoke_invitation(invitation, actor=actor, now=now)
    leaving = {"is_focal": False} if stays else {"is_focal": False, "left_on": today}
    save_contact(unit, actor=actor, now=now, contact=old, **leaving)
    if successor is not None and successor.user_id:
        new = _promote(successor, unit, actor=actor, now=now)
    else:
        new = invite_person(unit, actor=actor, now=now, role=Role.FOCAL, contact=successor, **given).contact
    write_entry(unit, f"{new.name} thay {old.name} làm đầu mối của đơn vị.", actor=actor, now=now, user=old.user)
    return new


def _promote(contact, unit, *, actor, now):
    """A person of the unit who has an account becomes its focal person."""
    today = timezone.localdate(now)
    held = contact.user.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    if not held.filter(unit=unit, role=Role.FOCAL).exists():
        give_role(contact.user, actor=actor, now=now, unit=unit, role=Role.FOCAL)
    return save_contact(unit, actor=actor, now=now, contact=contact, is_focal=True)
