"""Drafting: written anew, edited. Whatever is refused, nothing typed is lost."""

from dataclasses import replace
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directives import rules, services
from directives.forms import DraftForms
from directives.forms.follow import Standing, follow, unspoken
from directives.paper.draft import read_body
from directives.paper.renumber import renumber
from directives.redline import redline
from directives.selectors import checker_on, others_at, typed, unsaved_of
from directives.selectors.drafting import asked_in, bases_in, demands_in, propose_authority
from directives.selectors.rows import draft_values
from directives.states import LookKind
from directives.views import checking
from directives.views.access import code_of, of_the_house, text_and_annexes
from directives.views.moved import panel
from directives.views.panes import look_at
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
            return view(request) if pk is None else view(request, pk)
        except ValidationError as refusal:
            if code_of(refusal) != "secret":
                raise
            services.drop_unsaved(of_the_house(request, pk), actor=request.user)
            return secret_page(request, refusal)

    return guarded


def own_division(user):
    """The division this person, or the absent one they act for, drafts for, when it is one of the Sở's."""
    own = Membership.objects.current().filter(
        user=user.works_as(), role__in=rules.DRAFTERS, unit__kind=UnitKind.DIVISION
    )
    found = own.select_related("unit").order_by("pk").first()
    return found.unit if found else None


def may_draft(request):
    of_the_house(request)
    if not rules.can_draft(request.user):
        raise PermissionDenied


def reread(draft):
    """Demands and bases anew from the body as it stands in the form; the other fields as they were typed.

    A demand whose words are still there keeps its owner, time and proof."""
    posted = draft.main.data
    lines = [form.row() for form in draft.addressees if form.is_valid() and form.cleaned_data and not form.is_blank()]
    sent = tuple(line["text"] for line in lines)
    paper = replace(read_body(posted.get("body", "")), kind=posted.get("kind"), recipients=sent)
    typed = [form.row() for form in draft.requirements if form.is_valid() and form.cleaned_data and not form.is_blank()]
    found = demands_in(paper, on=draft.on, fine=bool(posted.get("fine")), addressees=lines, book=draft.book)
    rows = [Standing(index, row["label"], row["text"]) for index, row in enumerate(typed)]
    pairs = follow([(row["label"], row["text"]) for row in found], rows)
    values = {name: draft.main[name].value() for name in draft.main.fields} | {
        "body": paper.body,
        "addressees": lines,
        "copies": [
            form.row() for form in draft.copies if form.is_valid() and form.cleaned_data and not form.is_blank()
        ],
        "requirements": [
            _kept(row, typed[stood.index]) if stood else row for row, stood in zip(found, pairs, strict=True)
        ],
        "bases": bases_in(paper),
    }
    return values


def _kept(row, typed):
    """A demand found, with what was typed for it. A deadline is kept unless the text now sets another; an owner unless
    there was none."""
    new = {"label", "starts", "ends"} | ({"targets"} if not typed["targets"] else set())
    if row["text"] != typed["text"]:
        new |= {"text", "due_phrase", "due_at"} if row["due_phrase"] != typed["due_phrase"] else {"text"}
    return row | typed | {name: row[name] for name in new}


def _posted(request, now, dispatch=None):
    """The page as it was sent, after the button that only changes the page: one more row, the body read again, or a
    repair in it, of which the last value tells."""
    act, said = request.POST.get("act", ""), None
    draft = DraftForms(request.POST, user=request.user, now=now, add=act.removeprefix("add-"))
    if act == "reread":
        draft = DraftForms(user=request.user, now=now, values=reread(draft))
    if act == "renumber":
        data, said = request.POST.copy(), ("done", "Đã đánh lại số thứ tự. Hãy đọc lại trước khi lưu.")
        data["body"] = renumber(draft.main.typed("body"))
        draft = DraftForms(data, user=request.user, now=now)
    if act == "word":
        data, said = _of_file(request)
        draft = DraftForms(data, user=request.user, now=now)
    if checking.wants_fix(act):
        data, said = checking.mend_draft(request.POST, draft, dispatch, checker_now(now))
        draft = DraftForms(data, user=request.user, now=now)
    return act, draft, said


