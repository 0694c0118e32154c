"""An upload never touches the disk before it is judged, and one too large is told so by the form."""

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from plans.models import LegalBasis
from tests.files import PDF, pdf_of
from units import uploads
from units.models import StoredFile
from units.services import files

pytestmark = pytest.mark.django_db
FACTS = {"kind": "công văn", "number": "12/BKHCN", "issuer": "Bộ KHCN", "subject": "về Tết"}


def send(client, content, **facts):
    return client.post(reverse("plans:basis_new"), FACTS | facts | {"file": SimpleUploadedFile("a.pdf", content)})


def test_a_file_of_any_allowed_size_stays_in_memory(client, cast, monkeypatch):
    seen = []
    monkeypatch.setattr("plans.forms.bases.check_upload", lambda file: seen.append(file) or uploads.check_upload(file))
    client.force_login(cast.head)
    assert send(client, pdf_of(5_000_009)).status_code == 302
    assert [type(file) for file in seen] == [InMemoryUploadedFile]
    assert LegalBasis.objects.get().file.size == 5_000_009


def test_a_file_too_large_is_told_so(client, cast, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    client.force_login(cast.head)
    answer = send(client, pdf_of(3_000_000))
    assert answer.status_code == 200 and "quá mức 1 MB" in answer.content.decode()
    assert not LegalBasis.objects.exists()


def test_the_disk_is_not_waited_for_while_the_database_is_held(client, cast, monkeypatch):
    depths, outside = [], len(connection.savepoint_ids)
    write = files._write
    monkeypatch.setattr(files, "_write", lambda *given: depths.append(len(connection.savepoint_ids)) or write(*given))
    client.force_login(cast.head)
    assert send(client, PDF).status_code == 302
    assert depths == [outside]


def test_a_refused_paper_leaves_neither_file_nor_row(client, cast, settings):
    client.force_login(cast.head)
    assert send(client, PDF, issued_on="2090-01-01").status_code == 200
    assert not StoredFile.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
