"""The list: a unit's own day on one page, or every assignment behind the filters of an address."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assignments.forms import TICKS, AssignmentFilterForm
from assignments.models import Assignment
from assignments.selectors.assignment_sheet import ASSIGNMENTS, assignment_rows
from assignments.selectors.listing import assignment_filter, by_due, filter_choices, listed
from assignments.selectors.portal import unit_list
from units.views.exports import list_file

PER_PAGE = 50
TABS = [  # words, what it adds to the address, whether a unit has it too
    ("Chưa xong", {"trang-thai": "mo"}, True),
    ("Quá hạn", {"tre": "1"}, True),
    ("Đến hạn hôm nay", {"hom-nay": "1"}, True),
    ("Chờ Sở xử lý", {"trang-thai": "cho-so"}, True),
    ("Xin gia hạn", {"gia-han": "1"}, False),
    ("Chưa xem văn bản", {"chua-xem": "1"}, False),
    ("Hoàn thành", {"trang-thai": "closed"}, True),
    ("Tất cả", {"trang-thai": ""}, True),
]


@require_safe
def assignment_list(request):
    """Without filters a unit sees its one list; the Sở is sent to what is not finished, said in the address."""
    staff = request.user.is_department_staff()
    if not request.GET:
        if staff:
            return redirect(f"{reverse('assignments:assignment_list')}?trang-thai=mo")
        return portal(request)
    now = timezone.now()
    rows = assignment_filter(Assignment.objects.visible_to(request.user), request.GET, now)
    page = Paginator(by_due(rows).values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = listed(Assignment.objects.filter(pk__in=list(page.object_list)))
    choices = filter_choices(request.GET, request.user)
    form = AssignmentFilterForm(request.GET, choices, staff)
    context = {"page": page, "form": form, "now": now, "staff": staff, "tabs": tabs(request.GET, staff)}
    return render(request, "assignments/assignment_list.html", context)


@require_safe
def assignment_export(request):
    """The list as it is filtered, as a file."""
    now = timezone.now()
    rows = assignment_filter(Assignment.objects.visible_to(request.user), request.GET, now)
    return list_file(request, ASSIGNMENTS, assignment_rows(rows, now), now)


def tabs(params, staff):
    """The usual questions, each an address that keeps the other filters: (words, address, whether it is this one)."""
    kept = {key: value for key, value in params.items() if value and key not in ("trang-thai", "page", *TICKS)}
    asked = {key: params[key] for key in ("trang-thai", *TICKS) if params.get(key)}
    return [
        (words, f"?{urlencode(kept | query)}", {key: value for key, value in query.items() if value} == asked)
        for words, query, for_unit in TABS
        if staff or for_unit
    ]


def portal(request):
    now = timezone.now()
    sections = unit_list(request.user, now)
    context = {
        "sections": sections,
        "now": now,
        "today": timezone.localdate(now),
        "many_units": len(request.user.unit_ids()) > 1,
    }
    return render(request, "assignments/assignment_portal.html", context)
