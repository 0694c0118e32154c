"""Plans: the list, one of them, a draft from a template, its way through review."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plans import rules, selectors, services
from plans.forms.fields import VersionForm, tell
from plans.forms.plans import PlanFilter, PlanForm, PlanNewForm, ReasonForm
from plans.models import Occasion, Plan
from plans.outlines import KINDS, load_outline
from plans.states import PlanStatus

PAGE = 30
LONGEST_NUMBER = 19
STEPS = (PlanStatus.DRAFT, PlanStatus.REVIEW, PlanStatus.APPROVED, PlanStatus.ISSUED, PlanStatus.CLOSED)


def plan_of(request, pk):
    """The plan, for those who may see it; 404 for others."""
    rows = Plan.objects.visible_to(request.user).select_related("occasion", "division", "author")
    return get_object_or_404(rows, pk=pk)


def refuse_unless(request, plan, verb):
    """403 for the person; a plan in another state is left to the verb, which says so in words."""
    can, _ = rules.BUTTONS[verb]
    if not can(request.user, plan):
        raise PermissionDenied


def steps_of(plan):
    at = STEPS.index(plan.status)
    return [
        (step.label, "done" if place < at else "current" if place == at else "todo") for place, step in enumerate(STEPS)
    ]


@require_GET
def plan_list(request):
    if not request.user.is_department_staff():
        raise PermissionDenied
    form = PlanFilter(request.GET)
    rows = Plan.objects.visible_to(request.user).select_related("occasion", "division", "author")
    if form.is_valid():
        data = form.cleaned_data
        if data["q"]:
            rows = rows.search(data["q"])
        if data["status"]:
            rows = rows.filter(status=data["status"])
        if data["dot"]:
            rows = rows.filter(occasion=data["dot"])
    rows = rows.annotate(demands=Count("items")).order_by("-created_at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "may_make": rules.can_create_plan(request.user)}
    return render(request, "plans/plan_list.html", context)


@require_GET
def plan_detail(request, pk):
    plan = plan_of(request, pk)
    now = timezone.now()
    rows = selectors.plan_rows(plan, now=now if plan.status in (PlanStatus.DRAFT, PlanStatus.REVIEW) else None)
    hints = load_outline(plan.outline).bases if plan.outline in KINDS else ()
    return render(
        request,
        "plans/plan_detail.html",
        {
            "plan": plan,
            "rows": rows,
            "sections": selectors.by_section(rows),
            "lacking": selectors.count_findings(rows),
            "hinted": sum(1 for row in rows if row.hints),
            "steps": steps_of(plan),
            "bases": plan.bases.order_by("kind", "issued_on", "pk"),
            "base_hints": hints,
            "entries": plan.history.select_related("actor", "under__giver").order_by("-at", "-pk"),
            "returned": selectors.last_return(plan),
            "may": {verb: rules.may(request.user, plan, verb) for verb in rules.BUTTONS},
        },
    )


@require_http_methods(["GET", "POST"])
def plan_new(request):
    if not rules.can_create_plan(request.user):
        raise PermissionDenied
    initial = {}
    asked = request.GET.get("dot", "")
    if asked.isdecimal() and len(asked) < LONGEST_NUMBER:
        occasion = Occasion.objects.visible_to(request.user).filter(pk=asked).first()
        if occasion:
            initial = {"occasion": occasion}
    form = PlanNewForm(request.POST if request.method == "POST" else None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan = services.create_plan(data.pop("occasion"), actor=request.user, now=timezone.now(), **data)
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Đã lập dự thảo kế hoạch. Hãy rà soát từng yêu cầu trước khi trình.")
            return redirect(plan)
    return render(request, "plans/plan_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def plan_edit(request, pk):
    plan = plan_of(request, pk)
    refuse_unless(request, plan, "edit")
    chosen = list(plan.bases.all())
    initial = {
        "version": plan.version,
        "title": plan.title,
        "purpose": plan.purpose,
        "organisation": plan.organisation,
        "bases": [basis.pk for basis in chosen],
    }
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_plan(plan, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Đã lưu kế hoạch.")
            return redirect(plan)
    return render(request, "plans/plan_edit.html", {"plan": plan, "form": form})


def decided(request, plan, verb, said):
    """Call a verb that takes nothing but the version seen; its refusal is told on the plan's page."""
    form = VersionForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        verb(plan, actor=request.user, now=timezone.now(), version=form.cleaned_data["version"])
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, said)
    return redirect(plan)


@require_POST
def plan_submit(request, pk):
    plan = plan_of(request, pk)
    return decided(request, plan, services.submit_plan, "Đã trình kế hoạch. Trưởng phòng và lãnh đạo Sở được báo.")


@require_POST
def plan_approve(request, pk):
    plan = plan_of(request, pk)
    return decided(request, plan, services.approve_plan, "Đã duyệt kế hoạch.")


@require_http_methods(["GET", "POST"])
def plan_return(request, pk):
    plan = plan_of(request, pk)
    refuse_unless(request, plan, "return")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.return_plan(plan, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Đã trả lại dự thảo; người soạn được báo kèm lý do.")
            return redirect(plan)
    return render(
        request, "plans/plan_return.html", {"plan": plan, "form": form, "back": reverse("plans:plan_detail", args=[pk])}
    )


@require_POST
def plan_close(request, pk):
    plan = plan_of(request, pk)
    try:
        services.close_plan(plan, actor=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Đã kết thúc kế hoạch.")
    return redirect(plan)
