import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assignments", "0001_initial"),
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=150)),
                (
                    "channel",
                    models.CharField(
                        choices=[("app", "Trong phần mềm"), ("email", "Thư điện tử")], max_length=5, verbose_name="kênh"
                    ),
                ),
                ("subject", models.CharField(max_length=250, verbose_name="tiêu đề")),
                ("text", models.TextField(verbose_name="nội dung")),
                ("path", models.CharField(blank=True, max_length=200, verbose_name="đường dẫn")),
                ("urgent", models.BooleanField(default=False, verbose_name="khẩn")),
                ("secret", models.BooleanField(default=False, verbose_name="có liên kết bí mật")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Chờ gửi"),
                            ("sending", "Đang gửi"),
                            ("sent", "Đã gửi"),
                            ("failed", "Không gửi được"),
                            ("dropped", "Không còn cần gửi"),
                        ],
                        default="pending",
                        max_length=7,
                        verbose_name="trạng thái",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="số lần gửi")),
                ("next_try_at", models.DateTimeField(verbose_name="gửi lại lúc")),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="lỗi")),
                ("message_id", models.CharField(blank=True, max_length=150)),
                ("created_at", models.DateTimeField(verbose_name="lập lúc")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="gửi xong lúc")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="đọc lúc")),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assignments.assignment",
                        verbose_name="nhắc việc",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="units.contact",
                        verbose_name="người nhận",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["status", "next_try_at"], name="notice_to_send"),
                    models.Index(fields=["recipient", "channel", "-created_at"], name="notice_of_person"),
                    models.Index(fields=["message_id"], name="notice_of_message"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("key"),
                        models.F("recipient"),
                        models.F("channel"),
                        name="said_once_per_person_and_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["pending", "sending", "sent", "failed", "dropped"])),
                        name="notice_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="sent_notice_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("ok", models.BooleanField(verbose_name="thành công")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="trả lời của máy chủ")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="notices.notice"
                    ),
                ),
            ],
        ),
    ]
