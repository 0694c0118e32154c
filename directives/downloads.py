"""A paper made just now, handed to a browser; it is kept nowhere."""

from django.http import HttpResponse

from directives.pdf import UnprintableText
from units.downloads import guarded
from units.uploads import WORD


def send_word(make, name):
    """The bytes that `make` returns, to be kept as `name`.docx; what the fonts cannot print is said in words instead (422)."""
    try:
        docx = make()
    except UnprintableText as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(docx, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return guarded(response)


def show_pdf(make, name):
    """The bytes that `make` returns, for the browser's own viewer or a frame in a page of ours.

    What the fonts cannot print is said in words instead (422). The caller has checked who asks.
    """
    try:
        pdf = make()
    except UnprintableText as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return guarded(response, shown=True)
