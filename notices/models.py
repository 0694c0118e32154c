"""What must be said: one notice is one thing to one person over one channel; deliveries are its attempts."""

from django.db import models
from django.db.models import Q

from assignments.models import Assignment, Roster
from notices.states import NoticeChannel, NoticeStatus
from units.models import Contact


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """In-app notices of this person."""
        return self.filter(recipient__user=user, channel=NoticeChannel.APP)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing that must be said to one person. `key` says what makes it the same message, due date included:
    running a sweep twice says nothing twice, and a moved deadline is a new message.

    `assignment` is set on reminders only: one that is no longer owed is dropped instead of sent. So is what was to be said
    before `moot_at` and could not be.
    `text` of a `secret` notice (a reset link) is wiped once it is sent or given up, and shown on no page.
    """

    key = models.CharField(max_length=150)
    recipient = models.ForeignKey(Contact, models.PROTECT, related_name="notices", verbose_name="người nhận")
    address = models.EmailField(
        "gửi tới địa chỉ cũ", blank=True
    )  # where it is not the person's present one; wiped once sent
    channel = models.CharField("kênh", max_length=5, choices=NoticeChannel)
    subject = models.CharField("tiêu đề", max_length=250)
    text = models.TextField("nội dung")
    path = models.CharField("đường dẫn", max_length=200, blank=True)
    urgent = models.BooleanField("khẩn", default=False)
    secret = models.BooleanField("có liên kết bí mật", default=False)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhắc việc"
    )
    moot_at = models.DateTimeField("hết ý nghĩa từ", null=True, blank=True)
    status = models.CharField("trạng thái", max_length=7, choices=NoticeStatus, default=NoticeStatus.PENDING)
    attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    next_try_at = models.DateTimeField("gửi lại lúc")
    claimed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField("lỗi", max_length=300, blank=True)
    message_id = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField("lập lúc")
    sent_at = models.DateTimeField("gửi xong lúc", null=True, blank=True)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("key", "recipient", "channel", name="said_once_per_person_and_channel"),
            models.CheckConstraint(condition=Q(status__in=NoticeStatus.values), name="notice_status_known"),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="sent_notice_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "next_try_at"], name="notice_to_send"),
            models.Index(fields=["recipient", "channel", "-created_at"], name="notice_of_person"),
            models.Index(fields=["message_id"], name="notice_of_message"),
        ]

    def __str__(self):
        return self.subject


class Delivery(models.Model):
    """One attempt to hand a notice to the mail server, and what it answered."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    at = models.DateTimeField("lúc")
    ok = models.BooleanField("thành công")
    answer = models.CharField("trả lời của máy chủ", max_length=300, blank=True)

    def __str__(self):
        return "được" if self.ok else self.answer


class ShiftTold(models.Model):
    """What a person on duty was last told of one stretch: whoever compares it with the roster finds what has changed since.

    `shift` is the number of a shift that may be gone. `reminded`: they know these hours; not yet when a far-off change was
    told. `gone`: they know that it is no longer theirs. `turn` counts what was said, so that each saying has its own key.
    """

    shift = models.PositiveBigIntegerField("ca trực")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name="người trực")
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="+", verbose_name="lịch trực")
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến")
    layers = models.JSONField("loại trực", default=list)
    place = models.CharField("nơi trực", max_length=150, blank=True)
    reminded = models.BooleanField("đã nhắc", default=True)
    gone = models.BooleanField("đã báo thôi trực", default=False)
    turn = models.PositiveSmallIntegerField("lần báo", default=1)

    class Meta:
        constraints = [models.UniqueConstraint("shift", "contact", name="one_telling_per_shift_and_person")]
        indexes = [models.Index(fields=["ends_at"], name="telling_by_end")]

    def __str__(self):
        return f"{self.contact_id} · {self.starts_at:%d/%m/%Y %H:%M}"

    def facts(self):
        return self.starts_at, self.ends_at, self.layers, self.place
