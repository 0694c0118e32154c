import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import assignments.constraints
import units.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0001_initial"),
        ("plans", "0001_initial"),
        ("units", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Roster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Đang lập"),
                            ("submitted", "Chờ Sở duyệt"),
                            ("returned", "Trả lại"),
                            ("accepted", "Đã duyệt"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("gap_minutes", models.PositiveIntegerField(blank=True, null=True, verbose_name="số phút còn thiếu")),
                (
                    "waiver_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="lý do chấp nhận phần thiếu"),
                ),
                ("moved_at", models.DateTimeField(verbose_name="cập nhật lúc")),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="plans.occasion",
                        verbose_name="đợt",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người chấp nhận phần thiếu",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "status"], name="roster_of_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("occasion"),
                        models.F("unit"),
                        name="one_roster_per_occasion_and_unit",
                        violation_error_message="Đơn vị đã có lịch trực cho đợt này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted", "returned", "accepted"])),
                        name="roster_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            models.Q(
                                ("gap_minutes__isnull", False),
                                models.Q(
                                    ("gap_minutes", 0),
                                    models.Q(
                                        ("waived_by__isnull", False), models.Q(("waiver_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="accepted_gap_is_waived_by_name",
                        violation_error_message="Lịch trực còn thiếu chỉ được duyệt khi có người chấp nhận và lý do.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyShift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("layers", models.JSONField(default=list, verbose_name="loại trực")),
                ("starts_at", models.DateTimeField(verbose_name="từ")),
                ("ends_at", models.DateTimeField(verbose_name="đến")),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="nơi trực")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Đang lập"),
                            ("submitted", "Chờ Sở duyệt"),
                            ("returned", "Trả lại"),
                            ("accepted", "Đã duyệt"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_shifts",
                        to="units.contact",
                        verbose_name="người trực",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_shifts",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "rosters",
                    models.ManyToManyField(related_name="shifts", to="assignments.roster", verbose_name="lịch trực"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["starts_at", "ends_at"], name="shift_by_time"),
                    models.Index(fields=["unit", "starts_at"], name="shift_of_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="shift_ends_after_it_starts",
                        violation_error_message="Ca trực phải kết thúc sau khi bắt đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("layers", []), _negated=True),
                        name="shift_serves_a_layer",
                        violation_error_message="Ca trực phải thuộc ít nhất một loại trực.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted", "returned", "accepted"])),
                        name="shift_status_known",
                    ),
                    assignments.constraints.NoOverlap(
                        ends="ends_at",
                        name="one_shift_at_a_time_per_person",
                        once=("accepted", "submitted"),
                        same="contact",
                        starts="starts_at",
                        violation_error_message="Người này đã có ca trực khác trong khoảng thời gian đó.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterEntry",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="assignments.roster"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="assignments_rosterentry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
    ]
