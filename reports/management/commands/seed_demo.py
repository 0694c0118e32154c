"""Fill an empty database with the demonstration province, or print who can log in."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from reports.demo import names
from reports.demo.guard import MARK, holds_data, is_marked
from reports.demo.province import build_province
from reports.demo.story import tell_story
from units.models import Unit


class Command(BaseCommand):
    help = "Builds a believable province with invented names. Refuses a database that holds real data."

    def add_arguments(self, parser):
        parser.add_argument("--people", action="store_true", help="print the people to log in as, and nothing else")
        parser.add_argument("--check", action="store_true", help="only refuse a database that holds real data")

    def handle(self, *args, people=False, check=False, **options):
        if people:
            return self.print_people()
        if holds_data():
            if not is_marked():
                raise CommandError(
                    "This database holds real data: the demonstration does not touch it. "
                    "Unset DEMO, or name another database in DATABASE_URL or folder in VAR_DIR."
                )
            return self.stdout.write("The demonstration province is already there.")
        if check:
            return None
        now = timezone.now()
        with transaction.atomic():  # killed in between, the next start finds nothing and begins anew
            tell_story(build_province(now=now, mark=MARK), now=now)
        self.stdout.write(f"Seeded {Unit.objects.count()} units, an election, a storm and a Tết.")
        return None

    def print_people(self):
        self.stdout.write(f"Mật khẩu chung: {names.PASSWORD}\n")
        for username, name, role, unit, _, does in names.STAFF + names.FOCAL:
            self.stdout.write(f"  {username:<10} {name:<18} {role.label:<16} {unit or 'Sở':<14} {does}")
