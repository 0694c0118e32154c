"""Who is on duty: the stretches of single people, gathered into the roster of a unit for an occasion."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assignments.states import ROSTER_MOVES, SHIFT_BINDING, RosterStatus
from plans.models import Occasion
from plans.states import DutyKind
from units.addresses import address_of
from units.discreet import DiscreetLine
from units.history import Entry
from units.models import Contact, Unit, User
from units.overlap import NoOverlap
from units.states import UnitKind
from units.trail import Trail


class RosterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff of the Sở see every roster; others only their own unit's."""
        return self if user.is_department_staff() else self.filter(unit__in=user.unit_ids())

    def with_gap(self):
        """Those that leave a required layer empty for at least a minute."""
        return self.filter(gap_minutes__gt=0)

    def lacking_more(self):
        """Accepted ones whose occasion came to require what nobody looked at then."""
        return self.filter(status=RosterStatus.ACCEPTED, gap_minutes__gt=F("accepted_gap"))


class Roster(models.Model):
    """The duty of one unit for one occasion, as the unit files it and the Sở decides it.

    `gap_minutes` is what is missing against the layers its phases require (`services.reckon_gaps` follows their changes);
    null while nothing has been entered. `accepted_gap` is what was missing when it was accepted: if anything, it names who
    waived that and why.
    """

    MOVES = ROSTER_MOVES

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="rosters", verbose_name="đợt")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rosters", verbose_name="đơn vị")
    status = models.CharField("trạng thái", max_length=10, choices=RosterStatus, default=RosterStatus.DRAFT)
    gap_minutes = models.PositiveIntegerField("số phút còn thiếu", null=True, blank=True)
    accepted_gap = models.PositiveIntegerField("số phút còn thiếu lúc duyệt", null=True, blank=True)
    waived_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chấp nhận phần thiếu"
    )
    waiver_reason = DiscreetLine("lý do chấp nhận phần thiếu", max_length=500, blank=True)
    moved_at = models.DateTimeField("cập nhật lúc")

    objects = RosterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "occasion",
                "unit",
                name="one_roster_per_occasion_and_unit",
                violation_error_message="Đơn vị đã có lịch trực cho đợt này.",
            ),
            models.CheckConstraint(condition=Q(status__in=RosterStatus.values), name="roster_status_known"),
            models.CheckConstraint(
                condition=~Q(status=RosterStatus.ACCEPTED)
                | (
                    Q(accepted_gap__isnull=False)
                    & (Q(accepted_gap=0) | (Q(waived_by__isnull=False) & ~Q(waiver_reason="")))
                ),
                name="accepted_gap_is_waived_by_name",
                violation_error_message="Lịch trực còn thiếu chỉ được duyệt khi có người chấp nhận và lý do.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "status"], name="roster_of_unit")]

    def __str__(self):
        return f"Lịch trực {self.occasion} · {self.unit}"

    def get_absolute_url(self):
        return address_of("assignments:roster_detail", self.pk)

    def lacks_more_than_accepted(self):
        """As the queryset's `lacking_more`, of one row."""
        return self.status == RosterStatus.ACCEPTED and (self.gap_minutes or 0) > self.accepted_gap

    def is_editable(self):
        return self.status in RosterStatus.EDITABLE


class RosterEntry(Entry):
    """One act upon a roster. It names people and hours, never a phone."""

    TRAIL = Trail(
        "Lịch trực",
        about="row__unit__name",
        key="row_id",
        page="assignments:roster_detail",
        before="before",
        after="after",
    )

    row = models.ForeignKey(Roster, models.PROTECT, related_name="history")

    class Meta(Entry.Meta):
        abstract = False


class DutyShiftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff of the Sở see every shift; others their own unit's, and who of the Sở stands on duty for them."""
        if user.is_department_staff():
            return self
        inside = Q(unit__kind__in=UnitKind.INSIDE, in_force=True)
        return self.filter(Q(unit__in=user.unit_ids()) | inside)

    def binding(self):
        """Submitted or accepted: they hold their person."""
        return self.filter(status__in=SHIFT_BINDING)

    def in_force(self):
        """As the Sở last accepted them: whoever is named there stands on duty, even while the roster is open again."""
        return self.filter(in_force=True)

    def expected(self):
        """Whom one may expect to find there: in force, or before the Sở."""
        return self.filter(Q(status__in=SHIFT_BINDING) | Q(in_force=True))

    def at(self, moment):
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def overlapping(self, starts_at, ends_at):
        """Shifts that share at least a moment with `[starts_at, ends_at)`."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class DutyShift(models.Model):
    """One stretch of one person, from `starts_at` up to, not including, `ends_at`, in one or more of the five layers.

    It serves every roster it stands in; its status follows the furthest of them, and is set with them alone. Once accepted it
    is `in_force` until it is changed or dropped: opening a roster again takes nobody off duty.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duty_shifts", verbose_name="đơn vị")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="duty_shifts", verbose_name="người trực")
    layers = models.JSONField("loại trực", default=list)
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến")
    place = models.CharField("nơi trực", max_length=150, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    status = models.CharField("trạng thái", max_length=10, choices=RosterStatus, default=RosterStatus.DRAFT)
    in_force = models.BooleanField("đang có hiệu lực", default=False)
    rosters = models.ManyToManyField(Roster, related_name="shifts", verbose_name="lịch trực")

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_it_starts",
                violation_error_message="Ca trực phải kết thúc sau khi bắt đầu.",
            ),
            models.CheckConstraint(
                condition=~Q(layers=[]),
                name="shift_serves_a_layer",
                violation_error_message="Ca trực phải thuộc ít nhất một loại trực.",
            ),
            models.CheckConstraint(condition=Q(status__in=RosterStatus.values), name="shift_status_known"),
            models.CheckConstraint(
                condition=~Q(status=RosterStatus.ACCEPTED) | Q(in_force=True), name="accepted_shift_is_in_force"
            ),
            NoOverlap(
                name="one_shift_at_a_time_per_person",
                same="contact",
                starts="starts_at",
                ends="ends_at",
                once=sorted(SHIFT_BINDING),
                violation_error_message="Người này đã có ca trực khác trong khoảng thời gian đó.",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="shift_by_time"),
            models.Index(fields=["unit", "starts_at"], name="shift_of_unit"),
        ]

    def __str__(self):
        start, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{self.contact} {start:%H:%M %d/%m} – {end:%H:%M %d/%m/%Y}"

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        if not isinstance(self.layers, list) or not set(self.layers) <= set(DutyKind.values):
            raise ValidationError({"layers": "Loại trực không có trong danh mục."})

    def layer_words(self):
        """Its layers in the order of the five, as people read them."""
        return [kind.label for kind in DutyKind if kind in self.layers]

    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
