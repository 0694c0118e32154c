from functools import partial

from django.db import migrations

from units.constraints import make_triggers_anew


class Migration(migrations.Migration):
    """What never changes is never deleted either: tables made before that was so get the triggers too."""

    dependencies = [
        ("units", "0010_history_checks_masked"),
        ("plans", "0002_delegations"),
        ("directives", "0006_looks"),
        ("assignments", "0007_delegations"),
    ]

    operations = [
        migrations.RunPython(
            partial(make_triggers_anew, labels=("units", "plans", "directives", "assignments")),
            migrations.RunPython.noop,
        )
    ]
