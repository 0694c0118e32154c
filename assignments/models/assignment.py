"""Who answers what by when: one demand × one unit, its proof, its extensions."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assignments.states import ASSIGNMENT_MOVES, AssignmentStatus
from directives.models import Dispatch, Requirement
from plans.models import Occasion
from plans.states import TargetRole
from units.addresses import address_of
from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.history import Entry
from units.models import StoredFile, Unit, User
from units.trail import Trail


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff of the Sở see every assignment; others only their own unit's: a rival's does not exist for them."""
        if user.is_department_staff():
            return self
        return self.filter(unit__in=user.unit_ids())

    def open(self):
        return self.filter(status__in=AssignmentStatus.OPEN)

    def late(self, now):
        """Owed by the unit and past due. What waits for the Sở's answer after being submitted is not late."""
        return self.filter(status__in=AssignmentStatus.OWED, due_at__lte=now)


class Assignment(models.Model):
    """One demand of an issued paper × one unit (× one day when it recurs): the cell of the matrix.

    `occurrence` is the day a recurring demand is owed, or null. `first_due_at` never changes; `due_at` may be extended.
    `armed_at` is when the present deadline was set, so that reminders follow a moved one. `instead_of` is the declined
    assignment of another unit that this one replaces.
    """

    MOVES = ASSIGNMENT_MOVES

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="assignments", verbose_name="yêu cầu")
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="assignments", verbose_name="văn bản")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="đơn vị")
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="đợt"
    )
    role = models.CharField("vai trò", max_length=7, choices=TargetRole, default=TargetRole.LEAD)
    occurrence = models.DateField("ngày", null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người giao")
    first_due_at = models.DateTimeField("hạn ban đầu", null=True, blank=True)
    due_at = models.DateTimeField("hạn", null=True, blank=True)
    armed_at = models.DateTimeField()
    status = models.CharField("trạng thái", max_length=10, choices=AssignmentStatus, default=AssignmentStatus.SENT)
    before_question = models.CharField(max_length=10, blank=True)
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="rerouted_to", verbose_name="nhận thay"
    )
    moved_at = models.DateTimeField("cập nhật lúc")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "requirement", "unit", condition=Q(occurrence=None), name="one_assignment_per_requirement_and_unit"
            ),
            models.UniqueConstraint(
                "requirement",
                "unit",
                "occurrence",
                condition=Q(occurrence__isnull=False),
                name="one_assignment_per_requirement_unit_and_day",
            ),
            models.CheckConstraint(condition=Q(status__in=AssignmentStatus.values), name="assignment_status_known"),
            models.CheckConstraint(
                condition=Q(first_due_at=None, due_at=None)
                | Q(first_due_at__isnull=False, due_at__gte=F("first_due_at")),
                name="deadline_only_moves_later",
                violation_error_message="Hạn mới phải sau hạn ban đầu.",
            ),
            NeverChanges(
                name="assignment_keeps_its_first_deadline",
                fields=["requirement", "dispatch", "unit", "occurrence", "first_due_at"],
                violation_error_message="Hạn ban đầu của nhiệm vụ không được thay đổi.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="assignment_by_due"),
            models.Index(fields=["status", "due_at"], name="assignment_by_status_and_due"),
            models.Index(fields=["armed_at"], name="assignment_by_armed"),
            models.Index(fields=["unit", "status", "due_at"], name="assignment_of_unit"),
            models.Index(fields=["occasion", "status", "due_at"], name="assignment_of_occasion"),
        ]

    def __str__(self):
        return f"{self.requirement} · {self.unit}"

    def get_absolute_url(self):
        return address_of("assignments:assignment_detail", self.pk)

    def overdue(self, now):
        """Late from `due_at` on (half-open), while the unit still owes it. Computed, never stored."""
        return self.status in AssignmentStatus.OWED and self.due_at is not None and self.due_at <= now

    def is_owed(self):
        return self.status in AssignmentStatus.OWED

    def is_overdue(self):
        """For pages: late at this moment."""
        return self.overdue(timezone.now())


class AssignmentEntry(Entry):
    """One move of an assignment; the note is the question, answer or reason given."""

    TRAIL = Trail(
        "Nhiệm vụ",
        about="row__requirement__text",
        key="row_id",
        page="assignments:assignment_detail",
        before="before",
        after="after",
    )

    row = models.ForeignKey(Assignment, models.PROTECT, related_name="history")

    class Meta(Entry.Meta):
        abstract = False


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Proof is seen by whoever sees its assignment."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))


class Evidence(models.Model):
    """The proof a unit files: words, a link, or a file. A returned proof stays; the next one is added."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="evidence")
    text = models.TextField("nội dung", blank=True)
    link = models.URLField("liên kết", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField("nộp lúc")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(link="") | Q(file__isnull=False),
                name="evidence_holds_something",
                violation_error_message="Minh chứng phải có nội dung, liên kết hoặc tệp kèm theo.",
            ),
            NeverChanges(name="evidence_never_changes"),
        ]

    def __str__(self):
        return self.text[:80] or self.link or str(self.file)


class Extension(models.Model):
    """A later deadline: asked for by the unit and decided by the Sở, or given by the Sở unasked (asked and decided by one).

    The first deadline is kept on the assignment; what was decided is its `due_at`, which may be another than was wanted.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    wanted_at = models.DateTimeField("đề nghị gia hạn đến")
    reason = DiscreetLine("lý do", max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("đề nghị lúc")
    granted = models.BooleanField("đồng ý", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    answer = DiscreetLine("trả lời", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "assignment",
                condition=Q(granted=None),
                name="one_open_extension",
                violation_error_message="Đang có một đề nghị gia hạn chờ Sở trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(granted=None, decided_by=None, decided_at=None)
                | Q(granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="extension_decision_is_named",
            ),
        ]

    def __str__(self):
        return f"Gia hạn đến {timezone.localtime(self.wanted_at):%H:%M %d/%m/%Y}"
