"""Legal bases and days off: entered with their source, never silently changed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plans import rules
from plans.calendar.labels import day_label
from plans.models import BasisEntry, Holiday, HolidayEntry, LegalBasis
from units.history import under
from units.services.files import discard_files, write_upload
from units.services.journal import changes
from units.stamps import refuse_stale
from units.text import search_key, tidy

BASIS_FIELDS = frozenset({"kind", "number", "issued_on", "issuer", "subject", "superseded_by"})
LONGEST = BasisEntry._meta.get_field("what").max_length


def _short(what):
    return what if len(what) <= LONGEST else what[: LONGEST - 1] + "…"


def _refuse_circle(basis, successor):
    """Follows the stored chain of successors, not the copies in memory."""
    seen, at = {basis.pk}, successor.pk
    while at is not None:
        if at in seen:
            raise ValidationError(
                {"superseded_by": "Hai văn bản không thể thay thế lẫn nhau; hãy chọn văn bản khác."}, code="circle"
            )
        seen.add(at)
        at = LegalBasis.objects.values_list("superseded_by", flat=True).get(pk=at)


def save_basis(*, actor, now, basis=None, file=None, seen=None, **data):
    """Enter a superior paper or change one; `file` is an upload that takes the place of an earlier one. Locks an existing row,
    but not while the disk writes the file.

    Refuses a stale page (`seen`), a paper entered already, a day in the future, and papers that supersede each other in a circle.
    """
    if not rules.can_keep_bases(actor):
        raise PermissionDenied
    unknown = set(data) - BASIS_FIELDS
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    stored = write_upload(file, actor=actor, now=now) if file is not None else None
    try:
        return _save_basis(basis, stored, actor=actor, now=now, seen=seen, data=data)
    except BaseException:
        discard_files([stored] if stored else [])
        raise


@transaction.atomic
def _save_basis(basis, stored, *, actor, now, seen, data):
    data = {name: tidy(value) if isinstance(value, str) else value for name, value in data.items()}
    fresh = LegalBasis.objects.select_for_update().get(pk=basis.pk) if basis else LegalBasis()
    if basis:
        refuse_stale(seen, fresh)
    said = changes(fresh, data) if basis else []
    for name, value in data.items():
        setattr(fresh, name, value)
    if fresh.issued_on and fresh.issued_on > timezone.localdate(now):
        raise ValidationError({"issued_on": "Ngày ban hành không thể ở tương lai."}, code="future")
    if fresh.superseded_by_id:
        _refuse_circle(fresh, fresh.superseded_by)
    fresh.search_key = search_key(fresh.number, fresh.subject, fresh.issuer)[:800]
    fresh.full_clean()
    if stored is not None:
        stored.save(force_insert=True)
        fresh.file = stored
        said.append(f"tệp “{fresh.file.name}”")
    if basis and not said:
        return fresh
    fresh.save()
    what = f"Sửa: {'; '.join(said)}." if basis else f"Nhập văn bản{' kèm tệp' if stored is not None else ''}."
    BasisEntry.objects.create(basis=fresh, actor=actor, under=under(actor), at=now, what=_short(what))
    return fresh


@transaction.atomic
def save_holiday(*, actor, now, holiday=None, day, is_day_off, name, source, seen=None):
    """Say what a day is against the calendar, with the paper that decides it. Locks an existing override.

    Refuses a stale page (`seen`), one without a source paper, and a second one for the same day.
    """
    if not rules.can_keep_holidays(actor):
        raise PermissionDenied
    fresh = Holiday.objects.select_for_update().get(pk=holiday.pk) if holiday else Holiday()
    if holiday:
        refuse_stale(seen, fresh)
    before = str(fresh) if holiday else ""
    fresh.day, fresh.is_day_off, fresh.name, fresh.source = day, is_day_off, tidy(name), tidy(source)
    fresh.full_clean()
    fresh.save()
    kind = "ngày nghỉ" if is_day_off else "ngày làm việc"
    what = f"{day_label(day)} là {kind}: {fresh.name} (theo {fresh.source})."
    what = f"Sửa “{before}”: {what}" if holiday else f"Nhập {what}"
    HolidayEntry.objects.create(day=day, actor=actor, under=under(actor), at=now, what=_short(what))
    return fresh


@transaction.atomic
def remove_holiday(holiday, *, actor, now):
    """Take an override back: the day is again what the calendar says. The history keeps what was entered."""
    if not rules.can_keep_holidays(actor):
        raise PermissionDenied
    fresh = Holiday.objects.select_for_update().get(pk=holiday.pk)
    HolidayEntry.objects.create(
        day=fresh.day,
        actor=actor,
        under=under(actor),
        at=now,
        what=_short(f"Bỏ ngày đã nhập: {fresh} (theo {fresh.source})."),
    )
    fresh.delete()
