"""Channels and states of notices. No person moves a notice: the sender does."""

from django.db.models import TextChoices


class NoticeChannel(TextChoices):
    APP = "app", "Trong phần mềm"
    EMAIL = "email", "Thư điện tử"


class NoticeStatus(TextChoices):
    PENDING = "pending", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    DROPPED = "dropped", "Không còn cần gửi"
