"""Settings and people every test may use."""

import pytest
from django.utils import timezone

from tests import make


@pytest.fixture(autouse=True)
def _fast_and_private(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DOORBELL = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cast(db):
    """The department, three recipient units, and a person of every role."""
    return make.cast()
