"""The secret in an invitation's link: made of a nonce and SECRET_KEY, known to the database by its digest alone."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from secrets import token_hex

from django.utils.crypto import salted_hmac

VALID_FOR = timedelta(days=7)


def new_nonce():
    return token_hex(16)


def token_of(nonce):
    """The part of the link that opens the invitation; nothing in the database alone gives it away."""
    made = salted_hmac("units.invitation", nonce, algorithm="sha256").digest()
    return urlsafe_b64encode(made).rstrip(b"=").decode("ascii")


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()
