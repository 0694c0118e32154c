"""From the drafter's desk to the signature: submitted, reviewed, approved, signed; or returned with a reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from directives import rules
from directives.services.drafting import lock
from directives.services.last_year import refuse_unconfirmed
from directives.states import DispatchStatus, SigningWay
from units.history import IllegalMove, move, record
from units.selectors.kin import short_name_on

REASON_AT_LEAST = 10
UNSIGNED = {"signed_by": None, "signed_at": None, "signer_name": "", "signing_way": ""}
UNREVIEWED = {"reviewed_by": None, "reviewed_at": None}
CHANGED = (
    "Nội dung văn bản đã đổi từ khi anh/chị mở trang này: bây giờ là bản {version}. "
    "Hãy mở lại văn bản, xem bản mới rồi mới quyết định."
)


def reason_of(text):
    """The reason, trimmed. Refuses one too short to tell anybody anything."""
    reason = " ".join((text or "").split())
    if len(reason) < REASON_AT_LEAST:
        raise ValidationError(
            f"Hãy ghi rõ lý do, ít nhất {REASON_AT_LEAST} ký tự, để người nhận lại biết cần sửa gì.", code="reason"
        )
    return reason


def _same_text(dispatch, version):
    """Refuses a decision about a text that is no longer the stored one. `version` is the one the page showed; without
    it the caller vouches for having read the row as it is."""
    if version is not None and version != dispatch.version:
        raise ValidationError(CHANGED.format(version=dispatch.version), code="stale")


@transaction.atomic
def submit_dispatch(dispatch, *, actor, now, note="", version=None):
    """The draft goes up for review. A head who submits his own division's draft has reviewed it by that.

    Refuses one without signing authority, and one in which a date of last time's paper was moved and never confirmed."""
    dispatch = lock(dispatch)
    if not rules.can_submit(actor, dispatch):
        raise PermissionDenied
    _same_text(dispatch, version)
    if dispatch.authority_id is None:
        raise ValidationError(
            "Chưa chọn thẩm quyền ký, nên chưa in được khối chữ ký. Hãy chọn người ký trong dự thảo rồi trình lại.",
            code="no_authority",
        )
    refuse_unconfirmed(dispatch)
    reviewed = {"reviewed_by": actor, "reviewed_at": now} if rules.can_review(actor, dispatch) else UNREVIEWED
    return move(dispatch, DispatchStatus.REVIEW, actor=actor, now=now, note=note, **reviewed)


@transaction.atomic
def review_dispatch(dispatch, *, actor, now, note="", version=None):
    """The head of the drafting division answers for the content (NĐ 30/2020 Đ12.1); the paper stays in review."""
    dispatch = lock(dispatch)
    if not rules.can_review(actor, dispatch):
        raise PermissionDenied
    _same_text(dispatch, version)
    if dispatch.status != DispatchStatus.REVIEW or dispatch.reviewed_by_id:
        raise IllegalMove(
            "Văn bản không còn chờ ý kiến của lãnh đạo phòng: có người vừa xử lý trước hoặc trang đã cũ. "
            "Hãy tải lại trang để xem tình trạng mới nhất.",
            code="illegal_move",
        )
    dispatch.reviewed_by, dispatch.reviewed_at = actor, now
    dispatch.save(update_fields=["reviewed_by", "reviewed_at"])
    said = f"Lãnh đạo phòng đồng ý nội dung: {note}" if note else "Lãnh đạo phòng đồng ý nội dung"
    record(dispatch, actor=actor, now=now, note=said)
    return dispatch


@transaction.atomic
def approve_dispatch(dispatch, *, actor, now, note="", version=None):
    """The signatory approves the draft (NĐ 30/2020 Đ11); from here it is printed for signing."""
    dispatch = lock(dispatch)
    if not rules.can_approve(actor, dispatch):
        raise PermissionDenied
    _same_text(dispatch, version)
    return move(dispatch, DispatchStatus.APPROVED, actor=actor, now=now, note=note)


