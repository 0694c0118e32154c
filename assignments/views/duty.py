"""Who is on duty: the whole province now, or at a chosen moment."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assignments.forms.duty import DutyForm
from assignments.selectors import duty

PER_PAGE = 150  # the whole province on one page, and on one print


@require_safe
def on_duty(request):
    """The Sở sees every unit; a unit sees its own people and who stands for it at the Sở. Numbers are for those who must ring."""
    form, now = DutyForm(request.GET), timezone.now()
    asked = form.asked()
    at = form.cleaned_data.get("luc") or now
    found = duty.on_duty(request.user, at, **asked)
    context = {
        "duty": found,
        "page": Paginator(found.units, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "at": at,
        "is_now": at == now,
        "now": now,
        "moments": moments(now),
        "staff": request.user.is_department_staff(),
    }
    return render(request, "assignments/on_duty.html", context)


def moments(now):
    """The usual other moments as (words, value of `luc`): tonight, tomorrow morning, whichever are still ahead."""
    local = timezone.localtime(now)
    tonight = local.replace(hour=22, minute=0, second=0, microsecond=0)
    morning = (local + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    made = [("Tối nay 22:00", tonight), ("Sáng mai 08:00", morning)]
    return [(words, f"{moment:%Y-%m-%dT%H:%M}") for words, moment in made if moment > local]
