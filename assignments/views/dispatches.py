"""A paper as this floor sees it: issued to its recipients, accepted by a unit in one go, read or not read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import rules, services
from assignments.forms import NoWordsForm
from assignments.selectors.issuing import issue_plan
from assignments.selectors.listing import value_is_key
from assignments.selectors.receipts import paper_figures, receipts
from directives.models import Dispatch
from directives.rules import can_issue
from directives.selectors import missing_to_issue
from directives.states import DispatchStatus


@require_http_methods(["GET", "POST"])
def dispatch_issue(request, pk):
    """Shows who will get what, and issues."""
    dispatch, now = get_object_or_404(Dispatch.objects.visible_to(request.user), pk=pk), timezone.now()
    if not can_issue(request.user, dispatch):
        raise PermissionDenied
    if request.method == "GET" and dispatch.status != DispatchStatus.NUMBERED:
        messages.warning(request, f"Văn bản đang ở tình trạng “{dispatch.get_status_display()}”, không ban hành được.")
        return redirect(dispatch)
    form = NoWordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.issue_dispatch(dispatch, actor=request.user, now=now)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            figures = paper_figures(dispatch, now)
            messages.success(request, f"Đã ban hành đến {figures.sent} đơn vị, giao {figures.total} nhiệm vụ.")
            return redirect(dispatch)
    plan = issue_plan(dispatch, now)
    question = f"Ban hành {dispatch.code()} đến {len(plan.recipients)} đơn vị, giao {plan.total} nhiệm vụ?"
    context = {
        "dispatch": dispatch,
        "plan": plan,
        "missing": missing_to_issue(dispatch),
        "question": question,
        "form": form,
        "now": now,
    }
    return render(request, "assignments/dispatch_issue.html", context)


@require_POST
def dispatch_accept(request, pk):
    """“Tiếp nhận tất cả”: every demand of a paper (or of one requirement) still new to the person's units, row by row."""
    dispatch = get_object_or_404(Dispatch.objects.visible_to(request.user), pk=pk)
    requirement = request.POST.get("yeu-cau", "")
    chosen = get_object_or_404(dispatch.requirements, pk=requirement) if value_is_key(requirement) else None
    outcome = services.accept_all(dispatch, actor=request.user, now=timezone.now(), requirement=chosen)
    refused = [(row, refusal) for row, refusal in outcome if refusal]
    if accepted := len(outcome) - len(refused):
        messages.success(request, f"Đã tiếp nhận {accepted} nhiệm vụ.")
    for row, refusal in refused:
        messages.warning(request, f"Yêu cầu {row.requirement.label}: {' '.join(refusal.messages)}")
    if not outcome:
        messages.info(request, "Không còn nhiệm vụ nào chờ tiếp nhận.")
    return redirect(dispatch if request.POST.get("ve") == "van-ban" else "assignments:assignment_list")


@require_safe
def receipt_list(request, pk):
    dispatch = get_object_or_404(Dispatch.objects.visible_to(request.user), pk=pk)
    if not rules.can_see_receipts(request.user, dispatch):
        raise PermissionDenied
    now, unseen = timezone.now(), request.GET.get("chua-xem") == "1"
    context = {
        "dispatch": dispatch,
        "receipts": receipts(dispatch, unseen),
        "figures": paper_figures(dispatch, now),
        "unseen": unseen,
        "now": now,
    }
    return render(request, "assignments/receipt_list.html", context)