@transaction.atomic
def return_dispatch(dispatch, *, actor, now, reason):
    """Back to the drafter with a reason, from review, approval or signature. What was signed counts no more.

    A numbered paper is returned only by voiding its number."""
    dispatch = lock(dispatch)
    if not rules.can_return(actor, dispatch):
        raise PermissionDenied
    reason = reason_of(reason)
    if dispatch.status not in DispatchStatus.RETURNABLE:
        raise IllegalMove(
            f"Văn bản ở bước “{dispatch.get_status_display()}” không trả lại được. Hãy tải lại trang.",
            code="illegal_move",
        )
    return back_to_draft(dispatch, actor=actor, now=now, note=reason)


def back_to_draft(dispatch, *, actor, now, note, **fields):
    """Signature and review are taken back with the status; the signed lines may change only once the paper is a draft."""
    dispatch = move(dispatch, DispatchStatus.DRAFT, actor=actor, now=now, note=note, **UNSIGNED, **UNREVIEWED, **fields)
    dispatch.sign_lines = []
    dispatch.save(update_fields=["sign_lines"])
    return dispatch


@transaction.atomic
def sign_dispatch(dispatch, *, actor, now, authority, signed_at, version=None):
    """Record that the printed paper was signed by hand: by whom, when. The block is derived from the authority.

    Refuses an authority of another agency, one not in force on the day of signing, or another than the block printed
    on the approved draft; a time in the future or before the approval; the symbol of a name the agency no longer bore."""
    dispatch = lock(dispatch)
    if not rules.can_sign(actor, dispatch):
        raise PermissionDenied
    _same_text(dispatch, version)
    if DispatchStatus.SIGNED not in dispatch.MOVES[dispatch.status]:
        return move(dispatch, DispatchStatus.SIGNED, actor=actor, now=now)
    _check_authority(dispatch, authority, timezone.localdate(signed_at))
    _check_time(dispatch, signed_at, now)
    _check_symbol(dispatch, timezone.localdate(signed_at))
    return move(
        dispatch,
        DispatchStatus.SIGNED,
        actor=actor,
        now=now,
        note=f"{authority.user.full_name} ký tay lúc {timezone.localtime(signed_at):%H:%M, %d/%m/%Y}",
        authority=authority,
        sign_lines=authority.lines(),
        signer_name=authority.user.full_name,
        signed_by=authority.user,
        signed_at=signed_at,
        signing_way=SigningWay.HAND,
    )


def _check_authority(dispatch, authority, day):
    if authority.unit_id != dispatch.issuer_id:
        raise ValidationError("Thẩm quyền ký này không thuộc cơ quan ban hành văn bản.", code="wrong_authority")
    if not authority.in_force(day):
        raise ValidationError(
            f"Thẩm quyền “{authority}” không có hiệu lực vào ngày ký {day:%d/%m/%Y}. "
            "Hãy trả lại dự thảo để chọn người ký khác.",
            code="expired_authority",
        )
    if dispatch.authority_id and dispatch.authority_id != authority.pk:
        raise ValidationError(
            f"Bản đã duyệt in khối chữ ký “{dispatch.authority}”. Muốn người khác ký, hãy trả lại dự thảo để đổi "
            "khối chữ ký và duyệt lại.",
            code="other_authority",
        )


def _check_symbol(dispatch, day):
    """A draft made before the agency was renamed still bears the old symbol; saved again it takes the new one."""
    short = short_name_on(dispatch.issuer, day)
    if short and f"-{short}-" not in f"-{dispatch.symbol}-":
        raise ValidationError(
            f"Ngày {day:%d/%m/%Y} cơ quan ban hành có tên viết tắt “{short}”, còn dự thảo mang ký hiệu “{dispatch.symbol}”. "
            "Hãy trả lại dự thảo, lưu lại để lấy ký hiệu đúng rồi duyệt và in lại.",
            code="old_symbol",
        )


def _check_time(dispatch, signed_at, now):
    """A form gives whole minutes, so the approval is compared by its minute."""
    if signed_at > now:
        raise ValidationError("Thời điểm ký không thể ở tương lai.", code="signed_in_future")
    approved_at = (
        dispatch.history.filter(after=DispatchStatus.APPROVED).order_by("-pk").values_list("at", flat=True).first()
    )
    if approved_at and signed_at < approved_at.replace(second=0, microsecond=0):
        raise ValidationError(
            f"Thời điểm ký không thể trước lúc dự thảo được duyệt ({timezone.localtime(approved_at):%H:%M, %d/%m/%Y}).",
            code="signed_before_approval",
        )
