"""One world for a whole module: built once, and each test takes its own changes back."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.crawl.world import build


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    quick = {
        "MEDIA_ROOT": folder / "media",
        "EMAIL_FILE_PATH": folder / "mail",
        "EMAIL_BACKEND": "notices.mailbox.FileMailbox",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**quick):
            made = build()
        made.settings = quick
        yield made
        transaction.set_rollback(True)
    connection.close()  # the one of a thread with a browser would outlive it, and PostgreSQL drops no database in use


@pytest.fixture
def world(built, db, settings):
    for name, value in built.settings.items():
        setattr(settings, name, value)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    cache.clear()
    return built
