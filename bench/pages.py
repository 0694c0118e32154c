"""Server time of the heavy pages and sweeps, inside one process."""

import json
import os
import statistics
import time
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.people import due_rows, duty_occasion, matrix_occasion  # noqa: E402
from notices.models import Notice  # noqa: E402
from notices.sweeps import remind_assignments, send_pending_notices  # noqa: E402
from tests import make  # noqa: E402
from units.services.sweeps import finish_sweep  # noqa: E402

QUICK = bool(os.environ.get("BENCH_QUICK"))
DUE = 2_000 if QUICK else 10_000


class Queries:
    """Counts what the database is asked."""

    count = 0

    def __call__(self, execute, *query):
        self.count += 1
        return execute(*query)


def median_of(act, times):
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spent.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(spent[1:]), 1)


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DOORBELL = False
    people = make.cast()
    occasion = matrix_occasion(people)
    duty, start = duty_occasion(people)
    a_day, then = f"?ngay={timezone.localdate(start):%Y-%m-%d}", f"?luc={timezone.localtime(start):%Y-%m-%dT%H:%M}"
    client = Client()
    client.force_login(people.leader)
    figures = []
    for name, url, bar in (
        ("matrix 30 × 140, server time", reverse("reports:matrix", args=[occasion.pk]), 150),
        ("dashboard of one occasion, server time", reverse("reports:occasion_dashboard", args=[occasion.pk]), None),
        ("duty map 140 units × 10 days, server time", reverse("reports:duty_map", args=[duty.pk]), 150),
        ("duty map 140 units × 24 hours, server time", reverse("reports:duty_map", args=[duty.pk]) + a_day, 150),
        ("who is on duty, 700 posts, server time", reverse("assignments:on_duty") + then, None),
        ("list of assignments, server time", reverse("assignments:assignment_list"), None),
        ("leader's first page, server time", reverse("reports:home"), None),
    ):
        first = client.get(url)
        url = first.url if first.status_code == 302 else url
        asked = Queries()
        with connection.execute_wrapper(asked):
            assert client.get(url).status_code == 200, url
        figures.append((name, median_of(lambda url=url: client.get(url), 5 if QUICK else 15), "ms", bar))
        figures.append((f"{name.split(',')[0]}, queries", asked.count, "", None))
    figures += sweeps(people)
    print(json.dumps(figures, ensure_ascii=False))


def sweeps(people):
    now = timezone.now()
    finish_sweep("remind_assignments", now=now, mark=now)
    due_at = now + timedelta(minutes=10)
    due_rows(people, DUE, due_at)
    start = time.perf_counter()
    remind_assignments(now=due_at)
    reminded = time.perf_counter() - start
    said = Notice.objects.filter(key__endswith=":-1").count()
    assert said >= 2 * DUE, said
    start = time.perf_counter()
    send_pending_notices(now=due_at)
    spent = time.perf_counter() - start
    sent = Notice.objects.filter(channel="email", status="sent").count()
    return [
        (f"reminder sweep with {DUE} due rows", round(reminded, 2), "s", 5),
        ("notices handed to the mailbox, merged per person", round(sent / spent), "/s", -100),
    ]


if __name__ == "__main__":
    main()
