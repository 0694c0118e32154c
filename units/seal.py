"""Secrets at rest: sealed with a key derived from SECRET_KEY, so that a copy of the database alone opens nothing."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"thong-suot second factor 1"


def _key(secret):
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _keys():
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(text):
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed):
    """The text, or None when it was sealed with a key this system no longer has."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
