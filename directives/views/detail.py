"""One paper: for the house its whole life, for a recipient what was sent to it."""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from directives import rules, services
from directives.selectors import demands_of, issue_by, missing_to_issue, redline, to_paper, warnings
from directives.selectors.rows import demands
from directives.selectors.screen import paragraphs, steps
from directives.states import DispatchStatus
from directives.views.access import ink_fault, of_the_house, visible
from directives.views.checking import check_stored

WAITING = frozenset({DispatchStatus.SIGNED, DispatchStatus.NUMBERED})


@require_GET
def dispatch_detail(request, pk):
    dispatch = visible(request, pk)
    paper = to_paper(dispatch, on=timezone.localdate())
    if not request.user.is_department_staff():
        return _received(request, dispatch, paper)
    owed = list(demands(dispatch))
    checked = check_stored(dispatch, timezone.localdate())
    places = checked.by_paragraph() if checked else {}
    now = timezone.now()
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
        "versions": dispatch.versions.order_by("-version").select_related("author")[:20],
        "entries": dispatch.history.order_by("-pk").select_related("actor"),
        "scan_late": dispatch.scan_id is None and dispatch.scan_due_at is not None and dispatch.scan_due_at <= now,
        "now": now,
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
    dispatch = of_the_house(request, pk)
    texts = ("subject", "body", "addressees", "copies", "requirements")
    versions = list(dispatch.versions.select_related("author").defer(*texts).order_by("version"))
    try:
        later = int(request.GET.get("den") or dispatch.version)
        earlier = int(request.GET.get("tu") or max(later - 1, 1))
    except ValueError as wrong:
        raise BadRequest from wrong
    if not {earlier, later} <= {row.version for row in versions}:
        raise Http404("Không có bản dự thảo này.")
    both = {row.version: row for row in dispatch.versions.filter(version__in={earlier, later}).select_related("author")}
    before, after = both[earlier], both[later]
    page = {
        "dispatch": dispatch,
        "before": before,
        "after": after,
        "versions": versions,
        "parts": [
            ("Trích yếu", redline(before.subject, after.subject)),
            ("Kính gửi", redline("\n".join(before.addressees), "\n".join(after.addressees))),
            ("Nội dung", redline(before.body, after.body)),
            ("Yêu cầu", redline("\n".join(before.requirements), "\n".join(after.requirements))),
            ("Nơi nhận", redline("\n".join(before.copies), "\n".join(after.copies))),
        ],
    }
    return render(request, "directives/dispatch_compare.html", page)
