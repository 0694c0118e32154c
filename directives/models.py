"""What is ordered in writing: papers, their addressees and demands, numbers, signatures, proof of receipt."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from directives.states import (
    DISPATCH_MOVES,
    Channel,
    DispatchKind,
    DispatchStatus,
    SigningWay,
    Urgency,
)
from plans.models import LegalBasis, Occasion, Plan, PlanItem
from plans.states import Cadence, EvidenceKind, TargetRole
from units.constraints import NeverChanges
from units.history import Entry
from units.models import SigningAuthority, StoredFile, Unit, UnitGroup, User

FROZEN = "Văn bản đã ký không được sửa. Muốn sửa phải trả lại dự thảo kèm lý do, hoặc thay thế bằng văn bản mới."


class Register(models.Model):
    """One yearly series of numbers of one issuer (NĐ 30/2020 Đ15). Its row is the lock under which numbers are taken."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="registers")
    year = models.PositiveSmallIntegerField("năm")
    series = models.CharField("sổ", max_length=20, default="chung")
    last_number = models.PositiveIntegerField("số đã cấp gần nhất", default=0)

    class Meta:
        constraints = [models.UniqueConstraint("issuer", "year", "series", name="register_once")]

    def __str__(self):
        return f"Sổ văn bản đi {self.year} ({self.series})"


class DispatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff of the Sở see every paper; others see what was issued to their unit."""
        if user.is_department_staff():
            return self
        received = Receipt.objects.filter(unit__in=user.unit_ids()).values("dispatch")
        return self.filter(status__in=DispatchStatus.ISSUED_ON, pk__in=received)


class Dispatch(models.Model):
    """An official paper the Sở issues. Signed before numbered, numbered before issued; after that never changed."""

    MOVES = DISPATCH_MOVES

    kind = models.CharField("loại văn bản", max_length=12, choices=DispatchKind, default=DispatchKind.CONG_VAN)
    subject = models.CharField("trích yếu", max_length=500)
    body = models.TextField("nội dung")
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
    version = models.PositiveIntegerField("phiên bản", default=1)
    status = models.CharField("trạng thái", max_length=9, choices=DispatchStatus, default=DispatchStatus.DRAFT)
    created_at = models.DateTimeField("lập lúc")

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
    pdf_retry_at = models.DateTimeField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    scan_waived_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    scan_waiver_reason = models.CharField("lý do chưa có bản scan", max_length=300, blank=True)
    scan_due_at = models.DateTimeField("hạn nộp bản scan", null=True, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["status"], name="dispatch_by_status")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=DispatchStatus.values), name="dispatch_status_known"),
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
                violation_error_message="Chỉ ban hành khi đã lưu tệp PDF và bản scan đã ký, đóng dấu "
                "(hoặc có người chịu trách nhiệm cho nộp sau).",
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
                fields=["kind", "subject", "body", "urgency", "place", "symbol", "issuer", "sign_lines", "version"],
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
                    "signer_name",
                ],
                once=sorted(DispatchStatus.ISSUED_ON),
                violation_error_message=FROZEN,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.code()}: {self.subject}"

    def get_absolute_url(self):
        return reverse("directives:dispatch_detail", args=[self.pk])

    def code(self):
        """Number and symbol as printed; the number stays blank until it is given (NĐ 30/2020 PL I.II.3)."""
        return f"{self.number:02d}/{self.symbol}" if self.number else f"/{self.symbol}"


class DispatchEntry(Entry):
    """One move or edit of a paper."""

    row = models.ForeignKey(Dispatch, models.PROTECT, related_name="history")

    class Meta(Entry.Meta):
        abstract = False


class DispatchVersion(models.Model):
    """A draft as it stood after one saving: author, time and the whole text. Never changed (NĐ 30/2020 PL VI.III.5.a)."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=500)
    body = models.TextField()
    addressees = models.JSONField(default=list)
    copies = models.JSONField(default=list)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("dispatch", "version", name="dispatch_version_once"),
            NeverChanges(name="dispatch_version_never_changes"),
        ]

    def __str__(self):
        return f"{self.dispatch_id} · bản {self.version}"


