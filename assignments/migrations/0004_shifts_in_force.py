from django.db import migrations, models
from django.db.models import Q


def accepted_are_in_force(apps, schema_editor):
    apps.get_model("assignments", "DutyShift").objects.filter(status="accepted").update(in_force=True)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0003_calendar_links")]

    operations = [
        migrations.AddField(
            model_name="dutyshift",
            name="in_force",
            field=models.BooleanField(default=False, verbose_name="đang có hiệu lực"),
        ),
        migrations.RunPython(accepted_are_in_force, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="dutyshift",
            constraint=models.CheckConstraint(
                condition=~Q(status="accepted") | Q(in_force=True), name="accepted_shift_is_in_force"
            ),
        ),
    ]
