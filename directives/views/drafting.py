"""Drafting: pasted, written anew, edited. Whatever is refused, nothing typed is lost."""

from dataclasses import replace
from functools import wraps

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directives import rules, services
from directives.forms import DraftForms, PasteForm
from directives.paper.draft import read_body
from directives.selectors import checker_on, look_over, propose
from directives.selectors.drafting import bases_in, demands_in, propose_authority
from directives.selectors.rows import draft_values
from directives.views import checking
from directives.views.access import code_of, of_the_house
from directives.views.stale import MERGES, base_of, beside_the_stored, made_one
from units.models import Membership
from units.selectors import own_department
from units.states import UnitKind

NO_MERGE = "Hệ thống không ghép được hai bản này. Hãy so với bản đang lưu rồi lưu bản của mình."


def refusing_secrets(view):
    """A page sent with a mark of secrecy anywhere is refused whatever its button: nothing of it is even shown again, and
    what was kept of it while it was typed goes too."""

    @wraps(view)
    def guarded(request, pk=None):
        of_the_house(request)
        try:
            services.refuse_secret(*(text for _, texts in request.POST.lists() for text in texts))
        except ValidationError as refusal:
            services.drop_unsaved(of_the_house(request, pk), actor=request.user)
            return _secret(request, refusal)
        return view(request) if pk is None else view(request, pk)

    return guarded


def _own_division(user):
    """The division this person drafts for, when it is one of the Sở's."""
    own = Membership.objects.current().filter(user=user, role__in=rules.DRAFTERS, unit__kind=UnitKind.DIVISION)
    found = own.select_related("unit").order_by("pk").first()
    return found.unit if found else None


def _may_draft(request):
    of_the_house(request)
    if not rules.can_draft(request.user):
        raise PermissionDenied


def _reread(draft):
    """Demands and bases anew from the body as it stands in the form; the other fields as they were typed.

    A demand whose words are still there keeps its owner, time and proof."""
    posted = draft.main.data
    lines = [form.row() for form in draft.addressees if form.is_valid() and form.cleaned_data and not form.is_blank()]
    sent = tuple(line["text"] for line in lines)
    paper = replace(read_body(posted.get("body", "")), kind=posted.get("kind"), recipients=sent)
    kept = {}
    for form in draft.requirements:
        if form.is_valid() and form.cleaned_data and not form.is_blank():
            kept[form.row()["text"]] = form.row()
    found = demands_in(paper, on=draft.on, fine=bool(posted.get("fine")), addressees=lines, book=draft.book)
    values = {name: draft.main[name].value() for name in draft.main.fields} | {
        "body": paper.body,
        "addressees": lines,
        "copies": [
            form.row() for form in draft.copies if form.is_valid() and form.cleaned_data and not form.is_blank()
        ],
        "requirements": _kept(found, kept),
        "bases": bases_in(paper),
    }
    return values


def _kept(found, kept):
    """The demands found, each with what was typed for it: by its words wherever they stand now, else by its number when
    only the words changed. A deadline is kept unless the text now sets another; an owner unless there was none."""
    kept = {text: row if row["targets"] else _without(row, "targets") for text, row in kept.items()}
    words = {row["text"] for row in found}
    rewritten = {row["label"]: row for text, row in kept.items() if text not in words}
    rows = []
    for row in found:
        if typed := kept.get(row["text"]):
            rows.append(row | typed | {"label": row["label"]})
        elif typed := rewritten.get(row["label"]):
            new = {"label", "text", "starts", "ends"}
            if row["due_phrase"] != typed["due_phrase"]:
                new |= {"due_phrase", "due_at"}
            rows.append(row | typed | {name: row[name] for name in new})
        else:
            rows.append(row)
    return rows


def _without(row, name):
    return {each: value for each, value in row.items() if each != name}


def _posted(request, now, dispatch=None):
    """The page as it was sent, after the button that only changes the page: one more row, the body read again, or a
    repair in it, of which the last value tells."""
    act, said = request.POST.get("act", ""), None
    draft = DraftForms(request.POST, user=request.user, now=now, add=act.removeprefix("add-"))
    if act == "reread":
        draft = DraftForms(user=request.user, now=now, values=_reread(draft))
    if checking.wants_fix(act):
        data, said = checking.mend_draft(request.POST, draft, dispatch, _checker(now))
        draft = DraftForms(data, user=request.user, now=now)
    return act, draft, said


def _checker(now, *, ours=True):
    return checker_on(timezone.localdate(now), ours=ours)


