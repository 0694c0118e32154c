"""Doors to the sweeps, one line each."""

from celery import shared_task
from django.utils import timezone

from notices import sweeps


@shared_task
def answer_the_bell():
    sweeps.answer_the_bell(now=timezone.now())


@shared_task
def read_history():
    sweeps.read_history(now=timezone.now())


@shared_task
def remind_assignments():
    sweeps.remind_assignments(now=timezone.now())


@shared_task
def mask_personal_data():
    sweeps.mask_personal_data(now=timezone.now())


@shared_task
def remind_duty():
    sweeps.remind_duty(now=timezone.now())


@shared_task
def send_pending_notices():
    sweeps.send_pending_notices(now=timezone.now())


@shared_task
def tell_people():
    sweeps.tell_people(now=timezone.now())
