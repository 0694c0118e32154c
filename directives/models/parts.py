"""What a paper is made of: addressees, copy list, bases cited, and its demands."""

from django.db import models
from django.db.models import F, Q

from directives.models.dispatch import Dispatch
from plans.models import LegalBasis, PlanItem
from plans.states import Cadence, EvidenceKind, TargetRole
from units.addresses import address_of
from units.models import Unit, UnitGroup
from units.word_index import WordIndex


def sentence_address(dispatch_pk, order):
    """The page of the filed paper on which this demand's sentence stands, marked and in view."""
    return f"{address_of('directives:dispatch_pages', dispatch_pk)}?yc={order}#yc-{order}"


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
    search_key = models.TextField(editable=False, blank=True, default="")
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
        indexes = [WordIndex(fields=["search_key"], name="requirement_words")]
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

    def get_absolute_url(self):
        """Where it is read: its sentence in the filed paper."""
        return sentence_address(self.dispatch_id, self.order)


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


class PrintedPlace(models.Model):
    """Where a demand stands in the filed PDF, one row a stretch of lines on a page; points from the page's top left."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="places")
    page = models.PositiveSmallIntegerField("trang")
    left = models.FloatField()
    top = models.FloatField()
    right = models.FloatField()
    bottom = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(page__gte=1, left__lt=F("right"), top__lt=F("bottom")), name="printed_place_is_a_box"
            )
        ]

    def __str__(self):
        return f"trang {self.page}"
