import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0010_history_checks_masked"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="GroupMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                db_column="unitgroup_id",
                                on_delete=django.db.models.deletion.CASCADE,
                                to="units.unitgroup",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="units.unit"),
                        ),
                    ],
                    options={"db_table": "units_unitgroup_members", "unique_together": {("group", "unit")}},
                ),
                migrations.AlterField(
                    model_name="unitgroup",
                    name="members",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="unit_groups",
                        through="units.GroupMember",
                        to="units.unit",
                        verbose_name="và các đơn vị",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="groupmember",
            name="since",
            field=models.DateField(null=True, verbose_name="từ ngày"),
        ),
        migrations.AddField(
            model_name="unitgroup",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="chỉ những đơn vị trực thuộc",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", None), models.Q(("kind", ""), _negated=True), _connector="OR"),
                name="group_under_a_unit_names_its_kind",
                violation_error_message="Hãy chọn loại đơn vị khi giới hạn theo đơn vị cấp trên.",
            ),
        ),
    ]
