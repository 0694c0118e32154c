from django.apps import AppConfig
from django.core.checks import register

from config import celery, checks


class WiringConfig(AppConfig):
    name = "config"
    verbose_name = "Hệ thống"
    background = celery.app  # every process must know the broker: a task called without it would look for another one

    def ready(self):
        for check in checks.ALL:
            register(check)
