"""From last time's paper to a new draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from directives import services
from directives.forms import AgainForm, EarlierForm, WordsForm
from directives.selectors import moved_in
from directives.selectors.earlier import earlier_papers
from directives.selectors.last_year import LastYear
from directives.states import LookKind
from directives.views.access import code_of, of_the_house, say_refusal
from directives.views.drafting import may_draft, own_division, refusing_secrets
from plans.rules import can_keep_occasions

A_PAGE = 20


@require_GET
def earlier_list(request):
    """Issued papers to begin from, newest first."""
    may_draft(request)
    form = EarlierForm(request.GET)
    page = Paginator(earlier_papers(request.user, **form.wanted()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directives/earlier_list.html", {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
@refusing_secrets
def dispatch_again(request, pk):
    """An earlier paper beside what it becomes for another occasion; nothing is stored before the button is pressed."""
    may_draft(request)
    source = of_the_house(request, pk, LookKind.PAGE)
    now = timezone.now()
    today = timezone.localdate(now)
    posted = request.method == "POST"
    asked = AgainForm(request.POST if posted else request.GET, source=source, user=request.user, today=today)
    carried = _carried(source, asked, today)
    words = WordsForm(request.POST, carried) if carried else None
    if posted and carried and not words.errors and request.POST.get("act") == "make":
        try:
            return _made(request, source, asked, words, now)
        except ValidationError as refusal:
            say_refusal(request, refusal)
            if code_of(refusal) == "stale":
                source = of_the_house(request, pk)
                carried = _carried(source, asked, today)
    may_make = can_keep_occasions(request.user)
    page = {"source": source, "asked": asked, "carried": carried, "may_make": may_make}
    if carried:
        made = carried.draft(words.chosen, words.heirs)
        page |= {
            "made": made,
            "already": source.successors.filter(occasion=carried.occasion).select_related("author").order_by("-pk")[:3],
            "dues": carried.dues(made),
            "changed": words.lines(carried.rows),
            "kept": words.lines(carried.kept),
            "takes_over": words.takes_over(carried),
            "wrong": len(words.errors),
            "resting": sum(bool(row.move.day_off) for row in carried.rows),
        }
    return render(request, "directives/dispatch_again.html", page)


def _carried(source, asked, today):
    if not asked.is_valid():
        return None
    try:
        return LastYear(source, asked.cleaned_data["dot"], asked.old(), on=today)
    except ValueError as beyond:
        asked.add_error("dot", str(beyond))
        return None


def _made(request, source, asked, words, now):
    sent = request.POST.get("version", "")
    dispatch = services.create_from_last_year(
        source,
        actor=request.user,
        now=now,
        on=timezone.localdate(now),
        occasion=asked.cleaned_data["dot"],
        old=asked.old(),
        version=int(sent) if sent.isdecimal() and len(sent) < 10 else 0,
        chosen=words.chosen,
        heirs=words.heirs,
        division=_division(source, request.user, timezone.localdate(now)),
    )
    count = len(moved_in(dispatch).open)
    messages.success(request, f"Đã lập dự thảo từ văn bản trước. Còn {count} chỗ đã chuyển chờ anh/chị xác nhận.")
    return redirect("directives:dispatch_edit", dispatch.pk)


def _division(source, user, today):
    """The earlier paper's division while it exists, else the person's own."""
    ended = source.division.valid_to is not None and source.division.valid_to <= today
    return own_division(user) if ended else source.division
