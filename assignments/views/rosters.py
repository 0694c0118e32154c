"""Rosters: the list, one roster, beginning one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import rules, services
from assignments.duty import need_words
from assignments.forms.rosters import NewRosterForm, RosterFilterForm, units_kept_by
from assignments.models import Roster
from assignments.selectors import rosters as reading
from assignments.selectors.absence import absent_on_duty
from assignments.states import RosterStatus

PER_PAGE = 50
DAYS_A_PAGE = 7
SHOWN_GAPS = 40
SHOWN_OWED = 10
TABS = [
    ("Tất cả", {}),
    ("Chờ Sở duyệt", {"trang-thai": RosterStatus.SUBMITTED}),
    ("Đơn vị đang lập", {"trang-thai": "can-lam"}),
    ("Đã duyệt", {"trang-thai": RosterStatus.ACCEPTED}),
    ("Còn thiếu", {"thieu": "1"}),
    ("Chưa lập", {"trang-thai": reading.MISSING}),
]


def visible(request, pk):
    return get_object_or_404(Roster.objects.visible_to(request.user).select_related("occasion", "unit"), pk=pk)


@require_safe
def roster_list(request):
    """Rosters behind the filters of an address; `trang-thai=chua-lap` shows what is owed and not begun.

    A unit without filters sees what it owes above what it has.
    """
    user, params = request.user, request.GET
    staff = user.is_department_staff()
    missing = params.get("trang-thai") == reading.MISSING
    owed = reading.missing_rosters(user, params) if missing or not (staff or params) else None
    rows = owed if missing else reading.roster_rows(user, params)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(params.get("page")),
        "owed": () if missing or owed is None else owed[:SHOWN_OWED],
        "owed_count": 0 if missing or owed is None else owed.count(),
        "missing": missing,
        "form": RosterFilterForm(params, user),
        "tabs": tabs(params),
        "staff": staff,
        "may_enter": units_kept_by(user).exists(),
        "may_begin": rules.can_fill_rosters(user) or not staff,
        "may_upload": rules.can_fill_rosters(user),
        "now": timezone.now(),
    }
    return render(request, "assignments/roster_list.html", context)


def tabs(params):
    """The usual questions, each an address that keeps the other filters: (words, address, whether it is this one)."""
    kept = {key: value for key, value in params.items() if value and key not in ("trang-thai", "thieu", "page")}
    asked = {key: params[key] for key in ("trang-thai", "thieu") if params.get(key)}
    return [(words, f"?{urlencode(kept | query)}", query == asked) for words, query in TABS]


@require_http_methods(["GET", "POST"])
def roster_new(request):
    """Begin the roster of a unit for an occasion, or go on with the one there is."""
    form = NewRosterForm(
        request.POST if request.method == "POST" else None, user=request.user, initial=request.GET.dict()
    )
    if not form.units:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        occasion, unit = form.cleaned_data["dot"], form.cleaned_data["don-vi"]
        return redirect(services.open_roster(occasion, unit, actor=request.user, now=timezone.now()))
    return render(request, "assignments/roster_new.html", {"form": form})


@require_safe
def roster_detail(request, pk):
    """What is entered, by layer and day, what is missing, whose turns cross, and what this person may do next."""
    roster, user = visible(request, pk), request.user
    view, may = reading.roster_detail(roster), reading.possible_roster(user, roster)
    days = sorted({day for layer in view.layers for day, _ in layer.days})
    page = Paginator(days, DAYS_A_PAGE).get_page(request.GET.get("page"))
    shown = set(page.object_list)
    layers = [(layer, [(day, shifts) for day, shifts in layer.days if day in shown]) for layer in view.layers]
    entries = list(roster.history.select_related("actor", "under__giver").order_by("-at", "-pk"))
    context = {
        "roster": roster,
        "view": view,
        "layers": layers,
        "page": page,
        "gaps": [(layer, layer.gaps[:SHOWN_GAPS], len(layer.gaps[SHOWN_GAPS:])) for layer in view.layers if layer.gaps],
        "may": may,
        "phones": rules.can_see_duty_phones(user, roster.unit_id),
        "to_take": reading.shifts_to_take(roster).count() if "edit" in may else 0,
        "can_copy": "edit" in may and reading.earlier_rosters(roster).exists(),
        "said": last_word(entries) if roster.status == RosterStatus.RETURNED else None,
        "entries": entries,
        "absent": absent_on_duty(roster),
        "needs": need_words(reading.needs_of(roster.occasion)),
        "staff": user.is_department_staff(),
        "decides": rules.can_decide_roster(user, roster),
        "now": timezone.now(),
    }
    return render(request, "assignments/roster_detail.html", context)


def last_word(entries):
    """What was said with the last move."""
    return next((entry for entry in entries if entry.before != entry.after and entry.note), None)


@require_POST
def roster_take(request, pk):
    """The unit's shifts already entered for another occasion serve this one too."""
    roster = visible(request, pk)
    try:
        taken = services.take_over_shifts(roster, actor=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Đã dùng chung {taken} ca trực đã nhập cho đợt khác.")
    return redirect(roster)
