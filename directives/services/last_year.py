"""A draft made from an earlier paper, and the confirming of what was moved in it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from directives import rules
from directives.selectors.last_year import LastYear
from directives.selectors.moved import moved_in
from directives.services.drafting import create_dispatch, lock
from directives.states import DispatchStatus
from units.history import record

MOVED_ON = (
    "Văn bản cũ vừa được sửa (bây giờ là bản {version}) nên bảng dưới đây được lập lại. Hãy xem lại rồi bấm lần nữa."
)
NO_DIVISION = "“{name}” đã chấm dứt và anh/chị không thuộc phòng nào của Sở, nên chưa rõ phòng soạn thảo."
UNCONFIRMED = (
    "Dự thảo lập từ văn bản trước còn {count} chỗ chưa ai xác nhận ({words}). "
    "Hãy mở dự thảo, xem từng chỗ ở mục “Ngày đã chuyển” rồi xác nhận hoặc sửa lại."
)
TOLD = 6


@transaction.atomic
def create_from_last_year(source, *, actor, now, on, occasion, old, version, chosen, heirs, division):
    """A draft for `occasion` made of `source`, whose occasion was `old` (OccasionDates), as it stands on the day `on`.

    `chosen` are the words somebody preferred, by the key of a row of `LastYear`; `heirs` the units that take the place of
    one that ended. Refuses a source that was saved anew since (code "stale"), a draft of no division, and
    what `create_dispatch` refuses."""
    if not rules.can_draft(actor):
        raise PermissionDenied
    source = lock(source)
    if source.version != version:
        raise ValidationError(MOVED_ON.format(version=source.version), code="stale")
    if division is None:
        raise ValidationError(NO_DIVISION.format(name=source.division.name), code="no_division")
    made = LastYear(source, occasion, old, on=on).draft(chosen, heirs)
    note = f"Lập từ văn bản {source.code()}" if source.number else f"Lập từ “{source.subject[:200]}”"
    return create_dispatch(actor=actor, now=now, division=division, note=note, **made)


@transaction.atomic
def confirm_moved(dispatch, *, actor, now, keys=None):
    """Somebody answers by name for moved dates of a draft: those of these keys, without keys all that still stand in it.

    What is already confirmed, or was written otherwise since, is left as it is. Returns how many were confirmed."""
    dispatch = lock(dispatch)
    if not rules.can_edit(actor, dispatch):
        raise PermissionDenied
    if dispatch.status not in DispatchStatus.EDITABLE:
        raise ValidationError(
            f"Văn bản đang ở bước “{dispatch.get_status_display()}” nên không xác nhận ở đây được nữa.",
            code="not_editable",
        )
    rows = [each.row for each in moved_in(dispatch).open if keys is None or each.row.pk in keys]
    dispatch.moved_dates.filter(pk__in=[row.pk for row in rows]).update(confirmed_by=actor, confirmed_at=now)
    if rows:
        words = "; ".join(f"{row.old} → {row.new}" if row.old != row.new else f"giữ {row.new}" for row in rows[:TOLD])
        more = f"; và {len(rows) - TOLD} chỗ khác" if len(rows) > TOLD else ""
        record(dispatch, actor=actor, now=now, note=f"Xác nhận {len(rows)} chỗ đã chuyển: {words}{more}"[:500])
    return len(rows)


def refuse_unconfirmed(dispatch):
    """Refuses (ValidationError, code "unconfirmed") a draft in which a moved date stands that nobody has confirmed."""
    waiting = [each.row.new for each in moved_in(dispatch).open]
    if waiting:
        words = "; ".join(f"“{text[:80]}”" for text in waiting[:TOLD]) + ("; …" if len(waiting) > TOLD else "")
        raise ValidationError(UNCONFIRMED.format(count=len(waiting), words=words), code="unconfirmed")
