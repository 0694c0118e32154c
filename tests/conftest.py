"""Settings and people every test may use."""

import socket

import pytest
from django.conf import settings
from django.utils import timezone

from tests import make


@pytest.fixture(autouse=True)
def _fast_and_private(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DOORBELL = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session", autouse=True)
def _static_root():
    """WhiteNoise warns, and so fails, where `collectstatic` never ran; pages under test name files without their hash."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cast(db):
    """The department, three recipient units, and a person of every role."""
    return make.cast()


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
