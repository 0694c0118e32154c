"""The first act on a new system: enter the Sở itself and its first administrator."""

import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from units.models import Unit
from units.services.people import create_user
from units.services.units import create_unit
from units.states import Role, UnitKind


class Command(BaseCommand):
    help = "Enters the department and its first administrator into an empty system. The password is asked for, or read from standard input."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="for example: Sở Khoa học và Công nghệ")
        parser.add_argument("--short", required=True, help="abbreviation in symbols, for example: SKHCN")
        parser.add_argument("--parent", required=True, help="for example: Ủy ban nhân dân tỉnh Trà Vinh")
        parser.add_argument("--place", required=True, help="place printed before the date, for example: Trà Vinh")
        parser.add_argument("--admin", required=True, help="user name of the first administrator")
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--email", required=True)

    def handle(self, *args, **options):
        if Unit.objects.filter(kind=UnitKind.OWN).exists():
            raise CommandError("This system has its department already.")
        asked = sys.stdin.isatty()
        password = getpass.getpass("Password: ") if asked else sys.stdin.readline().rstrip("\n")
        by = {"actor": None, "now": timezone.now()}
        try:
            with transaction.atomic():
                parent = create_unit(kind=UnitKind.SUPERIOR, name=options["parent"], short_name="UBND", **by)
                department = create_unit(
                    kind=UnitKind.OWN,
                    name=options["name"],
                    short_name=options["short"],
                    parent=parent,
                    issuing_place=options["place"],
                    **by,
                )
                create_user(
                    unit=department,
                    role=Role.ADMIN,
                    username=options["admin"],
                    full_name=options["full_name"],
                    email=options["email"],
                    password=password,
                    **by,
                )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{department.name}: {options['admin']} can log in.")
