"""Handing files to a browser: kept ones, and those made just now.

Every kept file has its one address under /tep/, on the floor whose rows say who may see it."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404

# A file is never a page: opened all the same, it may run, load and send nothing, and belongs to no site.
ATTACHED = "sandbox; default-src 'none'; frame-ancestors 'none'"
# The browser's own viewer of PDF works in no sandbox.
SHOWN = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def serve(stored, *, inline=False):
    """The file as an attachment; `inline` only for PDFs that we made. The caller has checked who asks."""
    path = Path(settings.MEDIA_ROOT) / stored.path
    if not path.is_file():
        raise Http404("Tệp không còn trên máy chủ.")
    inline = inline and stored.content_type == "application/pdf"
    response = FileResponse(
        path.open("rb"), as_attachment=not inline, filename=stored.name, content_type=stored.content_type
    )
    return guarded(response, shown=inline)


def guarded(response, *, shown=False):
    """The same answer, under the headers that every file leaves with; `shown` in the browser's viewer of PDF."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = SHOWN if shown else ATTACHED
    if shown:
        response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def read_bytes(stored):
    """The whole file."""
    return (Path(settings.MEDIA_ROOT) / stored.path).read_bytes()
