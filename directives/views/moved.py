"""The panel of moved dates on the pages of a draft, and the confirming of them by name."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from directives import rules, services
from directives.selectors import moved_in
from directives.views.access import of_the_house, say_refusal

IN_EDITOR = "sua"


@require_POST
def dispatch_confirm(request, pk):
    """One moved date, or all that are left. A page that swaps its panel gets the panel back; others go where they came from."""
    dispatch = of_the_house(request, pk)
    one = request.POST.get("dong", "")
    keys = None if one == "all" else [int(one)] if one.isdecimal() and len(one) < 19 else []
    try:
        count = services.confirm_moved(dispatch, actor=request.user, now=timezone.now(), keys=keys)
    except ValidationError as refusal:
        say_refusal(request, refusal)
    else:
        if not request.htmx and count:
            messages.success(request, f"Đã xác nhận {count} chỗ.")
    if request.htmx:
        return render(
            request, "directives/_parts/moved.html", panel(request, dispatch, request.POST.get("noi") == IN_EDITOR)
        )
    name = "dispatch_edit" if request.POST.get("noi") == IN_EDITOR else "dispatch_detail"
    return HttpResponseRedirect(reverse(f"directives:{name}", args=[dispatch.pk]) + "#ngay-da-chuyen")


def panel(request, dispatch, in_editor=False):
    """What the panel of moved dates needs."""
    return {
        "dispatch": dispatch,
        "moved": moved_in(dispatch),
        "in_editor": in_editor,
        "may_confirm": rules.may(request.user, dispatch, "edit"),
    }
