"""Handing a stored file to a browser."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404


def serve(stored, *, inline=False):
    """The file as an attachment; `inline` only for PDFs shown in our own frame. The caller has checked who asks."""
    path = Path(settings.MEDIA_ROOT) / stored.path
    if not path.is_file():
        raise Http404("Tệp không còn trên máy chủ.")
    inline = inline and stored.content_type == "application/pdf"
    response = FileResponse(
        path.open("rb"), as_attachment=not inline, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if inline:
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Content-Security-Policy"] = (
            "default-src 'none'; frame-ancestors 'self'; object-src 'self'; style-src 'unsafe-inline'"
        )
    return response


def read_bytes(stored):
    """The whole file."""
    return (Path(settings.MEDIA_ROOT) / stored.path).read_bytes()
