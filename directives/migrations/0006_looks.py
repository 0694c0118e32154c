import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import units.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0005_delegations"),
        ("units", "0006_delegations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DispatchLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("page", "Trang văn bản"),
                            ("pdf", "Tệp PDF đã lưu"),
                            ("scan", "Bản quét đã ký"),
                            ("pages", "Bản in từng trang"),
                            ("preview", "Bản xem trước"),
                            ("word", "Bản Word"),
                            ("draft", "Trang soạn thảo"),
                            ("compare", "So sánh các bản dự thảo"),
                            ("print", "Bộ văn bản để in"),
                            ("log", "Nhật ký văn bản"),
                            ("evidence", "Minh chứng"),
                        ],
                        max_length=8,
                        verbose_name="xem gì",
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=60, verbose_name="cụ thể")),
                ("at", models.DateTimeField(db_index=True, verbose_name="lúc")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="directives.dispatch"
                    ),
                ),
                (
                    "under",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.delegation",
                        verbose_name="theo ủy quyền",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dispatch", "-at"], name="look_of_dispatch")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                [
                                    "page",
                                    "pdf",
                                    "scan",
                                    "pages",
                                    "preview",
                                    "word",
                                    "draft",
                                    "compare",
                                    "print",
                                    "log",
                                    "evidence",
                                ],
                            )
                        ),
                        name="look_kind_known",
                    ),
                    units.constraints.NeverChanges(
                        fields=(),
                        name="dispatch_look_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    ),
                ],
            },
        ),
    ]
