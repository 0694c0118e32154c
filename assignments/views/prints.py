"""Rosters as paper: one unit's, or a whole occasion's in one file. Made on demand, stored nowhere."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assignments.models import Roster
from assignments.pdf import occasion_pdf, roster_pdf
from assignments.selectors.listing import value_is_key
from assignments.selectors.prints import printed_rosters, rosters_to_print
from assignments.services import note_numbers_taken
from directives.downloads import show_pdf
from plans.models import Occasion


@require_safe
def roster_print(request, pk):
    """The list of one unit, with the phones only of people whose numbers this person may see."""
    rows = Roster.objects.visible_to(request.user).select_related("occasion", "unit")
    roster = get_object_or_404(rows, pk=pk)
    note_numbers_taken(roster.occasion, actor=request.user, now=timezone.now(), unit=roster.unit)
    (printed,) = printed_rosters(Roster.objects.filter(pk=roster.pk))
    return show_pdf(lambda: roster_pdf(printed, request.user, timezone.now()), f"lich-truc-{roster.pk}")


@require_safe
def rosters_print(request, pk):
    """Every filed list of an occasion, behind the filters of the address, in one file. For the Sở."""
    if not request.user.is_department_staff():
        raise PermissionDenied
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    printed, owing = rosters_to_print(request.user, occasion, request.GET)
    if not printed and not owing:
        messages.info(request, f"Chưa có lịch trực nào để in cho đợt “{occasion}”.")
        return redirect("assignments:roster_list")
    note_numbers_taken(occasion, actor=request.user, now=timezone.now())
    return show_pdf(
        lambda: occasion_pdf(occasion, printed, owing, request.user, timezone.now()), f"lich-truc-dot-{occasion.pk}"
    )


@require_safe
def rosters_print_chosen(request):
    """From the list to the volume of the occasion its filter names, or of the only one there is; else asks for one."""
    if not request.user.is_department_staff():
        raise PermissionDenied
    found = Roster.objects.order_by("occasion").values_list("occasion", flat=True).distinct()
    if asked := [value for value in request.GET.getlist("dot") if value_is_key(value)]:
        found = found.filter(occasion__in=asked)
    keys = list(found[:2])
    if len(keys) != 1:
        messages.info(request, "Hãy chọn một đợt đã có lịch trực ở bộ lọc, rồi bấm “In cả đợt”.")
        return redirect(f"{reverse('assignments:roster_list')}?{request.GET.urlencode()}")
    kept = {"loai": request.GET["loai"]} if request.GET.get("loai") else {}
    address = reverse("assignments:rosters_print", args=keys)
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)
