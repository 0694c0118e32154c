"""With a real worker and a real beat: within ninety seconds of the due instant, unit and giver each have the notice."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.product import BASE, prepared_product

pytestmark = pytest.mark.e2e

PROVINCE = """
import json
from datetime import timedelta
from django.utils import timezone
from assignments.models import Assignment
from assignments.services.extensions import extend_assignment
from tests import make

people, now = make.cast(), timezone.now()
due = now + timedelta(seconds=10)
rows = {name: make.assignment(people, "accepted", due_at=due) for name in ("owed", "done", "moved")}
Assignment.objects.filter(pk=rows["done"].pk).update(status="closed")
extend_assignment(rows["moved"], actor=people.head, now=now, due_at=due + timedelta(days=9), reason="Chờ vật tư về kho.")
print(json.dumps({"due": due.isoformat(), "ids": {name: row.pk for name, row in rows.items()},
                  "unit": people.focal.email, "giver": people.specialist.email}))
"""
SAID = """
import json
from notices.models import Notice
rows = Notice.objects.filter(key__endswith=":-1").select_related("recipient")
print(json.dumps([[n.key, n.channel, n.status, n.recipient.email, n.sent_at and n.sent_at.isoformat()] for n in rows]))
"""


@pytest.fixture
def quiet_product(tmp_path, post_office):
    with prepared_product(tmp_path / "var", SMTP_HOST="127.0.0.1", SMTP_PORT=str(post_office.port)) as made:
        yield made.start().ready()


def ask(product, script):
    """Run a script beside the product, on its database."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
        cwd=BASE,
        env=product.environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_unit_and_giver_have_it_within_ninety_seconds_and_nobody_else_is_troubled(quiet_product, post_office):
    facts = ask(quiet_product, PROVINCE)
    due = datetime.fromisoformat(facts["due"])

    def delivered():
        late = {to for to in (facts["unit"], facts["giver"]) if any("uá hạn" in said for said in post_office.to(to))}
        return late == {facts["unit"], facts["giver"]}

    quiet_product.wait_until(delivered, limit=100)
    assert datetime.now(UTC) - due <= timedelta(seconds=90)
    said = ask(quiet_product, SAID)
    assert {key.split(":")[1] for key, *_ in said} == {str(facts["ids"]["owed"])}
    assert {(channel, address) for _, channel, _, address, _ in said} == {
        (channel, facts[who]) for channel in ("app", "email") for who in ("unit", "giver")
    }
    assert {status for _, _, status, _, _ in said} == {"sent"}
