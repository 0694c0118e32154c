"""The paper as a file: previews that are stored nowhere, the filed PDF, the scan."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from directives.downloads import show_pdf
from directives.forms import DraftForms
from directives.models import Dispatch
from directives.pdf import PrintExtras, render_pdf
from directives.selectors import paper_of, to_paper
from directives.services.drafting import refuse_secret, symbol_of, texts_of
from directives.views.access import of_the_house, visible
from units.downloads import serve
from units.selectors import own_department


def _print(paper, issuer, name):
    return show_pdf(lambda: render_pdf(paper, extra=PrintExtras(issuer=issuer.name)).pdf, name, framed=True)


@require_http_methods(["GET", "POST"])
def dispatch_preview(request, pk):
    """The stored paper as it prints; posted from the edit page, the text as it stands there, not saved."""
    dispatch = of_the_house(request, pk)
    if request.method == "POST":
        return _print_posted(request, dispatch)
    paper = to_paper(dispatch, on=timezone.localdate())
    return _print(paper, dispatch.issuer, f"xem-truoc-{dispatch.pk}")


@require_http_methods(["POST"])
def draft_preview(request):
    """The same for a draft that is not stored yet."""
    of_the_house(request)
    return _print_posted(request, Dispatch(issuer=own_department(), created_at=timezone.now()))


def _print_posted(request, dispatch):
    now = timezone.now()
    draft = DraftForms(request.POST, user=request.user, now=now)
    if not draft.is_valid():
        text = (
            "Chưa xem trước được: biểu mẫu còn chỗ chưa đúng. Hãy quay lại trang soạn thảo, bấm Lưu để xem chỗ cần sửa."
        )
        return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")
    values = draft.cleaned()
    try:
        refuse_secret(*texts_of(**values))
        dispatch.symbol = symbol_of(values["kind"], dispatch.issuer, values["division"])
    except ValidationError as refusal:
        return HttpResponse(refusal.messages[0], status=422, content_type="text/plain; charset=utf-8")
    for name in ("kind", "subject", "body", "urgency", "authority", "place"):
        setattr(dispatch, name, values[name])
    paper = paper_of(
        dispatch,
        recipients=[line["text"] for line in values["addressees"]],
        copies=[line["text"] for line in values["copies"]],
        on=timezone.localdate(now),
    )
    return _print(paper, dispatch.issuer, "xem-truoc")


@require_GET
def dispatch_pdf(request, pk):
    """The filed PDF: the issued paper itself."""
    return _file(visible(request, pk), "pdf", inline="xem" in request.GET)


@require_GET
def dispatch_scan(request, pk):
    return _file(visible(request, pk), "scan", inline="xem" in request.GET)


def _file(dispatch, which, *, inline):
    stored = getattr(dispatch, which)
    if stored is None:
        raise Http404("Văn bản chưa có tệp này.")
    return serve(stored, inline=inline)
