"""What is being typed, sent by the page as it is typed: kept, and answered with what the writer ought to know."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from directives import rules, services
from directives.forms.rows import LARGEST
from directives.selectors import newer_than, others_at
from directives.views.access import of_the_house

OF_THE_SENDING = ("csrfmiddlewaretoken", "act")


@require_POST
def unsaved_keep(request, pk=None):
    """Keeps the form as it stands. Answers a piece of page for a live region: 200 kept; 409 kept, but a newer version
    was saved meanwhile or the draft is no longer one; 422 not kept, with the reason."""
    dispatch = of_the_house(request, pk)
    now = timezone.now()
    base = _base(request.POST.get("version"), dispatch)
    data = {name: texts for name, texts in request.POST.lists() if name not in OF_THE_SENDING}
    page = {"dispatch": dispatch, "base": base}
    try:
        page["kept"] = services.keep_unsaved(dispatch, actor=request.user, now=now, base_version=base, data=data)
    except ValidationError as refusal:
        page["refusal"] = refusal.messages
        return render(request, "directives/_parts/unsaved_said.html", page, status=422)
    if dispatch is not None:
        page["others"] = others_at(dispatch, request.user, now)
        page["newer"] = newer_than(dispatch, base)
        page["closed"] = not rules.may(request.user, dispatch, "edit")
    status = 409 if page.get("newer") or page.get("closed") else 200
    return render(request, "directives/_parts/unsaved_said.html", page, status=status)


def _base(text, dispatch):
    """The version the page was opened on; what is no number counts as the stored one."""
    stored = dispatch.version if dispatch is not None else 0
    if not (text or "").isascii() or not (text or "").isdigit() or len(text) > len(str(LARGEST)):
        return stored
    return min(int(text), stored)


@require_POST
def unsaved_drop(request, pk=None):
    """The writer does not want it back: gone, and the page opens as it is stored."""
    dispatch = of_the_house(request, pk)
    services.drop_unsaved(dispatch, actor=request.user)
    if dispatch is None:
        return redirect("directives:dispatch_new")
    return redirect("directives:dispatch_edit", dispatch.pk)
