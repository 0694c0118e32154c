"""The page of what waits for a second person: rights and signing authority, confirmed or refused one by one or many at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from units import rules
from units.forms.grants import DecideForm, GrantFilter
from units.selectors.grants import grants_by_keys, invitations_to_confirm, waiting_grants, waiting_lines
from units.services.grants import confirm_grant, refuse_grant

PAGE_SIZE = 50
MOST = 200


@require_http_methods(["GET", "POST"])
def grant_list(request):
    if not rules.can_see_grants(request.user):
        raise PermissionDenied
    ticked = request.POST.getlist("chosen")[:MOST]
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        rows = grants_by_keys(ticked, request.user)
        if rows:
            _decide(request, rows, **form.cleaned_data)
            return redirect("units:grant_list")
        form.add_error(
            None,
            "Các quyền đã chọn vừa được người khác xác nhận, từ chối hoặc rút lại."
            if ticked
            else "Hãy đánh dấu ít nhất một dòng trong danh sách.",
        )
    found = GrantFilter(request.GET)
    narrow = found.cleaned_data if found.is_valid() else {}
    pairs = waiting_grants(request.user, narrow.get("q", ""), narrow.get("kind", ""))
    page = Paginator(pairs, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = waiting_lines(list(page.object_list), request.user)
    context = {
        "filter": found,
        "form": form,
        "page": page,
        "ticked": ticked,
        "narrowed": any(narrow.values()),
        "decides": any(line.may_confirm for line in page.object_list),
        "confirms_from": rules.confirms_from(request.user),
        "alone": rules.can_manage_people(request.user) and not all(line.may_confirm for line in page.object_list),
        "invitations": invitations_to_confirm(request.user).count(),
    }
    return render(request, "units/grant_list.html", context)


def _decide(request, rows, act, reason):
    """Each in a transaction of its own; what was refused is said by name."""
    now, done = timezone.now(), 0
    for row in rows:
        try:
            if act == "confirm":
                confirm_grant(row, actor=request.user, now=now)
            else:
                refuse_grant(row, actor=request.user, now=now, reason=reason)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        except PermissionDenied:
            messages.warning(request, f"{row.user.full_name}: phải do người thứ hai có thẩm quyền quyết định.")
        else:
            done += 1
    if done:
        said = "Đã xác nhận" if act == "confirm" else "Đã từ chối"
        messages.success(request, f"{said} {done} quyền; người liên quan được báo.")
