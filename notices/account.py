"""allauth's mail goes through our outbox, so that a dead mail server breaks neither login nor reset."""

from allauth.account.adapter import DefaultAccountAdapter


class OutboxAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Nobody signs up: accounts are given by the Sở."""
        return False
