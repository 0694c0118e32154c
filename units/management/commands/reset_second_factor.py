"""The way back in when the only administrator has lost phone and codes: by whoever holds the machine."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from units.models import User
from units.services.people import reset_second_factor


class Command(BaseCommand):
    help = "Takes the second factors of an account away, ends its sessions and writes it into its history. The password stays."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why, as the history will tell it")

    def handle(self, *args, **options):
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['username']}.")
        try:
            reset_second_factor(user, actor=None, now=timezone.now(), reason=options["reason"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{user.username} logs in with the password alone now.")
