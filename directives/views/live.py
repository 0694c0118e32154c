"""What the page of a draft asks while its text is being typed. Nothing here is stored."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from directives import rules, services
from directives.forms.bundle import MainForm
from directives.forms.follow import standing
from directives.forms.live import Follower
from directives.paper.renumber import renumber
from directives.selectors import checker_on
from directives.views import checking
from directives.views.access import code_of, of_the_house, text_and_annexes
from directives.views.panes import look_at


@require_POST
def draft_live(request, pk=None):
    """The page as it stands, answered with three panes: the paper, the rows that the text has changed, the findings.

    422 with a sentence alone when a mark of secrecy stands anywhere."""
    dispatch, refused = _opened(request, pk)
    if refused:
        return refused
    now, data = timezone.now(), request.POST
    main = MainForm(data, user=request.user, on=timezone.localdate(now))
    sent = [row for row in standing(data, "addressees") if row.text and not row.dropped]
    copies = [row.text for row in standing(data, "copies") if row.text and not row.dropped]
    on, typed = timezone.localdate(now), main.typed("body")
    paper = main.paper(dispatch, addressees=[row.text for row in sent], copies=copies, on=on)
    mapped = [row.text for row in sent if _is_mapped(data, row)]
    look = look_at(
        paper, typed, checker=checker_on(on, ours=True).knowing(mapped).watching(dispatch), issuer=dispatch.issuer.name
    )
    follower = Follower(data, paper, look.spots, on, renew=bool(data.get("renew")))
    demands = follower.demands()
    look.mark(follower.places)
    page = {"look": look, "checked": look.checked, "demands": demands, "bases": follower.bases()}
    page["lines"] = follower.lines(data.getlist("asked"))
    return render(request, "directives/dispatch_live.html", page)


def _is_mapped(data, row):
    name = f"addressees-{row.index}-owners"
    return bool(data.getlist(name) or data.get(f"{name}-more", "").strip())


def _opened(request, pk):
    """The draft somebody writes at, or one not stored yet; and the answer when what they send bears a mark of secrecy."""
    dispatch = of_the_house(request, pk)
    if not (rules.can_draft(request.user) if dispatch is None else rules.can_edit(request.user, dispatch)):
        raise PermissionDenied
    try:
        services.refuse_secret(*{text for _, texts in request.POST.lists() for text in texts})
    except ValidationError as refusal:
        return None, _refused(request, refusal)
    return dispatch or checking.blank(), None


def _refused(request, refusal):
    page = {"refusal": refusal.messages, "secret": code_of(refusal) == "secret"}
    return render(request, "directives/_parts/live_refused.html", page, status=422)


@require_POST
def text_of_file(request):
    """Body and annexes of a Word or text file, for the page to take over. The file is read and let go."""
    _, refused = _opened(request, None)
    if refused:
        return refused
    try:
        body, annexes = text_and_annexes(request)
    except ValidationError as refusal:
        return _refused(request, refusal)
    return render(request, "directives/_parts/live_text.html", {"body": body, "annexes": annexes})


@require_POST
def text_renumbered(request):
    """The text sent, the labels of its items counted anew."""
    _, refused = _opened(request, None)
    text = renumber(request.POST.get("body", "").replace("\r\n", "\n"))
    return refused or render(request, "directives/_parts/live_text.html", {"body": text})
