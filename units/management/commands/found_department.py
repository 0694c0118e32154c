"""The first act on a new system: enter the Sở itself, its administrator and a leader (rights given later need two people), and
the communes of its province."""

import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from units.divisions import TWO_TIERS_SINCE, communes, find_province
from units.models import Unit
from units.services.people import create_user
from units.services.units import create_unit, save_group
from units.states import Role, UnitKind


class Command(BaseCommand):
    help = (
        "Enters the department, its first administrator, a leader and the communes of its province into an empty system. "
        "Passwords are asked for, or read from standard input, a line each. Every right given later is in force only when a "
        "second person confirms it, so name the leader too; without one manage.py confirm_rights is the only second word."
    )

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="for example: Sở Khoa học và Công nghệ")
        parser.add_argument("--short", required=True, help="abbreviation in symbols, for example: SKHCN")
        parser.add_argument(
            "--province", help="one of the 34, by name or code: its communes are entered too, and its names"
        )
        parser.add_argument("--parent", help="without --province, for example: Ủy ban nhân dân tỉnh Vĩnh Long")
        parser.add_argument("--place", help="place printed before the date; without --province, for example: Vĩnh Long")
        parser.add_argument("--admin", required=True, help="user name of the first administrator")
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--email", required=True)
        parser.add_argument("--leader", help="user name of a leader of the department, who confirms rights")
        parser.add_argument("--leader-name", help="full name of that leader")
        parser.add_argument("--leader-email")

    def handle(self, *args, **options):
        if Unit.objects.filter(kind=UnitKind.OWN).exists():
            raise CommandError("This system has its department already.")
        province = find_province(options["province"]) if options["province"] else None
        if options["province"] and province is None:
            raise CommandError(f"No province of the 34 is called “{options['province']}”.")
        parent_name = options["parent"] or (province and province.committee)
        place = options["place"] or (province and province.proper)
        if not (parent_name and place):
            raise CommandError("Say --province, or both --parent and --place.")
        if any(leader := [options[name] for name in ("leader", "leader_name", "leader_email")]) and not all(leader):
            raise CommandError("Say --leader, --leader-name and --leader-email, or none of them.")
        people = [(Role.ADMIN, *(options[name] for name in ("admin", "full_name", "email")))]
        people += [(Role.LEADER, *leader)] if all(leader) else []
        passwords = [self._password(username) for _, username, _, _ in people]
        by = {"actor": None, "now": timezone.now()}
        try:
            with transaction.atomic():
                parent = create_unit(
                    kind=UnitKind.SUPERIOR,
                    name=parent_name,
                    short_name="UBND",
                    area_code=province.code if province else "",
                    **by,
                )
                department = create_unit(
                    kind=UnitKind.OWN,
                    name=options["name"],
                    short_name=options["short"],
                    parent=parent,
                    issuing_place=place,
                    **by,
                )
                if province:
                    self._enter_communes(province, parent, by)
                for (role, username, full_name, email), password in zip(people, passwords, strict=True):
                    create_user(
                        unit=department,
                        role=role,
                        username=username,
                        full_name=full_name,
                        email=email,
                        password=password,
                        **by,
                    )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{department.name}: {' and '.join(username for _, username, _, _ in people)} can log in.")

    @staticmethod
    def _password(username):
        if sys.stdin.isatty():
            return getpass.getpass(f"Password of {username}: ")
        return sys.stdin.readline().rstrip("\n")

    @staticmethod
    def _enter_communes(province, parent, by):
        for commune in communes(province.code):
            create_unit(
                kind=UnitKind.COMMUNE,
                name=commune.committee,
                short_name=f"UBND {commune.name[:1].lower()}{commune.name[1:]}",
                parent=parent,
                area_code=commune.code,
                valid_from=TWO_TIERS_SINCE,
                **by,
            )
        save_group(code="xa-phuong", name="Ủy ban nhân dân các xã, phường, đặc khu", kind=UnitKind.COMMUNE, **by)
