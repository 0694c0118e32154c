"""`manage.py alive web | worker | beat`: the health check of one container. Exit 0, or 1 with one sentence."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import env, health
from config.asking import ask_healthz


class Command(BaseCommand):
    help = "Tells whether one part of the product does its work: the web answers, the sweeps come to their end."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("part", choices=["web", "worker", "beat"])

    def handle(self, *args, part, **options):
        ok, words = self.web() if part == "web" else self.sweeps(part)
        if not ok:
            raise CommandError(words)
        self.stdout.write(words)

    def web(self):
        """The pages answer and reach the database; a silent worker is not the web's fault."""
        found = ask_healthz(env.number("PORT", 8000, 1, 65535))
        if found is None:
            return False, "trang không trả lời"
        database = found["checks"]["database"]
        return database["ok"], database["detail"]

    def sweeps(self, part):
        judge = health.judge_pulse if part == "worker" else health.judge_beat
        return judge(health.read_pulses(), timezone.now())
