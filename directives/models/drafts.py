"""What a draft goes through before it is a paper: its versions, what is typed and not yet saved, who has read how far."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from directives.models.dispatch import Dispatch
from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.models import User


class DispatchVersion(models.Model):
    """A draft as it stood after one saving: author, time and the whole text. Never changed (NĐ 30/2020 PL VI.III.5.a).

    The lists hold words as they read that day; `whole` holds the same with the keys of groups, units and bases, so that
    the version can be made the draft again. It is empty in versions saved before it was kept.
    """

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, blank=True, default="")
    subject = models.CharField(max_length=500)
    body = models.TextField()
    annexes = models.TextField(blank=True, default="")
    urgency = models.CharField(max_length=12, blank=True, default="")
    signer = models.CharField(max_length=300, blank=True, default="")
    addressees = models.JSONField(default=list)
    copies = models.JSONField(default=list)
    bases = models.JSONField(default=list)
    requirements = models.JSONField(default=list)
    whole = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = DiscreetLine(max_length=250, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("dispatch", "version", name="dispatch_version_once"),
            NeverChanges(name="dispatch_version_never_changes"),
        ]

    def __str__(self):
        return f"{self.dispatch_id} · bản {self.version}"


class Unsaved(models.Model):
    """What one person has typed into a draft, or into one not yet made (`dispatch` is null), and not saved: the fields of
    the page by name. It goes when they save it, drop it, or let it lie."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, null=True, blank=True, related_name="unsaved")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    base_version = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("dispatch", "author", condition=~Q(dispatch=None), name="one_unsaved_per_draft"),
            models.UniqueConstraint("author", condition=Q(dispatch=None), name="one_unsaved_new_draft"),
        ]

    def __str__(self):
        return f"{self.author} đang soạn, chưa lưu"


class DispatchView(models.Model):
    """Which version of a draft a person of the house saw last, and which before that: what changed in between is shown
    to them first. `at` is when they first saw that version."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="views")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    earlier = models.PositiveIntegerField(null=True, blank=True)
    earlier_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("dispatch", "user", name="dispatch_view_once"),
            models.CheckConstraint(
                condition=Q(earlier=None, earlier_at=None) | Q(earlier__lt=F("version"), earlier_at__isnull=False),
                name="dispatch_view_goes_forward",
            ),
        ]

    def __str__(self):
        return f"{self.user} đã xem bản {self.version}"


class MovedDate(models.Model):
    """What of the earlier paper depends on its occasion and was moved to the new one, with the reason; somebody confirms each.

    Mostly dates; a name or a year has no days. A paper cited there (`old` is `new`) was kept: is it still in force?"""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="moved_dates")
    order = models.PositiveSmallIntegerField()
    old = models.CharField("như trong văn bản cũ", max_length=500)
    new = models.CharField("như trong dự thảo", max_length=500)
    why = models.CharField("cách tính", max_length=300)
    old_on = models.DateField("ngày cũ", null=True, blank=True)
    new_on = models.DateField("ngày mới", null=True, blank=True)
    day_off = models.CharField("ngày nghỉ", max_length=200, blank=True, default="")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("dispatch", "order", name="moved_date_order_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmed_says_who_and_when",
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"
