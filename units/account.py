"""How people appear on account pages, and how their second factor is kept."""

import logging
from base64 import b32encode
from secrets import token_bytes

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from units.seal import seal, unseal

log = logging.getLogger(__name__)


def user_display(user):
    return user.full_name or user.username


class SealedMFAAdapter(DefaultMFAAdapter):
    """Second factors of accounts: their secrets are sealed in the database, their names are Vietnamese."""

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        """The secret; with a lost SECRET_KEY a random one, which no code fits: the door stays shut until an administrator
        resets the second factor, and no page breaks."""
        text = unseal(encrypted_text)
        if text is None:
            log.error("a second factor was sealed with another SECRET_KEY: it must be reset")
            return b32encode(token_bytes(20)).decode("ascii")
        return text

    def generate_authenticator_name(self, user, type):
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Khóa truy cập {held + 1}" if held else "Khóa truy cập"

    def _get_site_name(self):
        return "Thông Suốt"
