"""Where people arrive, and where leaders look."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from assignments.selectors.listing import value_is_key
from directives.downloads import show_pdf
from plans.models import Occasion
from reports import rules
from reports.forms import DutyMapForm
from reports.pdf import readiness_report
from reports.selectors import desk, duty, readiness
from reports.selectors.delegations import acts_under, read_acts
from reports.selectors.search import MOST, find, rank
from units.models import Delegation
from units.rules import can_end_delegation
from units.states import Role, UnitKind

ACTS_ON_PAGE = 50
HITS_ON_PAGE, FEW = 20, 5


@require_GET
def home(request):
    """Everyone lands on their own work."""
    user, now = request.user, timezone.now()
    running = readiness.running_occasions(now) if rules.can_see_dashboards(user) else []
    context = {
        "panels": desk.panels(user, now),
        "standings": readiness.standings(running, now) if user.has_role(Role.LEADER) else [],
        "coming": desk.coming_days(running, now),
        "today": timezone.localdate(now),
    }
    if not user.own_roles():
        context["given"] = user.memberships.filter(pending=True).select_related("unit").order_by("pk")
    context["watch"] = user.has_role(Role.DUTY) and not user.has_role(Role.FOCAL, Role.UNIT_LEADER)
    if not rules.can_see_dashboards(user):
        context["late"], context["owed"], context["waiting"] = desk.unit_counts(user, now)
    return render(request, "reports/home.html", context)


@require_GET
def dashboard(request):
    _staff_only(request)
    now = timezone.now()
    occasions = readiness.running_occasions(now)
    return render(
        request,
        "reports/dashboard.html",
        {"standings": readiness.standings(occasions, now), "today": timezone.localdate(now), "at": now},
    )


@require_GET
def occasion_dashboard(request, pk):
    _staff_only(request)
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    now = timezone.now()
    return render(
        request,
        "reports/occasion_dashboard.html",
        {
            "occasion": occasion,
            "standing": readiness.standings([occasion], now)[0],
            "lines": readiness.unit_lines(occasion, now),
            "rosters": duty.roster_figures(request.user, occasion),
            "today": timezone.localdate(now),
            "at": now,
        },
    )


@require_GET
def matrix(request, pk):
    _staff_only(request)
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    kind = request.GET.get("loai", "")
    only_late = request.GET.get("tre") == "1"
    asked = request.GET.get("yeu-cau", "")
    chosen = int(asked) if value_is_key(asked) else None
    now = timezone.now()
    return render(
        request,
        "reports/matrix.html",
        {
            "occasion": occasion,
            "matrix": readiness.occasion_matrix(
                occasion, now, kind=kind if kind in UnitKind.values else "", only_late=only_late, demand=chosen
            ),
            "kinds": [choice for choice in UnitKind.choices if choice[0] not in UnitKind.INSIDE],
            "kind": kind,
            "only_late": only_late,
            "chosen": chosen,
            "at": now,
        },
    )


@require_GET
def duty_map(request, pk):
    """Units × days of duty, or × hours of one day. What an address says that is no day, kind or layer narrows nothing."""
    _staff_only(request)
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    form = DutyMapForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    return render(
        request,
        "reports/duty_map.html",
        {
            "occasion": occasion,
            "map": duty.duty_map(
                occasion,
                day=asked.get("ngay"),
                since=asked.get("tu"),
                kind=asked.get("loai", ""),
                layer=asked.get("lop", ""),
                only_short=asked.get("thieu") == "1",
            ),
            "form": form,
            "legend": duty.LEGEND,
            "at": timezone.now(),
        },
    )


@require_GET
def print_report(request, pk):
    """The state of an occasion as an official report, figures frozen at this moment; a preview that is filed nowhere.

    A name that the paper's fonts cannot print is said in words instead."""
    _staff_only(request)
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    return show_pdf(lambda: readiness_report(occasion, timezone.now()), f"bao-cao-dot-{occasion.pk}")


@require_GET
def search(request):
    """One question over everything the reader may see: some of each group, or all of one; to htmx the answer alone."""
    asked, chosen = request.GET.get("q", "").strip(), request.GET.get("nhom", "")
    found, page = [], None
    for group in find(request.user, asked):
        hits = []
        if group.key == chosen:
            page = Paginator(group.keys[:MOST], HITS_ON_PAGE).get_page(request.GET.get("page"))
            hits = group.read(page.object_list)
        elif not chosen:
            hits = group.read(group.keys[:FEW]) if group.keys else []
        found.append((group, min(len(group.keys), MOST), len(group.keys) > MOST, hits))
    found.sort(key=lambda one: rank(one[-1], asked))
    context = {
        "q": asked,
        "found": found,
        "total": sum(count for _, count, *_ in found),
        "chosen": chosen if page else "",
        "page": page,
    }
    template = "reports/_parts/found.html" if request.htmx else "reports/search.html"
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_GET
def delegation_detail(request, pk):
    """Who stands in for whom, and all that was done under it."""
    seen = Delegation.objects.visible_to(request.user).select_related("giver", "taker", "made_by")
    delegation = get_object_or_404(seen, pk=pk)
    with_looks = request.GET.get("xem") == "1"
    page = Paginator(acts_under(delegation, with_looks=with_looks), ACTS_ON_PAGE).get_page(request.GET.get("page"))
    standing = delegation.standing(timezone.now())
    context = {
        "delegation": delegation,
        "standing": standing,
        "page": page,
        "acts": read_acts(list(page.object_list), request.user),
        "with_looks": with_looks,
        "may_end": standing in ("in_force", "to_come") and can_end_delegation(request.user, delegation),
    }
    return render(request, "reports/delegation_detail.html", context)


def _staff_only(request):
    if not rules.can_see_dashboards(request.user):
        raise PermissionDenied
