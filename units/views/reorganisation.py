"""Pages of reorganisations: the list with what is left to do, a new act with its preview, one act, its withdrawal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from units import rules
from units.forms.reorganisation import FORMS, WithdrawForm
from units.models import Reorganisation
from units.refusals import show_refusal
from units.selectors import reorganisation as selectors
from units.selectors.judging import judge
from units.services.reorganisation import reorganise
from units.services.settling import withdraw_act
from units.states import ReorganisationKind

PAGE_SIZE = 50
HINTS = {
    ReorganisationKind.MERGE: ("building-community", "Hai hay nhiều đơn vị thành một, đơn vị đang có hoặc đơn vị mới."),
    ReorganisationKind.SPLIT: ("sitemap", "Một đơn vị thành nhiều đơn vị, có hoặc không chấm dứt đơn vị cũ."),
    ReorganisationKind.RENAME: ("tag", "Tên mới, tên viết tắt mới, mã mới từ một ngày."),
    ReorganisationKind.ABOVE: ("arrow-up", "Nhiều đơn vị chuyển về trực thuộc đơn vị khác."),
    ReorganisationKind.END: ("archive", "Đơn vị thôi hoạt động, không đơn vị nào kế thừa."),
    ReorganisationKind.TABLE: (
        "table",
        "Dán hoặc tải lên bảng “mã cũ; tên cũ; mã mới; tên mới; ngày” cho cả trăm đơn vị.",
    ),
}


def _keeper(request):
    if not rules.can_manage_units(request.user):
        raise PermissionDenied


@require_GET
def reorganisation_list(request):
    if not request.user.is_department_staff():
        raise PermissionDenied
    today = timezone.localdate()
    asked = request.GET.get("loai", "")
    acts = Reorganisation.objects.visible_to(request.user).select_related("made_by")
    rows = acts.filter(kind=asked) if asked in ReorganisationKind.values else acts
    page = Paginator(selectors.with_sizes(rows).order_by("-on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "today": today,
        "asked": asked,
        "kinds": ReorganisationKind.choices,
        "orphans": selectors.orphans(today),
        "may_manage": rules.can_manage_units(request.user),
    }
    return render(request, "units/reorganisation_list.html", context)


@require_http_methods(["GET", "POST"])
def reorganisation_new(request):
    """Without a kind the page asks for one. A POST is looked at first (`buoc` = xem), then written (ghi) or mended (sua)."""
    _keeper(request)
    asked = request.GET.get("loai", "")
    if asked not in ReorganisationKind.values:
        kinds = [(kind, kind.label, *HINTS[kind]) for kind in ReorganisationKind]
        return render(request, "units/reorganisation_kinds.html", {"kinds": kinds})
    kind, now = ReorganisationKind(asked), timezone.now()
    today = timezone.localdate(now)
    posted = request.method == "POST"
    step = request.POST.get("buoc", "xem")
    started = {"on": today} | {
        name: [chosen] if name == "units" else chosen for name in ("unit", "units") if (chosen := _asked_unit(request))
    }
    form = FORMS[kind](*((request.POST, request.FILES) if posted else ()), today=today, initial=started)
    context = {
        "form": form,
        "kind": kind,
        "hint": HINTS[kind][1],
        "today": today,
        "multipart": kind == ReorganisationKind.TABLE,
    }
    if not (posted and form.is_valid()) or step == "sua":
        return render(request, "units/reorganisation_new.html", context)
    order, on = form.order, form.cleaned_data["on"]
    faults = judge(order, on)
    if faults:
        form.add_error(None, ValidationError([fault.text for fault in faults]))
        return render(request, "units/reorganisation_new.html", context)
    _choose_heirs(order, request.POST)
    rows = selectors.hanging(order, on)
    if step == "ghi":
        staying = {pk for value in request.POST.getlist("people") if (pk := _key(value))}
        leaving = [person.pk for row in rows for person in row.contacts if person.pk not in staying]
        said = {name: form.cleaned_data[name] for name in ("on", "basis", "note")}
        try:
            act = reorganise(
                order,
                actor=request.user,
                now=now,
                kind=kind,
                leaving=leaving,
                seen=request.POST.get("seen", ""),
                **said,
            )
        except ValidationError as refusal:
            context["refusal"] = refusal.messages
        else:
            messages.success(request, "Đã ghi việc sắp xếp. Văn bản cũ giữ nguyên tên cũ.")
            return redirect(act)
    context |= {
        "outcome": selectors.outcome(order),
        "rows": [row for row in rows if not row.is_bare() or len(order.ends[row.unit.pk]) > 1],
        "bare": sum(row.is_bare() for row in rows),
        "heirs": selectors.heir_choices(order),
        "left": [pk for pk, heirs in order.ends.items() if heirs and order.heir(pk) is None],
        "sent": "seen" in request.POST,
        "staying": {_key(value) for value in request.POST.getlist("people")},
        "seen": selectors.picture(order, rows),
        "carried": [(name, value) for name, values in _carried(request, form) for value in values],
        "totals": selectors.totals(rows),
    }
    return render(request, "units/reorganisation_preview.html", context)


def _key(value):
    return int(value) if value.isdecimal() and len(value) <= 18 else None


def _asked_unit(request):
    """The unit from whose page somebody came."""
    return _key(request.GET.get("don-vi", ""))


def _choose_heirs(order, posted):
    """Of several heirs the one chosen on the preview takes people, groups and subordinate units."""
    for unit, heirs in order.ends.items():
        chosen = posted.get(f"chinh-{unit}")
        if len(heirs) > 1 and chosen is not None:
            order.main.pop(unit, None)
            for ref in heirs:
                if str(ref) == chosen:
                    order.main[unit] = ref


def _carried(request, form):
    """What was typed, to be sent along with the preview; the rows of a file go on as text."""
    ours = {"csrfmiddlewaretoken", "buoc", "seen", "people"}
    for name, values in form.data.lists():
        if name not in ours and not name.startswith("chinh-"):
            yield name, values


def _act(request, pk):
    return get_object_or_404(
        Reorganisation.objects.visible_to(request.user).select_related("made_by", "withdrawn_by"), pk=pk
    )


@require_GET
def reorganisation_detail(request, pk):
    act = _act(request, pk)
    today = timezone.localdate()
    lines = list(selectors.lines_of(act))
    ended = {line.unit_id for line in lines if line.unit.valid_to and line.unit.valid_to <= today}
    page = Paginator(selectors.grouped(lines), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "act": act,
        "page": page,
        "today": today,
        "orphans": selectors.orphans(today, ended) if ended and not act.withdrawn_at else [],
        "pending": selectors.proposed_rights(act),
        "may_manage": rules.can_manage_units(request.user),
        "may_withdraw": rules.can_manage_units(request.user)
        and not act.withdrawn_at
        and not act.settled_at
        and act.on > today,
    }
    return render(request, "units/reorganisation_detail.html", context)


@require_http_methods(["GET", "POST"])
def reorganisation_withdraw(request, pk):
    act = _act(request, pk)
    _keeper(request)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_act(act, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã rút lại. Tên, nơi nhận và vai trò như trước khi ghi.")
            return redirect(act)
    return render(request, "units/reorganisation_withdraw.html", {"act": act, "form": form})
