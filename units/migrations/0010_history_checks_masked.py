import django.db.models.deletion
from django.db import migrations, models

import units.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0009_second_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("seals", models.PositiveBigIntegerField(verbose_name="số mắt xích còn nguyên vẹn")),
                ("rows", models.PositiveBigIntegerField(verbose_name="số dòng đã đọc lại")),
                (
                    "head",
                    models.CharField(blank=True, max_length=64, verbose_name="mã của mắt xích cuối còn nguyên vẹn"),
                ),
                (
                    "broken",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.seal",
                        verbose_name="mắt xích hỏng",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="chỗ hỏng")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("broken", None), ("why", "")),
                            models.Q(("broken__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="broken_link_says_why",
                    ),
                    units.constraints.NeverChanges(
                        fields=(),
                        name="seal_check_append_only",
                        once=(),
                        violation_error_message="Dòng này không được sửa sau khi đã ghi.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="masked_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="xóa số điện thoại, thư điện tử lúc"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("masked_at", None), models.Q(("email", ""), ("phone", "")), _connector="OR"),
                name="masked_contact_has_no_number",
            ),
        ),
    ]
