from django.apps import AppConfig
from django.core.checks import register

from config import checks


class WiringConfig(AppConfig):
    name = "config"
    verbose_name = "Hệ thống"

    def ready(self):
        for check in checks.ALL:
            register(check)
