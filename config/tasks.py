"""Beat's door to what belongs to no app."""

from celery import shared_task
from django.utils import timezone

from config.backup import keeping


@shared_task
def keep_backups():
    keeping.keep_backups(now=timezone.now())
