"""The yearly series of numbers, and each number taken or voided."""

from django.db import models
from django.db.models import Q

from directives.models.dispatch import Dispatch
from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.models import Unit, User


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


class RegisterEntry(models.Model):
    """A number taken: by which paper, when, by whom; voided with a reason it is never used again.

    Symbol, day, subject and signer are written down as they stood when the number was taken: a voided paper may be
    rewritten afterwards, its line in the register may not.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField("số")
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="register_entries")
    symbol = models.CharField("ký hiệu", max_length=50)
    issued_on = models.DateField("ngày văn bản")
    what = models.CharField("tên loại và trích yếu", max_length=530)
    signer_name = models.CharField("người ký", max_length=100)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("cấp lúc")
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = DiscreetLine("lý do hủy", max_length=300, blank=True)

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
            NeverChanges(
                name="register_line_never_changes",
                fields=[
                    "register",
                    "number",
                    "dispatch",
                    "symbol",
                    "issued_on",
                    "what",
                    "signer_name",
                    "taken_by",
                    "taken_at",
                ],
                violation_error_message="Dòng đã ghi trong sổ văn bản đi không được sửa; chỉ được hủy số kèm lý do.",
            ),
        ]

    def __str__(self):
        return self.code()

    def code(self):
        return f"{self.number:02d}/{self.symbol}"
