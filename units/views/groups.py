"""Pages of groups: whom one printed line means on a given day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from units import rules, selectors
from units.forms.units import GroupForm
from units.models import Unit, UnitGroup
from units.refusals import show_refusal
from units.services import units as services

SHOWN_ENTRIES = 20


def _day(request, today):
    """The day asked for in the address; today when none is given. A day that is none gets 404."""
    asked = request.GET.get("day", "")
    if not asked:
        return today
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day


@require_GET
def group_list(request):
    if not request.user.is_department_staff():
        raise PermissionDenied
    today = timezone.localdate()
    context = {
        "rows": selectors.groups_with_sizes(today),
        "today": today,
        "may_manage": rules.can_manage_units(request.user),
    }
    return render(request, "units/group_list.html", context)


@require_GET
def group_detail(request, pk):
    group = get_object_or_404(UnitGroup.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    day = _day(request, today)
    context = {
        "group": group,
        "day": day,
        "today": today,
        "units": selectors.with_focal_people(selectors.group_units(group, day)),
        "chosen": set(group.members.values_list("pk", flat=True)),
        "entries": group.history.select_related("actor", "unit", "under__giver").order_by("-at", "-pk")[:SHOWN_ENTRIES],
        "may_manage": rules.can_manage_units(request.user),
    }
    return render(request, "units/group_detail.html", context)


def _form_page(request, group):
    if not rules.can_manage_units(request.user):
        raise PermissionDenied
    now = timezone.now()
    choices = Unit.objects.active_on(timezone.localdate(now))
    if group:
        choices = choices | Unit.objects.filter(unit_groups=group)
    choices = Unit.objects.filter(pk__in=choices.values("pk")).order_by("sort_key", "pk")
    form = GroupForm(request.POST if request.method == "POST" else None, instance=group, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_group(actor=request.user, now=now, group=group, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã lưu nhóm.")
            return redirect(saved)
    return render(request, "units/group_form.html", {"group": group, "form": form})


@require_http_methods(["GET", "POST"])
def group_new(request):
    return _form_page(request, None)


@require_http_methods(["GET", "POST"])
def group_edit(request, pk):
    return _form_page(request, get_object_or_404(UnitGroup.objects.visible_to(request.user), pk=pk))
