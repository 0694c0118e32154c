"""People: contacts of units, accounts, rights by period, signing authority."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from units import rules
from units.models import Contact, Invitation, Unit, User
from units.phones import phone_digits, phone_fault
from units.services.delegations import end_unfit_delegations
from units.services.journal import changes, day_words, write_entries, write_entry
from units.services.rights import (
    end_authority,
    end_role,
    grant_authority,
    grant_role,
    keep_an_administrator,
    refuse_unless_administrator,
)
from units.stamps import refuse_stale
from units.states import UnitKind
from units.text import fold, person_key, tidy

__all__ = [
    "add_people",
    "create_user",
    "end_authority",
    "end_role",
    "end_sessions",
    "grant_authority",
    "grant_role",
    "prove_contact",
    "reset_second_factor",
    "save_contact",
    "set_active",
    "share_password",
    "update_user",
]

WAY_WORDS = {"phone": "điện thoại", "email": "thư điện tử"}
WAYS = tuple(WAY_WORDS)
CONTACT_FIELDS = frozenset({"name", "position", "phone", "email", "is_focal", "left_on"})


def clean_contact(data):
    data = {name: tidy(value) if isinstance(value, str) else value for name, value in data.items()}
    if data.get("phone"):
        data["phone"] = phone_digits(data["phone"])
        if fault := phone_fault(data["phone"]):
            raise ValidationError({"phone": fault})
    if "email" in data:
        data["email"] = data["email"].lower()
    return data


def forget_proof(contact, data):
    """A phone or email about to change has not been proven yet; the other one keeps its day."""
    for way in WAYS:
        if way in data and data[way] != getattr(contact, way):
            setattr(contact, f"{way}_proven_at", None)


def index_contact(contact):
    contact.sort_key, contact.search_key = person_key(contact.name), fold(contact.name)


@transaction.atomic
def save_contact(unit, *, actor, now, contact=None, seen=None, **data):
    """Add a person of a unit, or change one. Locks an existing contact; fields that are not named stay.

    A changed phone or email has not been proven yet; an open invitation leaves with its person. Refuses a stale page
    (`seen`), a person who can be reached in no way, a day of leaving in the future, and a new name or email of somebody
    with an account (that is the administrator's to change).
    """
    if not rules.can_edit_contacts(actor, unit):
        raise PermissionDenied
    unknown = set(data) - CONTACT_FIELDS
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    data = clean_contact(data)
    if contact is None:
        unit = Unit.objects.select_for_update().get(pk=unit.pk)  # two may be entering the same person
        row, said = Contact(unit=unit, **data), []
    else:
        row = Contact.objects.select_for_update().get(pk=contact.pk, unit=unit)
        refuse_stale(seen, row)
        if row.user_id and any(name in data and data[name] != getattr(row, name) for name in ("name", "email")):
            raise ValidationError(
                "Người này có tài khoản: họ tên và thư điện tử do quản trị sửa ở trang tài khoản.", code="account"
            )
        said = changes(row, data, secret=CONTACT_FIELDS)
        if not said:
            return row
        forget_proof(row, data)
        left_before = row.left_on
        for name, value in data.items():
            setattr(row, name, value)
    if not row.phone and not row.email and not row.left_on:
        raise ValidationError("Cần ít nhất số điện thoại hoặc thư điện tử để liên lạc.", code="unreachable")
    if row.left_on and row.left_on > timezone.localdate(now):
        raise ValidationError({"left_on": "Ngày thôi làm đầu mối không được ở tương lai."}, code="future")
    index_contact(row)
    row.full_clean()
    row.save()
    if row.left_on:
        Invitation.objects.open().filter(contact=row).update(revoked_at=now)
    if contact is None:
        focal = ", nhận yêu cầu của Sở" if row.is_focal else ""
        what = f"Thêm {row.name} vào danh bạ{focal}."
    elif row.left_on and not left_before:
        what = f"{row.name} thôi làm đầu mối từ {day_words(row.left_on)}."
    elif left_before and not row.left_on:
        what = f"{row.name} trở lại làm đầu mối."
    else:
        what = f"Sửa thông tin của {row.name}: {', '.join(said)}."
    write_entry(unit, what, actor=actor, now=now)
    return row


@transaction.atomic
def add_people(unit, people, *, actor, now):
    """Add many people of a unit at once, dicts {name, position, phone} without an email: each with its own line of history.

    Returns their contacts in the same order. Locks the unit. Refuses what `save_contact` refuses, the fault with its name.
    """
    if not rules.can_edit_contacts(actor, unit):
        raise PermissionDenied
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    rows = []
    for data in people:
        try:
            row = Contact(unit=unit, **clean_contact(data))
            if not row.phone:
                raise ValidationError("Cần số điện thoại để liên lạc.", code="unreachable")
            index_contact(row)
            row.clean_fields(exclude=["unit"])
        except ValidationError as fault:
            name = data.get("name", "")
            raise ValidationError([ValidationError(f"{name}: {text}") for text in fault.messages]) from fault
        rows.append(row)
    write_entries([(unit, f"Thêm {row.name} vào danh bạ.") for row in rows], actor=actor, now=now)
    return Contact.objects.bulk_create(rows)


@transaction.atomic
def prove_contact(contact, *, actor, now, ways=WAYS):
    """Somebody has just reached this person by these `ways`, of those on file. Locks the contact.

    Refuses one who has left, and ways of which none is on file.
    """
    if not rules.can_prove(actor, contact):
        raise PermissionDenied
    contact = Contact.objects.select_for_update(of=("self",)).select_related("unit").get(pk=contact.pk)
    if contact.left_on:
        raise ValidationError("Người này đã thôi làm đầu mối.", code="left")
    ways = [way for way in WAYS if way in ways and getattr(contact, way)]
    if not ways:
        raise ValidationError("Danh bạ không có số điện thoại hoặc thư này của người đó.", code="no_way")
    for way in ways:
        setattr(contact, f"{way}_proven_at", now)
    contact.save(update_fields=[f"{way}_proven_at" for way in ways])
    by = " và ".join(WAY_WORDS[way] for way in ways)
    write_entry(contact.unit, f"Đã liên lạc được với {contact.name} qua {by}.", actor=actor, now=now)
    return contact


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
    """Change a person's name or email, on the account and on the contact. Locks the account. Refuses a stale page (`seen`)."""
    refuse_unless_administrator(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_stale(seen, user)
    data = {"full_name": tidy(full_name), "email": tidy(email).lower()}
    said = changes(user, data, secret=("email",))
    if not said:
        return user
    for name, value in data.items():
        setattr(user, name, value)
    refuse_taken(user)
    user.full_clean()
    user.save(update_fields=list(data))
    unit = _home(user)
    contact = Contact.objects.select_for_update().filter(user=user).first()
    if contact:
        if contact.email != user.email:
            contact.email_proven_at = None
        contact.name, contact.email = user.full_name, user.email
        index_contact(contact)
        contact.full_clean()
        contact.save()
    write_entry(unit, f"Sửa tài khoản của {user.full_name}: {'; '.join(said)}.", actor=actor, now=now, user=user)
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
    write_entry(_home(user), f"{verb} tài khoản của {user.full_name}: {tidy(reason)}", actor=actor, now=now, user=user)
    return user
