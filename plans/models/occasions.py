"""An occasion with its phases, what happened to it, and the days that are off or worked against the calendar."""

from django.db import models
from django.db.models import F, Q

from plans.models.bases import LegalBasis
from plans.states import OccasionKind, PhaseKind
from units.addresses import address_of
from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.models import User
from units.trail import Trail
from units.word_index import WordIndex


class OccasionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_department_staff() else self.none()

    def running_on(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def coming_after(self, day):
        return self.filter(starts_on__gt=day)

    def past_on(self, day):
        return self.filter(ends_on__lt=day)

    def search(self, words):
        return self.filter(search_key__words=words)


class Occasion(models.Model):
    """An election, a Tết, a Quốc khánh or another time to keep communications working: a D-day and three phases."""

    kind = models.CharField("loại đợt", max_length=12, choices=OccasionKind)
    name = models.CharField("tên đợt", max_length=150)
    d_day = models.DateField("ngày chính (ngày D)")
    starts_on = models.DateField("bắt đầu")
    ends_on = models.DateField("kết thúc")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    bases = models.ManyToManyField(LegalBasis, blank=True, related_name="occasions", verbose_name="căn cứ")
    search_key = models.CharField(max_length=300, editable=False, blank=True, default="")

    objects = OccasionQuerySet.as_manager()
    EDITED = ("name", "d_day", "starts_on", "ends_on", "phases", "bases")

    class Meta:
        indexes = [WordIndex(fields=["search_key"], name="occasion_words")]
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
        return address_of("plans:occasion_detail", self.pk)


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


class OccasionEntry(models.Model):
    """One act upon an occasion: who, when, and what, in words. Append-only."""

    TRAIL = Trail("Đợt", about="occasion__name", key="occasion_id", page="plans:occasion_detail", note="what")

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="history")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    under = models.ForeignKey(
        "units.Delegation", models.PROTECT, verbose_name="theo ủy quyền", null=True, related_name="+"
    )
    at = models.DateTimeField("lúc")
    what = DiscreetLine("nội dung", max_length=500)

    class Meta:
        indexes = [models.Index(fields=["occasion", "-at"], name="occasion_entry_by_time")]
        constraints = [NeverChanges(name="occasion_entry_append_only")]

    def __str__(self):
        return self.what


class Holiday(models.Model):
    """A day the yearly notice makes off or working, against the calendar (BLLĐ 2019 Đ112.3 and swaps)."""

    day = models.DateField("ngày", unique=True)
    is_day_off = models.BooleanField("được nghỉ", default=True)
    name = models.CharField("tên", max_length=100)
    source = models.CharField("theo văn bản", max_length=100)

    EDITED = ("day", "is_day_off", "name", "source")

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"


class HolidayEntry(models.Model):
    """One change of what a day is: who, when, and what, in words. Append-only; it outlives the override."""

    TRAIL = Trail("Ngày nghỉ", note="what")

    day = models.DateField("ngày", db_index=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    under = models.ForeignKey(
        "units.Delegation", models.PROTECT, verbose_name="theo ủy quyền", null=True, related_name="+"
    )
    at = models.DateTimeField("lúc")
    what = DiscreetLine("nội dung", max_length=500)

    class Meta:
        constraints = [NeverChanges(name="holiday_entry_append_only")]

    def __str__(self):
        return self.what
