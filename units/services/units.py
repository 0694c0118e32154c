"""Units and their names in time, what became of them, and the groups that a printed line addresses."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from units import rules
from units.models import Succession, Unit, UnitGroup, UnitPeriod
from units.phones import phone_digits, phone_fault
from units.selectors import own_department
from units.services.codes import free_codes, note_codes, reopen_codes
from units.services.journal import changes, day_words, write_entry
from units.stamps import refuse_stale
from units.states import CodeScheme, LineKind, UnitKind
from units.text import search_key, sort_key, tidy

FIELDS = frozenset(
    {
        "parent",
        "code",
        "old_code",
        "tax_code",
        "area_code",
        "issuing_place",
        "address",
        "phone",
        "email",
    }
)


def refuse_unless_keeper(actor):
    """403 for everybody who does not keep the address book."""
    if not rules.can_manage_units(actor):
        raise PermissionDenied


def clean_fields(data, allowed):
    unknown = set(data) - allowed
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    data = {name: tidy(value) if isinstance(value, str) else value for name, value in data.items()}
    if data.get("phone"):
        data["phone"] = phone_digits(data["phone"])
        if fault := phone_fault(data["phone"]):
            raise ValidationError({"phone": fault})
    if data.get("email"):
        data["email"] = data["email"].lower()
    return data


def lock_unit(unit):
    """The unit as it is now, locked until the transaction ends."""
    return Unit.objects.select_for_update().get(pk=unit.pk)


def wear(unit, period):
    """Copy the name in force onto the unit, where lists read it."""
    unit.name, unit.short_name = period.name, period.short_name
    unit.sort_key = sort_key(period.name)


def _refuse_circle(unit, parent):
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise ValidationError({"parent": "Một đơn vị không thể là cấp trên của chính nó."}, code="circle")
        above = above.parent


@transaction.atomic
def create_unit(*, actor, now, kind, name, short_name="", valid_from=None, **data):
    """A new unit with its first name. Refuses a second department of our own, a code in use, an empty name."""
    refuse_unless_keeper(actor)
    data = clean_fields(data, FIELDS)
    free_codes({scheme: data.get(scheme, "") for scheme in CodeScheme.values}, timezone.localdate(now))
    unit = Unit(kind=kind, valid_from=valid_from, **data)
    period = UnitPeriod(name=tidy(name), short_name=tidy(short_name), valid_from=valid_from)
    wear(unit, period)
    period.search_key = search_key(period.name, period.short_name)
    unit.full_clean(exclude=["name", "short_name"])
    period.full_clean(exclude=["unit"])
    unit.save()
    period.unit = unit
    period.save()
    note_codes(unit, [scheme for scheme in CodeScheme.values if getattr(unit, scheme)], timezone.localdate(now))
    since = f", từ ngày {day_words(valid_from)}" if valid_from else ""
    write_entry(unit, f"Lập đơn vị “{unit.name}” ({unit.get_kind_display()}){since}.", actor=actor, now=now)
    return unit


@transaction.atomic
def update_unit(unit, *, actor, now, seen=None, **data):
    """Change what is known about a unit; its name changes by `rename_unit` or `correct_name`. Locks the unit.

    Refuses a stale page (`seen`), a circle of superiors, a code in use, and turning any unit into or out of the Sở itself.
    """
    refuse_unless_keeper(actor)
    data = clean_fields(data, FIELDS | {"kind", "valid_from"})
    unit = lock_unit(unit)
    refuse_stale(seen, unit)
    if "kind" in data and data["kind"] != unit.kind and UnitKind.OWN in (unit.kind, data["kind"]):
        raise ValidationError({"kind": "Không thể đổi loại của Sở, hay biến đơn vị khác thành Sở."}, code="own")
    if "parent" in data:
        _refuse_circle(unit, data["parent"])
    said = changes(unit, data, secret=("phone", "email"))
    if not said:
        return unit
    begins = data.get("valid_from", unit.valid_from)
    if begins != unit.valid_from:
        _move_first_name(unit, begins)
    mended = [
        scheme for scheme in CodeScheme.values if data.get(scheme, getattr(unit, scheme)) != getattr(unit, scheme)
    ]
    for name, value in data.items():
        setattr(unit, name, value)
    unit.full_clean()
    unit.save()
    note_codes(unit, mended, timezone.localdate(now))
    write_entry(unit, f"Sửa thông tin: {'; '.join(said)}.", actor=actor, now=now)
    return unit


def _move_first_name(unit, begins):
    first = unit.periods.order_by(F("valid_from").asc(nulls_first=True)).first()
    if begins and first.valid_to and begins >= first.valid_to:
        raise ValidationError(
            {
                "valid_from": f"Đơn vị đã mang tên đầu tiên đến {day_words(first.valid_to)}: ngày thành lập phải trước đó."
            }
        )
    first.valid_from = begins
    first.save(update_fields=["valid_from"])


@transaction.atomic
def rename_unit(unit, *, actor, now, name, short_name, on):
    """From the day `on` the unit bears another name; papers before it keep the old one. Locks the unit.

    A day in the future is kept until it comes (`units.sweeps.refresh_unit_names`). Refuses a unit that has ended, the
    name it bears already, and a day that is not after the start of its latest name.
    """
    refuse_unless_keeper(actor)
    unit = lock_unit(unit)
    name, short_name = tidy(name), tidy(short_name)
    if unit.valid_to:
        raise ValidationError(
            f"Đơn vị chấm dứt hoạt động từ {day_words(unit.valid_to)} nên không đổi tên được nữa.", code="ended"
        )
    latest = unit.periods.get(valid_to=None)
    if (latest.name, latest.short_name) == (name, short_name):
        raise ValidationError({"name": "Tên mới trùng với tên đang dùng."}, code="same_name")
    if latest.valid_from and on <= latest.valid_from:
        raise ValidationError(
            {"on": f"Tên gần nhất có hiệu lực từ {day_words(latest.valid_from)}: ngày đổi tên phải sau ngày đó."},
            code="too_early",
        )
    latest.valid_to = on
    latest.save(update_fields=["valid_to"])
    period = UnitPeriod(
        unit=unit, name=name, short_name=short_name, search_key=search_key(name, short_name), valid_from=on
    )
    period.full_clean()
    period.save()
    write_entry(
        unit, f"Đổi tên từ “{latest.name}” thành “{name}”, có hiệu lực từ {day_words(on)}.", actor=actor, now=now
    )
    if on <= timezone.localdate(now):
        wear(unit, period)
        unit.save(update_fields=["name", "short_name", "sort_key"])
    return unit


@transaction.atomic
def end_unit(unit, *, actor, now, on, successors=(), act=None):
    """From the day `on` the unit exists no more; `successors` take its place. It keeps its row and its papers. Locks it.

    What hangs on it is moved by `units.services.reorganisation`, of which this is one step (`act`).

    Refuses the Sở itself, a unit that has ended, a day before its latest name began, a successor that is gone by then.
    """
    refuse_unless_keeper(actor)
    unit = lock_unit(unit)
    if unit.kind == UnitKind.OWN:
        raise ValidationError("Không thể chấm dứt Sở đang vận hành hệ thống này.", code="own")
    if unit.valid_to:
        raise ValidationError(f"Đơn vị đã chấm dứt từ {day_words(unit.valid_to)}.", code="ended")
    wanted = [successor.pk for successor in successors]
    successors = list(Unit.objects.select_for_update().filter(pk__in=wanted).order_by("sort_key", "pk"))
    for successor in successors:
        if successor.pk == unit.pk or (successor.valid_to and successor.valid_to <= on):
            raise ValidationError(
                {"successors": f"“{successor.name}” không thể kế thừa: đơn vị này không còn vào ngày đó."}, code="gone"
            )
    latest = unit.periods.get(valid_to=None)
    if latest.valid_from and on <= latest.valid_from:
        raise ValidationError(
            {"on": f"Ngày chấm dứt phải sau ngày bắt đầu của tên hiện nay ({day_words(latest.valid_from)})."},
            code="too_early",
        )
    latest.valid_to = unit.valid_to = on
    unit.full_clean()
    latest.save(update_fields=["valid_to"])
    unit.save(update_fields=["valid_to"])
    unit.codes.filter(valid_to=None).update(valid_to=on)
    for successor in successors:
        Succession.objects.create(from_unit=unit, to_unit=successor, on=on, act=act)
        write_entry(successor, f"Kế thừa “{unit.name}” từ {day_words(on)}.", actor=actor, now=now)
    heirs = f"; kế thừa: {', '.join(successor.name for successor in successors)}" if successors else ""
    write_entry(unit, f"Chấm dứt hoạt động từ {day_words(on)}{heirs}.", actor=actor, now=now)
    return unit


@transaction.atomic
def restore_unit(unit, *, actor, now, reason):
    """Undo an ending that was entered by mistake, with the reason. Locks the unit. Refuses one that has not ended, one
    that never came to be, and one that ends by an act whose day has not come: withdrawing it takes back all it did.

    People, groups and subordinate units that went to a heir stay there: who belongs where is for people to say. A code that
    another unit has taken over meanwhile stays with that one.
    """
    refuse_unless_keeper(actor)
    unit = lock_unit(unit)
    if not unit.valid_to:
        raise ValidationError("Đơn vị đang hoạt động.", code="not_ended")
    if not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do khôi phục."}, code="required")
    ends = unit.reorganised.filter(kind__in=(LineKind.HEIR, LineKind.END), act__settled_at=None, act__withdrawn_at=None)
    if ends.exists():
        raise ValidationError(
            "Đơn vị chấm dứt theo một lần sắp xếp chưa đến ngày có hiệu lực: hãy rút lại lần sắp xếp đó.",
            code="to_come",
        )
    if unit.valid_from == unit.valid_to:
        raise ValidationError("Đơn vị chưa từng thành lập: lần sắp xếp lập ra nó đã được rút lại.", code="never")
    unit.periods.filter(valid_to=unit.valid_to).update(valid_to=None)
    for succession in unit.successions.select_related("to_unit"):
        write_entry(succession.to_unit, f"Không còn kế thừa “{unit.name}” (nhập nhầm).", actor=actor, now=now)
    unit.successions.all().delete()
    reopen_codes(unit)
    unit.valid_to = None
    unit.save(update_fields=["valid_to"])
    write_entry(unit, f"Khôi phục hoạt động: {tidy(reason)}", actor=actor, now=now)
    return unit


@transaction.atomic
def save_group(*, actor, now, group=None, code, name, kind="", parent=None, members=(), seen=None):
    """Make a group or change it: its printed name, its kind (under which unit), the units chosen one by one. Locks an existing group.

    Refuses a stale page (`seen`) and a group of nobody.

    Every unit that joins or leaves by choice gets a line in its own history; the group's own lines stand with the Sở.
    """
    refuse_unless_keeper(actor)
    home = own_department()
    fresh = UnitGroup.objects.select_for_update().get(pk=group.pk) if group else UnitGroup()
    if group:
        refuse_stale(seen, fresh)
    before = set(fresh.members.values_list("pk", flat=True)) if group else set()
    data = {"code": tidy(code), "name": tidy(name), "kind": kind, "parent": parent}
    said = changes(fresh, data) if group else []
    for field, value in data.items():
        setattr(fresh, field, value)
    fresh.search_key, fresh.sort_key = search_key(fresh.name), sort_key(fresh.name)
    fresh.full_clean()
    members = {unit.pk: unit for unit in members}
    if not kind and not members:
        raise ValidationError("Nhóm phải gồm một loại đơn vị, hoặc ít nhất một đơn vị được chọn.", code="empty")
    fresh.save()
    if not group:
        write_entry(home, f"Lập nhóm “{fresh.name}”.", actor=actor, now=now, group=fresh)
    elif said:
        write_entry(home, f"Sửa nhóm “{fresh.name}”: {'; '.join(said)}.", actor=actor, now=now, group=fresh)
    for unit in Unit.objects.filter(pk__in=before ^ members.keys()).order_by("sort_key"):
        verb = "Vào nhóm" if unit.pk in members else "Ra khỏi nhóm"
        write_entry(unit, f"{verb} “{fresh.name}”.", actor=actor, now=now, group=fresh)
    fresh.members.set(members.values())
    return fresh
