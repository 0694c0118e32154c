"""Names of a unit after the act of renaming: mended, taken back, and put on when their day comes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from units.services.journal import write_entry
from units.services.units import lock_unit, refuse_unless_keeper, wear
from units.text import search_key, tidy


@transaction.atomic
def correct_name(period, *, actor, now, name, short_name):
    """Mend a name that was typed wrongly: no new period, as if it had always been written so. Locks the unit."""
    refuse_unless_keeper(actor)
    unit = lock_unit(period.unit)
    period = unit.periods.get(pk=period.pk)
    wrong = period.name
    if (period.name, period.short_name) == (tidy(name), tidy(short_name)):
        raise ValidationError({"name": "Tên chưa có gì thay đổi."}, code="same_name")
    worn = (unit.name, unit.short_name) == (period.name, period.short_name)
    period.name, period.short_name = tidy(name), tidy(short_name)
    period.search_key = search_key(period.name, period.short_name)
    period.full_clean()
    period.save()
    if worn:
        wear(unit, period)
        unit.save(update_fields=["name", "short_name", "sort_key"])
    write_entry(unit, f"Sửa lỗi nhập tên: “{wrong}” thành “{period.name}”.", actor=actor, now=now)
    return unit


@transaction.atomic
def undo_rename(period, *, actor, now, reason):
    """Take back the latest change of name, entered by mistake, with the reason: the name before it goes on. Locks the unit.

    Refuses a unit's only name, a name that is not its latest, and a unit that has ended.
    """
    refuse_unless_keeper(actor)
    unit = lock_unit(period.unit)
    if not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do hủy lần đổi tên."}, code="required")
    latest = unit.periods.filter(pk=period.pk, valid_to=None).first()
    before = unit.periods.filter(valid_to=period.valid_from).first() if latest and latest.valid_from else None
    if before is None:
        raise ValidationError("Chỉ hủy được lần đổi tên gần nhất của đơn vị đang hoạt động.", code="not_latest")
    latest.delete()
    before.valid_to = None
    before.save(update_fields=["valid_to"])
    write_entry(unit, f"Hủy việc đổi tên thành “{latest.name}”: {tidy(reason)}", actor=actor, now=now)
    if (unit.name, unit.short_name) == (latest.name, latest.short_name):
        wear(unit, before)
        unit.save(update_fields=["name", "short_name", "sort_key"])
    return unit


@transaction.atomic
def take_name(unit, *, now):
    """Give the unit the name in force today, when a period has begun since. True if the name changed. Locks the unit."""
    unit = lock_unit(unit)
    today = timezone.localdate(now)
    period = unit.periods.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gt=today)
    ).first()
    if period is None or (period.name, period.short_name) == (unit.name, unit.short_name):
        return False
    wear(unit, period)
    unit.save(update_fields=["name", "short_name", "sort_key"])
    write_entry(unit, f"Tên mới “{unit.name}” bắt đầu có hiệu lực.", actor=None, now=now)
    return True
