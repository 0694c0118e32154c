import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import units.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("plans", "0001_initial"),
        ("units", "0001_initial"),
        ("units", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("công văn", "Công văn"),
                            ("kế hoạch", "Kế hoạch"),
                            ("phương án", "Phương án"),
                            ("công điện", "Công điện"),
                            ("thông báo", "Thông báo"),
                            ("báo cáo", "Báo cáo"),
                            ("quyết định", "Quyết định"),
                            ("hướng dẫn", "Hướng dẫn"),
                            ("chỉ thị", "Chỉ thị"),
                            ("tờ trình", "Tờ trình"),
                        ],
                        default="công văn",
                        max_length=12,
                        verbose_name="loại văn bản",
                    ),
                ),
                ("subject", models.CharField(max_length=500, verbose_name="trích yếu")),
                ("body", models.TextField(verbose_name="nội dung")),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Thường"),
                            ("khẩn", "Khẩn"),
                            ("thượng khẩn", "Thượng khẩn"),
                            ("hỏa tốc", "Hỏa tốc"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="độ khẩn",
                    ),
                ),
                ("place", models.CharField(max_length=60, verbose_name="địa danh")),
                ("symbol", models.CharField(max_length=50, verbose_name="ký hiệu")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("review", "Chờ xem xét"),
                            ("approved", "Đã duyệt, chờ ký"),
                            ("signed", "Đã ký, chờ cấp số"),
                            ("numbered", "Đã cấp số, chờ ban hành"),
                            ("issued", "Đã ban hành"),
                            ("recalled", "Đã thu hồi"),
                            ("replaced", "Đã thay thế"),
                            ("corrected", "Đã đính chính"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="trạng thái",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="lập lúc")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="xem xét lúc")),
                ("search_key", models.TextField(blank=True, default="", editable=False)),
                ("sign_lines", models.JSONField(blank=True, default=list, verbose_name="dòng ký")),
                ("signer_name", models.CharField(blank=True, max_length=100, verbose_name="người ký")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="ký lúc")),
                (
                    "signing_way",
                    models.CharField(
                        blank=True, choices=[("hand", "Ký tay, đóng dấu")], max_length=5, verbose_name="cách ký"
                    ),
                ),
                ("series", models.CharField(default="chung", max_length=20, verbose_name="sổ")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="năm")),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="số")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="ban hành lúc")),
                ("pdf_sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("pdf_error", models.CharField(blank=True, max_length=300, verbose_name="lỗi tạo tệp")),
                ("pdf_attempts", models.PositiveSmallIntegerField(default=0)),
                ("pdf_retry_at", models.DateTimeField(blank=True, null=True)),
                (
                    "scan_waiver_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do chưa có bản quét"),
                ),
                ("scan_due_at", models.DateTimeField(blank=True, null=True, verbose_name="hạn nộp bản quét")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người soạn",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.signingauthority",
                        verbose_name="thẩm quyền ký",
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
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="units.unit",
                        verbose_name="cơ quan ban hành",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="plans.occasion",
                        verbose_name="đợt",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.storedfile",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="plans.plan",
                        verbose_name="kế hoạch",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xem xét nội dung",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.storedfile",
                    ),
                ),
                (
                    "scan_waived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
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
                "indexes": [models.Index(fields=["status"], name="dispatch_by_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "review",
                                    "approved",
                                    "signed",
                                    "numbered",
                                    "issued",
                                    "recalled",
                                    "replaced",
                                    "corrected",
                                ],
                            )
                        ),
                        name="dispatch_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    frozenset(["corrected", "issued", "numbered", "recalled", "replaced", "signed"]),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                models.Q(("signer_name", ""), _negated=True),
                                models.Q(("signing_way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signed_says_who_when_how",
                        violation_error_message="Văn bản đã ký phải ghi rõ người ký, thời điểm ký và cách ký.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", frozenset(["corrected", "issued", "numbered", "recalled", "replaced"])),
                                _negated=True,
                            ),
                            models.Q(("issued_on__isnull", False), ("number__isnull", False), ("year__isnull", False)),
                            _connector="OR",
                        ),
                        name="numbered_has_number_and_day",
                        violation_error_message="Văn bản đã cấp số phải có số và ngày.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", None),
                            ("status__in", frozenset(["corrected", "issued", "numbered", "recalled", "replaced"])),
                            _connector="OR",
                        ),
                        name="no_number_before_signature",
                        violation_error_message="Chỉ cấp số sau khi văn bản đã ký (Nghị định 30/2020/NĐ-CP, Điều 15).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", frozenset(["corrected", "issued", "recalled", "replaced"])),
                                _negated=True,
                            ),
                            models.Q(
                                ("issued_at__isnull", False),
                                ("pdf__isnull", False),
                                models.Q(("pdf_sha256", ""), _negated=True),
                                models.Q(
                                    ("scan__isnull", False),
                                    models.Q(
                                        ("scan_due_at__isnull", False),
                                        ("scan_waived_by__isnull", False),
                                        models.Q(("scan_waiver_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="issued_has_filed_paper_and_scan_or_waiver",
                        violation_error_message="Chỉ ban hành khi đã lưu tệp PDF và bản quét đã ký, đóng dấu (hoặc có người chịu trách nhiệm cho nộp sau).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_at", None),
                            ("status__in", frozenset(["corrected", "issued", "recalled", "replaced"])),
                            _connector="OR",
                        ),
                        name="issued_paper_never_goes_back",
                        violation_error_message="Văn bản đã ban hành không trở lại bước trước; chỉ thu hồi, thay thế, đính chính.",
                    ),
                    models.UniqueConstraint(
                        models.F("issuer"),
                        models.F("year"),
                        models.F("series"),
                        models.F("number"),
                        condition=models.Q(("number__isnull", False)),
                        name="dispatch_number_once",
                        violation_error_message="Số này đã được cấp cho văn bản khác.",
                    ),
                    units.constraints.NeverChanges(
                        fields=(
                            "kind",
                            "subject",
                            "body",
                            "urgency",
                            "place",
                            "symbol",
                            "issuer",
                            "sign_lines",
                            "version",
                        ),
                        name="signed_paper_never_changes",
                        once=("corrected", "issued", "numbered", "recalled", "replaced", "signed"),
                        violation_error_message="Văn bản đã ký không được sửa. Muốn sửa phải trả lại dự thảo kèm lý do, hoặc thay thế bằng văn bản mới.",
                    ),
                    units.constraints.NeverChanges(
                        fields=(
                            "number",
                            "year",
                            "series",
                            "issued_on",
                            "issued_at",
                            "pdf",
                            "pdf_sha256",
                            "signed_at",
                            "signed_by",
                            "signer_name",
                            "signing_way",
                            "authority",
                        ),
                        name="issued_paper_never_changes",
                        once=("corrected", "issued", "recalled", "replaced"),
                        violation_error_message="Văn bản đã ký không được sửa. Muốn sửa phải trả lại dự thảo kèm lý do, hoặc thay thế bằng văn bản mới.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="dòng in")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="directives.dispatch"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("dispatch"), models.F("order"), name="copy_line_order_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Addressee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="dòng in")),
                (
                    "groups",
                    models.ManyToManyField(blank=True, related_name="+", to="units.unitgroup", verbose_name="nhóm"),
                ),
                ("units", models.ManyToManyField(blank=True, related_name="+", to="units.unit", verbose_name="đơn vị")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addressees", to="directives.dispatch"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("dispatch"), models.F("order"), name="addressee_order_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=1000, verbose_name="trích dẫn")),
                ("number", models.CharField(blank=True, max_length=50, verbose_name="số, ký hiệu")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày")),
                (
                    "basis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="plans.legalbasis",
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bases", to="directives.dispatch"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("dispatch"), models.F("order"), name="dispatch_basis_order_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchEntry",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="directives.dispatch"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="directives_dispatchentry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=500)),
                ("body", models.TextField()),
                ("addressees", models.JSONField(default=list)),
                ("copies", models.JSONField(default=list)),
                ("requirements", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="directives.dispatch"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("dispatch"), models.F("version"), name="dispatch_version_once"),
                    units.constraints.NeverChanges(
                        fields=(),
                        name="dispatch_version_never_changes",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_name", models.CharField(max_length=200, verbose_name="tên khi gửi")),
                ("version", models.PositiveIntegerField(verbose_name="phiên bản")),
                ("is_copy", models.BooleanField(default=False, verbose_name="nhận để biết")),
                (
                    "channel",
                    models.CharField(
                        choices=[("portal", "Cổng Thông Suốt"), ("email", "Thư điện tử"), ("paper", "Bản giấy")],
                        default="portal",
                        max_length=6,
                        verbose_name="kênh",
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="gửi lúc")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="đến lúc")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="xem lúc")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="directives.dispatch"
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="units.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("dispatch"), models.F("unit"), name="one_receipt_per_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at", None), ("seen_by", None)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="seen_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("series", models.CharField(default="chung", max_length=20, verbose_name="sổ")),
                ("last_number", models.PositiveIntegerField(default=0, verbose_name="số đã cấp gần nhất")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="registers", to="units.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("issuer"), models.F("year"), models.F("series"), name="register_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="số")),
                ("symbol", models.CharField(max_length=50, verbose_name="ký hiệu")),
                ("issued_on", models.DateField(verbose_name="ngày văn bản")),
                ("what", models.CharField(max_length=530, verbose_name="tên loại và trích yếu")),
                ("signer_name", models.CharField(max_length=100, verbose_name="người ký")),
                ("taken_at", models.DateTimeField(verbose_name="cấp lúc")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="hủy lúc")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do hủy")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_entries",
                        to="directives.dispatch",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="directives.register"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "voided_by",
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
                    models.UniqueConstraint(models.F("register"), models.F("number"), name="register_number_once"),
                    models.UniqueConstraint(
                        models.F("dispatch"),
                        condition=models.Q(("voided_at", None)),
                        name="one_living_number_per_dispatch",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="register_number_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at", None), ("voided_by", None)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="void_says_who_and_why",
                        violation_error_message="Hủy số phải ghi rõ người hủy và lý do.",
                    ),
                    units.constraints.NeverChanges(
                        fields=(
                            "register",
                            "number",
                            "dispatch",
                            "symbol",
                            "issued_on",
                            "what",
                            "signer_name",
                            "taken_by",
                            "taken_at",
                        ),
                        name="register_line_never_changes",
                        once=(),
                        violation_error_message="Dòng đã ghi trong sổ văn bản đi không được sửa; chỉ được hủy số kèm lý do.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=30, verbose_name="số mục")),
                ("text", models.TextField(verbose_name="nội dung")),
                ("search_key", models.TextField(blank=True, default="", editable=False)),
                ("starts", models.PositiveIntegerField(default=0)),
                ("ends", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="hạn")),
                ("due_phrase", models.CharField(blank=True, max_length=200, verbose_name="hạn như trong văn bản")),
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
                ("repeat_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("repeat_until", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("due_time", models.TimeField(blank=True, null=True, verbose_name="giờ hằng ngày")),
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
                        default="none",
                        max_length=8,
                        verbose_name="minh chứng",
                    ),
                ),
                ("must_report", models.BooleanField(default=False, verbose_name="phải báo cáo")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="directives.dispatch",
                    ),
                ),
                (
                    "plan_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="plans.planitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("dispatch"), models.F("order"), name="requirement_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="requirement_place_in_order"
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
                        name="requirement_repeats_over_a_period",
                        violation_error_message="Yêu cầu hằng ngày phải có ngày bắt đầu và ngày kết thúc hợp lệ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence_kind__in", ["none", "document", "report", "list", "photo", "figure", "roster"])
                        ),
                        name="requirement_evidence_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequirementTarget",
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
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="directives.requirement"
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
                        name="requirement_target_group_or_unit",
                    ),
                    models.UniqueConstraint(
                        models.F("requirement"),
                        models.F("group"),
                        condition=models.Q(("group", None), _negated=True),
                        name="requirement_group_once",
                    ),
                    models.UniqueConstraint(
                        models.F("requirement"),
                        models.F("unit"),
                        condition=models.Q(("unit", None), _negated=True),
                        name="requirement_unit_once",
                    ),
                ],
            },
        ),
    ]
