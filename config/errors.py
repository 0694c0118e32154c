"""Pages for requests that fail before they reach a view."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form sent from a page that is too old, or from another site: nothing was saved, and the page says how to go on."""
    return render(request, "403_csrf.html", status=403)
