"""What ended units still owe, passed to their heirs in one go."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assignments import forms, rules
from assignments.selectors import succession
from assignments.services.succession import hand_over
from units.models import Reorganisation
from units.refusals import show_refusal

PAGE_SIZE = 50


@require_http_methods(["GET", "POST"])
def hand_over_page(request, pk):
    act = get_object_or_404(Reorganisation.objects.visible_to(request.user), pk=pk)
    if not rules.can_hand_over(request.user):
        raise PermissionDenied
    now = timezone.now()
    form = forms.ReasonForm(
        request.POST if request.method == "POST" else None, initial={"reason": f"Sắp xếp đơn vị theo {act.basis}"}
    )
    if request.method == "POST" and form.is_valid():
        try:
            given, known = hand_over(act, actor=request.user, now=now, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            more = f" {known} việc đơn vị kế thừa đã có, chỉ kết thúc ở đơn vị cũ." if known else ""
            messages.success(request, f"Đã chuyển {given} việc sang đơn vị kế thừa.{more}")
            return redirect(act)
    rows = succession.left_open(act, now).select_related("requirement", "dispatch", "unit")
    heirs = {line.unit_id: line.to_unit for line in act.lines.filter(main=True).select_related("to_unit")}
    page = Paginator(rows.order_by("unit__sort_key", "due_at", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.heir = heirs.get(row.unit_id)
    context = {
        "act": act,
        "form": form,
        "page": page,
        "counts": succession.counts(act, now),
        "rosters": succession.rosters_left(act, now)[:PAGE_SIZE],
        "now": now,
    }
    return render(request, "assignments/hand_over.html", context)
