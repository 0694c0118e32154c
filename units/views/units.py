"""Pages of units: the list, one unit in time, and the acts on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from units import rules, selectors
from units.forms.units import NameForm, NewUnitForm, ReasonForm, UnitFilter, UnitForm
from units.models import Unit, UnitPeriod
from units.refusals import show_refusal
from units.selectors import kin
from units.selectors.reorganisation import orphans
from units.services import names
from units.services import units as services
from units.states import UnitKind

PAGE_SIZE = 50
SHOWN_CHILDREN = 12
SHOWN_ENTRIES = 15


def _refuse_unless_keeper(user):
    if not rules.can_manage_units(user):
        raise PermissionDenied


@require_GET
def unit_list(request):
    now = timezone.now()
    today = timezone.localdate(now)
    units = Unit.objects.visible_to(request.user)
    found = UnitFilter(request.GET, units, now=now)
    state = request.GET.get("state", "active")
    rows = selectors.units_in_state(found.qs, state, today)
    page = Paginator(selectors.with_focal_people(rows).order_by("sort_key", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    tabs = selectors.unit_counts(found.qs, today)
    context = {
        "filter": found,
        "page": page,
        "state": state,
        "today": today,
        "tabs": [
            ("active", "Đang hoạt động", tabs["active"]),
            ("ended", "Đã chấm dứt", tabs["ended"]),
            ("all", "Tất cả", tabs["all"]),
        ],
        "may_manage": rules.can_manage_units(request.user),
        "may_invite": rules.can_see_invitations(request.user),
        "may_import": rules.can_import(request.user),
        "orphans": len(orphans(today)) if rules.can_manage_units(request.user) else 0,
        "narrowed": any(found.form.cleaned_data.values()) if found.form.is_valid() else True,
    }
    return render(request, "units/unit_list.html", context)


@require_GET
def unit_detail(request, pk):
    now = timezone.now()
    today = timezone.localdate(now)
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), pk=pk)
    may_manage = rules.can_manage_units(request.user)
    children = unit.children.visible_to(request.user).active_on(today).order_by("sort_key", "pk")
    entries = selectors.entries_for(unit, request.user)[: SHOWN_ENTRIES + 1]
    codes = list(kin.codes_of(unit))
    heirs, forebears = kin.heirs_of(unit), kin.forebears_of(unit)
    context = {
        "unit": unit,
        "inside": unit.kind in UnitKind.INSIDE,
        "opens": selectors.open_neighbours(unit, request.user, [*heirs, *forebears]),
        "today": today,
        "people": selectors.contact_rows(unit, request.user, now),
        "periods": selectors.names_newest_first(unit),
        "heirs": heirs,
        "forebears": forebears,
        "codes": codes,
        "dated_codes": any(code.valid_to or code.valid_from != unit.valid_from for code in codes),
        "groups": selectors.groups_of(unit) if request.user.is_department_staff() else [],
        "children": children[:SHOWN_CHILDREN],
        "child_count": children.count(),
        "entries": entries[:SHOWN_ENTRIES],
        "more_entries": len(entries) > SHOWN_ENTRIES,
        "authorities": selectors.authorities_of(unit, today),
        "lingering": selectors.rights_left(unit, today),
        "may_manage": may_manage,
        "may_edit_contacts": rules.can_edit_contacts(request.user, unit),
        "may_manage_people": rules.can_manage_people(request.user),
        "may_invite": bool(rules.invitable_roles(request.user, unit)),
        "may_replace": rules.can_replace_focal(request.user, unit),
    }
    return render(request, "units/unit_detail.html", context)


@require_GET
def unit_history(request, pk):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    page = Paginator(selectors.entries_for(unit, request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "units/unit_history.html", {"unit": unit, "page": page})


@require_http_methods(["GET", "POST"])
def unit_new(request):
    _refuse_unless_keeper(request.user)
    now = timezone.now()
    form = NewUnitForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            unit = services.create_unit(actor=request.user, now=now, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã lập đơn vị. Hãy thêm đầu mối để đơn vị nhận được yêu cầu.")
            return redirect(unit)
    return render(request, "units/unit_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def unit_edit(request, pk):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    _refuse_unless_keeper(request.user)
    now = timezone.now()
    form = UnitForm(request.POST if request.method == "POST" else None, instance=unit, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_unit(unit, actor=request.user, now=now, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã lưu thông tin đơn vị.")
            return redirect(unit)
    return render(request, "units/unit_edit.html", {"unit": unit, "form": form})


def _period(request, pk):
    """A name of a unit this person sees and may change."""
    seen = UnitPeriod.objects.filter(unit__in=Unit.objects.visible_to(request.user))
    period = get_object_or_404(seen.select_related("unit"), pk=pk)
    _refuse_unless_keeper(request.user)
    return period


@require_http_methods(["GET", "POST"])
def name_correct(request, pk):
    period = _period(request, pk)
    form = NameForm(
        request.POST if request.method == "POST" else None,
        initial={"name": period.name, "short_name": period.short_name},
    )
    if request.method == "POST" and form.is_valid():
        try:
            names.correct_name(period, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã sửa lỗi nhập tên.")
            return redirect(period.unit)
    return render(request, "units/name_correct.html", {"unit": period.unit, "period": period, "form": form})


@require_http_methods(["GET", "POST"])
def name_undo(request, pk):
    period = _period(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            names.undo_rename(period, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã hủy lần đổi tên.")
            return redirect(period.unit)
    return render(request, "units/name_undo.html", {"unit": period.unit, "period": period, "form": form})


@require_http_methods(["GET", "POST"])
def unit_restore(request, pk):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    _refuse_unless_keeper(request.user)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.restore_unit(unit, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đơn vị hoạt động trở lại.")
            return redirect(unit)
    return render(request, "units/unit_restore.html", {"unit": unit, "form": form})
