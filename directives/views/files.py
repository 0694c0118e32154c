"""The paper as a file: previews and Word copies that are stored nowhere, the filed PDF, the scan."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from directives import rules
from directives.docx import render_docx
from directives.downloads import send_word, show_pdf
from directives.forms import DraftForms
from directives.models import Dispatch
from directives.pdf import PrintExtras, render_pdf
from directives.selectors import paper_of, to_paper
from directives.services import note_look
from directives.services.drafting import refuse_secret, symbol_of, texts_of
from directives.states import DispatchStatus, LookKind
from directives.views.access import of_the_house, visible
from units.downloads import serve
from units.selectors import own_department
from units.text import fold

MOST_WORDS = 8


def _print(paper, dispatch):
    name = f"xem-truoc-{dispatch.pk}" if dispatch.pk else "xem-truoc"
    extra = PrintExtras(issuer=dispatch.issuer.name)
    return show_pdf(lambda: render_pdf(paper, extra=extra).pdf, name)


def _write(paper, dispatch):
    return send_word(lambda: render_docx(paper, extra=PrintExtras(issuer=dispatch.issuer.name)), _word_name(dispatch))


def _word_name(dispatch):
    """A draft is found again by the first words of its subject. Once it is signed the paper is its PDF; what can be changed
    says in its name that it is only for reference."""
    if dispatch.status not in DispatchStatus.SIGNED_ON:
        return "-".join(filter(None, ["du-thao", str(dispatch.pk or ""), *_slugs(dispatch.subject)[:MOST_WORDS]]))
    code = _slugs(dispatch.code()) if dispatch.number else ["van-ban", str(dispatch.pk)]
    return "-".join([*code, "ban-word-tham-khao"])


def _slugs(text):
    return re.findall(r"[a-z0-9]+", fold(text))


@require_http_methods(["GET", "POST"])
def dispatch_preview(request, pk):
    """The stored paper as it prints; posted from the edit page, the text as it stands there, not saved."""
    return _made(request, of_the_house(request, pk, LookKind.PREVIEW), _print)


@require_http_methods(["POST"])
def draft_preview(request):
    """The same for a draft that is not stored yet."""
    return _made(request, _unstored(request), _print)


@require_http_methods(["GET", "POST"])
def dispatch_word(request, pk):
    """The paper for Word, as the preview is: the stored one, or the text as it stands on the edit page."""
    return _made(request, of_the_house(request, pk, LookKind.WORD), _write)


@require_http_methods(["POST"])
def draft_word(request):
    """The same for a draft that is not stored yet."""
    return _made(request, _unstored(request), _write)


def _unstored(request):
    of_the_house(request)
    if not rules.can_draft(request.user):
        raise PermissionDenied
    return Dispatch(issuer=own_department(), created_at=timezone.now())


def _made(request, dispatch, answer):
    """What `answer` makes of the stored paper, or of the text that was posted; a refusal is a sentence (422).

    Other words are set only under a draft, by whoever may edit it: never under a number or a signature."""
    if request.method == "GET":
        return answer(to_paper(dispatch, on=timezone.localdate()), dispatch)
    if dispatch.pk and not rules.may(request.user, dispatch, "edit"):
        raise PermissionDenied
    now = timezone.now()
    draft = DraftForms(request.POST, user=request.user, now=now)
    if not draft.is_valid():
        text = "Chưa dựng được văn bản: biểu mẫu còn chỗ chưa đúng. Hãy quay lại trang soạn thảo, bấm Lưu để xem chỗ cần sửa."
        return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")
    values = draft.cleaned()
    try:
        refuse_secret(*texts_of(**values))
        dispatch.symbol = symbol_of(values["kind"], dispatch.issuer, values["division"])
    except ValidationError as refusal:
        return HttpResponse(refusal.messages[0], status=422, content_type="text/plain; charset=utf-8")
    for name in ("kind", "subject", "body", "annexes", "urgency", "authority", "place"):
        setattr(dispatch, name, values[name])
    paper = paper_of(
        dispatch,
        recipients=[line["text"] for line in values["addressees"]],
        copies=[line["text"] for line in values["copies"]],
        on=timezone.localdate(now),
    )
    return answer(paper, dispatch)


@require_GET
def dispatch_pdf(request, pk):
    """The filed PDF: the issued paper itself; the only file that a browser may open (`xem`), being made by us."""
    return _file(request, pk, LookKind.PDF, inline="xem" in request.GET)


@require_GET
def dispatch_scan(request, pk):
    """The signed scan as it was uploaded: never opened in the browser, where `dispatch_pages` shows pictures of it."""
    return _file(request, pk, LookKind.SCAN)


def _file(request, pk, which, *, inline=False):
    dispatch = visible(request, pk)
    stored = getattr(dispatch, which)
    if stored is None:
        raise Http404("Văn bản chưa có tệp này.")
    note_look(dispatch, actor=request.user, now=timezone.now(), what=which)
    return serve(stored, inline=inline)
