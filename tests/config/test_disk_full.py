"""A full disk under an upload: a sentence, everything typed still there, no row and no file left over."""

import errno
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assignments.models import Evidence
from assignments.states import AssignmentStatus
from tests import make
from tests.files import PDF
from units.models import StoredFile

pytestmark = pytest.mark.django_db


def refuse(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def full_from_the_third_file(calls):
    """The disk takes two files (each syncs itself and its folder) and then no more."""
    calls.append(1)
    return refuse() if len(calls) > 4 else None


@pytest.mark.parametrize("fails", ["folder", "new file", "third file"])
def test_a_full_disk_is_told_and_nothing_is_lost_or_left_over(cast, client, settings, monkeypatch, fails):
    assignment = make.assignment(cast, AssignmentStatus.ACCEPTED)
    before = StoredFile.objects.count()
    client.force_login(cast.focal)
    address = reverse("assignments:assignment_submit", args=[assignment.pk])
    uploads = [SimpleUploadedFile(f"bao-cao-{n}.pdf", PDF) for n in range(3)]
    if fails == "folder":
        monkeypatch.setattr(Path, "mkdir", refuse)
    elif fails == "new file":
        monkeypatch.setattr(Path, "open", refuse)
    else:
        calls = []
        monkeypatch.setattr(os, "fsync", lambda handle: full_from_the_third_file(calls))
    page = client.post(address, {"text": "Đã kiểm tra 14 trạm", "uploads": uploads})
    monkeypatch.undo()
    assert page.status_code == 200
    for part in ("hết dung lượng", "Đã kiểm tra 14 trạm", "Hãy chọn lại tệp: bao-cao-0.pdf"):
        assert part in page.text
    assignment.refresh_from_db()
    assert (assignment.status, Evidence.objects.count()) == (AssignmentStatus.ACCEPTED, 0)
    assert StoredFile.objects.count() == before
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
