"""Invitations: who is asked to open an account, by whom, for which role in which unit."""

from django.db import models
from django.db.models import F, Q

from units.models.contacts import Contact
from units.models.people import User
from units.models.units import Unit
from units.states import Role, UnitKind


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The administrator and the leaders of the Sở, who may confirm them, see every invitation,
        the keepers of the address book those of units outside the Sở,
        a unit's leader and focal person their own unit's."""
        if user.has_role(Role.ADMIN, Role.LEADER):
            return self
        spoken_for = [unit for unit, role in user.roles() if role in (Role.FOCAL, Role.UNIT_LEADER)]
        mine = Q(unit__in=spoken_for)
        if user.has_role(Role.HEAD, Role.SPECIALIST):
            mine |= ~Q(unit__kind__in=UnitKind.INSIDE)
        return self.filter(mine)

    def open(self):
        """Neither used nor taken back; those whose seven days are over included."""
        return self.filter(accepted_at=None, revoked_at=None)

    def waiting(self, now):
        """Those whose link works."""
        return self.open().filter(expires_at__gt=now)

    def search(self, words):
        return self.filter(Q(contact__search_key__words=words) | Q(email__icontains=words.strip()))


class Invitation(models.Model):
    """A person asked to open an account with one role in one unit. The link goes by mail, works once, for seven days.

    `digest` is all the database knows of the link's secret; sent anew, the invitation has another secret (`turn` counts)
    and the one who sent it last vouches for it.
    """

    contact = models.ForeignKey(Contact, models.PROTECT, verbose_name="người được mời", related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="invitations")
    role = models.CharField("vai trò", max_length=12, choices=Role)
    email = models.EmailField("thư điện tử")
    invited_by = models.ForeignKey(User, models.PROTECT, verbose_name="người mời", null=True, related_name="+")
    created_at = models.DateTimeField("mời lúc")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người xác nhận", null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    turn = models.PositiveSmallIntegerField("lần gửi", default=1)
    nonce = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField("gửi lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    bounced_at = models.DateTimeField("thư không gửi được lúc", null=True, blank=True)
    asked_at = models.DateTimeField("xin gửi lại lúc", null=True, blank=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    accepted_at = models.DateTimeField("kích hoạt lúc", null=True, blank=True)
    user = models.OneToOneField(
        User, models.PROTECT, verbose_name="tài khoản", null=True, blank=True, related_name="invitation"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "contact",
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_person",
                violation_error_message="Người này đã có lời mời đang chờ: hãy gửi lại hoặc thu hồi lời mời đó.",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("invited_by"))),
                name="invitation_confirmed_by_a_second_person",
                violation_error_message="Người mời không tự xác nhận được lời mời của mình.",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="invitation_expires_after_sending"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_accepted_or_revoked"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, user=None) | Q(accepted_at__isnull=False, user__isnull=False),
                name="accepted_invitation_has_its_account",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-created_at"], name="invitation_of_unit")]

    def __str__(self):
        return f"{self.contact} · {self.get_role_display()}"

    def standing(self, now):
        """In which of its conditions the invitation is: accepted, revoked, expired or waiting."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "waiting" if now < self.expires_at else "expired"
