"""People: accounts, rights by period, and who may sign."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from units.addresses import address_of
from units.models.units import Unit
from units.states import Role, SignatureForm, UnitKind


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Administrators see every account; everybody sees their own."""
        return self if user.has_role(Role.ADMIN) else self.filter(pk=user.pk)

    def holding(self, day, roles=()):
        """People with a right in force on that day, one of `roles` when some are named."""
        rights = Membership.objects.on(day)
        return self.filter(pk__in=(rights.filter(role__in=roles) if roles else rights).values("user"))

    def unused_since(self, moment):
        """Open accounts nobody logged in to since then, made before it, and of which nothing was written since: no right given,
        not opened again."""
        quiet = Q(last_login=None) | Q(last_login__lt=moment)
        return self.filter(quiet, is_active=True, date_joined__lt=moment).exclude(rights_history__at__gte=moment)

    def with_rights(self, day):
        """People with `rights`, those in force on that day; one query more."""
        rights = Membership.objects.on(day).select_related("unit").order_by("unit__sort_key", "role")
        return self.prefetch_related(models.Prefetch("memberships", queryset=rights, to_attr="rights"))

    def search(self, words):
        """People whose name holds every word, accents or not, or whose user name or address holds the text."""
        return self.filter(
            Q(contact__search_key__words=words)
            | Q(username__icontains=words.strip())
            | Q(email__icontains=words.strip())
        )


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    """Accounts; `createsuperuser` asks for the full name too."""


class User(AbstractUser):
    """An account: one person, one account. Rights come from Membership, never from flags here."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=100)
    email = models.EmailField("thư điện tử", blank=True)
    session_salt = models.CharField(max_length=32, editable=False, blank=True)
    access_changed_at = models.DateTimeField(
        null=True, editable=False
    )  # by a person: the address or factor that opens it
    former_email = models.EmailField(blank=True, editable=False)  # until what was done to it is told there
    REQUIRED_FIELDS = ["email", "full_name"]
    objects = UserManager()
    EDITED = ("full_name", "email")
    acting = None  # the Delegation under which this request works (units.acting)

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

    def get_absolute_url(self):
        return address_of("units:person_detail", self.pk)

    def _get_session_auth_hash(self, secret=None):
        """What a session must hold to go on: it changes with the password, with the salt when sessions are ended, and with
        the person's own rights in force today: given, taken away, begun or ended by their day."""
        said = f"{self.password}{self.session_salt}{sorted(self.own_roles())}"
        return salted_hmac("units.models.User.session", said, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    def own_roles(self):
        """The person's own rights in force today as pairs (unit id, role). One query, remembered by this instance, which
        lives one request."""
        if not hasattr(self, "_roles"):
            self._roles = frozenset(self.memberships.current().values_list("unit_id", "role"))
        return self._roles

    def roles(self):
        """The rights this request works with: one's own, or those of the absent person for whom one acts, who lends all
        but the administrator's."""
        if self.acting is None:
            return self.own_roles()
        return frozenset(right for right in self.acting.giver.own_roles() if right[1] != Role.ADMIN)

    def works_as(self):
        """Whose work is done: the absent person's while acting for them, else one's own."""
        return self.acting.giver if self.acting else self

    def has_role(self, *roles):
        return any(role in roles for _, role in self.roles())

    def is_department_staff(self):
        """True for people of the Sở, whatever their desk; people of recipient units see only what was sent to them."""
        return self.has_role(*Role.STAFF)

    def unit_ids(self):
        """The units this person speaks for."""
        return {unit for unit, _ in self.roles()}


class Granted(models.Model):
    """What one person gives and a second one confirms before it is in force (NĐ 30/2020 PL VI: a change of rights is
    announced until a competent person confirms it). Given by the system (no `granted_by`) it is in force at once;
    confirmed by the machine's administrator it has a moment and no person."""

    pending = models.BooleanField("chờ xác nhận", default=False)
    granted_at = models.DateTimeField("giao lúc", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người giao", null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người xác nhận", null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(pending=True, granted_by__isnull=False, confirmed_at=None)
                | Q(pending=False, granted_by__isnull=False, confirmed_at__isnull=False)
                | Q(pending=False, granted_by=None, confirmed_at=None),
                name="%(class)s_in_force_once_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(confirmed_at__isnull=False), name="%(class)s_confirmed_at_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("granted_by")) & ~Q(confirmed_by=F("user"))),
                name="%(class)s_confirmed_by_a_second_person",
                violation_error_message="Người giao quyền và người được giao không tự xác nhận được.",
            ),
        ]


class MembershipQuerySet(models.QuerySet):
    def awaiting(self, user):
        """Rights that wait for a second person and that this person gave or may know of: all for administrators and leaders
        of the Sở, for others those of roles into which they might invite."""
        waiting = self.filter(pending=True)
        if user.has_role(Role.ADMIN, Role.LEADER):
            return waiting
        led = [unit for unit, role in user.roles() if role == Role.UNIT_LEADER]
        spoken_for = [unit for unit, role in user.roles() if role == Role.FOCAL]
        mine = Q(granted_by=user) | Q(unit__in=led, role__in=Role.INVITED) | Q(unit__in=spoken_for, role=Role.DUTY)
        if user.has_role(Role.HEAD, Role.SPECIALIST):
            mine |= Q(role__in=Role.INVITED) & ~Q(unit__kind__in=UnitKind.INSIDE)
        return waiting.filter(mine)

    def on(self, day):
        """Rights in force on that day; those that wait for a second person are not."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day, pending=False)

    def current(self):
        """Rights in force today. Asks the clock: who may do what is always asked of the present moment."""
        return self.on(timezone.localdate())


class Membership(Granted):
    """A right: this person has this role in this unit, from a day up to, not including, another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField("vai trò", max_length=12, choices=Role)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến trước ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Granted.Meta):
        constraints = [
            *Granted.Meta.constraints,
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


class SigningAuthorityQuerySet(models.QuerySet):
    def awaiting(self, user):
        """Authority that waits for a second person: the concern of administrators and leaders of the Sở."""
        return self.filter(pending=True) if user.has_role(Role.ADMIN, Role.LEADER) else self.none()

    def on(self, day):
        """Authority in force on that day; what waits for a second person is not."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day, pending=False)


class SigningAuthority(Granted):
    """Who may sign what, in whose name, in which period (NĐ 30/2020 Đ13): the signature block is derived from it."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="người ký", related_name="signing_authorities")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="cơ quan ban hành", related_name="+")
    form = models.CharField("hình thức", max_length=4, choices=SignatureForm, default=SignatureForm.NONE)
    on_behalf_of = models.CharField("thay cho chức vụ hoặc tập thể", max_length=100, blank=True)
    title = models.CharField("chức vụ người ký", max_length=100)
    scope = models.CharField("phạm vi", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = SigningAuthorityQuerySet.as_manager()

    class Meta(Granted.Meta):
        constraints = [
            *Granted.Meta.constraints,
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

    def in_force(self, day):
        """True when papers may be signed with it on that day: `SigningAuthorityQuerySet.on` for one row."""
        return not self.pending and self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
