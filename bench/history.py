"""History: what a view costs, how long 100,000 rows take to be sealed, proven, shown and exported."""

import json
import os
import statistics
import tempfile
import time
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from directives.models import DispatchLook  # noqa: E402
from directives.services import note_look  # noqa: E402
from directives.states import LookKind  # noqa: E402
from tests import make  # noqa: E402
from units.chain import verify  # noqa: E402
from units.services.exports import export_history  # noqa: E402
from units.services.seals import seal_history  # noqa: E402

ROWS = 10_000 if os.environ.get("BENCH_QUICK") else 100_000


def timed(act):
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def run():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    cast, now = make.cast(), timezone.now()
    paper = make.dispatch(cast, "issued")
    one = statistics.median(
        timed(lambda: note_look(paper, actor=cast.head, now=now, what=LookKind.PAGE)) for _ in range(300)
    )
    start = now - timedelta(days=20)
    DispatchLook.objects.bulk_create(
        (
            DispatchLook(dispatch=paper, user=cast.head, what=LookKind.PAGE, at=start + timedelta(seconds=15 * number))
            for number in range(ROWS)
        ),
        batch_size=2000,
    )
    later = now + timedelta(hours=1)
    sealing = timed(lambda: seal_history(now=later))
    proving = timed(verify)
    client = Client(SERVER_NAME="localhost")
    client.force_login(cast.admin)
    pages = {}
    for name, address in (
        ("inspector's page", "/he-thong/nhat-ky/"),
        ("log of one paper", f"/van-ban/{paper.pk}/nhat-ky/"),
    ):
        client.get(address)
        pages[name] = statistics.median(timed(lambda address=address: client.get(address)) for _ in range(5))
    with tempfile.TemporaryFile() as target:
        today = timezone.localdate(now)
        exporting = timed(
            lambda: export_history(target, actor=cast.admin, now=now, since=today - timedelta(days=30), until=today)
        )
    said = f"{ROWS:,} rows of history"
    return [
        ("a view written down, median", round(one * 1000, 2), "ms", None),
        (f"{said}: sealed", round(sealing, 2), "s", None),
        (f"{said}: proven", round(proving, 2), "s", None),
        *((f"{said}: {name}", round(took * 1000), "ms", None) for name, took in pages.items()),
        (f"{said}: exported", round(exporting, 1), "s", None),
    ]


if __name__ == "__main__":
    print(json.dumps(run()))
