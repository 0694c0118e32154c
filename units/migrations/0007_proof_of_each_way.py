"""When each phone and each email was last proven, instead of one day for both; groups in dictionary order."""

from django.db import migrations, models
from django.db.models import F, Q

import units.keys
from units.text import sort_key


def keep_proofs(apps, schema_editor):
    """What was proven was pressed as "reached by phone"; who opened an account by a link was reached by mail too."""
    contacts = apps.get_model("units", "Contact").objects.exclude(proven_at=None)
    contacts.exclude(phone="").update(phone_proven_at=F("proven_at"))
    by_mail = Q(phone="") | Q(invitations__accepted_at=F("proven_at"))
    reached = contacts.filter(by_mail).exclude(email="").values_list("pk", flat=True)
    contacts.filter(pk__in=list(reached)).update(email_proven_at=F("proven_at"))


def order_groups(apps, schema_editor):
    for group in apps.get_model("units", "UnitGroup").objects.all():
        group.sort_key = sort_key(group.name)
        group.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("units", "0006_delegations")]
    operations = [
        migrations.AddField(
            "contact",
            "phone_proven_at",
            models.DateTimeField(blank=True, null=True, verbose_name="gọi được lần gần nhất"),
        ),
        migrations.AddField(
            "contact",
            "email_proven_at",
            models.DateTimeField(blank=True, null=True, verbose_name="thư đến được lần gần nhất"),
        ),
        migrations.AddField(
            "unitgroup",
            "sort_key",
            units.keys.SortKeyField(default="", editable=False, max_length=320),
            preserve_default=False,
        ),
        migrations.RunPython(keep_proofs, migrations.RunPython.noop),
        migrations.RunPython(order_groups, migrations.RunPython.noop),
        migrations.RemoveField("contact", "proven_at"),
    ]
