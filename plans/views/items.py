"""The demands of a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from plans import services
from plans.calendar.labels import weekday_name
from plans.forms.fields import tell
from plans.forms.items import ItemForm, initial_of_item
from plans.models import PlanItem
from plans.views.plans import decided, plan_of, refuse_unless


def _item_of(request, pk):
    item = get_object_or_404(PlanItem.objects.prefetch_related("targets"), pk=pk)
    return plan_of(request, item.plan_id), item


@require_http_methods(["GET", "POST"])
def item_new(request, pk):
    """Another demand of plan `pk`, at the end of the section `muc` when it is given."""
    plan = plan_of(request, pk)
    refuse_unless(request, plan, "edit")
    return _edited(request, plan, None, {"section": request.GET.get("muc", "")})


@require_http_methods(["GET", "POST"])
def item_edit(request, pk):
    plan, item = _item_of(request, pk)
    refuse_unless(request, plan, "edit")
    return _edited(request, plan, item, initial_of_item(item, plan.occasion.d_day))


def _edited(request, plan, item, initial):
    now = timezone.now()
    d_day = plan.occasion.d_day
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        initial={"version": plan.version} | initial,
        d_day=d_day,
        today=timezone.localdate(now),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_item(plan, actor=request.user, now=now, item=item, **form.facts())
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Đã lưu yêu cầu {saved.order}.")
            return redirect(f"{plan.get_absolute_url()}#yeu-cau-{saved.pk}")
    context = {
        "plan": plan,
        "item": item,
        "form": form,
        "d_day": d_day,
        "d_weekday": weekday_name(d_day),
        "sections": plan.items.order_by("order").values_list("section", flat=True),
    }
    context["sections"] = list(dict.fromkeys(context["sections"]))
    return render(request, "plans/item_edit.html", context)


@require_POST
def item_remove(request, pk):
    plan, item = _item_of(request, pk)
    return decided(
        request,
        plan,
        lambda plan, **how: services.remove_item(item, **how),
        f"Đã bỏ yêu cầu {item.order}.",
    )


@require_POST
def item_shift(request, pk, way):
    plan, item = _item_of(request, pk)
    return decided(
        request,
        plan,
        lambda plan, **how: services.shift_item(item, up=way == "len", **how),
        "Đã đổi thứ tự.",
    )