@require_http_methods(["GET", "POST"])
@refusing_secrets
def dispatch_new(request):
    _may_draft(request)
    now = timezone.now()
    if request.method == "GET":
        authority = propose_authority(own_department(), timezone.localdate(now))
        values = {"division": _own_division(request.user), "occasion": request.GET.get("dot"), "authority": authority}
        return _page(request, DraftForms(user=request.user, now=now, values=values))
    act, draft, said = _posted(request, now)
    if act == "save" and draft.is_valid():
        try:
            dispatch = services.create_dispatch(actor=request.user, now=now, **draft.cleaned())
        except ValidationError as refusal:
            if code_of(refusal) == "secret":
                return _secret(request, refusal)
            draft.refuse(refusal)
        else:
            services.drop_unsaved(None, actor=request.user)
            messages.success(request, "Đã lập dự thảo.")
            return redirect(dispatch)
    return _page(request, draft, said=said)


@require_http_methods(["GET", "POST"])
@refusing_secrets
def dispatch_edit(request, pk):
    dispatch = of_the_house(request, pk)
    if not rules.can_edit(request.user, dispatch):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "GET":
        if not rules.may(request.user, dispatch, "edit"):
            messages.warning(
                request, f"Văn bản đang ở bước “{dispatch.get_status_display()}” nên không sửa được nội dung."
            )
            return redirect(dispatch)
        return _page(request, DraftForms(user=request.user, now=now, values=draft_values(dispatch)), dispatch)
    act, draft, said = _posted(request, now, dispatch)
    stale, base = None, base_of(request)
    if act in MERGES and base is not None and draft.is_valid():
        both, stale = made_one(request.user, draft, dispatch, base, MERGES[act])
        draft, said = (both, said) if both else (draft, ("warn", NO_MERGE))
    elif act != "save" and base is not None and draft.is_valid():
        draft, stale = beside_the_stored(request, draft, dispatch, base)
    if act == "save" and draft.is_valid():
        version = draft.main.cleaned_data["version"]
        try:
            dispatch = services.save_draft(dispatch, actor=request.user, now=now, version=version, **draft.cleaned())
        except ValidationError as refusal:
            if code_of(refusal) == "secret":
                return _secret(request, refusal)
            draft.refuse(refusal)
            if code_of(refusal) == "stale":
                draft, stale = beside_the_stored(request, draft, dispatch, version or 0)
        else:
            messages.success(request, f"Đã lưu bản {dispatch.version}.")
            return redirect(dispatch)
    return _page(request, draft, dispatch, said=said, stale=stale)


def _page(request, draft, dispatch=None, *, said=None, stale=None):
    page = {
        "draft": draft,
        "dispatch": dispatch,
        "stale": stale,
        "checked": checking.check_draft(draft, dispatch, _checker(timezone.now())),
        "said": said,
    }
    return render(request, "directives/dispatch_edit.html", page)


@require_http_methods(["GET", "POST"])
@refusing_secrets
def dispatch_paste(request):
    """A pasted or uploaded paper: read, shown beside what was found, mapped by choosing, made a draft.

    A mark of secrecy is refused first, and the text goes nowhere: not into the page again, not into a log."""
    _may_draft(request)
    now = timezone.now()
    paste = PasteForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    page = {"paste": paste, "found": None, "draft": None}
    if paste.has_error(NON_FIELD_ERRORS, "secret"):
        return _secret(request, ValidationError(list(paste.non_field_errors())))
    if request.method == "POST" and paste.is_valid():
        text = paste.cleaned_data["text"]
        try:
            services.refuse_secret(text)
        except ValidationError as refusal:
            return _secret(request, refusal)
        page = _pasted(request, text, paste.cleaned_data["fine"], now)
        if isinstance(page, HttpResponse):
            return page
    return render(request, "directives/dispatch_paste.html", page)


def _pasted(request, text, fine, now):
    """What the page shows of a pasted text, or the answer when its draft was made."""
    act, said, today, data = request.POST.get("act", ""), None, timezone.localdate(now), request.POST
    checker = _checker(now, ours=False)
    first = act == "read" or "requirements-TOTAL_FORMS" not in data
    if checking.wants_fix(act):
        text, data, said = checking.mend_pasted(data, text, checker)
    found = propose(text, on=today, fine=fine)
    if first:
        draft = DraftForms(user=request.user, now=now, values=_proposed(request.user, found, today))
    else:
        draft = DraftForms(data, user=request.user, now=now, add=act.removeprefix("add-"))
    if act == "reread":
        draft = DraftForms(user=request.user, now=now, values=_reread(draft))
    if act == "save" and not first and draft.is_valid():
        try:
            return redirect(_create(request, draft, now))
        except ValidationError as refusal:
            if code_of(refusal) == "secret":
                return _secret(request, refusal)
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
        "division": _own_division(user),
        "authority": propose_authority(own_department(), on, found.paper.signer),
        "body": found.paper.body,
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


def _secret(request, refusal):
    """A mark of secrecy: the page says what is lawful and shows nothing of the text again."""
    return render(request, "directives/dispatch_secret.html", {"refusal": refusal.messages}, status=422)