def _of_file(request):
    """The page with body and annexes of the file sent along; why not, when that cannot be."""
    data = request.POST.copy()
    try:
        data["body"], data["annexes"] = text_and_annexes(request)
    except ValidationError as refusal:
        if code_of(refusal) == "secret":
            raise
        return data, ("warn", refusal.messages[0])
    return data, ("done", "Đã lấy nội dung từ tệp. Hãy đọc lại trước khi lưu.")


def checker_now(now, *, ours=True):
    return checker_on(timezone.localdate(now), ours=ours)


@require_http_methods(["GET", "POST"])
@refusing_secrets
def dispatch_new(request):
    may_draft(request)
    now = timezone.now()
    if request.method == "GET":
        authority = propose_authority(own_department(), timezone.localdate(now))
        values = {"division": own_division(request.user), "occasion": request.GET.get("dot"), "authority": authority}
        return _page(request, _opened(request, now, None) or DraftForms(user=request.user, now=now, values=values))
    act, draft, said = _posted(request, now)
    if act == "save" and draft.is_valid():
        try:
            dispatch = services.create_dispatch(actor=request.user, now=now, **draft.cleaned())
        except ValidationError as refusal:
            if code_of(refusal) == "secret":
                raise
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
        services.note_look(dispatch, actor=request.user, now=now, what=LookKind.DRAFT)
        if not rules.may(request.user, dispatch, "edit"):
            messages.warning(
                request, f"Văn bản đang ở bước “{dispatch.get_status_display()}” nên không sửa được nội dung."
            )
            return redirect(dispatch)
        values = draft_values(dispatch)
        draft = _opened(request, now, dispatch) or DraftForms(user=request.user, now=now, values=values)
        return _page(request, draft, dispatch)
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
            note = draft.main.cleaned_data["note"]
            dispatch = services.save_draft(
                dispatch, actor=request.user, now=now, version=version, note=note, **draft.cleaned()
            )
        except ValidationError as refusal:
            if code_of(refusal) == "secret":
                raise
            draft.refuse(refusal)
            if code_of(refusal) == "stale":
                draft, stale = beside_the_stored(request, draft, dispatch, version or 0)
        else:
            messages.success(request, f"Đã lưu bản {dispatch.version}.")
            return redirect(dispatch)
    return _page(request, draft, dispatch, said=said, stale=stale)


def _opened(request, now, dispatch):
    """The page as it was typed and not saved, when it is asked for."""
    kept = unsaved_of(dispatch, request.user) if "lay-lai" in request.GET else None
    return DraftForms(typed(kept), user=request.user, now=now) if kept else None


def _page(request, draft, dispatch=None, *, said=None, stale=None):
    shown = dispatch or checking.blank()
    checker = checker_now(timezone.now()).knowing(draft.mapped()).watching(shown)
    look = look_at(draft.paper(shown), draft.main.typed("body"), checker=checker, issuer=shown.issuer.name)
    demands = draft.place(look.spots)
    look.mark((row.label, row.starts) for row, form in zip(demands, draft.requirements, strict=True) if form.spot)
    page = {"draft": draft, "dispatch": dispatch, "stale": stale, "said": said}
    page |= {"look": look, "checked": look.checked, "unwanted": request.POST.getlist("unwanted")}
    page |= panel(request, dispatch, in_editor=True) if dispatch else {}
    if request.method == "GET":
        page["unwanted"] = unspoken(asked_in(look.paper, on=draft.on), demands) if dispatch else ()
        page |= _kept_typing(request, dispatch, look.paper)
        page["others"] = others_at(dispatch, request.user, timezone.now()) if dispatch else ()
    return render(request, "directives/dispatch_edit.html", page)


def _kept_typing(request, dispatch, paper):
    """What the writer typed earlier and did not save, to be offered; not while it is the page itself."""
    kept = None if "lay-lai" in request.GET else unsaved_of(dispatch, request.user)
    if kept is None:
        return {"taken_up": "lay-lai" in request.GET}
    body = read_body((kept.data.get("body") or [""])[0]).body
    return {"unsaved": kept, "unsaved_changes": redline(paper.body, body) if dispatch and body != paper.body else ()}


def secret_page(request, refusal):
    """A mark of secrecy: the page says what is lawful and shows nothing of the text again."""
    return render(request, "directives/dispatch_secret.html", {"refusal": refusal.messages}, status=422)
