"""A paper made just now, handed to a browser; it is kept nowhere."""

from django.http import HttpResponse

from directives.pdf import UnprintableText

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def send_word(make, name):
    """The bytes that `make` returns, to be kept as `name`.docx; what the fonts cannot print is said in words instead (422)."""
    try:
        docx = make()
    except UnprintableText as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(docx, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def show_pdf(make, name, *, framed=False):
    """The bytes that `make` returns, for the browser's own viewer, or `framed` in a page of ours.

    What the fonts cannot print is said in words instead (422). The caller has checked who asks.
    """
    try:
        pdf = make()
    except UnprintableText as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    policy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
    if framed:
        response["X-Frame-Options"] = "SAMEORIGIN"
        policy += "; frame-ancestors 'self'"
    response["Content-Security-Policy"] = policy
    return response
