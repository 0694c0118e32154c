"""Papers as a list, and the register of outgoing papers."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from directives import rules
from directives.forms import DispatchFilter, RegisterFilter
from directives.models import Dispatch
from directives.selectors.register_sheet import REGISTER, register_rows
from directives.selectors.rows import register_lines
from directives.views.access import of_the_house
from units.selectors import own_department
from units.views.exports import list_file

A_PAGE = 30
A_BOOK_PAGE = 100


@require_GET
def dispatch_list(request):
    """Every paper this person may see, newest first."""
    rows = Dispatch.objects.visible_to(request.user).select_related("division", "author").order_by("-pk")
    found = DispatchFilter(request.GET, rows, user=request.user, this_year=timezone.localdate().year)
    page = Paginator(found.qs, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "directives/dispatch_list.html",
        {"filter": found, "page": page, "can_draft": rules.can_draft(request.user)},
    )


@require_GET
def register(request):
    """Sổ văn bản đi with the columns of NĐ 30/2020 PL IV; `in` shows all lines on one page for printing."""
    of_the_house(request)
    form, year, lines = _register(request)
    whole = "in" in request.GET
    page = Paginator(lines, max(lines.count(), 1) if whole else A_BOOK_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "directives/register.html",
        {"form": form, "page": page, "year": year, "whole": whole, "department": own_department().name},
    )


def _register(request):
    """(form, year, lines) of the book as it is asked for."""
    this_year = timezone.localdate().year
    form = RegisterFilter(request.GET if "year" in request.GET else {"year": this_year}, this_year=this_year)
    chosen = form.cleaned_data if form.is_valid() else {}
    year = chosen.get("year") or this_year
    return form, year, register_lines(year, chosen.get("month"))


@require_GET
def register_export(request):
    """The register as it is filtered, as a file."""
    of_the_house(request)
    _, year, lines = _register(request)
    return list_file(request, REGISTER, register_rows(lines), timezone.now(), f"so-van-ban-di-{year}")
