"""What is intended: occasions with their phases, plans and their demands, and the papers they rest on."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from plans.states import (
    PLAN_MOVES,
    BasisKind,
    Cadence,
    EvidenceKind,
    OccasionKind,
    PhaseKind,
    PlanStatus,
    TargetRole,
)
from units.history import Entry
from units.models import StoredFile, Unit, UnitGroup, User


class OccasionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_department_staff() else self.none()

    def running_on(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Occasion(models.Model):
    """An election, a Tết, a Quốc khánh or another time to keep communications working: a D-day and three phases."""

    kind = models.CharField("loại đợt", max_length=12, choices=OccasionKind)
    name = models.CharField("tên đợt", max_length=150)
    d_day = models.DateField("ngày chính (ngày D)")
    starts_on = models.DateField("bắt đầu")
    ends_on = models.DateField("kết thúc")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    bases = models.ManyToManyField("LegalBasis", blank=True, related_name="occasions", verbose_name="căn cứ")

    objects = OccasionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("d_day")) & Q(d_day__lte=F("ends_on")),
                name="d_day_within_occasion",
                violation_error_message="Ngày chính phải nằm trong thời gian của đợt.",
            ),
            models.UniqueConstraint(
                "kind", "d_day", "name", name="occasion_once", violation_error_message="Đợt này đã được lập."
            ),
            models.CheckConstraint(condition=Q(kind__in=OccasionKind.values), name="occasion_kind_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("plans:occasion_detail", args=[self.pk])


class Phase(models.Model):
    """Before, during or after: from `starts_at` up to, not including, `ends_at`, with the duty layers it requires."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="phases")
    kind = models.CharField("giai đoạn", max_length=6, choices=PhaseKind)
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến trước")
    duty_layers = models.JSONField("các lớp trực bắt buộc", default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("occasion", "kind", name="phase_once_per_occasion"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="phase_ends_after_it_starts",
                violation_error_message="Giai đoạn phải kết thúc sau khi bắt đầu.",
            ),
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="phase_kind_known"),
        ]

    def __str__(self):
        return self.get_kind_display()


class Holiday(models.Model):
    """A day the yearly notice makes off or working, against the calendar (BLLĐ 2019 Đ112.3 and swaps)."""

    day = models.DateField("ngày", unique=True)
    is_day_off = models.BooleanField("được nghỉ", default=True)
    name = models.CharField("tên", max_length=100)
    source = models.CharField("theo văn bản", max_length=100)

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"


class LegalBasisQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_department_staff() else self.none()


class LegalBasis(models.Model):
    """A superior paper that a plan or dispatch rests on (căn cứ), with its file when we have it."""

    kind = models.CharField("loại văn bản", max_length=15, choices=BasisKind, default=BasisKind.LETTER)
    number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=150)
    subject = models.CharField("trích yếu", max_length=500)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name="được thay bởi"
    )
    search_key = models.CharField(max_length=800, editable=False)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "number",
                "issuer",
                "issued_on",
                condition=~Q(number=""),
                name="legal_basis_once",
                violation_error_message="Văn bản này đã có trong danh mục căn cứ.",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("pk")), name="basis_not_its_own_successor"
            ),
        ]

    def __str__(self):
        return self.citation()

    def get_absolute_url(self):
        return reverse("plans:basis_detail", args=[self.pk])

    def citation(self):
        """As cited in full the first time (NĐ 30/2020 PL I.II.6.a): a law without number, day and issuer."""
        kind = self.kind[:1].upper() + self.kind[1:] if self.kind != BasisKind.OTHER else "Văn bản"
        if self.kind == BasisKind.LAW:
            return self.subject
        number = f" số {self.number}" if self.number else ""
        day = f" ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return f"{kind}{number}{day} của {self.issuer} {self.subject}"


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_department_staff() else self.none()


