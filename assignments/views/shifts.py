"""Entering who is on duty: one shift, a pattern over a period, last time's roster."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assignments import coverage, services
from assignments.forms.rosters import PatternForm, ShiftForm
from assignments.selectors import rosters as reading
from assignments.selectors.absence import absent_on_duty
from assignments.selectors.roster_plan import copied_rows, pattern_rows, roster_plan
from assignments.states import ROSTER_VERB_FROM, ROSTER_VERB_WORDS
from assignments.views.rosters import visible
from plans.states import DutyKind
from units.refusals import tell_outcome

SHOWN = 21  # lines of a preview


def editable(request, pk):
    """(roster, answer): the roster, or where to go instead when it is not with the unit; 403 for who may not enter it."""
    roster = visible(request, pk)
    if not reading.CAN["edit"](request.user, roster):
        raise PermissionDenied
    if roster.status in ROSTER_VERB_FROM["edit"]:
        return roster, None
    messages.warning(
        request, f"Không thể {ROSTER_VERB_WORDS['edit']}: lịch đang ở tình trạng “{roster.get_status_display()}”."
    )
    return roster, redirect(roster)


@require_http_methods(["GET", "POST"])
def shift_new(request, pk):
    roster, away = editable(request, pk)
    return away or _edited(request, roster, None)


@require_http_methods(["GET", "POST"])
def shift_edit(request, pk, shift):
    roster, away = editable(request, pk)
    row = get_object_or_404(roster.shifts.select_related("contact"), pk=shift)
    return away or _edited(request, roster, row)


def _edited(request, roster, shift):
    posted = request.method == "POST"
    form = ShiftForm(request.POST if posted else None, roster=roster, shift=shift, initial=_from_address(request))
    if posted and form.is_valid():
        try:
            saved = services.save_shift(roster, actor=request.user, now=timezone.now(), shift=shift, **form.arguments())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã lưu ca trực của {saved.contact.name}.")
            for text in absent_on_duty(roster, only=saved):
                messages.warning(request, text)
            return redirect("assignments:shift_new", roster.pk) if "them" in request.POST else redirect(roster)
    return render(request, "assignments/shift_edit.html", {"roster": roster, "shift": shift, "form": form})


def _from_address(request):
    """The layer whose button was pressed."""
    layer = request.GET.get("lop")
    return {"layers": [layer]} if layer in DutyKind.values else {}


@require_POST
def shift_remove(request, pk, shift):
    roster = visible(request, pk)
    row = get_object_or_404(roster.shifts, pk=shift)
    verb = partial(services.remove_shift, roster, actor=request.user, now=timezone.now(), shift=row)
    tell_outcome(request, verb, "Đã bỏ ca trực.")
    return redirect(roster)


@dataclass(frozen=True)
class Preview:
    """What saving would enter: its lines, how many are new or there already, what would still be missing."""

    lines: list
    more: int
    added: int
    kept: int
    gaps: list

    @property
    def missing(self):
        return coverage.minutes(self.gaps)


def preview_of(roster, rows):
    """What `services.merge_shifts` would do with the rows beside what stands there already."""
    plan = roster_plan(roster, rows, drop=False)
    held = list(roster.shifts.all())
    gaps = coverage.gaps(reading.needs_of(roster.occasion), [*held, *plan.add])
    lines = sorted(plan.add, key=lambda row: (row.starts_at, row.ends_at))
    return Preview(lines[:SHOWN], len(lines[SHOWN:]), len(lines), len(plan.keep) + len(plan.change), gaps)


@require_http_methods(["GET", "POST"])
def roster_pattern(request, pk):
    """Fill a period in one act. The first press shows what would be made, the second makes it."""
    roster, away = editable(request, pk)
    if away:
        return away
    posted, preview = request.method == "POST", None
    form = PatternForm(request.POST if posted else None, roster=roster)
    if posted and form.is_valid():
        words = form.arguments()
        try:
            if "luu" in request.POST:
                written = services.fill_pattern(roster, actor=request.user, now=timezone.now(), **words)
                messages.success(request, f"Đã xếp {written.added} ca trực.")
                return redirect(roster)
            preview = preview_of(roster, pattern_rows(**words))
        except ValidationError as refusal:
            form.refuse(refusal)
    return render(request, "assignments/roster_pattern.html", {"roster": roster, "form": form, "preview": preview})


@require_http_methods(["GET", "POST"])
def roster_copy(request, pk):
    """Take an earlier roster of the unit, moved to this occasion's days; people who have left are named and left out."""
    roster, away = editable(request, pk)
    if away:
        return away
    sources = list(reading.earlier_rosters(roster)[:20])
    asked = request.POST.get("tu") or request.GET.get("tu") or ""
    source = next((row for row in sources if str(row.pk) == asked), sources[0] if len(sources) == 1 else None)
    if request.method == "POST" and source:
        try:
            copied = services.copy_roster(roster, actor=request.user, now=timezone.now(), source=source)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            left = f" Không chép ca của {', '.join(copied.skipped)} (đã thôi làm đầu mối)." if copied.skipped else ""
            messages.success(request, f"Đã chép {copied.added} ca trực.{left}")
            return redirect(roster)
    rows, skipped = copied_rows(roster, source) if source else ([], [])
    context = {
        "roster": roster,
        "sources": sources,
        "source": source,
        "preview": preview_of(roster, rows) if source else None,
        "skipped": skipped,
        "days": reading.shift_offset(roster, source).days if source else 0,
    }
    return render(request, "assignments/roster_copy.html", context)
