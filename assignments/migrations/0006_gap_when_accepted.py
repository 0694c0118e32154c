from django.db import migrations, models
from django.db.models import F, Q

WAIVED = Q(waived_by__isnull=False) & ~Q(waiver_reason="")


def keep_what_was_accepted(apps, schema_editor):
    apps.get_model("assignments", "Roster").objects.filter(status="accepted").update(accepted_gap=F("gap_minutes"))


class Migration(migrations.Migration):
    dependencies = [("assignments", "0005_rerouted")]

    operations = [
        migrations.RemoveConstraint(model_name="roster", name="accepted_gap_is_waived_by_name"),
        migrations.AddField(
            model_name="roster",
            name="accepted_gap",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="số phút còn thiếu lúc duyệt"),
        ),
        migrations.RunPython(keep_what_was_accepted, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="roster",
            constraint=models.CheckConstraint(
                condition=~Q(status="accepted") | (Q(accepted_gap__isnull=False) & (Q(accepted_gap=0) | WAIVED)),
                name="accepted_gap_is_waived_by_name",
                violation_error_message="Lịch trực còn thiếu chỉ được duyệt khi có người chấp nhận và lý do.",
            ),
        ),
    ]
