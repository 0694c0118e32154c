import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0013_granted_at")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="added_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="ghi vào danh bạ lúc"
            ),
        ),
    ]
