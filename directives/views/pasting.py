"""A pasted or uploaded paper made a draft. Whatever is refused, nothing typed is lost."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directives import services
from directives.forms import DraftForms, PasteForm
from directives.paper import annex_text
from directives.selectors import look_over, propose
from directives.selectors.drafting import propose_authority
from directives.views import checking
from directives.views.access import code_of
from directives.views.drafting import checker_now, may_draft, own_division, refusing_secrets, reread, secret_page
from units.selectors import own_department


@require_http_methods(["GET", "POST"])
@refusing_secrets
def dispatch_paste(request):
    """A pasted or uploaded paper: read, shown beside what was found, mapped by choosing, made a draft.

    A mark of secrecy is refused first, and the text goes nowhere: not into the page again, not into a log."""
    may_draft(request)
    now = timezone.now()
    paste = PasteForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    page = {"paste": paste, "found": None, "draft": None}
    if paste.has_error(NON_FIELD_ERRORS, "secret"):
        return secret_page(request, ValidationError(list(paste.non_field_errors())))
    if request.method == "POST" and paste.is_valid():
        text = paste.cleaned_data["text"]
        try:
            services.refuse_secret(text)
        except ValidationError as refusal:
            return secret_page(request, refusal)
        page = _pasted(request, text, paste.cleaned_data["fine"], now)
        if isinstance(page, HttpResponse):
            return page
    return render(request, "directives/dispatch_paste.html", page)


def _pasted(request, text, fine, now):
    """What the page shows of a pasted text, or the answer when its draft was made."""
    act, said, today, data = request.POST.get("act", ""), None, timezone.localdate(now), request.POST
    checker = checker_now(now, ours=False)
    first = act == "read" or "requirements-TOTAL_FORMS" not in data
    if checking.wants_fix(act):
        text, data, said = checking.mend_pasted(data, text, checker)
    found = propose(text, on=today, fine=fine)
    if first:
        draft = DraftForms(user=request.user, now=now, values=_proposed(request.user, found, today))
    else:
        draft = DraftForms(data, user=request.user, now=now, add=act.removeprefix("add-"))
    if act == "reread":
        draft = DraftForms(user=request.user, now=now, values=reread(draft))
    if act == "save" and not first and draft.is_valid():
        try:
            return redirect(_create(request, draft, now))
        except ValidationError as refusal:
            if code_of(refusal) == "secret":
                return secret_page(request, refusal)
            draft.refuse(refusal)
    return {
        "paste": PasteForm(initial={"text": text, "fine": fine}),
        "found": found,
        "draft": draft,
        "checked": look_over(found.paper, checker.knowing(draft.mapped())),
        "said": said,
    }


def _proposed(user, found, on):
    return {
        "subject": found.subject,
        "kind": found.kind,
        "urgency": found.urgency,
        "division": own_division(user),
        "authority": propose_authority(own_department(), on, found.paper.signer),
        "body": found.paper.body,
        "annexes": annex_text(found.paper.annexes),
        "addressees": found.addressees,
        "copies": found.copies,
        "bases": found.bases,
        "requirements": found.requirements,
    }


def _create(request, draft, now):
    dispatch = services.create_dispatch(
        actor=request.user, now=now, note="Lập dự thảo từ văn bản dán vào", **draft.cleaned()
    )
    messages.success(request, "Đã lập dự thảo từ văn bản dán vào. Hãy soát lại trước khi trình.")
    return dispatch
