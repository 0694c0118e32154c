"""Contacts: the people of units, added, changed, proven, with or without an account."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from units import rules
from units.models import Contact, Invitation, Unit
from units.phones import phone_digits, phone_fault
from units.services.journal import changes, day_words, write_entries, write_entry
from units.stamps import refuse_stale
from units.text import fold, person_key, tidy

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
    """What is derived from what was entered: how it sorts and is found; a number given anew is no longer masked."""
    contact.sort_key, contact.search_key = person_key(contact.name), fold(contact.name)
    if contact.phone or contact.email:
        contact.masked_at = None


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
