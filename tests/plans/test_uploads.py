"""An upload never touches the disk before it is judged, and one too large is told so by the form."""

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.urls import reverse

from plans.models import LegalBasis
from units import uploads

pytestmark = pytest.mark.django_db
FACTS = {"kind": "công văn", "number": "12/BKHCN", "issuer": "Bộ KHCN", "subject": "về Tết"}


def send(client, content):
    return client.post(reverse("plans:basis_new"), FACTS | {"file": SimpleUploadedFile("a.pdf", content)})


def test_a_file_of_any_allowed_size_stays_in_memory(client, cast, monkeypatch):
    seen = []
    monkeypatch.setattr("plans.forms.bases.check_upload", lambda file: seen.append(file) or uploads.check_upload(file))
    client.force_login(cast.head)
    assert send(client, b"%PDF-1.7\n" + b"x" * 5_000_000).status_code == 302
    assert [type(file) for file in seen] == [InMemoryUploadedFile]
    assert LegalBasis.objects.get().file.size == 5_000_009


def test_a_file_too_large_is_told_so(client, cast, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    client.force_login(cast.head)
    answer = send(client, b"%PDF-1.7\n" + b"x" * 3_000_000)
    assert answer.status_code == 200 and "quá mức 1 MB" in answer.content.decode()
    assert not LegalBasis.objects.exists()
