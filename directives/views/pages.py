"""The filed paper page by page as exact pictures, with each demand marked on its sentence; the signed scan likewise."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from directives import services
from directives.pdf.pages import UnreadablePages, leaves, picture
from directives.selectors import anchors, demands_of
from directives.states import LookKind
from directives.views.access import visible

SCAN = "quet"
SHAPE = 0.05  # of height to width, that a scan may be off
FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def dispatch_pages(request, pk):
    """The paper as it was filed; `yc` is the order of the demand whose sentence is sought, `ban=quet` shows the signed scan.

    Read by a recipient's person, it counts as seen."""
    dispatch = _filed(request, pk)
    now = timezone.now()
    services.see_dispatch(dispatch, actor=request.user, now=now)
    services.note_look(dispatch, actor=request.user, now=now, what=LookKind.PAGES)
    every = list(anchors.with_places(dispatch.requirements.order_by("order")))
    asked = request.GET.get("yc", "")
    chosen = next((demand for demand in every if str(demand.order) == asked), None)
    owed = every
    if not request.user.is_department_staff():
        own = set(demands_of(dispatch, request.user.unit_ids()).values_list("pk", flat=True))
        owed = [demand for demand in every if demand.pk in own]
    scan = _asks_scan(request, dispatch)
    stored = dispatch.scan if scan else dispatch.pdf
    marks = anchors.marks(demand for demand in every if demand in owed or demand == chosen)
    shown = _leaves(stored)
    sheets = _with_marks(shown, _leaves(dispatch.pdf), marks)
    page = {
        "dispatch": dispatch,
        "stored": stored,
        "scan": scan,
        "pages": sheets,
        "demands": [(demand, anchors.page_of(demand)) for demand in owed],
        "placed": any(found for *_, found in sheets),
        "chosen": chosen,
        "chosen_page": anchors.page_of(chosen) if chosen else None,
        "sentence": dispatch.body[chosen.starts : chosen.ends].strip() if chosen else "",
        "asked": asked,
    }
    return render(request, "directives/dispatch_pages.html", page)


@require_safe
def dispatch_page(request, pk, page):
    """One page as a picture. Asked for by its file's checksum (`v`) it is kept by this person's browser for good."""
    dispatch = _filed(request, pk)
    services.note_pages(dispatch, actor=request.user, now=timezone.now())
    scan = _asks_scan(request, dispatch)
    stored = dispatch.scan if scan else dispatch.pdf
    etag = f'"{stored.sha256[:32]}-{page}{SCAN if scan else ""}"'
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    try:
        content, kind = picture(_path(stored), stored.content_type, page, drawn=not scan)
    except (UnreadablePages, IndexError) as wrong:
        raise Http404("Không có trang này.") from wrong
    response = HttpResponse(content, content_type=kind)
    named = request.GET.get("v", "") == stored.sha256[:16]
    response["Cache-Control"] = FOR_EVER if named else "private, no-cache"
    response["ETag"] = etag
    return response


def _leaves(stored):
    try:
        return leaves(_path(stored), stored.content_type)
    except UnreadablePages:
        return ()


def _with_marks(shown, printed, marks):
    """Each page with the frame its marks are measured in; on a scan only where it has the pages and the shape of the print."""
    alike = len(shown) == len(printed)
    rows = []
    for at, leaf in enumerate(shown):
        own = printed[at] if alike else leaf
        fits = alike and abs(leaf.height / leaf.width - own.height / own.width) < SHAPE
        rows.append((leaf, f"{own.width:.1f} {own.height:.1f}", marks.get(leaf.number, []) if fits else []))
    return rows


def _filed(request, pk):
    dispatch = visible(request, pk)
    if dispatch.pdf is None:
        raise Http404("Văn bản chưa có tệp PDF.")
    return dispatch


def _asks_scan(request, dispatch):
    return request.GET.get("ban") == SCAN and dispatch.scan is not None


def _path(stored):
    return Path(settings.MEDIA_ROOT) / stored.path
