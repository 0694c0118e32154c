"""The second person where there is none: whoever holds the machine confirms what the only administrator gave."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from units.models import User
from units.selectors.grants import all_waiting
from units.services.grants import confirm_grant, words_of


class Command(BaseCommand):
    help = "Lists the rights that wait for a second person; with a user name and a reason, confirms all that wait for that person."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?")
        parser.add_argument("--reason", default="", help="why, as the history will tell it")

    def handle(self, *args, **options):
        waiting, username = all_waiting(), options["username"]
        if username is None:
            for grant in waiting:
                self.stdout.write(
                    f"{grant.user.username}: {words_of(grant)}, {grant.unit} ({grant.granted_by.full_name})"
                )
            return
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        wanted = [grant for grant in waiting if grant.user_id == user.pk]
        if not wanted:
            raise CommandError(f"Nothing waits for {user.username}.")
        for grant in wanted:
            try:
                confirm_grant(grant, actor=None, now=timezone.now(), reason=options["reason"])
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal
            self.stdout.write(f"{user.username}: {words_of(grant)}, {grant.unit}")
