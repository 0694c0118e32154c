"""Celery rings bells, it carries nothing: what must happen is a row in the database (docs/architecture.md, "a tick").

A killed worker's task comes back (late acknowledgement), a dead broker costs a caller less than a second, and every
sweep is due at once when beat starts, so that what fell due while the machine was off does not wait.
"""

import logging
import os
from datetime import UTC, datetime

from celery import Celery
from celery.signals import celeryd_init, setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
PATIENCE = 0.5

app = Celery("config")
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_connection_retry=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_connection_timeout=PATIENCE,
    broker_transport_options={
        "visibility_timeout": 300,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": PATIENCE,
        "socket_timeout": PATIENCE,
        "max_retries": 0,
    },
    task_publish_retry=False,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    timezone=settings.TIME_ZONE,
    enable_utc=True,
    beat_schedule={name: {**entry, "last_run_at": LONG_AGO} for name, entry in settings.BEAT_SCHEDULE.items()},
)


@celeryd_init.connect
def find_tasks(**_):
    """Only a worker imports what it does, once its settings stand; beat and web know tasks by name (57 MB of beat, not 137)."""
    app.autodiscover_tasks(force=True)


@setup_logging.connect
def keep_our_logging(**_):
    """Django has set up logging; a receiver here is how Celery is told to leave it alone. A tick each 15 s says nothing."""
    for name in ("celery.beat", "celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
