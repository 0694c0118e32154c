"""One paper: for the house its whole life, for a recipient what was sent to it."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from directives import rules, services
from directives.selectors import demands_of, issue_by, missing_to_issue, to_paper, warnings
from directives.selectors.rows import demands
from directives.selectors.screen import paragraphs, steps
from directives.selectors.versions import changes_since, compared
from directives.states import DispatchStatus, LookKind
from directives.views.access import ink_fault, of_the_house, say_refusal, visible
from directives.views.checking import JUDGED, check_stored
from directives.views.moved import panel

TEXTS = ("subject", "body", "annexes", "addressees", "copies", "bases", "requirements", "whole")
WAITING = frozenset({DispatchStatus.SIGNED, DispatchStatus.NUMBERED})


@require_GET
def dispatch_detail(request, pk):
    dispatch = visible(request, pk, LookKind.PAGE)
    paper = to_paper(dispatch, on=timezone.localdate())
    if not request.user.is_department_staff():
        return _received(request, dispatch, paper)
    owed = list(demands(dispatch))
    checked = check_stored(dispatch, timezone.localdate())
    places = checked.by_paragraph() if checked else {}
    now = timezone.now()
    seen = services.see_version(dispatch, actor=request.user, now=now) if dispatch.status in JUDGED else None
    page = {
        "dispatch": dispatch,
        "paper": paper,
        "paragraphs": paragraphs(paper, owed, places),
        "places": places,
        "checked": checked,
        "demands": owed,
        "steps": steps(dispatch),
        "may": {verb: rules.may(request.user, dispatch, verb) for verb in rules.BUTTONS},
        "warnings": warnings(dispatch) if dispatch.status in (DispatchStatus.DRAFT, DispatchStatus.REVIEW) else (),
        "ink_fault": "" if dispatch.pdf_id else ink_fault(dispatch, paper),
        "missing": missing_to_issue(dispatch) if dispatch.status == DispatchStatus.NUMBERED else (),
        "issue_by": issue_by(dispatch) if dispatch.status in WAITING else None,
        "addressees": dispatch.addressees.order_by("order").prefetch_related("groups", "units"),
        "bases": dispatch.bases.order_by("order").select_related("basis"),
        "since": changes_since(dispatch, seen),
        "versions": dispatch.versions.order_by("-version").select_related("author").defer(*TEXTS)[:20],
        "entries": dispatch.history.order_by("-pk").select_related("actor", "under__giver"),
        "scan_late": dispatch.scan_id is None and dispatch.scan_due_at is not None and dispatch.scan_due_at <= now,
        "now": now,
        "may_draft": rules.can_draft(request.user),
        **panel(request, dispatch),
    }
    return render(request, "directives/dispatch_detail.html", page)


def _received(request, dispatch, paper):
    """The first opening by a person of the unit is noted on its receipt."""
    services.see_dispatch(dispatch, actor=request.user, now=timezone.now())
    owed = demands_of(dispatch, request.user.unit_ids())
    page = {"dispatch": dispatch, "paper": paper, "paragraphs": paragraphs(paper, owed), "demands": owed}
    return render(request, "directives/dispatch_received.html", page)


@require_GET
def dispatch_compare(request, pk):
    """Two versions of a draft as a redline: `tu` the earlier, `den` the later; the last two when neither is named."""
    dispatch = of_the_house(request, pk, LookKind.COMPARE)
    versions = list(dispatch.versions.select_related("author").defer(*TEXTS).order_by("version"))
    try:
        later = int(request.GET.get("den") or dispatch.version)
        earlier = int(request.GET.get("tu") or max(later - 1, 1))
    except ValueError as wrong:
        raise BadRequest from wrong
    if not {earlier, later} <= {row.version for row in versions}:
        raise Http404("Không có bản dự thảo này.")
    both = {row.version: row for row in dispatch.versions.filter(version__in={earlier, later}).select_related("author")}
    before, after = both[earlier], both[later]
    parts = compared(before, after)
    page = {
        "dispatch": dispatch,
        "before": before,
        "after": after,
        "versions": versions,
        "parts": [part for part in parts if part.changes.changed],
        "same": [part.title for part in parts if part.changes.rows and not part.changes.changed],
        "restorable": [row for row in (before, after) if row.version != dispatch.version and row.whole],
        "may_edit": rules.may(request.user, dispatch, "edit"),
    }
    return render(request, "directives/dispatch_compare.html", page)


@require_POST
def dispatch_restore(request, pk):
    """An earlier version (`ban`) becomes the next one; `version` is the one the page knew as the latest."""
    dispatch = of_the_house(request, pk)
    try:
        version, earlier = int(request.POST.get("version", "")), int(request.POST.get("ban", ""))
    except ValueError as wrong:
        raise BadRequest from wrong
    try:
        dispatch = services.restore_version(
            dispatch, actor=request.user, now=timezone.now(), version=version, earlier=earlier
        )
    except ValidationError as refusal:
        say_refusal(request, refusal)
    else:
        messages.success(
            request, f"Đã lấy lại bản {earlier} thành bản {dispatch.version}. Bản trước đó vẫn còn nguyên."
        )
    return redirect(dispatch)
