"""Somebody is absent: another person does their work for a time, in their own name, and every act says so."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from units.discreet import DiscreetLine
from units.models.people import Membership, User
from units.overlap import NoOverlap
from units.states import Role


class DelegationQuerySet(models.QuerySet):
    def in_force(self, now):
        """Those whose period holds this moment."""
        return self.filter(starts_at__lte=now, ends_at__gt=now, ended_at=None)

    def fit(self, now):
        """Those whose two people may still lend and take: a giver who can log in and works somewhere today, and a taker of the
        Sở for one of the Sở, of the same unit for one of a unit."""
        rights = Membership.objects.on(timezone.localdate(now))
        giver, taker = rights.filter(user=OuterRef("giver")), rights.filter(user=OuterRef("taker"))
        shared = taker.filter(unit__in=rights.filter(user=OuterRef(OuterRef("giver"))).values("unit"))
        staff = Q(Exists(giver.filter(role__in=Role.STAFF)))
        together = (staff & Exists(taker.filter(role__in=Role.STAFF))) | (~staff & Exists(shared))
        return self.filter(together, giver__is_active=True, taker__is_active=True)

    def usable(self, now):
        """Those under which somebody may work at this moment."""
        return self.in_force(now).fit(now)

    def to_come(self, now):
        """Those that have not begun."""
        return self.filter(starts_at__gt=now, ended_at=None)

    def meeting(self, starts_at, ends_at):
        """Those not ended early that share a moment with [starts_at, ends_at)."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at, ended_at=None)

    def visible_to(self, user):
        """Leaders of the Sở and administrators see all; everybody sees those they gave, took or made. By one's own rights."""
        if {Role.ADMIN, Role.LEADER} & {role for _, role in user.own_roles()}:
            return self
        return self.filter(Q(giver=user) | Q(taker=user) | Q(made_by=user))


class Delegation(models.Model):
    """`taker` may do the work of `giver` from `starts_at` up to, not including, `ends_at`, or until it is ended early.

    It lends the giver's rights of that moment, never the administrator's, and never the authority to sign: that is
    delegated in writing (NĐ 30/2020 Đ13) and stands in SigningAuthority.
    """

    giver = models.ForeignKey(User, models.PROTECT, verbose_name="người vắng mặt", related_name="delegations_given")
    taker = models.ForeignKey(User, models.PROTECT, verbose_name="người xử lý thay", related_name="delegations_taken")
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến")
    reason = DiscreetLine("lý do", max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="người lập", null=True, related_name="+")
    made_at = models.DateTimeField("lập lúc")
    ended_at = models.DateTimeField("kết thúc sớm lúc", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="delegation_ends_after_it_starts",
                violation_error_message="Thời điểm kết thúc phải sau thời điểm bắt đầu.",
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")),
                name="delegation_to_somebody_else",
                violation_error_message="Không thể ủy quyền cho chính mình.",
            ),
            NoOverlap(
                name="one_delegation_at_a_time",
                same="giver",
                starts="starts_at",
                ends="ends_at",
                until_set="ended_at",
                violation_error_message="Người này đã ủy quyền cho người khác trong khoảng thời gian đó.",
            ),
        ]

    def __str__(self):
        return f"{self.taker} xử lý thay {self.giver}"

    def standing(self, now):
        """ "ended" (early), "over", "to_come" or "in_force"."""
        if self.ended_at:
            return "ended"
        if self.ends_at <= now:
            return "over"
        return "to_come" if self.starts_at > now else "in_force"
