"""People: contacts of units, accounts, rights by period, signing authority."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from units import rules
from units.models import Contact, Membership, SigningAuthority, Unit, User
from units.phones import phone_digits, phone_fault
from units.services.journal import changes, day_words, write_entry
from units.states import Role, SignatureForm, UnitKind
from units.text import person_key, tidy

CONTACT_FIELDS = frozenset({"name", "position", "phone", "email", "is_focal", "left_on"})


def _may_manage_people(actor):
    if not rules.can_manage_people(actor):
        raise PermissionDenied


def _clean_contact(data):
    data = {name: tidy(value) if isinstance(value, str) else value for name, value in data.items()}
    if data.get("phone"):
        data["phone"] = phone_digits(data["phone"])
        if fault := phone_fault(data["phone"]):
            raise ValidationError({"phone": fault})
    if "email" in data:
        data["email"] = data["email"].lower()
    return data


@transaction.atomic
def save_contact(unit, *, actor, now, contact=None, **data):
    """Add a person of a unit, or change one. Locks an existing contact; fields that are not named stay.

    A changed phone or email has not been proven yet. Refuses a person who can be reached in no way, a day of leaving in
    the future, and a new name or email of somebody with an account (that is the administrator's to change).
    """
    if not rules.can_edit_contacts(actor, unit):
        raise PermissionDenied
    unknown = set(data) - CONTACT_FIELDS
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    data = _clean_contact(data)
    if contact is None:
        row, said = Contact(unit=unit, **data), []
    else:
        row = Contact.objects.select_for_update().get(pk=contact.pk, unit=unit)
        if row.user_id and any(name in data and data[name] != getattr(row, name) for name in ("name", "email")):
            raise ValidationError(
                "Người này có tài khoản: họ tên và thư điện tử do quản trị sửa ở trang tài khoản.", code="account"
            )
        said = changes(row, data, secret=CONTACT_FIELDS)
        if not said:
            return row
        if any(name in data and data[name] != getattr(row, name) for name in ("phone", "email")):
            row.proven_at = None
        left_before = row.left_on
        for name, value in data.items():
            setattr(row, name, value)
    if not row.phone and not row.email and not row.left_on:
        raise ValidationError("Cần ít nhất số điện thoại hoặc thư điện tử để liên lạc.", code="unreachable")
    if row.left_on and row.left_on > timezone.localdate(now):
        raise ValidationError({"left_on": "Ngày thôi làm đầu mối không được ở tương lai."}, code="future")
    row.sort_key = person_key(row.name)
    row.full_clean()
    row.save()
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
def prove_contact(contact, *, actor, now):
    """Somebody has just reached this person by the phone or address on file. Refuses one who has left. Locks the contact."""
    if not (rules.can_edit_contacts(actor, contact.unit) or rules.can_see_phone(actor, contact)):
        raise PermissionDenied
    contact = Contact.objects.select_for_update().select_related("unit").get(pk=contact.pk)
    if contact.left_on:
        raise ValidationError("Người này đã thôi làm đầu mối.", code="left")
    contact.proven_at = now
    contact.save(update_fields=["proven_at"])
    write_entry(contact.unit, f"Đã liên lạc được với {contact.name}.", actor=actor, now=now)
    return contact


def _fits(role, unit):
    inside = unit.kind in UnitKind.INSIDE
    if inside != (role in Role.STAFF):
        where = "của Sở" if inside else "của đơn vị ngoài Sở"
        raise ValidationError(
            {"role": f"Vai trò “{Role(role).label}” không dùng cho người {where}."}, code="role_does_not_fit"
        )


@transaction.atomic
def create_user(
    *, actor, now, unit, role, username, full_name, email, password=None, position="", phone="", is_focal=False
):
    """An account with its first right from today and its contact; an unclaimed contact with that email becomes theirs.

    Without a password the person sets one through "Quên mật khẩu". Refuses a user name or email in use (in any letter
    case), a role that does not fit the unit, a weak password, and neither password nor email.
    """
    _may_manage_people(actor)
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
    _refuse_taken(user)
    user.full_clean()
    user.save()
    contact = Contact.objects.filter(unit=unit, user=None, left_on=None, email=email).exclude(email="").first()
    contact = contact or Contact(unit=unit, email=email, phone=_clean_contact({"phone": phone})["phone"])
    contact.user, contact.name, contact.sort_key = user, user.full_name, person_key(user.full_name)
    contact.position = tidy(position) or contact.position
    contact.is_focal = is_focal or contact.is_focal
    contact.full_clean()
    contact.save()
    write_entry(unit, f"Lập tài khoản cho {user.full_name}.", actor=actor, now=now, user=user)
    grant_role(user, actor=actor, now=now, unit=unit, role=role)
    return user


def _refuse_taken(user):
    others = User.objects.exclude(pk=user.pk)
    if others.filter(username__iexact=user.username).exists():
        raise ValidationError({"username": "Tên đăng nhập này đã có người dùng."}, code="taken")
    if user.email and others.filter(email__iexact=user.email).exists():
        raise ValidationError({"email": "Thư điện tử này đã thuộc về một tài khoản khác."}, code="taken")


@transaction.atomic
def update_user(user, *, actor, now, full_name, email):
    """Change a person's name or email, on the account and on the contact. Locks the account."""
    _may_manage_people(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    data = {"full_name": tidy(full_name), "email": tidy(email).lower()}
    said = changes(user, data, secret=("email",))
    if not said:
        return user
    for name, value in data.items():
        setattr(user, name, value)
    _refuse_taken(user)
    user.full_clean()
    user.save(update_fields=list(data))
    unit = _home(user)
    contact = Contact.objects.select_for_update().filter(user=user).first()
    if contact:
        if contact.email != user.email:
            contact.proven_at = None
        contact.name, contact.email, contact.sort_key = user.full_name, user.email, person_key(user.full_name)
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


@transaction.atomic
def set_active(user, *, actor, now, active, reason):
    """Lock an account at once, or open it again, with the reason. Refuses one's own and the last administrator's."""
    _may_manage_people(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        raise ValidationError("Tài khoản đã ở tình trạng đó.", code="same")
    if actor is not None and user.pk == actor.pk:
        raise ValidationError("Không thể tự khóa tài khoản của mình.", code="self")
    if not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do."}, code="required")
    if not active:
        _keep_an_administrator(user, timezone.localdate(now))
    user.is_active = active
    user.save(update_fields=["is_active"])
    verb = "Mở lại" if active else "Khóa"
    write_entry(_home(user), f"{verb} tài khoản của {user.full_name}: {tidy(reason)}", actor=actor, now=now, user=user)
    return user


def _keep_an_administrator(user, day):
    """Refuses to leave the system with nobody who can give rights. Administrators are locked, so two cannot leave at once."""
    admins = Membership.objects.select_for_update().filter(role=Role.ADMIN, user__is_active=True).on(day)
    holders = set(admins.values_list("user", flat=True))
    if holders == {user.pk}:
        raise ValidationError(
            "Đây là quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước.", code="last_admin"
        )


def _overlapping(rows, start, end, first, last):
    """Rows whose half-open period [first, last) meets [start, end)."""
    if end:
        rows = rows.filter(**{f"{first}__lt": end})
    return rows.filter(Q(**{last: None}) | Q(**{f"{last}__gt": start}))


@transaction.atomic
def grant_role(user, *, actor, now, unit, role, starts_on=None, ends_on=None):
    """Give a right from a day (today when none is given) up to, not including, another. Locks the person.

    Refuses a role that does not fit the unit, and one the person has there already in part of that time.
    """
    _may_manage_people(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    starts_on = starts_on or timezone.localdate(now)
    _fits(role, unit)
    same = user.memberships.filter(unit=unit, role=role)
    if _overlapping(same, starts_on, ends_on, "starts_on", "ends_on").exists():
        raise ValidationError("Người này đã có vai trò đó ở đơn vị trong thời gian này.", code="overlap")
    membership = Membership(user=user, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on)
    membership.full_clean()
    membership.save()
    until = f" đến trước {day_words(ends_on)}" if ends_on else ""
    write_entry(
        unit,
        f"Giao vai trò {membership.get_role_display()} cho {user.full_name} từ {day_words(starts_on)}{until}.",
        actor=actor,
        now=now,
        user=user,
    )
    return membership


@transaction.atomic
def end_role(membership, *, actor, now, on):
    """Take a right away from the day `on`; on or before its first day, the right never was and its row goes. Locks it.

    Refuses to leave the system without an administrator, and a right that ends before that day anyway.
    """
    _may_manage_people(actor)
    membership = Membership.objects.select_for_update().select_related("user", "unit").get(pk=membership.pk)
    if membership.ends_on and membership.ends_on <= on:
        raise ValidationError(f"Vai trò này đã kết thúc từ {day_words(membership.ends_on)}.", code="ended")
    if membership.role == Role.ADMIN:
        _keep_an_administrator(membership.user, on)
    if on <= membership.starts_on:
        membership.delete()
    else:
        membership.ends_on = on
        membership.full_clean()
        membership.save(update_fields=["ends_on"])
    write_entry(
        membership.unit,
        f"Kết thúc vai trò {membership.get_role_display()} của {membership.user.full_name} từ {day_words(on)}.",
        actor=actor,
        now=now,
        user=membership.user,
    )
    return membership


@transaction.atomic
def grant_authority(*, actor, now, user, unit, form, title, on_behalf_of="", valid_from, valid_to=None, scope=""):
    """Record who may sign papers of this unit, in whose name and in which period. Locks the person.

    Refuses somebody without a role in the Sở on the first day, a unit outside the Sở, and the same authority twice.
    """
    _may_manage_people(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    if unit.kind not in UnitKind.INSIDE:
        raise ValidationError({"unit": "Chỉ giao quyền ký văn bản của Sở và đơn vị thuộc Sở."}, code="outside")
    if not user.memberships.on(valid_from).filter(role__in=Role.STAFF).exists():
        raise ValidationError({"valid_from": "Vào ngày này người ký chưa có vai trò nào ở Sở."}, code="not_staff")
    if form in (SignatureForm.NONE, SignatureForm.Q):
        on_behalf_of = ""
    authority = SigningAuthority(
        user=user,
        unit=unit,
        form=form,
        title=tidy(title),
        on_behalf_of=tidy(on_behalf_of),
        scope=tidy(scope),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    authority.full_clean()
    same = user.signing_authorities.filter(
        unit=unit, form=form, title__iexact=authority.title, on_behalf_of__iexact=authority.on_behalf_of
    )
    if _overlapping(same, valid_from, valid_to, "valid_from", "valid_to").exists():
        raise ValidationError("Người này đã có quyền ký đó trong thời gian này.", code="overlap")
    authority.save()
    until = f" đến trước {day_words(valid_to)}" if valid_to else ""
    write_entry(
        unit,
        f"Giao quyền ký “{' / '.join(authority.lines())}” cho {user.full_name} từ {day_words(valid_from)}{until}.",
        actor=actor,
        now=now,
        user=user,
    )
    return authority


@transaction.atomic
def end_authority(authority, *, actor, now, on):
    """Take signing authority away from the day `on`; on or before its first day its row goes, unless a paper rests on it."""
    _may_manage_people(actor)
    authority = SigningAuthority.objects.select_for_update().select_related("user", "unit").get(pk=authority.pk)
    if authority.valid_to and authority.valid_to <= on:
        raise ValidationError(f"Quyền ký này đã kết thúc từ {day_words(authority.valid_to)}.", code="ended")
    said = f"Kết thúc quyền ký “{' / '.join(authority.lines())}” của {authority.user.full_name} từ {day_words(on)}."
    if on <= authority.valid_from:
        try:
            authority.delete()
        except ProtectedError as used:
            raise ValidationError("Đã có văn bản dùng quyền ký này: hãy chọn ngày sau ngày bắt đầu.") from used
    else:
        authority.valid_to = on
        authority.full_clean()
        authority.save(update_fields=["valid_to"])
    write_entry(authority.unit, said, actor=actor, now=now, user=authority.user)
    return authority
