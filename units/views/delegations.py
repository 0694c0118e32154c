"""Pages of delegation for absence: who stands in for whom, and stepping in and out of another's work."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from units import acting, rules
from units.forms.delegations import DelegationFilter, DelegationForm
from units.models import Delegation, User
from units.refusals import show_refusal, tell_outcome
from units.services import delegations as services
from units.when import moment_words

PAGE_SIZE = 50


@require_GET
def delegation_list(request):
    now, user = timezone.now(), request.user
    found = DelegationFilter(request.GET, Delegation.objects.visible_to(user), user=user, now=now)
    rows = found.qs.select_related("giver", "taker", "made_by").order_by("-starts_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    usable = set(Delegation.objects.usable(now).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    for row in page.object_list:
        row.now_is = row.standing(now)
        row.idle = row.now_is == "in_force" and row.pk not in usable
        row.may_act = row.pk in usable and row.taker_id == user.pk and user.acting != row
        row.may_end = row.now_is in ("in_force", "to_come") and rules.can_end_delegation(user, row)
    context = {
        "filter": found,
        "page": page,
        "now": now,
        "narrowed": any(found.form.cleaned_data.values()) if found.form.is_valid() else True,
    }
    return render(request, "units/delegation_list.html", context)


def _absent(request):
    """The person somebody's page named, where this user answers for them."""
    key = request.GET.get("nguoi", "")
    person = User.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 18 else None
    return person if person and rules.can_delegate(request.user, person) else None


def _oneself_first(request):
    """What was lent is not lent on, nor taken back in the absent person's name."""
    messages.error(
        request, "Hãy bấm “Trở về việc của tôi” trước: ủy quyền được lập và kết thúc bằng quyền của chính mình."
    )
    return redirect("units:delegation_list")


@require_http_methods(["GET", "POST"])
def delegation_new(request):
    user, now = request.user, timezone.now()
    if user.acting is not None:
        return _oneself_first(request)
    if not user.own_roles():
        raise PermissionDenied
    form = DelegationForm(
        request.POST if request.method == "POST" else None,
        user=user,
        for_others=rules.can_delegate_for_others(user),
        absent=_absent(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.delegate(actor=user, now=now, **{"giver": user} | form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(
                request, f"{made.taker} được xử lý thay {made.giver} đến {moment_words(made.ends_at)}. Cả hai được báo."
            )
            return redirect("units:delegation_list")
    return render(request, "units/delegation_new.html", {"form": form})


@require_POST
def delegation_end(request, pk):
    """Take it back, or give it back, before its hour."""
    delegation = get_object_or_404(Delegation.objects.visible_to(request.user).select_related("giver", "taker"), pk=pk)
    if request.user.acting is not None:
        return _oneself_first(request)
    verb = partial(services.end_delegation, delegation, actor=request.user, now=timezone.now())
    tell_outcome(request, verb, "Đã kết thúc ủy quyền.")
    return redirect("units:delegation_list")


@require_POST
def delegation_act(request, pk):
    """Step into the absent person's work: from here on this browser shows theirs, and every act says so."""
    taken = Delegation.objects.filter(taker=request.user).select_related("giver")
    delegation = get_object_or_404(taken, pk=pk)
    if not Delegation.objects.usable(timezone.now()).filter(pk=pk).exists():
        messages.error(
            request, f"Lúc này anh/chị không xử lý thay {delegation.giver} được: ủy quyền không còn hiệu lực."
        )
        return redirect("units:delegation_list")
    acting.switch(request, delegation)
    return redirect("/")


@require_POST
def delegation_leave(request):
    """Back to one's own work."""
    acting.switch(request, None)
    messages.success(request, "Anh/chị đã trở về công việc của mình.")
    return redirect("/")
