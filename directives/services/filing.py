"""What is filed with a numbered paper: the PDF once, with its checksum, and the scan of the signed and sealed sheets."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from directives import rules
from directives.models import Dispatch, PrintedPlace
from directives.selectors.anchors import anchor_of
from directives.services.circulation import reason_of
from directives.services.drafting import lock
from directives.states import DispatchStatus
from units.history import IllegalMove, record
from units.services.files import store_bytes, store_upload
from units.uploads import check_upload

PDF = "application/pdf"
SCANS = (PDF, "image/jpeg", "image/png")
HOLD = timedelta(minutes=5)
MOST_WAIT = timedelta(hours=6)
WAIVER_AT_MOST = timedelta(days=30)


def claim_pdf(dispatch, *, now):
    """True when this paper is ours to render. A claim lapses after five minutes, so a killed renderer blocks nothing."""
    waiting = Dispatch.objects.filter(
        pk=dispatch.pk, status=DispatchStatus.NUMBERED, pdf=None, pdf_retry_at=dispatch.pdf_retry_at
    )
    return waiting.update(pdf_retry_at=now + HOLD) == 1


@transaction.atomic
def file_pdf(dispatch, *, pdf, now, places=()):
    """File the rendered bytes with their SHA-256, once, and where each demand's sentence stands in them (`places`: name of
    its anchor, page, left, top, right, bottom in points). False, and nothing kept, when the paper changed since it was
    read for rendering: another process filed it, or its number was voided. Writes the file under the row's lock."""
    fresh = lock(dispatch)
    rendered = (DispatchStatus.NUMBERED, None, dispatch.number, dispatch.year, dispatch.version)
    if (fresh.status, fresh.pdf_id, fresh.number, fresh.year, fresh.version) != rendered:
        return False
    name = f"{fresh.code().replace('/', '-')}.pdf"
    fresh.pdf = store_bytes(pdf, name=name, content_type=PDF, actor=None, now=now)
    fresh.pdf_sha256, fresh.pdf_error, fresh.pdf_retry_at = fresh.pdf.sha256, "", None
    fresh.save(update_fields=["pdf", "pdf_sha256", "pdf_error", "pdf_retry_at"])
    _file_places(fresh, places)
    record(fresh, actor=None, now=now, note=f"Đã lưu tệp PDF (SHA-256 {fresh.pdf_sha256[:12]}…)")
    return True


def _file_places(dispatch, places):
    """Those of an earlier number's file go with it."""
    PrintedPlace.objects.filter(requirement__dispatch=dispatch).delete()
    demands = {anchor_of(demand.order): demand for demand in dispatch.requirements.all()}
    PrintedPlace.objects.bulk_create(
        PrintedPlace(requirement=demands[name], page=page, left=left, top=top, right=right, bottom=bottom)
        for name, page, left, top, right, bottom in places
    )


def note_pdf_error(dispatch, *, error, now):
    """The paper would not render: say why, and try again later, each time after twice as long, at most six hours."""
    attempts = dispatch.pdf_attempts + 1
    wait = min(timedelta(minutes=2 ** min(attempts, 10)), MOST_WAIT)
    Dispatch.objects.filter(pk=dispatch.pk, status=DispatchStatus.NUMBERED, pdf=None).update(
        pdf_error=str(error)[:300], pdf_attempts=attempts, pdf_retry_at=now + wait
    )


@transaction.atomic
def file_scan(dispatch, *, actor, now, upload):
    """The scan of the signed, sealed sheets: PDF, JPG or PNG. Until issuing it takes the place of an earlier one; after
    issuing it is filed once, where it had been waived."""
    dispatch = lock(dispatch)
    if not rules.can_file_scan(actor, dispatch):
        raise PermissionDenied
    if not rules.scan_is_open(dispatch):
        raise IllegalMove(
            f"Văn bản ở bước “{dispatch.get_status_display()}” không nhận bản quét: chỉ nộp hoặc thay sau khi cấp số và "
            "trước khi ban hành, hoặc nộp bổ sung một lần nếu đã được cho nộp sau. Hãy tải lại trang.",
            code="illegal_move",
        )
    check_upload(upload, SCANS)
    dispatch.scan = store_upload(upload, actor=actor, now=now)
    dispatch.full_clean()
    dispatch.save(update_fields=["scan"])
    record(dispatch, actor=actor, now=now, note=f"Đã lưu bản quét “{dispatch.scan.name}”")
    return dispatch


@transaction.atomic
def waive_scan(dispatch, *, actor, now, reason, due_at):
    """`actor` answers by name for a scan that comes later, by `due_at` at most thirty days away. Once for a number."""
    dispatch = lock(dispatch)
    if not rules.can_waive_scan(actor, dispatch):
        raise PermissionDenied
    if dispatch.status != DispatchStatus.NUMBERED or dispatch.scan_id or dispatch.scan_waived_by_id:
        raise IllegalMove(
            "Chỉ cho nộp bản quét sau khi văn bản đã cấp số, chưa ban hành, chưa có bản quét và chưa ai nhận trách nhiệm "
            "nộp sau. Hãy tải lại trang.",
            code="illegal_move",
        )
    if not now < due_at <= now + WAIVER_AT_MOST:
        raise ValidationError(
            f"Hạn nộp bản quét phải sau lúc này và trong vòng {WAIVER_AT_MOST.days} ngày.", code="waiver_clock"
        )
    dispatch.scan_waived_by, dispatch.scan_due_at, dispatch.scan_waiver_reason = actor, due_at, reason_of(reason)
    dispatch.full_clean()
    dispatch.save(update_fields=["scan_waived_by", "scan_due_at", "scan_waiver_reason"])
    until = f"{timezone.localtime(due_at):%H:%M, %d/%m/%Y}"
    record(
        dispatch,
        actor=actor,
        now=now,
        note=f"Chịu trách nhiệm nộp bản quét trước {until}: {dispatch.scan_waiver_reason}",
    )
    return dispatch
