"""Files: on disk and synced first, then the row. What has no row is rubbish that may be swept; never the other way round."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from units.models import StoredFile
from units.uploads import check_upload, clean_name

NO_ROOM = (
    "Máy chủ không ghi được tệp (có thể đã hết dung lượng). Nội dung đã nhập vẫn còn; hãy báo quản trị rồi thử lại."
)


def _write(upload, path):
    """Write, sync file and folder, and return (size, sha256). Leaves nothing behind when the disk refuses."""
    digest, size = hashlib.sha256(), 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as target:
            os.chmod(path, settings.FILE_UPLOAD_PERMISSIONS)
            for chunk in upload.chunks():
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as refused:
        _remove(path)
        raise ValidationError(NO_ROOM, code="disk") from refused
    return size, digest.hexdigest()


def _remove(path):
    """Rubbish that cannot be removed either stays rubbish: it has no row."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def discard_files(stored):
    """Remove from disk what an act wrote that is about to be undone: its rows go with their transaction."""
    for one in stored:
        _remove(Path(settings.MEDIA_ROOT) / one.path)


def _written(upload, *, name, content_type, actor, now):
    relative = f"{now:%Y/%m}/{secrets.token_hex(16)}"
    size, sha256 = _write(upload, Path(settings.MEDIA_ROOT) / relative)
    return StoredFile(
        name=clean_name(name, content_type),
        path=relative,
        content_type=content_type,
        size=size,
        sha256=sha256,
        stored_by=actor,
        stored_at=now,
    )


def write_upload(upload, *, actor, now):
    """An uploaded file on disk and its row not yet saved: for verbs that write before they open their transaction.

    Refuses what `check_upload` refuses, and a disk that will not take it. Without its row the file is rubbish.
    """
    content_type = check_upload(upload)
    return _written(upload, name=upload.name, content_type=content_type, actor=actor, now=now)


def store_upload(upload, *, actor, now):
    """Keep an uploaded file. Refuses what `write_upload` refuses."""
    stored = write_upload(upload, actor=actor, now=now)
    stored.save(force_insert=True)
    return stored


def store_bytes(data, *, name, content_type, actor, now):
    """Keep a file that we made ourselves."""
    stored = _written(ContentFile(data, name=name), name=name, content_type=content_type, actor=actor, now=now)
    stored.save(force_insert=True)
    return stored