class RegisterEntry(models.Model):
    """A number taken: by which paper, when, by whom; voided with a reason it is never used again."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField("số")
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="register_entries")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("cấp lúc")
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("register", "number", name="register_number_once"),
            models.UniqueConstraint("dispatch", condition=Q(voided_at=None), name="one_living_number_per_dispatch"),
            models.CheckConstraint(condition=Q(number__gte=1), name="register_number_positive"),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="void_says_who_and_why",
                violation_error_message="Hủy số phải ghi rõ người hủy và lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.number:02d}"


class Addressee(models.Model):
    """One printed line of Kính gửi or điện, delivered to the groups and units it stands for."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="addressees")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("dòng in", max_length=300)
    groups = models.ManyToManyField(UnitGroup, blank=True, related_name="+", verbose_name="nhóm")
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="đơn vị")

    class Meta:
        constraints = [models.UniqueConstraint("dispatch", "order", name="addressee_order_once")]

    def __str__(self):
        return self.text


class CopyLine(models.Model):
    """One line of Nơi nhận; `unit` when the copy is also delivered to a unit's portal."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="copies")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("dòng in", max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị")

    class Meta:
        constraints = [models.UniqueConstraint("dispatch", "order", name="copy_line_order_once")]

    def __str__(self):
        return self.text


class DispatchBasis(models.Model):
    """A paper this one rests on, as cited in its text; linked to the register of legal bases when it is known there."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="bases")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("trích dẫn", max_length=1000)
    number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    issued_on = models.DateField("ngày", null=True, blank=True)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, blank=True, related_name="citations")

    class Meta:
        constraints = [models.UniqueConstraint("dispatch", "order", name="dispatch_basis_order_once")]

    def __str__(self):
        return self.text


class Requirement(models.Model):
    """One numbered demand of a paper, traceable to its place in the body: who owes what, by when, with which proof.

    `due_at` is the instant from which it is late (half-open): "trước ngày X" is X 00:00, "chậm nhất ngày X" X+1 00:00.
    With `every` = day it is owed on each day from `repeat_from` to `repeat_until`, at `due_time` of that day.
    """

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="requirements")
    order = models.PositiveSmallIntegerField()
    label = models.CharField("số mục", max_length=30)
    text = models.TextField("nội dung")
    starts = models.PositiveIntegerField(default=0)
    ends = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField("hạn", null=True, blank=True)
    due_phrase = models.CharField("hạn như trong văn bản", max_length=200, blank=True)
    every = models.CharField("lặp lại", max_length=4, choices=Cadence, default=Cadence.ONCE, blank=True)
    repeat_from = models.DateField("từ ngày", null=True, blank=True)
    repeat_until = models.DateField("đến hết ngày", null=True, blank=True)
    due_time = models.TimeField("giờ hằng ngày", null=True, blank=True)
    evidence_kind = models.CharField("minh chứng", max_length=8, choices=EvidenceKind, default=EvidenceKind.NONE)
    must_report = models.BooleanField("phải báo cáo", default=False)
    plan_item = models.ForeignKey(PlanItem, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("dispatch", "order", name="requirement_order_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="requirement_place_in_order"),
            models.CheckConstraint(
                condition=Q(every="", repeat_from=None, repeat_until=None)
                | Q(every="day", repeat_from__isnull=False, repeat_until__gte=F("repeat_from")),
                name="requirement_repeats_over_a_period",
                violation_error_message="Yêu cầu hằng ngày phải có ngày bắt đầu và ngày kết thúc hợp lệ.",
            ),
            models.CheckConstraint(
                condition=Q(evidence_kind__in=EvidenceKind.values), name="requirement_evidence_known"
            ),
        ]

    def __str__(self):
        return f"{self.label}. {self.text[:80]}"


class RequirementTarget(models.Model):
    """Who owes a demand: a group or one unit, leading or supporting."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="targets")
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("vai trò", max_length=7, choices=TargetRole, default=TargetRole.LEAD)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group=None, unit__isnull=False) | Q(unit=None, group__isnull=False),
                name="requirement_target_group_or_unit",
            ),
            models.UniqueConstraint("requirement", "group", condition=~Q(group=None), name="requirement_group_once"),
            models.UniqueConstraint("requirement", "unit", condition=~Q(unit=None), name="requirement_unit_once"),
        ]

    def __str__(self):
        return str(self.group or self.unit)


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
