"""Pages for requests that fail before they reach a view."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def csrf_failure(request, reason=""):
    """A form sent from a page that is too old, or from another site: nothing was saved, and the page says how to go on."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception):
    """A request that cannot be read. Django's own page would read it again for its anti-forgery token, and break."""
    return HttpResponse(get_template("400.html").render(), status=400)
