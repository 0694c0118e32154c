"""Days off of a year: the calendar, and over it what the department has entered from the yearly notices."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plans import rules, selectors, services
from plans.calendar.holidays import notice_of
from plans.forms.bases import HolidayForm
from plans.forms.fields import tell
from plans.models import Holiday, HolidayEntry

FIRST, LAST = 2016, 2100


@require_GET
def holiday_list(request):
    if not request.user.is_department_staff():
        raise PermissionDenied
    asked, this_year = request.GET.get("nam", ""), timezone.localdate().year
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and FIRST <= int(asked) <= LAST else this_year
    entries = HolidayEntry.objects.filter(day__year=year).select_related("actor", "under__giver").order_by("-at", "-pk")
    return render(
        request,
        "plans/holiday_list.html",
        {
            "year": year,
            "years": range(max(FIRST, year - 1), min(LAST, year + 1) + 1),
            "days": selectors.special_days(year),
            "notice": notice_of(year),
            "entries": entries[:50],
            "may_edit": rules.can_keep_holidays(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def holiday_new(request):
    return _edited(request, None)


@require_http_methods(["GET", "POST"])
def holiday_edit(request, pk):
    return _edited(request, _holiday_of(request, pk))


def _holiday_of(request, pk):
    """The override, for people of the Sở; nobody else learns whether it exists."""
    rows = Holiday.objects.all() if request.user.is_department_staff() else Holiday.objects.none()
    return get_object_or_404(rows, pk=pk)


def _edited(request, holiday):
    if not rules.can_keep_holidays(request.user):
        raise PermissionDenied
    initial = {"day": request.GET.get("ngay")}
    if holiday:
        initial = {
            "day": holiday.day,
            "is_day_off": "1" if holiday.is_day_off else "0",
            "name": holiday.name,
            "source": holiday.source,
        }
    form = HolidayForm(request.POST if request.method == "POST" else None, holiday=holiday, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_holiday(actor=request.user, now=timezone.now(), holiday=holiday, **form.cleaned_data)
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Đã lưu ngày {saved.day:%d/%m/%Y}.")
            return redirect(_list_of(saved.day.year))
    return render(
        request,
        "plans/holiday_edit.html",
        {
            "holiday": holiday,
            "form": form,
            "back": _list_of(holiday.day.year if holiday else timezone.localdate().year),
        },
    )


def _list_of(year):
    return f"{reverse('plans:holiday_list')}?nam={year}"


@require_POST
def holiday_remove(request, pk):
    holiday = _holiday_of(request, pk)
    services.remove_holiday(holiday, actor=request.user, now=timezone.now())
    messages.success(request, f"Ngày {holiday.day:%d/%m/%Y} trở lại như lịch chung.")
    return redirect(_list_of(holiday.day.year))
