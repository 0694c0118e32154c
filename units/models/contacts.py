"""Contacts: the people of units, with or without an account."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from units.keys import SortKeyField
from units.models.people import User
from units.models.units import Unit
from units.word_index import WordIndex


class ContactQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_on=None)

    def unproven_since(self, moment):
        """People with a phone or an address by which nobody has reached them since then."""
        old = [Q(**{f"{way}_proven_at": None}) | Q(**{f"{way}_proven_at__lt": moment}) for way in ("phone", "email")]
        return self.filter((~Q(phone="") & old[0]) | (~Q(email="") & old[1]))

    def visible_to(self, user):
        """The people of the units this person sees."""
        return self.filter(unit__in=Unit.objects.visible_to(user))

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
    sort_key = SortKeyField(max_length=220)
    search_key = models.CharField(max_length=220, editable=False, blank=True)
    position = models.CharField("chức vụ", max_length=100, blank=True)
    phone = models.CharField("điện thoại di động", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone_proven_at = models.DateTimeField("gọi được lần gần nhất", null=True, blank=True)
    email_proven_at = models.DateTimeField("thư đến được lần gần nhất", null=True, blank=True)
    is_focal = models.BooleanField("là đầu mối nhận yêu cầu", default=False)
    left_on = models.DateField("thôi làm đầu mối từ ngày", null=True, blank=True)
    added_at = models.DateTimeField("ghi vào danh bạ lúc", default=timezone.now, editable=False)
    masked_at = models.DateTimeField("xóa số điện thoại, thư điện tử lúc", null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()
    EDITED = ("name", "position", "phone", "email", "is_focal", "left_on")

    class Meta:
        indexes = [WordIndex(fields=["search_key"], name="contact_words")]
        constraints = [
            models.UniqueConstraint(
                "unit",
                "email",
                condition=~Q(email="") & Q(left_on=None),
                name="contact_email_once_per_unit",
                violation_error_message="Đơn vị đã có đầu mối dùng thư điện tử này.",
            ),
            models.CheckConstraint(
                condition=Q(masked_at=None) | Q(phone="", email=""), name="masked_contact_has_no_number"
            ),
        ]

    def __str__(self):
        return self.name
