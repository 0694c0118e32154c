"""What is written down once: files as they came in, changes of this floor in words, the pulse of the sweeps."""

from django.db import models
from django.db.models import Q

from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.models.people import User
from units.models.units import Unit, UnitGroup
from units.trail import Trail


class StoredFile(models.Model):
    """A file as it came in or was made: on disk outside the web root first, synced, then this row. Never changed."""

    name = models.CharField("tên tệp", max_length=150)
    path = models.CharField("nơi lưu", max_length=200, unique=True)
    content_type = models.CharField("loại", max_length=100)
    size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_by = models.ForeignKey(User, models.PROTECT, verbose_name="người tải lên", null=True, related_name="+")
    stored_at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty"),
            NeverChanges(name="stored_file_never_changes"),
        ]

    def __str__(self):
        return self.name


class UnitEntry(models.Model):
    """One change of a unit, its names, contacts, groups or rights: who, when, and what, in words. Append-only.

    `unit` is always the unit concerned (the Sở itself for a change of a group); `group` and `user` say what else it is about.
    `told` marks what the person concerned must be told, being a change of how their account is opened.
    """

    TRAIL = Trail("Đơn vị, người dùng", about="unit__name", key="unit_id", page="units:unit_detail", note="what")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="history")
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, related_name="history")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="rights_history")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    under = models.ForeignKey(
        "units.Delegation", models.PROTECT, verbose_name="theo ủy quyền", null=True, related_name="+"
    )
    at = models.DateTimeField("lúc")
    what = DiscreetLine("nội dung", max_length=500)
    told = models.BooleanField("báo cho người liên quan", default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="unit_entry_by_time")]
        constraints = [NeverChanges(name="unit_entry_append_only")]

    def __str__(self):
        return self.what


class Seal(models.Model):
    """One link of the chain over all history: the rows of one table up to `last`, with the seal before it, in one SHA-256.

    Whoever changes, removes or slips in a sealed row, or a seal, breaks every link from there on (`units.chain`). `columns`
    are those of the table when it was sealed, so that a column added later breaks nothing."""

    table = models.CharField("bảng", max_length=60)
    last = models.PositiveBigIntegerField("đến dòng")
    rows = models.PositiveIntegerField("số dòng")
    columns = models.JSONField("cột")
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    before = models.OneToOneField(
        "self", models.PROTECT, null=True, verbose_name="mắt xích trước", related_name="after"
    )
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint("table", "last", name="seal_once"),
            NeverChanges(name="seal_never_changes"),
        ]

    def __str__(self):
        return f"{self.table} đến dòng {self.last}"


class SealCheck(models.Model):
    """One reading of the whole chain: what held, the digest it ended in, and the first link that did not hold, if any.

    Append-only and sealed like the rest: the chain holds its own heads of every night."""

    TRAIL = Trail("Kiểm chứng nhật ký", about="head", actor="", under="", note="why", silence="Chuỗi nguyên vẹn")

    at = models.DateTimeField("lúc")
    seals = models.PositiveBigIntegerField("số mắt xích còn nguyên vẹn")
    rows = models.PositiveBigIntegerField("số dòng đã đọc lại")
    head = models.CharField("mã của mắt xích cuối còn nguyên vẹn", max_length=64, blank=True)
    broken = models.ForeignKey(Seal, models.PROTECT, null=True, verbose_name="mắt xích hỏng", related_name="+")
    why = models.CharField("chỗ hỏng", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(broken=None, why="") | Q(broken__isnull=False) & ~Q(why=""), name="broken_link_says_why"
            ),
            NeverChanges(name="seal_check_append_only"),
        ]

    def __str__(self):
        return self.why or "chuỗi nguyên vẹn"


class Sweep(models.Model):
    """A background sweep: its lock, how far it has read, and when it last came to its end (its pulse)."""

    name = models.CharField(max_length=40, unique=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    mark = models.DateTimeField(null=True, blank=True)
    pulse_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name
