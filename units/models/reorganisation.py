"""Reorganisations as dated acts with their legal basis, what each did to which unit, and the codes of units in time."""

from django.db import models
from django.db.models import F, Q

from units.addresses import address_of
from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.models.delegations import Delegation
from units.models.people import User
from units.models.units import Unit
from units.states import CodeScheme, LineKind, ReorganisationKind
from units.trail import Trail


class ReorganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reorganisations are kept by the Sở; other units read of theirs on their own page."""
        return self if user.is_department_staff() else self.none()

    def due(self, today):
        """Acts whose day has come and whose people, groups and codes have not moved yet."""
        return self.filter(withdrawn_at=None, settled_at=None, on__lte=today)


class Reorganisation(models.Model):
    """One act that merges, splits, renames, moves or ends units from a day on, with what it rests on.

    Dated facts (names, ends, heirs) are written when it is entered; people, groups and codes move on its day (`settled_at`).
    """

    kind = models.CharField("hình thức", max_length=10, choices=ReorganisationKind)
    on = models.DateField("có hiệu lực từ ngày")
    basis = models.CharField("căn cứ", max_length=300)
    note = DiscreetLine("ghi chú", max_length=500, blank=True)
    leaving = models.JSONField("đầu mối không chuyển sang đơn vị mới", default=list, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="người ghi", null=True, related_name="+")
    made_at = models.DateTimeField("ghi lúc")
    under = models.ForeignKey(Delegation, models.PROTECT, verbose_name="theo ủy quyền", null=True, related_name="+")
    settled_at = models.DateTimeField("chuyển xong lúc", null=True, blank=True)
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người rút lại", null=True, blank=True, related_name="+"
    )
    withdrawn_reason = DiscreetLine("lý do rút lại", max_length=200, blank=True)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReorganisationKind.values), name="reorganisation_kind_known"),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(withdrawn_at=None),
                name="reorganisation_settled_or_withdrawn",
                violation_error_message="Lần sắp xếp đã có hiệu lực thì không rút lại được.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="withdrawn_reorganisation_says_why"
            ),
            NeverChanges(
                name="reorganisation_stands_as_entered",
                fields=["kind", "on", "basis", "note", "leaving", "made_by", "made_at"],
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} từ {self.on:%d/%m/%Y}"

    def get_absolute_url(self):
        return address_of("units:reorganisation_detail", self.pk)


class ReorganisationLine(models.Model):
    """What the act did to one unit, with the names of that time. Append-only.

    heir: `unit` ends and `to_unit` takes its place (`main`: its people, groups and subordinate units go there);
    part: `to_unit` is split off from `unit`, which stays; end: `unit` ends without an heir; name: from `before` to `after`;
    above: `unit` comes under `to_unit` instead of `before_unit`; code: `before` to `after`. `did` keeps, for a withdrawal, which
    rights, authorities and seats the ending touched and made, and what they were before.
    """

    TRAIL = Trail(
        "Sắp xếp đơn vị",
        about="unit__name",
        key="unit_id",
        page="units:unit_detail",
        actor="act__made_by",
        under="",
        after="kind",
        note="after",
    )

    act = models.ForeignKey(Reorganisation, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=8, choices=LineKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reorganised")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    before_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    main = models.BooleanField(default=False)
    did = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="reorganisation_line_kind_known"),
            models.UniqueConstraint("act", "unit", condition=Q(main=True), name="one_main_heir_per_unit_and_act"),
            NeverChanges(name="reorganisation_line_append_only"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.before} → {self.after}"


class UnitCode(models.Model):
    """One code of one unit, from a day up to, not including, another: a paper of 2024 shows the code of 2024.

    The two forms of QĐ 20/2020/QĐ-TTg are kept side by side and never derived one from the other. What is in force today
    stands on the Unit too, so that lists cost one query.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes")
    scheme = models.CharField("loại mã", max_length=10, choices=CodeScheme)
    value = models.CharField("mã", max_length=35)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["value"], name="unit_code_by_value")]
        constraints = [
            models.UniqueConstraint(
                "unit", "scheme", condition=Q(valid_to=None), name="one_open_code_per_unit_and_scheme"
            ),
            models.UniqueConstraint(
                "scheme",
                "value",
                condition=Q(valid_to=None, scheme__in=["code", "area_code"]),
                name="open_code_once",
                violation_error_message="Mã này đang thuộc về một đơn vị khác.",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="unit_code_not_empty"),
            models.CheckConstraint(condition=Q(scheme__in=CodeScheme.values), name="unit_code_scheme_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_code_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.value
