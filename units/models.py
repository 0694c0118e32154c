"""Who: units with their names in time, people, accounts, rights; files as they came in; the pulse of the sweeps."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from units.constraints import NeverChanges
from units.states import Role, SignatureForm, UnitKind
from units.text import fold


class UserManager(DjangoUserManager):
    """Accounts; `createsuperuser` asks for the full name too."""


class User(AbstractUser):
    """An account: one person, one account. Rights come from Membership, never from flags here."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=100)
    email = models.EmailField("thư điện tử", blank=True)
    REQUIRED_FIELDS = ["email", "full_name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "email",
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message="Thư điện tử này đã thuộc về một tài khoản khác.",
            )
        ]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    def roles(self):
        """The rights in force today as pairs (unit id, role). One query, remembered by this instance, which lives one request."""
        if not hasattr(self, "_roles"):
            self._roles = frozenset(self.memberships.current().values_list("unit_id", "role"))
        return self._roles

    def has_role(self, *roles):
        return any(role in roles for _, role in self.roles())

    def is_department_staff(self):
        """True for people of the Sở, whatever their desk; people of recipient units see only what was sent to them."""
        return self.has_role(*Role.STAFF)

    def unit_ids(self):
        """The units this person speaks for."""
        return {unit for unit, _ in self.roles()}


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


