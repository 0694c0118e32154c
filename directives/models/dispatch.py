"""The paper itself, what happened to it, and who received it."""

from django.db import models
from django.db.models import F, FilteredRelation, Q

from directives.states import (
    DISPATCH_MOVES,
    Channel,
    DispatchKind,
    DispatchStatus,
    LookKind,
    SigningWay,
    Urgency,
)
from plans.models import Occasion, Plan
from units.addresses import address_of
from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.history import Entry
from units.models import SigningAuthority, StoredFile, Unit, User
from units.trail import Trail
from units.word_index import WordIndex

FROZEN = "Văn bản đã ký không được sửa. Muốn sửa phải trả lại dự thảo kèm lý do, hoặc thay thế bằng văn bản mới."


def paper_code(number, symbol):
    return f"{number:02d}/{symbol}" if number else f"/{symbol}"


class DispatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff of the Sở see every paper; others see what was issued to their unit."""
        if user.is_department_staff():
            return self
        received = Receipt.objects.filter(unit__in=user.unit_ids()).values("dispatch")
        return self.filter(status__in=DispatchStatus.ISSUED_ON, pk__in=received)

    def unseen_by(self, user):
        """Papers that reached a unit of this person and that nobody there has opened."""
        waiting = Receipt.objects.filter(unit__in=user.unit_ids(), seen_at=None).values("dispatch")
        return self.filter(pk__in=waiting)

    def with_last_look(self, user):
        """Each with `seen_version`, the version of it this person saw last; None when they never opened it."""
        own = FilteredRelation("views", condition=Q(views__user=user))
        return self.annotate(own_view=own, seen_version=F("own_view__version"))


class Dispatch(models.Model):
    """An official paper the Sở issues. Signed before numbered, numbered before issued; after that never changed."""

    MOVES = DISPATCH_MOVES

    kind = models.CharField("loại văn bản", max_length=12, choices=DispatchKind, default=DispatchKind.CONG_VAN)
    subject = models.CharField("trích yếu", max_length=500)
    body = models.TextField("nội dung")
    annexes = models.TextField("phụ lục", blank=True, default="")
    urgency = models.CharField("độ khẩn", max_length=12, choices=Urgency, default=Urgency.NORMAL, blank=True)
    place = models.CharField("địa danh", max_length=60)
    symbol = models.CharField("ký hiệu", max_length=50)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="dispatches", verbose_name="cơ quan ban hành")
    division = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="phòng soạn thảo")
    author = models.ForeignKey(User, models.PROTECT, related_name="dispatches", verbose_name="người soạn")
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="dispatches", verbose_name="đợt"
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="dispatches", verbose_name="kế hoạch"
    )
    authority = models.ForeignKey(
        SigningAuthority, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thẩm quyền ký"
    )
    drawn_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="soạn lại từ văn bản"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    status = models.CharField("trạng thái", max_length=9, choices=DispatchStatus, default=DispatchStatus.DRAFT)
    created_at = models.DateTimeField("lập lúc")
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xem xét nội dung"
    )
    reviewed_at = models.DateTimeField("xem xét lúc", null=True, blank=True)
    search_key = models.TextField(editable=False, blank=True, default="")

    sign_lines = models.JSONField("dòng ký", default=list, blank=True)
    signer_name = models.CharField("người ký", max_length=100, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    signing_way = models.CharField("cách ký", max_length=5, choices=SigningWay, blank=True)

    series = models.CharField("sổ", max_length=20, default="chung")
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày văn bản", null=True, blank=True)
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True)

    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    pdf_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    pdf_error = models.CharField("lỗi tạo tệp", max_length=300, blank=True)
    pdf_attempts = models.PositiveSmallIntegerField(default=0)
    pdf_retry_at = models.DateTimeField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    scan_waived_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    scan_waiver_reason = DiscreetLine("lý do chưa có bản quét", max_length=300, blank=True)
    scan_due_at = models.DateTimeField("hạn nộp bản quét", null=True, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["status"], name="dispatch_by_status"),
            WordIndex(fields=["search_key"], name="dispatch_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=DispatchStatus.values), name="dispatch_status_known"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="review_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DispatchStatus.SIGNED_ON)
                | (Q(signed_at__isnull=False) & Q(signed_by__isnull=False) & ~Q(signer_name="") & ~Q(signing_way="")),
                name="signed_says_who_when_how",
                violation_error_message="Văn bản đã ký phải ghi rõ người ký, thời điểm ký và cách ký.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DispatchStatus.NUMBERED_ON)
                | Q(number__isnull=False, issued_on__isnull=False, year__isnull=False),
                name="numbered_has_number_and_day",
                violation_error_message="Văn bản đã cấp số phải có số và ngày.",
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(status__in=DispatchStatus.NUMBERED_ON),
                name="no_number_before_signature",
                violation_error_message="Chỉ cấp số sau khi văn bản đã ký (Nghị định 30/2020/NĐ-CP, Điều 15).",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DispatchStatus.ISSUED_ON)
                | (
                    Q(issued_at__isnull=False, pdf__isnull=False)
                    & ~Q(pdf_sha256="")
                    & (
                        Q(scan__isnull=False)
                        | (Q(scan_waived_by__isnull=False, scan_due_at__isnull=False) & ~Q(scan_waiver_reason=""))
                    )
                ),
                name="issued_has_filed_paper_and_scan_or_waiver",
                violation_error_message="Chỉ ban hành khi đã lưu tệp PDF và bản quét đã ký, đóng dấu "
                "(hoặc có người chịu trách nhiệm cho nộp sau).",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | Q(status__in=DispatchStatus.ISSUED_ON),
                name="issued_paper_never_goes_back",
                violation_error_message="Văn bản đã ban hành không trở lại bước trước; chỉ thu hồi, thay thế, đính chính.",
            ),
            models.UniqueConstraint(
                "issuer",
                "year",
                "series",
                "number",
                condition=Q(number__isnull=False),
                name="dispatch_number_once",
                violation_error_message="Số này đã được cấp cho văn bản khác.",
            ),
            NeverChanges(
                name="signed_paper_never_changes",
                fields=[
                    "kind",
                    "subject",
                    "body",
                    "annexes",
                    "urgency",
                    "place",
                    "symbol",
                    "issuer",
                    "sign_lines",
                    "version",
                ],
                once=sorted(DispatchStatus.SIGNED_ON),
                violation_error_message=FROZEN,
            ),
            NeverChanges(
                name="issued_paper_never_changes",
                fields=[
                    "number",
                    "year",
                    "series",
                    "issued_on",
                    "issued_at",
                    "pdf",
                    "pdf_sha256",
                    "signed_at",
                    "signed_by",
                    "signer_name",
                    "signing_way",
                    "authority",
                ],
                once=sorted(DispatchStatus.ISSUED_ON),
                violation_error_message=FROZEN,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.code()}: {self.subject}"

    def get_absolute_url(self):
        return address_of("directives:dispatch_detail", self.pk)

    def code(self):
        """Number and symbol as printed; the number stays blank until it is given (NĐ 30/2020 PL I.II.3)."""
        return paper_code(self.number, self.symbol)


class DispatchEntry(Entry):
    """One move or edit of a paper."""

    TRAIL = Trail(
        "Văn bản", about="row__subject", key="row_id", page="directives:dispatch_detail", before="before", after="after"
    )

    row = models.ForeignKey(Dispatch, models.PROTECT, related_name="history")

    class Meta(Entry.Meta):
        abstract = False


class DispatchLook(models.Model):
    """One view of a paper by one person: its page, a file of it, or the proof handed in for it. Append-only, one INSERT.

    `detail` says which, where there are several; never a name of a person or a file."""

    TRAIL = Trail(
        "Lượt xem văn bản",
        about="dispatch__subject",
        key="dispatch_id",
        page="directives:dispatch_detail",
        actor="user",
        after="what",
        note="detail",
    )

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="looks")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    what = models.CharField("xem gì", max_length=8, choices=LookKind)
    detail = models.CharField("cụ thể", max_length=60, blank=True)
    at = models.DateTimeField("lúc", db_index=True)
    under = models.ForeignKey(
        "units.Delegation", models.PROTECT, verbose_name="theo ủy quyền", null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["dispatch", "-at"], name="look_of_dispatch")]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=LookKind.values), name="look_kind_known"),
            NeverChanges(name="dispatch_look_append_only"),
        ]

    def __str__(self):
        return self.get_what_display()


class Receipt(models.Model):
    """Proof that a paper reached a unit: sent, delivered, and first seen by one of its people."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="receipts")
    unit_name = models.CharField("tên khi gửi", max_length=200)
    version = models.PositiveIntegerField("phiên bản")
    is_copy = models.BooleanField("nhận để biết", default=False)
    channel = models.CharField("kênh", max_length=6, choices=Channel, default=Channel.PORTAL)
    sent_at = models.DateTimeField("gửi lúc")
    delivered_at = models.DateTimeField("đến lúc", null=True, blank=True)
    seen_at = models.DateTimeField("xem lúc", null=True, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("dispatch", "unit", name="one_receipt_per_unit"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="seen_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.unit_name}"
