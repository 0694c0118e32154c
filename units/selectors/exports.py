"""The lists of this floor as rows of values, in the order of the columns of `units.sheets.columns`; row by row from the database."""

from units import rules
from units.models import Contact, Membership, Unit, User
from units.sheets.columns import NO, YES
from units.states import Role, UnitKind

AT_ONCE = 500
PHONE_HIDDEN = "Số di động chỉ hiện với người trực, lãnh đạo và người cùng đơn vị."
STANDINGS = {
    "accepted": "Đã kích hoạt",
    "revoked": "Đã thu hồi",
    "expired": "Quá hạn",
    "waiting": "Chờ kích hoạt",
}
_KINDS, _ROLES = dict(UnitKind.choices), dict(Role.choices)


def unit_rows(units):
    """Units as `columns.UNITS`, in dictionary order."""
    rows = units.select_related("parent").order_by("sort_key", "pk")
    for unit in rows.iterator(AT_ONCE):
        yield (
            unit.code,
            unit.area_code,
            unit.tax_code,
            unit.old_code,
            unit.name,
            unit.short_name,
            _KINDS[unit.kind],
            unit.parent.name if unit.parent else "",
            unit.issuing_place,
            unit.address,
            unit.phone,
            unit.email,
            unit.valid_from,
            unit.valid_to,
        )


def code_of(unit):
    """The code by which an import finds this unit again."""
    return unit.code or unit.area_code or unit.tax_code


def contact_rows(contacts, user):
    """Contacts as `columns.CONTACTS`, unit by unit; numbers only as `rules.can_see_phone` allows, else blank with a note."""
    rows = contacts.select_related("unit").order_by("unit__sort_key", "unit_id", "sort_key", "pk")
    for contact in rows.iterator(AT_ONCE):
        shown = rules.can_see_phone(user, contact)
        yield (
            contact.unit.name,
            code_of(contact.unit),
            contact.name,
            contact.position,
            contact.phone if shown else "",
            contact.email,
            YES if contact.is_focal else NO,
            contact.phone_proven_at,
            contact.email_proven_at,
            PHONE_HIDDEN if contact.phone and not shown else "",
        )


def membership_rows(people, today):
    """Rights of these people as `columns.MEMBERSHIPS`, those that have ended or wait for a second person among them."""
    rows = Membership.objects.filter(user__in=people).select_related("user", "unit")
    rows = rows.order_by("unit__sort_key", "unit_id", "user__contact__sort_key", "user__username", "role", "starts_on")
    for right in rows.iterator(AT_ONCE):
        if right.pending:
            standing = "Chờ người thứ hai xác nhận"
        elif right.ends_on and right.ends_on <= today:
            standing = "Đã kết thúc"
        else:
            standing = "Đang có hiệu lực" if right.starts_on <= today else "Chưa bắt đầu"
        yield (
            right.user.username,
            right.user.email,
            right.user.full_name,
            right.unit.name,
            code_of(right.unit),
            _ROLES[right.role],
            right.starts_on,
            right.ends_on,
            standing,
        )


def invitation_rows(invitations, now):
    """Invitations as `columns.INVITATIONS`, newest first."""
    rows = invitations.select_related("contact", "unit", "invited_by").order_by("-created_at", "-pk")
    for row in rows.iterator(AT_ONCE):
        yield (
            row.contact.name,
            row.unit.name,
            _ROLES[row.role],
            row.email,
            str(row.invited_by) if row.invited_by else "Hệ thống",
            row.sent_at,
            row.expires_at,
            row.turn,
            STANDINGS[row.standing(now)],
        )


def template_rows(tables, user, today):
    """What stands in the address book already, for a workbook to be filled in: {table key: rows of read columns}.

    People of a recipient unit find their own unit's contacts."""
    units = Unit.objects.visible_to(user).active_on(today)
    if not user.is_department_staff():
        units = units.filter(pk__in=user.unit_ids())
    made = {
        "units": lambda: unit_rows(units),
        "contacts": lambda: contact_rows(Contact.objects.current().filter(unit__in=units), user),
        "memberships": lambda: membership_rows(User.objects.visible_to(user), today),
    }
    found = {}
    for table in tables:
        kept = [at for at, column in enumerate(table.columns) if not column.told]
        found[table.key] = [[row[at] for at in kept] for row in made[table.key]()]
    return found
