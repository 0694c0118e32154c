"""A previewed file taken over: units, contacts and rights written in bulk, a line of history for each, in one transaction."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from units import rules
from units.imports import plan_import
from units.imports.parts import CHANGED, NEW, Row
from units.models import Contact, Unit, UnitPeriod
from units.services.codes import free_codes, note_codes, note_new_codes
from units.services.contacts import CONTACT_FIELDS, forget_proof, index_contact
from units.services.journal import changes, write_entries, write_entry
from units.services.rights import end_role, grant_role
from units.services.units import update_unit, wear
from units.sheets.columns import CONTACTS, MEMBERSHIPS, UNITS
from units.states import CodeScheme, UnitKind
from units.text import search_key

STALE = (
    "Danh bạ vừa thay đổi sau khi bản xem trước hiện ra, nên chưa lưu gì. Dưới đây là bản xem trước mới; "
    "hãy kiểm tra rồi bấm lưu."
)
AT_ONCE = 400


@transaction.atomic
def apply_import(sheets, *, actor, now, seen, only_good=False):
    """Write what the preview with the fingerprint `seen` showed, all of it or nothing; returns the plan as it was written.

    Takes freshly read sheets. Locks the units and contacts, plans anew and refuses (stale) when that is no longer what was
    seen; refuses a file with faulty lines unless `only_good` leaves them out, and one with nothing to write.
    """
    if not rules.can_import(actor):
        raise PermissionDenied
    plan = plan_import(sheets, actor=actor, today=timezone.localdate(now), lock=True)
    if plan.fingerprint != seen:
        raise ValidationError(STALE, code="stale")
    if plan.faulty and not only_good:
        raise ValidationError("Tệp còn dòng lỗi: hãy sửa, hoặc chọn chỉ lưu các dòng đúng.", code="faulty")
    if not plan.to_write:
        raise ValidationError("Tệp khớp với danh bạ, không có gì phải lưu.", code="nothing")
    made = {}
    try:
        with transaction.atomic():
            for part in plan.parts:
                _WRITERS[part.table.key](part, made, actor=actor, now=now)
    except IntegrityError as rival:
        raise ValidationError(
            "Hai dòng của tệp tranh nhau một mã hoặc một thư điện tử. Hãy tách thành hai lần nhập.", code="conflict"
        ) from rival
    _write_summary(plan, actor, now)
    return plan


def _write_summary(plan, actor, now):
    said = [f"{part.table.noun}: {part.figures[0]} mới, {part.figures[1]} thay đổi" for part in plan.parts]
    home = Unit.objects.filter(kind=UnitKind.OWN).first()
    if home:
        write_entry(home, f"Nhập từ tệp – {'; '.join(said)}.", actor=actor, now=now)


def _checked(row, instance, exclude):
    """The last word on one row; says on which line."""
    try:
        instance.clean_fields(exclude=exclude)
    except ValidationError as fault:
        raise ValidationError(f"Dòng {row.line.row}: {' '.join(fault.messages)}", code="invalid") from fault
    return instance


def _free_codes(rows, today):
    """Codes that units of the past still wear go to those of the file."""
    worn = Unit.objects.filter(valid_to__lte=today).values(*CodeScheme.values)
    worn = {(scheme, one[scheme]) for one in worn for scheme in CodeScheme.values if one[scheme]}
    for row in rows:
        codes = {scheme: row.data.get(scheme, "") for scheme in CodeScheme.values}
        if worn & codes.items():
            free_codes(codes, today)


def _write_units(part, made, *, actor, now):
    rows, periods, placed = part.of(NEW), [], []
    _free_codes(part.rows, timezone.localdate(now))
    for row in rows:
        data = {name: value for name, value in row.data.items() if name not in ("name", "short_name", "parent")}
        period = UnitPeriod(name=row.data["name"], short_name=row.data["short_name"], valid_from=data.get("valid_from"))
        period.search_key = search_key(period.name, period.short_name)
        unit = Unit(**data)
        wear(unit, period)
        made[id(row)] = _checked(row, unit, ["parent"])
        periods.append(period)
    units = Unit.objects.bulk_create([made[id(row)] for row in rows])
    for unit, period in zip(units, periods, strict=True):
        period.unit = unit
    UnitPeriod.objects.bulk_create(periods)
    note_new_codes(units)
    said = [(unit, f"Lập đơn vị “{unit.name}” ({unit.get_kind_display()}), nhập từ tệp.") for unit in units]
    for row in rows:
        if "parent" in row.data:
            unit = made[id(row)]
            unit.parent = _stored(row.data["parent"], made)
            placed.append(unit)
    Unit.objects.bulk_update(placed, ["parent"], batch_size=AT_ONCE)
    changed, fields = [], set()
    for row in part.of(CHANGED):
        data = {name: _stored(value, made) for name, value in row.data.items()}
        if "valid_from" in data:  # its first name moves too
            update_unit(row.target, actor=actor, now=now, valid_from=data.pop("valid_from"))
            row.target.refresh_from_db(fields=["valid_from"])
        words = changes(row.target, data, secret=("phone", "email"))
        for name, value in data.items():
            setattr(row.target, name, value)
        if words:
            changed.append(_checked(row, row.target, ["parent"]))
            fields |= data.keys()
            said.append((row.target, f"Sửa thông tin: {'; '.join(words)} (nhập từ tệp)."))
    if changed:
        Unit.objects.bulk_update(changed, sorted(fields), batch_size=AT_ONCE)
        if mended := sorted(fields & set(CodeScheme.values)):
            for unit in changed:
                note_codes(unit, mended, timezone.localdate(now))
    write_entries(said, actor=actor, now=now)


def _stored(value, made):
    return made[id(value)] if isinstance(value, Row) else value


def _write_contacts(part, made, *, actor, now):
    added, changed, said, fields = [], [], [], set()
    for row in part.of(NEW):
        contact = Contact(**row.data | {"unit": _stored(row.data["unit"], made)})
        index_contact(contact)
        added.append(_checked(row, contact, ["unit", "user"]))
        focal = ", nhận yêu cầu của Sở" if contact.is_focal else ""
        said.append((contact.unit, f"Thêm {contact.name} vào danh bạ{focal} (nhập từ tệp)."))
    for row in part.of(CHANGED):
        contact = row.target
        words = changes(contact, row.data, secret=CONTACT_FIELDS)
        forget_proof(contact, row.data)
        for name, value in row.data.items():
            setattr(contact, name, value)
        index_contact(contact)
        changed.append(_checked(row, contact, ["unit", "user"]))
        fields |= row.data.keys()
        said.append((contact.unit_id, f"Sửa thông tin của {contact.name}: {', '.join(words)} (nhập từ tệp)."))
    Contact.objects.bulk_create(added)
    if changed:
        kept = {"sort_key", "search_key"} if "name" in fields else set()
        proofs = {f"{way}_proven_at" for way in ("phone", "email") if way in fields}
        masks = {"masked_at"} if proofs else set()
        Contact.objects.bulk_update(changed, sorted(fields | kept | proofs | masks), batch_size=AT_ONCE)
    units = Unit.objects.in_bulk({unit for unit, _ in said if isinstance(unit, int)})
    write_entries([(units.get(unit, unit), what) for unit, what in said], actor=actor, now=now)


def _write_memberships(part, made, *, actor, now):
    for row in part.of(NEW):
        grant_role(actor=actor, now=now, **row.data)
    for row in part.of(CHANGED):
        end_role(row.target, actor=actor, now=now, on=row.data["on"])


_WRITERS = {UNITS.key: _write_units, CONTACTS.key: _write_contacts, MEMBERSHIPS.key: _write_memberships}


@transaction.atomic
def note_export(table, count, form, *, actor, now, narrowed):
    """Write down that a list left the house: who, which, how many rows, in which form. On the history of the Sở."""
    which = " (đã lọc)" if narrowed else ""
    home = Unit.objects.get(kind=UnitKind.OWN)
    write_entry(home, f"Xuất bảng “{table.title}”{which}: {count} dòng, dạng {form}.", actor=actor, now=now)
