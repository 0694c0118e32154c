"""Units as identities, with their names in time, what became of them, and the groups a printed line addresses."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from units.addresses import address_of
from units.keys import SortKeyField
from units.states import UnitKind
from units.word_index import WordIndex

AREA_CODE = RegexValidator(
    r"^(\d{2}|\d{5})$", "Mã đơn vị hành chính gồm 2 chữ số (tỉnh) hoặc 5 chữ số (xã, phường, đặc khu)."
)


class UnitQuerySet(models.QuerySet):
    def active_on(self, day):
        """Units that exist on that day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))

    def search(self, words):
        """Units one of whose names, old ones too, holds every word, accents or not, or that have or had this code."""
        named = UnitPeriod.objects.filter(search_key__words=words)
        code = words.strip()
        coded = self.model.objects.filter(codes__value__iexact=code)
        worn = Q(code__iexact=code) | Q(old_code__iexact=code) | Q(area_code=code) | Q(tax_code=code)
        return self.filter(Q(pk__in=named.values("unit")) | Q(pk__in=coded.values("pk")) | worn)

    def inside(self):
        return self.filter(kind__in=UnitKind.INSIDE)

    def recipients(self):
        return self.exclude(kind__in=UnitKind.INSIDE)

    def visible_to(self, user):
        """Staff of the Sở see every unit; people of a recipient unit see their own and the Sở's."""
        if user.is_department_staff():
            return self
        return self.filter(Q(pk__in=user.unit_ids()) | Q(kind__in=UnitKind.INSIDE))


class Unit(models.Model):
    """An organisation as an identity: it keeps its row when it is renamed, and is never deleted.

    One whose first day is its last never came to be: the reorganisation that was to found it was withdrawn.

    `name`, `short_name` and the keys are today's, copied from the UnitPeriod in force so that lists cost one query.
    """

    kind = models.CharField("loại", max_length=10, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="cấp trên trực tiếp", null=True, blank=True, related_name="children"
    )
    code = models.CharField("mã định danh", max_length=35, blank=True, help_text="Theo QĐ 20/2020/QĐ-TTg.")
    old_code = models.CharField("mã định danh cũ", max_length=13, blank=True)
    tax_code = models.CharField("mã số doanh nghiệp", max_length=14, blank=True)
    area_code = models.CharField("mã đơn vị hành chính", max_length=5, blank=True, validators=[AREA_CODE])
    name = models.CharField("tên", max_length=200, editable=False)
    short_name = models.CharField("tên viết tắt", max_length=50, blank=True, editable=False)
    sort_key = SortKeyField(max_length=420, db_index=True)
    issuing_place = models.CharField("địa danh trên văn bản", max_length=60, blank=True)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField("điện thoại cơ quan", max_length=30, blank=True)
    email = models.EmailField("thư điện tử cơ quan", blank=True)
    valid_from = models.DateField("thành lập", null=True, blank=True)
    valid_to = models.DateField("chấm dứt", null=True, blank=True)

    objects = UnitQuerySet.as_manager()
    EDITED = (
        "kind",
        "parent",
        "code",
        "old_code",
        "tax_code",
        "area_code",
        "address",
        "phone",
        "email",
        "issuing_place",
        "valid_from",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message="Ngày chấm dứt phải sau ngày thành lập.",
            ),
            models.UniqueConstraint(
                "code",
                condition=~Q(code=""),
                name="unit_code_once",
                violation_error_message="Mã định danh này đã thuộc về một đơn vị khác.",
            ),
            models.UniqueConstraint(
                "area_code",
                condition=~Q(area_code=""),
                name="unit_area_code_once",
                violation_error_message="Mã đơn vị hành chính này đã thuộc về một đơn vị khác.",
            ),
            models.UniqueConstraint("kind", condition=Q(kind="own"), name="one_own_department"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("units:unit_detail", self.pk)


class UnitPeriod(models.Model):
    """One name of one unit, from a day up to, not including, another. Old papers keep the old name."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="periods")
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=50, blank=True)
    search_key = models.CharField(max_length=420, editable=False)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        indexes = [WordIndex(fields=["search_key"], name="unit_words")]
        constraints = [
            models.UniqueConstraint("unit", condition=Q(valid_to=None), name="one_open_name_per_unit"),
            models.UniqueConstraint("unit", "valid_from", name="one_name_per_unit_and_start"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_period_ends_after_it_begins",
                violation_error_message="Ngày hết hiệu lực của tên phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.name


class Succession(models.Model):
    """What became of a unit: merged into, split into or replaced by another."""

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    on = models.DateField("từ ngày")
    act = models.ForeignKey("units.Reorganisation", models.PROTECT, null=True, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint("from_unit", "to_unit", name="succession_once"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="no_unit_succeeds_itself"),
        ]

    def __str__(self):
        return f"{self.from_unit_id} → {self.to_unit_id}"


class UnitGroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Groups are the Sở's own tool."""
        return self if user.is_department_staff() else self.none()


class UnitGroup(models.Model):
    """Recipients addressed by one printed line: every unit of a kind (or those of it under one unit), or chosen ones, or both."""

    code = models.SlugField("mã nhóm", max_length=40, unique=True)
    name = models.CharField("tên nhóm, như in trên văn bản", max_length=150)
    search_key = models.CharField(max_length=200, editable=False)
    sort_key = SortKeyField(max_length=320)
    kind = models.CharField("gồm mọi đơn vị thuộc loại", max_length=10, choices=UnitKind, blank=True)
    parent = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="chỉ những đơn vị trực thuộc", null=True, blank=True, related_name="+"
    )
    members = models.ManyToManyField(
        Unit, verbose_name="và các đơn vị", blank=True, related_name="unit_groups", through="units.GroupMember"
    )

    objects = UnitGroupQuerySet.as_manager()
    EDITED = ("name", "code", "kind", "parent", "members")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(kind=""),
                name="group_under_a_unit_names_its_kind",
                violation_error_message="Hãy chọn loại đơn vị khi giới hạn theo đơn vị cấp trên.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("units:group_detail", self.pk)


class GroupMember(models.Model):
    """One unit chosen into one group, from a day on (`since`) where it took the place of one that ended."""

    group = models.ForeignKey(UnitGroup, models.CASCADE, db_column="unitgroup_id")
    unit = models.ForeignKey(Unit, models.CASCADE)
    since = models.DateField("từ ngày", null=True)

    class Meta:
        db_table = "units_unitgroup_members"
        unique_together = [("group", "unit")]

    def __str__(self):
        return f"{self.group_id} · {self.unit_id}"
