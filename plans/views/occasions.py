"""Occasions: the list, one of them, a new one in two steps, another D-day after its difference was seen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from plans import rules, selectors, services
from plans.forms.fields import tell
from plans.forms.occasions import (
    ConfirmMoveForm,
    MoveForm,
    NewOccasionForm,
    OccasionFilter,
    OccasionForm,
    ProposalForm,
    initial_of_occasion,
    initial_of_proposal,
)
from plans.models import Occasion, Plan
from plans.states import OccasionKind, PlanStatus

PAGE = 20
TABS = (("dang", "Đang diễn ra"), ("sap", "Sắp tới"), ("qua", "Đã qua"), ("tat-ca", "Tất cả"))


def _tab(rows, name, today):
    """The rows of a tab in the order that suits it: what is near first."""
    if name == "dang":
        return rows.running_on(today).order_by("d_day", "pk")
    if name == "sap":
        return rows.coming_after(today).order_by("d_day", "pk")
    return (rows.past_on(today) if name == "qua" else rows).order_by("-d_day", "-pk")


@require_GET
def occasion_list(request):
    if not request.user.is_department_staff():
        raise PermissionDenied
    today = timezone.localdate()
    form = OccasionFilter(request.GET)
    rows = Occasion.objects.visible_to(request.user)
    if form.is_valid():
        if words := form.cleaned_data["q"]:
            rows = rows.search(words)
        if kind := form.cleaned_data["kind"]:
            rows = rows.filter(kind=kind)
    counts = rows.aggregate(
        dang=Count("pk", Q(starts_on__lte=today, ends_on__gte=today)),
        sap=Count("pk", Q(starts_on__gt=today)),
        qua=Count("pk", Q(ends_on__lt=today)),
    )
    counts["tat-ca"] = sum(counts.values())
    tab = request.GET.get("tab")
    if tab not in counts:
        tab = next((name for name in ("dang", "sap") if counts[name]), "tat-ca")
    shown = _tab(rows, tab, today).annotate(plan_count=Count("plans"))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    for occasion in page.object_list:
        occasion.left = selectors.countdown(occasion.d_day, today)
    return render(
        request,
        "plans/occasion_list.html",
        {
            "page": page,
            "form": form,
            "tab": tab,
            "tabs": [(name, label, counts[name]) for name, label in TABS],
            "may_make": rules.can_keep_occasions(request.user),
        },
    )


@require_GET
def occasion_detail(request, pk):
    occasion = get_object_or_404(
        Occasion.objects.visible_to(request.user)
        .prefetch_related("phases", "bases__file")
        .select_related("created_by"),
        pk=pk,
    )
    now = timezone.now()
    today = timezone.localdate(now)
    merged = selectors.overrides()
    plans = Plan.objects.visible_to(request.user).filter(occasion=occasion).select_related("division", "author")
    return render(
        request,
        "plans/occasion_detail.html",
        {
            "occasion": occasion,
            "today": today,
            "left": selectors.countdown(occasion.d_day, today),
            "lunar": selectors.lunar_words(occasion.d_day),
            "line": selectors.timeline(occasion, occasion.phases.all(), now),
            "marks": selectors.day_marks(occasion, today),
            "law": selectors.law_name(occasion),
            "law_doubt": selectors.law_doubt(occasion),
            "warning": selectors.day_warning(occasion.kind, occasion.d_day),
            "runs": selectors.runs_off(occasion.starts_on, occasion.ends_on, merged),
            "worked": selectors.worked_instead(occasion.starts_on, occasion.ends_on, merged),
            "plans": plans.annotate(demands=Count("items")).order_by("-created_at", "-pk"),
            "entries": occasion.history.select_related("actor", "under__giver").order_by("-at", "-pk"),
            "may_edit": rules.can_keep_occasions(request.user),
            "may_plan": rules.can_create_plan(request.user),
        },
    )


def _refuse_unless_keeper(request):
    if not rules.can_keep_occasions(request.user):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def occasion_new(request):
    """GET with a kind and a year or day shows the proposal, open to change; POST makes the occasion."""
    _refuse_unless_keeper(request)
    today = timezone.localdate()
    if request.method == "POST":
        return _occasion_made(request)
    asked = ProposalForm(request.GET) if "kind" in request.GET else ProposalForm(initial={"year": today.year + 1})
    form = outline = None
    if asked.is_bound and asked.is_valid():
        data = asked.cleaned_data
        try:
            outline = selectors.proposal(data["kind"], year=data["year"], d_day=data["d_day"])
        except ValueError as unknown:
            asked.add_error("d_day" if data["d_day"] else "year", str(unknown))
        else:
            form = NewOccasionForm(initial=initial_of_proposal(outline))
    context = {"asked": asked, "form": form, "suggestions": () if asked.is_bound else selectors.suggestions(today)}
    if outline:
        context |= _day_facts(outline.kind, outline.d_day)
    return render(request, "plans/occasion_new.html", context)


def _day_facts(kind, d_day):
    return {
        "d_day": d_day,
        "lunar": selectors.lunar_words(d_day),
        "kind_word": OccasionKind(kind).label,
        "warning": selectors.day_warning(kind, d_day),
    }


def _occasion_made(request):
    form = NewOccasionForm(request.POST)
    if form.is_valid():
        try:
            occasion = services.create_occasion(actor=request.user, now=timezone.now(), **form.facts())
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Đã lập đợt “{occasion.name}”.")
            return redirect(occasion)
    context = {"asked": ProposalForm(initial=form.data), "form": form, "suggestions": ()}
    if not {"kind", "d_day"} & form.errors.keys():
        context |= _day_facts(form.cleaned_data["kind"], form.cleaned_data["d_day"])
    else:
        context["form"] = None
        messages.error(request, "Chưa rõ loại đợt và ngày D: hãy chọn lại rồi lập đợt.")
    return render(request, "plans/occasion_new.html", context)


@require_http_methods(["GET", "POST"])
def occasion_edit(request, pk):
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    _refuse_unless_keeper(request)
    chosen = list(occasion.bases.all())
    initial = initial_of_occasion(occasion, occasion.phases.all(), chosen)
    sent = request.POST if request.method == "POST" else None
    form = OccasionForm(sent, occasion=occasion, initial=initial, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_occasion(occasion, actor=request.user, now=timezone.now(), **form.facts())
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Đã lưu đợt.")
            return redirect(occasion)
    return render(request, "plans/occasion_edit.html", {"occasion": occasion, "form": form})


@require_http_methods(["GET", "POST"])
def occasion_move(request, pk):
    """GET with a day shows what would move, plan by plan; only the POST from that page saves it."""
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    _refuse_unless_keeper(request)
    now = timezone.now()
    asked = MoveForm(request.GET) if "d_day" in request.GET else MoveForm(initial={"d_day": occasion.d_day})
    confirm = ConfirmMoveForm(request.POST) if request.method == "POST" else None
    if confirm is not None:
        if confirm.is_valid():
            data = confirm.cleaned_data
            try:
                moved = services.move_d_day(
                    occasion, actor=request.user, now=now, d_day=data["d_day"], seen=data["seen"]
                )
            except ValidationError as refusal:
                asked = MoveForm({"d_day": data["d_day"]})
                tell(asked, refusal)
                occasion.refresh_from_db()
            else:
                messages.success(
                    request, f"Đã chuyển ngày D sang {moved.d_day:%d/%m/%Y}. Muốn hoàn tác, chuyển lại ngày cũ."
                )
                return redirect(moved)
        else:
            asked.add_error(None, "Hãy chọn ngày D mới và xem các thay đổi trước khi lưu.") if asked.is_bound else None
            messages.error(request, "Chưa có gì được lưu: hãy chọn ngày D mới và xem các thay đổi trước.")
    context = {"occasion": occasion, "asked": asked, "now": now}
    if asked.is_bound and asked.is_valid() and asked.cleaned_data["d_day"] != occasion.d_day:
        context |= _difference(occasion, asked.cleaned_data["d_day"], now)
    return render(request, "plans/occasion_move.html", context)


def _difference(occasion, d_day, now):
    try:
        selectors.proposal(occasion.kind, d_day=d_day)
    except ValueError as impossible:
        return {"impossible": str(impossible)}
    difference = selectors.d_day_difference(occasion, d_day, now=now)
    shift = d_day - occasion.d_day
    return {
        "d_day": d_day,
        "lunar": selectors.lunar_words(d_day),
        "warning": selectors.day_warning(occasion.kind, d_day),
        "difference": difference,
        "starts_on": occasion.starts_on + shift,
        "ends_on": occasion.ends_on + shift,
        "shift": shift.days,
        "changed": sum(len(plan.changes) for plan in difference),
        "fixed": sum(len(plan.fixed) for plan in difference),
        "warned": sum(plan.warned for plan in difference),
        "printed": [plan for plan in difference if plan.plan.status == PlanStatus.ISSUED],
    }
