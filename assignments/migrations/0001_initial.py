import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import units.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directives", "0001_initial"),
        ("plans", "0001_initial"),
        ("units", "0001_initial"),
        ("units", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Chủ trì"), ("support", "Phối hợp")],
                        default="lead",
                        max_length=7,
                        verbose_name="vai trò",
                    ),
                ),
                ("occurrence", models.DateField(blank=True, null=True, verbose_name="ngày")),
                ("first_due_at", models.DateTimeField(blank=True, null=True, verbose_name="hạn ban đầu")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="hạn")),
                ("armed_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sent", "Mới giao"),
                            ("accepted", "Đã tiếp nhận"),
                            ("questioned", "Có vướng mắc"),
                            ("submitted", "Chờ xác nhận"),
                            ("closed", "Hoàn thành"),
                            ("declined", "Không thực hiện được"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("before_question", models.CharField(blank=True, max_length=10)),
                ("moved_at", models.DateTimeField(verbose_name="cập nhật lúc")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="directives.dispatch",
                        verbose_name="văn bản",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người giao",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="plans.occasion",
                        verbose_name="đợt",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="directives.requirement",
                        verbose_name="yêu cầu",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["due_at"], name="assignment_by_due"),
                    models.Index(fields=["status", "due_at"], name="assignment_by_status_and_due"),
                    models.Index(fields=["armed_at"], name="assignment_by_armed"),
                    models.Index(fields=["unit", "status", "due_at"], name="assignment_of_unit"),
                    models.Index(fields=["occasion", "status", "due_at"], name="assignment_of_occasion"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("requirement"),
                        models.F("unit"),
                        condition=models.Q(("occurrence", None)),
                        name="one_assignment_per_requirement_and_unit",
                    ),
                    models.UniqueConstraint(
                        models.F("requirement"),
                        models.F("unit"),
                        models.F("occurrence"),
                        condition=models.Q(("occurrence__isnull", False)),
                        name="one_assignment_per_requirement_unit_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["sent", "accepted", "questioned", "submitted", "closed", "declined", "cancelled"],
                            )
                        ),
                        name="assignment_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at", None), ("first_due_at", None)),
                            models.Q(("due_at__gte", models.F("first_due_at")), ("first_due_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="deadline_only_moves_later",
                        violation_error_message="Hạn mới phải sau hạn ban đầu.",
                    ),
                    units.constraints.NeverChanges(
                        fields=("requirement", "dispatch", "unit", "occurrence", "first_due_at"),
                        name="assignment_keeps_its_first_deadline",
                        once=(),
                        violation_error_message="Hạn ban đầu của nhiệm vụ không được thay đổi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(blank=True, max_length=20, verbose_name="từ")),
                ("after", models.CharField(max_length=20, verbose_name="đến")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú")),
                ("at", models.DateTimeField(db_index=True, verbose_name="lúc")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thực hiện",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="assignments.assignment"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="assignments_assignmententry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="nội dung")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="liên kết")),
                ("filed_at", models.DateTimeField(verbose_name="nộp lúc")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.storedfile",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("link", ""), _negated=True),
                            ("file__isnull", False),
                            _connector="OR",
                        ),
                        name="evidence_holds_something",
                        violation_error_message="Minh chứng phải có nội dung, liên kết hoặc tệp kèm theo.",
                    ),
                    units.constraints.NeverChanges(
                        fields=(),
                        name="evidence_never_changes",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wanted_at", models.DateTimeField(verbose_name="đề nghị gia hạn đến")),
                ("reason", models.CharField(max_length=500, verbose_name="lý do")),
                ("asked_at", models.DateTimeField(verbose_name="đề nghị lúc")),
                ("granted", models.BooleanField(blank=True, null=True, verbose_name="đồng ý")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="quyết định lúc")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="trả lời")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("assignment"),
                        condition=models.Q(("granted", None)),
                        name="one_open_extension",
                        violation_error_message="Đang có một đề nghị gia hạn chờ Sở trả lời.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("granted", None)),
                            models.Q(
                                ("decided_at__isnull", False), ("decided_by__isnull", False), ("granted__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="extension_decision_is_named",
                    ),
                ],
            },
        ),
    ]
