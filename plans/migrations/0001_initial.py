import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import units.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("units", "0001_initial"),
        ("units", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="ngày")),
                ("is_day_off", models.BooleanField(default=True, verbose_name="được nghỉ")),
                ("name", models.CharField(max_length=100, verbose_name="tên")),
                ("source", models.CharField(max_length=100, verbose_name="theo văn bản")),
            ],
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("luật", "Luật, pháp lệnh"),
                            ("nghị định", "Nghị định"),
                            ("chỉ thị", "Chỉ thị"),
                            ("kế hoạch", "Kế hoạch"),
                            ("công văn", "Công văn"),
                            ("công điện", "Công điện"),
                            ("quyết định", "Quyết định"),
                            ("văn bản khác", "Văn bản khác"),
                        ],
                        default="công văn",
                        max_length=15,
                        verbose_name="loại văn bản",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=50, verbose_name="số, ký hiệu")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                ("issuer", models.CharField(max_length=150, verbose_name="cơ quan ban hành")),
                ("subject", models.CharField(max_length=500, verbose_name="trích yếu")),
                ("search_key", models.CharField(blank=True, editable=False, max_length=800)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.storedfile",
                        verbose_name="tệp",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="plans.legalbasis",
                        verbose_name="được thay bởi",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("number"),
                        models.F("issuer"),
                        models.F("issued_on"),
                        condition=models.Q(("number", ""), _negated=True),
                        name="legal_basis_once",
                        violation_error_message="Văn bản này đã có trong danh mục căn cứ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_by", None),
                            models.Q(("superseded_by", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="basis_not_its_own_successor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BasisEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("what", models.CharField(max_length=500, verbose_name="nội dung")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="plans.legalbasis"
                    ),
                ),
            ],
            options={
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="basis_entry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("election", "Bầu cử"),
                            ("tet", "Tết Nguyên đán"),
                            ("national_day", "Quốc khánh 02/9"),
                            ("other", "Đợt khác"),
                        ],
                        max_length=12,
                        verbose_name="loại đợt",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="tên đợt")),
                ("d_day", models.DateField(verbose_name="ngày chính (ngày D)")),
                ("starts_on", models.DateField(verbose_name="bắt đầu")),
                ("ends_on", models.DateField(verbose_name="kết thúc")),
                ("search_key", models.CharField(blank=True, default="", editable=False, max_length=300)),
                (
                    "bases",
                    models.ManyToManyField(
                        blank=True, related_name="occasions", to="plans.legalbasis", verbose_name="căn cứ"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("d_day")), ("d_day__lte", models.F("ends_on"))),
                        name="d_day_within_occasion",
                        violation_error_message="Ngày chính phải nằm trong thời gian của đợt.",
                    ),
                    models.UniqueConstraint(
                        models.F("kind"),
                        models.F("d_day"),
                        models.F("name"),
                        name="occasion_once",
                        violation_error_message="Đợt này đã được lập.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["election", "tet", "national_day", "other"])),
                        name="occasion_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccasionEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("what", models.CharField(max_length=500, verbose_name="nội dung")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="plans.occasion"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["occasion", "-at"], name="occasion_entry_by_time")],
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="occasion_entry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("before", "Trước"), ("during", "Trong"), ("after", "Sau")],
                        max_length=6,
                        verbose_name="giai đoạn",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="từ")),
                ("ends_at", models.DateTimeField(verbose_name="đến trước")),
                ("duty_layers", models.JSONField(blank=True, default=list, verbose_name="các lớp trực bắt buộc")),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="phases", to="plans.occasion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("occasion"), models.F("kind"), name="phase_once_per_occasion"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="phase_ends_after_it_starts",
                        violation_error_message="Giai đoạn phải kết thúc sau khi bắt đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["before", "during", "after"])), name="phase_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="tên kế hoạch")),
                ("outline", models.CharField(blank=True, max_length=20, verbose_name="mẫu")),
                ("purpose", models.TextField(blank=True, verbose_name="mục đích, yêu cầu")),
                ("organisation", models.TextField(blank=True, verbose_name="tổ chức thực hiện")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("review", "Chờ xem xét"),
                            ("approved", "Đã duyệt"),
                            ("issued", "Đã ban hành"),
                            ("closed", "Đã kết thúc"),
                        ],
                        default="draft",
                        max_length=8,
                        verbose_name="trạng thái",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="lập lúc")),
                ("search_key", models.CharField(blank=True, default="", editable=False, max_length=400)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người soạn",
                    ),
                ),
                (
                    "bases",
                    models.ManyToManyField(
                        blank=True, related_name="plans", to="plans.legalbasis", verbose_name="căn cứ"
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="phòng soạn thảo",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="plans.occasion",
                        verbose_name="đợt",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "review", "approved", "issued", "closed"])),
                        name="plan_status_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEntry",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="plans.plan"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="plans_planentry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                ("section", models.CharField(max_length=200, verbose_name="mục")),
                ("text", models.TextField(verbose_name="nội dung yêu cầu")),
                (
                    "due_offset",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="hạn, số ngày so với ngày D"),
                ),
                ("due_time", models.TimeField(blank=True, null=True, verbose_name="giờ")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="hạn cố định")),
                (
                    "every",
                    models.CharField(
                        blank=True,
                        choices=[("", "Một lần"), ("day", "Hằng ngày")],
                        default="",
                        max_length=4,
                        verbose_name="lặp lại",
                    ),
                ),
                ("repeat_from", models.SmallIntegerField(blank=True, null=True, verbose_name="lặp từ ngày D")),
                ("repeat_until", models.SmallIntegerField(blank=True, null=True, verbose_name="lặp đến ngày D")),
                (
                    "evidence_kind",
                    models.CharField(
                        choices=[
                            ("none", "Không yêu cầu"),
                            ("document", "Văn bản, phương án"),
                            ("report", "Báo cáo"),
                            ("list", "Danh sách"),
                            ("photo", "Hình ảnh"),
                            ("figure", "Số liệu"),
                            ("roster", "Lịch trực"),
                        ],
                        default="document",
                        max_length=8,
                        verbose_name="minh chứng",
                    ),
                ),
                ("must_report", models.BooleanField(default=False, verbose_name="phải báo cáo")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="plans.plan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("plan"), models.F("order"), name="plan_item_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("due_offset", None), ("due_at", None), _connector="OR"),
                        name="plan_item_one_way_to_be_due",
                        violation_error_message="Chỉ chọn một: hạn tính theo ngày D, hoặc hạn cố định.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("every", ""), ("repeat_from", None), ("repeat_until", None)),
                            models.Q(
                                ("every", "day"),
                                ("repeat_from__isnull", False),
                                ("repeat_until__gte", models.F("repeat_from")),
                            ),
                            _connector="OR",
                        ),
                        name="plan_item_repeats_over_a_period",
                        violation_error_message="Yêu cầu hằng ngày phải có ngày bắt đầu và ngày kết thúc hợp lệ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence_kind__in", ["none", "document", "report", "list", "photo", "figure", "roster"])
                        ),
                        name="plan_item_evidence_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanTarget",
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
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unitgroup",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="plans.planitem"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", None), ("unit__isnull", False)),
                            models.Q(("group__isnull", False), ("unit", None)),
                            _connector="OR",
                        ),
                        name="plan_target_group_or_unit",
                    ),
                    models.UniqueConstraint(
                        models.F("item"),
                        models.F("group"),
                        condition=models.Q(("group", None), _negated=True),
                        name="plan_target_group_once",
                    ),
                    models.UniqueConstraint(
                        models.F("item"),
                        models.F("unit"),
                        condition=models.Q(("unit", None), _negated=True),
                        name="plan_target_unit_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HolidayEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True, verbose_name="ngày")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("what", models.CharField(max_length=500, verbose_name="nội dung")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="holiday_entry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
    ]
