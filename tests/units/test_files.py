"""Files: judged by content, named safely, on disk before the row, never changed, handed out as attachments."""

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import Http404

from tests.files import JPEG, PDF, PNG, office, pdf_of
from units.downloads import read_bytes, serve
from units.models import StoredFile
from units.services.files import store_bytes, store_upload
from units.uploads import EXCEL, WORD, check_upload, clean_name


def upload(content, name="tep.pdf", content_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (office("word/document.xml"), WORD),
        (office("xl/workbook.xml"), EXCEL),
        ("Báo cáo kết quả trực ngày 17/02/2026".encode(), "text/plain"),
        (b"\xef\xbb\xbf" + "Có BOM".encode(), "text/plain"),
        (("a" * 8191 + "ộ" * 10).encode(), "text/plain"),
    ],
    ids=["pdf", "png", "jpeg", "docx", "xlsx", "text", "text with BOM", "letter cut by the reading window"],
)
def test_the_type_is_what_the_content_says(content, expected):
    given = upload(content, "lung-tung", "application/x-msdownload")
    assert check_upload(given) == expected
    assert given.read() == content


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 64,
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
        b"\x00\x01\x02\x03" * 100,
        b"text with a \x00 inside",
        b"\xc3\x28 not utf-8 at all",
        b"   \n\t ",
    ],
    ids=["exe", "gif", "elf", "binary", "nul", "not utf-8", "blank"],
)
def test_everything_else_is_refused_whatever_its_name_says(content):
    with pytest.raises(ValidationError) as caught:
        check_upload(upload(content, "van-ban.pdf"))
    assert caught.value.code == "wrong_type"


def test_empty_and_too_large_are_refused(settings):
    settings.UPLOAD_MAX_BYTES = 400
    for content, code in ((b"", "empty"), (pdf_of(401), "too_large")):
        with pytest.raises(ValidationError) as caught:
            check_upload(upload(content))
        assert caught.value.code == code
    assert check_upload(upload(pdf_of(400))) == "application/pdf"


def test_only_what_the_place_allows():
    with pytest.raises(ValidationError) as caught:
        check_upload(upload(PNG), allowed=("application/pdf",))
    assert ".pdf" in caught.value.messages[0] and ".docx" not in caught.value.messages[0]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Báo cáo.pdf", "Báo cáo.pdf"),
        ("Ba\u0301o ca\u0301o.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.pdf"),
        ("/tuyệt/đối.docx", "đối.pdf"),
        ("a\x00b\nc.pdf", "a b c.pdf"),
        ('x"; filename="y.html', "x ; filename= y.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("ảnh\u2066\u2069.png", "ảnh.pdf"),
        ("CON:?*|<>.pdf", "CON.pdf"),
        ("...", "tep.pdf"),
        ("", "tep.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("không đuôi", "không đuôi.pdf"),
        ("d" * 300 + ".pdf", "d" * 110 + ".pdf"),
        ("  nhiều   khoảng  trắng .pdf", "nhiều khoảng trắng.pdf"),
    ],
)
def test_names_are_safe(name, kept):
    assert clean_name(name, "application/pdf") == kept


def files_under(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()] if Path(folder).exists() else []


@pytest.mark.django_db
def test_an_upload_is_on_disk_with_its_checksum_under_a_name_of_ours(cast, now, settings):
    stored = store_upload(upload(PDF, "../Báo cáo.pdf"), actor=cast.focal, now=now)
    path = Path(settings.MEDIA_ROOT) / stored.path
    assert path.read_bytes() == read_bytes(stored) == PDF
    assert (stored.name, stored.content_type, stored.size) == ("Báo cáo.pdf", "application/pdf", len(PDF))
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (stored.stored_by, stored.stored_at) == (cast.focal, now)
    assert "Báo" not in stored.path and ".." not in stored.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert store_upload(upload(PDF), actor=None, now=now).path != stored.path


@pytest.mark.django_db
def test_what_we_made_is_kept_too(now):
    stored = store_bytes(PDF, name="Kế hoạch.pdf", content_type="application/pdf", actor=None, now=now)
    assert read_bytes(stored) == PDF


@pytest.mark.django_db
@pytest.mark.parametrize("fails", ["file", "folder"])
def test_a_full_disk_leaves_neither_row_nor_file(now, settings, monkeypatch, fails):
    real = os.fsync

    def full(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) == (fails == "folder"):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ValidationError) as caught:
        store_upload(upload(PDF), actor=None, now=now)
    assert caught.value.code == "disk"
    assert "hết dung lượng" in caught.value.messages[0]
    assert files_under(settings.MEDIA_ROOT) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_refused_type_leaves_nothing(now, settings):
    with pytest.raises(ValidationError):
        store_upload(upload(b"GIF89a\x01\x00"), actor=None, now=now)
    assert files_under(settings.MEDIA_ROOT) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_the_row_of_a_file_never_changes(now):
    stored = store_upload(upload(PDF), actor=None, now=now)
    for change in ({"name": "khac.pdf"}, {"sha256": "0" * 64}, {"path": "khac"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            StoredFile.objects.filter(pk=stored.pk).update(**change)


@pytest.mark.django_db
def test_a_file_goes_out_as_an_attachment_that_no_browser_runs(now):
    stored = store_upload(upload(b"<script>alert(1)</script>", "xấu.txt"), actor=None, now=now)
    answer = serve(stored, inline=True)
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    answer.close()
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == stored.size


@pytest.mark.django_db
def test_a_vietnamese_name_survives_the_header(now):
    stored = store_upload(upload(PDF, "Kế hoạch trực Tết.pdf"), actor=None, now=now)
    answer = serve(stored)
    answer.close()
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20tr%E1%BB%B1c%20T%E1%BA%BFt.pdf"
    )


@pytest.mark.django_db
def test_only_a_pdf_is_shown_inside_our_own_frame(now):
    answer = serve(store_upload(upload(PDF), actor=None, now=now), inline=True)
    answer.close()
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_file_lost_from_disk_is_not_found(now, settings):
    stored = store_upload(upload(PDF), actor=None, now=now)
    (Path(settings.MEDIA_ROOT) / stored.path).unlink()
    with pytest.raises(Http404):
        serve(stored)
