"""Killed with -9 between the mail server's taking a letter and our note of it: none lost, at most one more copy for
each sender killed."""

import asyncio
import os
import signal
from collections import Counter
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from tests.e2e.test_due import ask
from tests.product import prepared_product

pytestmark = pytest.mark.e2e

LETTERS, KILLS, SENDERS = 12, 3, 2  # the worker has two processes; each may be sending
TELL = f"""
import json
from config.celery import app
from django.utils import timezone
from notices import services
from tests import make
from units.models import Contact

make.cast()
unit = make.unit()
people = Contact.objects.bulk_create(
    Contact(unit=unit, name=f"Người {{n}}", sort_key="x", email=f"nguoi-{{n}}@haigiang.example") for n in range({LETTERS})
)
services.say(key="một", recipients=people, subject="Việc một", text="Nội dung.", now=timezone.now())
app.send_task("notices.tasks.answer_the_bell")
print(json.dumps(len(people)))
"""
AGE = """
import json
from datetime import timedelta
from config.celery import app
from django.db.models import F
from notices.models import Notice
lost = Notice.objects.filter(status="sending").update(claimed_at=F("claimed_at") - timedelta(minutes=11))
app.send_task("notices.tasks.answer_the_bell")
print(json.dumps(lost))
"""
STATES = """
import json
from notices.models import Notice
print(json.dumps(list(Notice.objects.filter(key="một").values_list("status", flat=True))))
"""


class SlowOffice:
    """Takes one letter, and of every further one holds the "250" back until all are let go; then again, `rounds` times."""

    def __init__(self, rounds):
        self.letters, self.rounds, self.taken, self.holding = [], rounds, 0, False

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], letter["Message-ID"]))
        self.taken += 1
        if self.rounds and self.taken > 1:
            self.holding, this_round = True, self.rounds
            while self.rounds == this_round:
                await asyncio.sleep(0.02)
        return "250 kept"

    def let_go(self):
        self.rounds, self.taken, self.holding = max(0, self.rounds - 1), 0, False


@pytest.fixture
def office(unused_port):
    keeper = SlowOffice(KILLS)
    keeper.port = unused_port
    controller = Controller(keeper, hostname="127.0.0.1", port=unused_port)
    controller.start()
    yield keeper
    keeper.rounds = 0
    controller.stop()


@pytest.fixture
def product(tmp_path, office):
    with prepared_product(tmp_path / "var", SMTP_HOST="127.0.0.1", SMTP_PORT=str(office.port)) as made:
        yield made.start().ready()


def workers(product):
    """Every process of the worker: its leader and the children that do the work."""
    found = set()
    for leader in product.parts():
        with open(f"/proc/{leader}/cmdline") as line:
            if "worker" in line.read().split("\0"):
                found |= {pid for pid in product.all() if os.getsid(pid) == leader}
    return found


def test_a_worker_killed_in_mid_send_loses_nothing(product, office):
    assert ask(product, TELL) == LETTERS
    lost = 0
    for _ in range(KILLS):
        product.wait_until(lambda: office.holding)
        for pid in workers(product):
            os.kill(pid, signal.SIGKILL)
        office.let_go()
        lost += ask(product, AGE)
    assert KILLS <= lost <= SENDERS * KILLS, "each sender holds one letter when it is killed"
    product.wait_until(lambda: len({address for address, _ in office.letters}) == LETTERS)
    product.wait_until(lambda: set(ask(product, STATES)) == {"sent"})
    copies = Counter(address for address, _ in office.letters)
    assert set(copies) == {f"nguoi-{n}@haigiang.example" for n in range(LETTERS)}
    assert LETTERS + KILLS <= len(office.letters) <= LETTERS + lost
    assert len(set(office.letters)) == LETTERS, "a second copy bears another Message-ID"
