"""Accounts, with what `rights` gives them."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from units.models import Contact, Unit, User
from units.services.contacts import clean_contact, index_contact
from units.services.delegations import end_unfit_delegations
from units.services.journal import changes, write_entry
from units.services.rights import (
    end_authority,
    end_role,
    grant_authority,
    grant_role,
    keep_an_administrator,
    refuse_unless_administrator,
)
from units.stamps import refuse_stale
from units.states import Role, UnitKind
from units.text import tidy

__all__ = [
    "create_user",
    "end_authority",
    "end_role",
    "end_sessions",
    "grant_authority",
    "grant_role",
    "reset_second_factor",
    "set_active",
    "share_password",
    "update_user",
]


@transaction.atomic
def create_user(
    *, actor, now, unit, role, username, full_name, email, password=None, position="", phone="", is_focal=False
):
    """An account with its first right from today and its contact; an unclaimed contact with that email becomes theirs.

    Without a password the person sets one through "Quên mật khẩu". Refuses a user name or email in use (in any letter
    case), a role that does not fit the unit, a weak password, and neither password nor email.
    """
    refuse_unless_administrator(actor)
    username, email = tidy(username).lower(), tidy(email).lower()
    user = User(username=username, full_name=tidy(full_name), email=email)
    if password:
        try:
            validate_password(password, user)
        except ValidationError as weak:
            raise ValidationError({"password": weak.messages}, code="weak") from weak
        user.set_password(password)
    elif email:
        user.set_unusable_password()
    else:
        raise ValidationError(
            {"password": "Không có thư điện tử thì phải đặt mật khẩu ban đầu."}, code="no_way_to_log_in"
        )
    refuse_taken(user)
    user.full_clean()
    user.save()
    contact = Contact.objects.filter(unit=unit, user=None, left_on=None, email=email).exclude(email="").first()
    contact = contact or Contact(unit=unit, email=email, phone=clean_contact({"phone": phone})["phone"])
    contact.user, contact.name = user, user.full_name
    index_contact(contact)
    contact.position = tidy(position) or contact.position
    contact.is_focal = is_focal or contact.is_focal
    contact.full_clean()
    contact.save()
    write_entry(unit, f"Lập tài khoản cho {user.full_name}.", actor=actor, now=now, user=user)
    grant_role(user, actor=actor, now=now, unit=unit, role=role)
    return user


def share_password(users, password):
    """One password for several accounts, reckoned once (it costs a quarter of a second): for a demonstration."""
    encoded = make_password(password)
    User.objects.filter(pk__in=[user.pk for user in users]).update(password=encoded)


def refuse_taken(user):
    others = User.objects.exclude(pk=user.pk)
    if others.filter(username__iexact=user.username).exists():
        raise ValidationError({"username": "Tên đăng nhập này đã có người dùng."}, code="taken")
    if user.email and others.filter(email__iexact=user.email).exists():
        raise ValidationError({"email": "Thư điện tử này đã thuộc về một tài khoản khác."}, code="taken")


@transaction.atomic
def update_user(user, *, actor, now, full_name, email, seen=None):
    """Change a person's name or email, on the account and on the contact. Locks the account. Refuses a stale page (`seen`).

    Another address opens the account: the old one and those who watch over rights are told (`notices.sweeps.people`), and for a
    while the person confirms nobody's rights (`rules.confirms_from`)."""
    refuse_unless_administrator(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_stale(seen, user)
    data = {"full_name": tidy(full_name), "email": tidy(email).lower()}
    said = changes(user, data, secret=("email",))
    if not said:
        return user
    moved = data["email"] != user.email
    if moved and actor is not None:
        user.access_changed_at, user.former_email = now, user.former_email or user.email
    for name, value in data.items():
        setattr(user, name, value)
    refuse_taken(user)
    user.full_clean()
    user.save(update_fields=[*data, "access_changed_at", "former_email"])
    unit = _home(user)
    contact = Contact.objects.select_for_update().filter(user=user).first()
    if contact:
        if contact.email != user.email:
            contact.email_proven_at = None
        contact.name, contact.email = user.full_name, user.email
        index_contact(contact)
        contact.full_clean()
        contact.save()
    what = f"Sửa tài khoản của {user.full_name}: {'; '.join(said)}."
    write_entry(unit, what, actor=actor, now=now, user=user, told=moved)
    return user


def _home(user):
    """The unit whose history tells of this account."""
    return (
        Unit.objects.filter(contacts__user=user).first()
        or Unit.objects.filter(memberships__user=user).order_by("memberships__starts_on").first()
        or Unit.objects.get(kind=UnitKind.OWN)
    )


def end_sessions(user):
    """Every session of this person ends with its next request, wherever it was begun."""
    User.objects.filter(pk=user.pk).update(session_salt=get_random_string(32))


@transaction.atomic
def reset_second_factor(user, *, actor, now, reason):
    """Somebody lost the phone or key that opens their account: take all second factors away, with the reason; sessions end.

    Refuses one's own (that goes by the page of security) and an account that has none. The person is told.
    """
    refuse_unless_administrator(actor)
    if actor is not None and user.pk == actor.pk:
        raise ValidationError("Bước xác thực của chính mình được đổi ở trang “Bảo mật”.", code="self")
    if not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do."}, code="required")
    user = User.objects.select_for_update().get(pk=user.pk)
    held, _ = Authenticator.objects.filter(user=user).delete()
    if not held:
        raise ValidationError("Tài khoản này không có bước xác thực thứ hai.", code="none")
    end_sessions(user)
    if actor is not None:
        User.objects.filter(pk=user.pk).update(access_changed_at=now)
    what = f"Đặt lại bước xác thực thứ hai của {user.full_name}: {tidy(reason)}"
    write_entry(_home(user), what, actor=actor, now=now, user=user, told=True)
    return user


@transaction.atomic
def set_active(user, *, actor, now, active, reason):
    """Lock an account at once, or open it again, with the reason; its sessions end. Refuses one's own and the last administrator's."""
    refuse_unless_administrator(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        raise ValidationError("Tài khoản đã ở tình trạng đó.", code="same")
    if actor is not None and user.pk == actor.pk:
        raise ValidationError("Không thể tự khóa tài khoản của mình.", code="self")
    if not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do."}, code="required")
    if not active:
        keep_an_administrator(user, timezone.localdate(now))
    user.is_active = active
    user.save(update_fields=["is_active"])
    end_sessions(user)
    end_unfit_delegations(user, actor=actor, now=now)
    verb = "Mở lại" if active else "Khóa"
    what = f"{verb} tài khoản của {user.full_name}: {tidy(reason)}"
    write_entry(_home(user), what, actor=actor, now=now, user=user, told=True)
    return user


def forget_former_emails(users):
    """The old addresses have been written to."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(former_email="")


def lock_unused(user, *, now, days):
    """The system locks an account nobody used for so many days (TCVN 14423:2026, a setting); the person is told by its history line.

    Of somebody who works for a unit outside the Sở the password ends and nothing else: between two occasions they read mail
    alone, and the demands of a storm must reach them. They open the door again themselves by that mail.
    False, and nothing done, where that would leave no administrator: the door must not shut for everybody."""
    roles = {role for _, role in user.own_roles()}
    if user.email and roles and not roles & Role.STAFF:
        return _end_password(user, now=now, days=days)
    try:
        set_active(user, actor=None, now=now, active=False, reason=f"không dùng trong {days} ngày (hệ thống tự khóa)")
    except ValidationError:
        return False
    return True


@transaction.atomic
def _end_password(user, *, now, days):
    """Once: False where there is none to end."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.has_usable_password():
        return False
    user.set_unusable_password()
    user.save(update_fields=["password"])
    what = (
        f"Mật khẩu của {user.full_name} hết hiệu lực: không đăng nhập trong {days} ngày. Thư của Sở vẫn được gửi; bấm “Quên "
        "mật khẩu” ở trang đăng nhập để đặt mật khẩu mới (hệ thống tự làm)"
    )
    write_entry(_home(user), what, actor=None, now=now, user=user, told=True)
    return True
