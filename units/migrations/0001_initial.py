import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import units.constraints
import units.keys
import units.models.people


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("locked_until", models.DateTimeField(blank=True, null=True)),
                ("mark", models.DateTimeField(blank=True, null=True)),
                ("pulse_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("full_name", models.CharField(max_length=100, verbose_name="họ và tên")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="user_email_once",
                        violation_error_message="Thư điện tử này đã thuộc về một tài khoản khác.",
                    )
                ],
            },
            managers=[
                ("objects", units.models.people.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="tên tệp")),
                ("path", models.CharField(max_length=200, unique=True, verbose_name="nơi lưu")),
                ("content_type", models.CharField(max_length=100, verbose_name="loại")),
                ("size", models.PositiveBigIntegerField(verbose_name="dung lượng")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("stored_at", models.DateTimeField(verbose_name="lúc")),
                (
                    "stored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người tải lên",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="stored_file_not_empty"),
                    units.constraints.NeverChanges(
                        fields=(),
                        name="stored_file_never_changes",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "Sở chủ quản hệ thống"),
                            ("division", "Phòng, trung tâm thuộc Sở"),
                            ("commune", "UBND xã, phường, đặc khu"),
                            ("district", "Cấp huyện (đến 30/6/2025)"),
                            ("postal", "Doanh nghiệp bưu chính"),
                            ("telecom", "Doanh nghiệp viễn thông"),
                            ("cable", "Doanh nghiệp truyền hình cáp, hạ tầng"),
                            ("press", "Báo chí, phát thanh, truyền hình"),
                            ("superior", "Cơ quan cấp trên"),
                            ("partner", "Cơ quan phối hợp"),
                            ("other", "Đơn vị khác"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="Theo QĐ 20/2020/QĐ-TTg.", max_length=35, verbose_name="mã định danh"
                    ),
                ),
                ("old_code", models.CharField(blank=True, max_length=13, verbose_name="mã định danh cũ")),
                ("tax_code", models.CharField(blank=True, max_length=14, verbose_name="mã số doanh nghiệp")),
                ("name", models.CharField(editable=False, max_length=200, verbose_name="tên")),
                (
                    "short_name",
                    models.CharField(blank=True, editable=False, max_length=50, verbose_name="tên viết tắt"),
                ),
                ("sort_key", units.keys.SortKeyField(db_index=True, editable=False, max_length=420)),
                ("issuing_place", models.CharField(blank=True, max_length=60, verbose_name="địa danh trên văn bản")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="địa chỉ")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="điện thoại cơ quan")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử cơ quan")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="thành lập")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="chấm dứt")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="units.unit",
                        verbose_name="cấp trên trực tiếp",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="unit_ends_after_it_begins",
                        violation_error_message="Ngày chấm dứt phải sau ngày thành lập.",
                    ),
                    models.UniqueConstraint(
                        models.F("code"),
                        condition=models.Q(("code", ""), _negated=True),
                        name="unit_code_once",
                        violation_error_message="Mã định danh này đã thuộc về một đơn vị khác.",
                    ),
                    models.UniqueConstraint(
                        models.F("kind"), condition=models.Q(("kind", "own")), name="one_own_department"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "own",
                                    "division",
                                    "commune",
                                    "district",
                                    "postal",
                                    "telecom",
                                    "cable",
                                    "press",
                                    "superior",
                                    "partner",
                                    "other",
                                ],
                            )
                        ),
                        name="unit_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="từ ngày")),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successions", to="units.unit"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="predecessions", to="units.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("from_unit"), models.F("to_unit"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_unit", models.F("to_unit")), _negated=True),
                        name="no_unit_succeeds_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("none", "Người đứng đầu ký"),
                            ("KT", "KT. – ký thay"),
                            ("TL", "TL. – ký thừa lệnh"),
                            ("TUQ", "TUQ. – ký thừa ủy quyền"),
                            ("TM", "TM. – thay mặt tập thể"),
                            ("Q", "Q. – quyền cấp trưởng"),
                        ],
                        default="none",
                        max_length=4,
                        verbose_name="hình thức",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.CharField(blank=True, max_length=100, verbose_name="thay cho chức vụ hoặc tập thể"),
                ),
                ("title", models.CharField(max_length=100, verbose_name="chức vụ người ký")),
                ("scope", models.CharField(blank=True, max_length=200, verbose_name="phạm vi")),
                ("valid_from", models.DateField(verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến trước ngày")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_authorities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ký",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="cơ quan ban hành",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("form__in", ["none", "Q"]), models.Q(("on_behalf_of", ""), _negated=True), _connector="OR"
                        ),
                        name="delegated_signature_names_its_principal",
                        violation_error_message="Hình thức ký này phải ghi rõ ký thay cho ai (ví dụ: GIÁM ĐỐC).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="authority_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("specialist", "Chuyên viên"),
                            ("head", "Trưởng phòng"),
                            ("leader", "Lãnh đạo Sở"),
                            ("clerk", "Văn thư"),
                            ("admin", "Quản trị"),
                            ("focal", "Đầu mối"),
                            ("unit_leader", "Lãnh đạo đơn vị"),
                            ("duty", "Trực ca"),
                        ],
                        max_length=12,
                        verbose_name="vai trò",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="từ ngày")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="đến trước ngày")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="units.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"),
                        models.F("unit"),
                        models.F("role"),
                        condition=models.Q(("ends_on", None)),
                        name="one_open_membership",
                        violation_error_message="Người này đã có vai trò đó ở đơn vị.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                        name="membership_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["specialist", "head", "leader", "clerk", "admin", "focal", "unit_leader", "duty"],
                            )
                        ),
                        name="membership_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="họ và tên")),
                ("sort_key", units.keys.SortKeyField(editable=False, max_length=220)),
                ("search_key", models.CharField(blank=True, editable=False, max_length=220)),
                ("position", models.CharField(blank=True, max_length=100, verbose_name="chức vụ")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="điện thoại di động")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                ("proven_at", models.DateTimeField(blank=True, null=True, verbose_name="liên lạc được lần gần nhất")),
                ("is_focal", models.BooleanField(default=False, verbose_name="là đầu mối nhận yêu cầu")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="thôi làm đầu mối từ ngày")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tài khoản",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("unit"),
                        models.F("email"),
                        condition=models.Q(models.Q(("email", ""), _negated=True), ("left_on", None)),
                        name="contact_email_once_per_unit",
                        violation_error_message="Đơn vị đã có đầu mối dùng thư điện tử này.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="mã nhóm")),
                ("name", models.CharField(max_length=150, verbose_name="tên nhóm, như in trên văn bản")),
                ("search_key", models.CharField(editable=False, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own", "Sở chủ quản hệ thống"),
                            ("division", "Phòng, trung tâm thuộc Sở"),
                            ("commune", "UBND xã, phường, đặc khu"),
                            ("district", "Cấp huyện (đến 30/6/2025)"),
                            ("postal", "Doanh nghiệp bưu chính"),
                            ("telecom", "Doanh nghiệp viễn thông"),
                            ("cable", "Doanh nghiệp truyền hình cáp, hạ tầng"),
                            ("press", "Báo chí, phát thanh, truyền hình"),
                            ("superior", "Cơ quan cấp trên"),
                            ("partner", "Cơ quan phối hợp"),
                            ("other", "Đơn vị khác"),
                        ],
                        max_length=10,
                        verbose_name="gồm mọi đơn vị thuộc loại",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True, related_name="unit_groups", to="units.unit", verbose_name="và các đơn vị"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitEntry",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="units.unit"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rights_history",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history",
                        to="units.unitgroup",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "-at"], name="unit_entry_by_time")],
                "constraints": [
                    units.constraints.NeverChanges(
                        fields=(),
                        name="unit_entry_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="tên đầy đủ")),
                ("short_name", models.CharField(blank=True, max_length=50, verbose_name="tên viết tắt")),
                ("search_key", models.CharField(editable=False, max_length=420)),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến trước ngày")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="periods", to="units.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("unit"), condition=models.Q(("valid_to", None)), name="one_open_name_per_unit"
                    ),
                    models.UniqueConstraint(
                        models.F("unit"), models.F("valid_from"), name="one_name_per_unit_and_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="unit_period_ends_after_it_begins",
                        violation_error_message="Ngày hết hiệu lực của tên phải sau ngày bắt đầu.",
                    ),
                ],
            },
        ),
    ]