class Plan(models.Model):
    """What the Sở intends for an occasion: numbered demands, each with owner, date and proof."""

    MOVES = PLAN_MOVES

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="plans", verbose_name="đợt")
    title = models.CharField("tên kế hoạch", max_length=300)
    outline = models.CharField("mẫu", max_length=20, blank=True)
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    organisation = models.TextField("tổ chức thực hiện", blank=True)
    division = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="phòng soạn thảo")
    author = models.ForeignKey(User, models.PROTECT, related_name="plans", verbose_name="người soạn")
    version = models.PositiveIntegerField("phiên bản", default=1)
    status = models.CharField("trạng thái", max_length=8, choices=PlanStatus, default=PlanStatus.DRAFT)
    bases = models.ManyToManyField(LegalBasis, blank=True, related_name="plans", verbose_name="căn cứ")
    created_at = models.DateTimeField("lập lúc")

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(status__in=PlanStatus.values), name="plan_status_known")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("plans:plan_detail", args=[self.pk])


class PlanEntry(Entry):
    """One move or edit of a plan."""

    row = models.ForeignKey(Plan, models.PROTECT, related_name="history")

    class Meta(Entry.Meta):
        abstract = False


class PlanItem(models.Model):
    """One demand of a plan: the text, by when (offset from D-day or a fixed instant), which proof, whether to report.

    `due_offset` counts days from D-day (negative before); without `due_time` it is met until the end of that day.
    With `every` = day the demand recurs on each day from `repeat_from` to `repeat_until` (offsets, both included).
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    order = models.PositiveIntegerField("thứ tự")
    section = models.CharField("mục", max_length=200)
    text = models.TextField("nội dung yêu cầu")
    due_offset = models.SmallIntegerField("hạn, số ngày so với ngày D", null=True, blank=True)
    due_time = models.TimeField("giờ", null=True, blank=True)
    due_at = models.DateTimeField("hạn cố định", null=True, blank=True)
    every = models.CharField("lặp lại", max_length=4, choices=Cadence, default=Cadence.ONCE, blank=True)
    repeat_from = models.SmallIntegerField("lặp từ ngày D", null=True, blank=True)
    repeat_until = models.SmallIntegerField("lặp đến ngày D", null=True, blank=True)
    evidence_kind = models.CharField("minh chứng", max_length=8, choices=EvidenceKind, default=EvidenceKind.DOCUMENT)
    must_report = models.BooleanField("phải báo cáo", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("plan", "order", name="plan_item_order_once"),
            models.CheckConstraint(
                condition=Q(due_offset=None) | Q(due_at=None),
                name="plan_item_one_way_to_be_due",
                violation_error_message="Chỉ chọn một: hạn tính theo ngày D, hoặc hạn cố định.",
            ),
            models.CheckConstraint(
                condition=Q(every="", repeat_from=None, repeat_until=None)
                | Q(every="day", repeat_from__isnull=False, repeat_until__gte=F("repeat_from")),
                name="plan_item_repeats_over_a_period",
                violation_error_message="Yêu cầu hằng ngày phải có ngày bắt đầu và ngày kết thúc hợp lệ.",
            ),
            models.CheckConstraint(condition=Q(evidence_kind__in=EvidenceKind.values), name="plan_item_evidence_known"),
        ]

    def __str__(self):
        return f"{self.order}. {self.text[:80]}"


class PlanTarget(models.Model):
    """Who carries a demand: a group or one unit, leading or supporting."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="targets")
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("vai trò", max_length=7, choices=TargetRole, default=TargetRole.LEAD)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group=None, unit__isnull=False) | Q(unit=None, group__isnull=False),
                name="plan_target_group_or_unit",
            ),
            models.UniqueConstraint("item", "group", condition=~Q(group=None), name="plan_target_group_once"),
            models.UniqueConstraint("item", "unit", condition=~Q(unit=None), name="plan_target_unit_once"),
        ]

    def __str__(self):
        return str(self.group or self.unit)
