"""A plan, its demands, and who carries each of them."""

from django.db import models
from django.db.models import F, Q

from plans.models.bases import LegalBasis
from plans.models.occasions import Occasion
from plans.states import PLAN_MOVES, Cadence, EvidenceKind, PlanStatus, TargetRole
from units.addresses import address_of
from units.history import Entry
from units.models import Unit, UnitGroup, User
from units.trail import Trail
from units.word_index import WordIndex


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_department_staff() else self.none()

    def open(self):
        """Plans whose deadlines still matter."""
        return self.exclude(status=PlanStatus.CLOSED)

    def search(self, words):
        return self.filter(search_key__words=words)


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
    search_key = models.CharField(max_length=400, editable=False, blank=True, default="")

    objects = PlanQuerySet.as_manager()

    class Meta:
        indexes = [WordIndex(fields=["search_key"], name="plan_words")]
        constraints = [models.CheckConstraint(condition=Q(status__in=PlanStatus.values), name="plan_status_known")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("plans:plan_detail", self.pk)


class PlanEntry(Entry):
    """One move or edit of a plan."""

    TRAIL = Trail(
        "Kế hoạch", about="row__title", key="row_id", page="plans:plan_detail", before="before", after="after"
    )

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
