"""Doors to the sweeps, one line each."""

from celery import shared_task
from django.utils import timezone

from units import sweeps


@shared_task
def refresh_unit_names():
    sweeps.refresh_unit_names(now=timezone.now())


@shared_task
def forget_sessions():
    sweeps.forget_sessions(now=timezone.now())


@shared_task
def seal_history():
    sweeps.seal_rows(now=timezone.now())


@shared_task
def check_history():
    sweeps.prove_history(now=timezone.now())


@shared_task
def lock_unused_accounts():
    sweeps.lock_unused_accounts(now=timezone.now())