class UnitQuerySet(models.QuerySet):
    def active_on(self, day):
        """Units that exist on that day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))

    def search(self, words):
        """Units any of whose names, old ones too, or codes hold the words, accents or not."""
        found = UnitPeriod.objects.filter(search_key__contains=fold(words)).values("unit")
        return self.filter(Q(pk__in=found) | Q(code__iexact=words.strip()) | Q(tax_code=words.strip()))

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

    `name`, `short_name` and the keys are today's, copied from the UnitPeriod in force so that lists cost one query.
    """

    kind = models.CharField("loại", max_length=10, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="cấp trên trực tiếp", null=True, blank=True, related_name="children"
    )
    code = models.CharField("mã định danh", max_length=35, blank=True, help_text="Theo QĐ 20/2020/QĐ-TTg.")
    old_code = models.CharField("mã định danh cũ", max_length=13, blank=True)
    tax_code = models.CharField("mã số doanh nghiệp", max_length=14, blank=True)
    name = models.CharField("tên", max_length=200, editable=False)
    short_name = models.CharField("tên viết tắt", max_length=50, blank=True, editable=False)
    sort_key = models.CharField(max_length=420, editable=False, db_index=True)
    issuing_place = models.CharField("địa danh trên văn bản", max_length=60, blank=True)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField("điện thoại cơ quan", max_length=30, blank=True)
    email = models.EmailField("thư điện tử cơ quan", blank=True)
    valid_from = models.DateField("thành lập", null=True, blank=True)
    valid_to = models.DateField("chấm dứt", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message="Ngày chấm dứt phải sau ngày thành lập.",
            ),
            models.UniqueConstraint(
                "code",
                condition=~Q(code=""),
                name="unit_code_once",
                violation_error_message="Mã định danh này đã thuộc về một đơn vị khác.",
            ),
            models.UniqueConstraint("kind", condition=Q(kind="own"), name="one_own_department"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("units:unit_detail", args=[self.pk])


class UnitPeriod(models.Model):
    """One name of one unit, from a day up to, not including, another. Old papers keep the old name."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="periods")
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=50, blank=True)
    search_key = models.CharField(max_length=420, editable=False)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("unit", condition=Q(valid_to=None), name="one_open_name_per_unit"),
            models.UniqueConstraint("unit", "valid_from", name="one_name_per_unit_and_start"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
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

    class Meta:
        constraints = [
            models.UniqueConstraint("from_unit", "to_unit", name="succession_once"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="no_unit_succeeds_itself"),
        ]

    def __str__(self):
        return f"{self.from_unit_id} → {self.to_unit_id}"


class UnitGroup(models.Model):
    """Recipients addressed by one printed line: every unit of a kind, or units chosen one by one, or both."""

    code = models.SlugField("mã nhóm", max_length=40, unique=True)
    name = models.CharField("tên nhóm, như in trên văn bản", max_length=150)
    search_key = models.CharField(max_length=200, editable=False)
    kind = models.CharField("gồm mọi đơn vị thuộc loại", max_length=10, choices=UnitKind, blank=True)
    members = models.ManyToManyField(Unit, verbose_name="và các đơn vị", blank=True, related_name="unit_groups")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("units:group_detail", args=[self.pk])


class ContactQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_on=None)

    def focal_of(self, units):
        """The people of these units who receive demands."""
        return self.current().filter(unit__in=units, is_focal=True)


class Contact(models.Model):
    """A person of a unit, with or without an account: the key for rosters and notices.

    The mobile phone is personal data (Luật 91/2025/QH15): shown only as `rules.can_see_phone` allows.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="contacts")
    user = models.OneToOneField(
        User, models.PROTECT, verbose_name="tài khoản", null=True, blank=True, related_name="contact"
    )
    name = models.CharField("họ và tên", max_length=100)
    sort_key = models.CharField(max_length=220, editable=False)
    position = models.CharField("chức vụ", max_length=100, blank=True)
    phone = models.CharField("điện thoại di động", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    proven_at = models.DateTimeField("liên lạc được lần gần nhất", null=True, blank=True)
    is_focal = models.BooleanField("là đầu mối nhận yêu cầu", default=False)
    left_on = models.DateField("thôi làm đầu mối từ ngày", null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "unit",
                "email",
                condition=~Q(email="") & Q(left_on=None),
                name="contact_email_once_per_unit",
                violation_error_message="Đơn vị đã có đầu mối dùng thư điện tử này.",
            )
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def current(self):
        """Rights in force today. Asks the clock: who may do what is always asked of the present moment."""
        return self.on(timezone.localdate())


class Membership(models.Model):
    """A right: this person has this role in this unit, from a day up to, not including, another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField("vai trò", max_length=12, choices=Role)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến trước ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "unit",
                "role",
                condition=Q(ends_on=None),
                name="one_open_membership",
                violation_error_message="Người này đã có vai trò đó ở đơn vị.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="membership_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.user}"


class SigningAuthority(models.Model):
    """Who may sign what, in whose name, in which period (NĐ 30/2020 Đ13): the signature block is derived from it."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="người ký", related_name="signing_authorities")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="cơ quan ban hành", related_name="+")
    form = models.CharField("hình thức", max_length=4, choices=SignatureForm, default=SignatureForm.NONE)
    on_behalf_of = models.CharField("thay cho chức vụ hoặc tập thể", max_length=100, blank=True)
    title = models.CharField("chức vụ người ký", max_length=100)
    scope = models.CharField("phạm vi", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=["none", "Q"]) | ~Q(on_behalf_of=""),
                name="delegated_signature_names_its_principal",
                violation_error_message="Hình thức ký này phải ghi rõ ký thay cho ai (ví dụ: GIÁM ĐỐC).",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="authority_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return " / ".join([*self.lines(), self.user.full_name])

    def lines(self):
        """The lines above the name, top to bottom, as printed (NĐ 30/2020 PL I.II.7.a–b)."""
        title, principal = self.title.upper(), self.on_behalf_of.upper()
        if self.form == SignatureForm.NONE:
            return [title]
        if self.form == SignatureForm.Q:
            return [f"Q. {title}"]
        return [f"{self.form}. {principal}", title]


class UnitEntry(models.Model):
    """One change of a unit, its names, contacts, groups or rights: who, when, and what, in words. Append-only."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="history")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc")
    what = models.CharField("nội dung", max_length=500)

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="unit_entry_by_time")]
        constraints = [NeverChanges(name="unit_entry_append_only")]

    def __str__(self):
        return self.what


class Sweep(models.Model):
    """A background sweep: its lock, how far it has read, and when it last came to its end (its pulse)."""

    name = models.CharField(max_length=40, unique=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    mark = models.DateTimeField(null=True, blank=True)
    pulse_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name
