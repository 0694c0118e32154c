"""Numbers: taken one after another under the register's lock, never given twice, never silently lost."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from directives import rules
from directives.models import Register, RegisterEntry
from directives.services.circulation import back_to_draft, reason_of
from directives.services.drafting import lock, search_key_of
from directives.states import DispatchStatus
from units.history import IllegalMove, move

UNNUMBERED = {"number": None, "year": None, "issued_on": None}
UNFILED = {"pdf": None, "pdf_sha256": "", "pdf_error": "", "pdf_attempts": 0, "pdf_retry_at": None}
UNSCANNED = {"scan": None, "scan_waived_by": None, "scan_waiver_reason": "", "scan_due_at": None}


@transaction.atomic
def number_dispatch(dispatch, *, actor, now):
    """The next number of the year's series, with today's date (NĐ 30/2020 Đ15). Only a signed paper takes one.

    Locks the Register first, so numbers are distinct, consecutive and in the order in which they were taken; the year
    is that of the local date."""
    if not rules.can_number(actor, dispatch):
        raise PermissionDenied
    today = timezone.localdate(now)
    register, _ = Register.objects.get_or_create(issuer_id=dispatch.issuer_id, year=today.year, series=dispatch.series)
    register = Register.objects.select_for_update().get(pk=register.pk)
    dispatch = lock(dispatch)
    number = register.last_number + 1
    dispatch.number, dispatch.issued_on = number, today
    dispatch = move(
        dispatch,
        DispatchStatus.NUMBERED,
        actor=actor,
        now=now,
        note=f"Số {dispatch.code()} ngày {today:%d/%m/%Y}",
        number=number,
        year=today.year,
        issued_on=today,
        search_key=search_key_of(dispatch),
        **UNFILED,
    )
    register.last_number = number
    register.save(update_fields=["last_number"])
    RegisterEntry.objects.create(
        register=register,
        number=number,
        dispatch=dispatch,
        symbol=dispatch.symbol,
        issued_on=today,
        what=f"{dispatch.get_kind_display()} {dispatch.subject}",
        signer_name=dispatch.signer_name,
        taken_by=actor,
        taken_at=now,
    )
    return dispatch


@transaction.atomic
def void_number(dispatch, *, actor, now, reason):
    """The number is struck out with its reason and never given again; the paper is a draft once more.

    Only before issuing; what was filed for that number is let go."""
    dispatch = lock(dispatch)
    if not rules.can_void(actor, dispatch):
        raise PermissionDenied
    reason = reason_of(reason)
    if dispatch.status != DispatchStatus.NUMBERED:
        raise IllegalMove(
            f"Chỉ hủy được số của văn bản đã cấp số mà chưa ban hành; văn bản này đang ở bước "
            f"“{dispatch.get_status_display()}”. Hãy tải lại trang.",
            code="illegal_move",
        )
    entry = dispatch.register_entries.select_for_update().get(voided_at=None)
    entry.voided_at, entry.voided_by, entry.void_reason = now, actor, reason
    entry.full_clean()
    entry.save(update_fields=["voided_at", "voided_by", "void_reason"])
    code = dispatch.code()
    dispatch = back_to_draft(
        dispatch,
        actor=actor,
        now=now,
        note=f"Hủy số {code}: {reason}",
        **UNNUMBERED,
        **UNFILED,
        **UNSCANNED,
    )
    dispatch.search_key = search_key_of(dispatch)
    dispatch.save(update_fields=["search_key"])
    return dispatch
