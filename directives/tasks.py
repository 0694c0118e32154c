"""Doors for beat: one line each."""

from celery import shared_task
from django.utils import timezone

from directives import sweeps


@shared_task
def file_pdfs():
    sweeps.file_pdfs(now=timezone.now())


@shared_task
def forget_unsaved():
    sweeps.forget_unsaved(now=timezone.now())
