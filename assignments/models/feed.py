"""Secret addresses under which a calendar reads duty shifts."""

import hashlib

from django.db import models
from django.db.models import Q

from units.models import Unit, User


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(user=user)

    def live(self):
        return self.filter(revoked_at=None)

    def of_token(self, token):
        return self.filter(token_hash=hash_of(token))


class CalendarLink(models.Model):
    """A secret address of one person's own shifts, or of a unit's; of its token only the hash is kept.

    It opens nothing once revoked, nor once its maker has left or lost the right: asked anew at every reading.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_links", verbose_name="người lập")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("lập lúc")
    read_at = models.DateTimeField("đọc lần cuối", null=True, blank=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user", condition=Q(unit=None, revoked_at=None), name="one_live_link_of_own_shifts"
            ),
            models.UniqueConstraint(
                "user",
                "unit",
                condition=Q(unit__isnull=False, revoked_at=None),
                name="one_live_link_per_person_and_unit",
            ),
        ]

    def __str__(self):
        return f"Lịch trực {self.unit}" if self.unit else f"Lịch trực của {self.user}"
