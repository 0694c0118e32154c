"""A real SMTP server on loopback that keeps what it is given, or refuses."""

from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller


class Keeper:
    """Accepts every mail but to addresses it was told to refuse."""

    def __init__(self):
        self.letters, self.refused = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@pytest.fixture
def post_office(settings, unused_port):
    keeper = Keeper()
    controller = Controller(keeper, hostname="127.0.0.1", port=unused_port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    yield keeper
    controller.stop()


@pytest.fixture
def dead_server(settings, unused_port):
    """A mail server nobody listens at."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
