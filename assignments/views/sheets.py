"""Rosters as Excel: the template to fill in, the preview of what was filled in, the file given back with its messages."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import rules, services
from assignments.duty import ZONE, need_words, window_of
from assignments.forms.sheets import OccasionForm, SheetForm
from assignments.models import DutyShift, Roster
from assignments.selectors import rosters as reading
from assignments.selectors.roster_sheet import read_province, read_roster
from assignments.sheet.write import Facts, line_of, template
from assignments.views.rosters import visible
from assignments.views.shifts import editable
from plans.models import Occasion
from units.downloads import guarded
from units.forms.sheets import carried
from units.models import Unit
from units.sheets.writing import marked
from units.states import UnitKind
from units.text import fold
from units.uploads import EXCEL

SHOWN_OVER_ALL = 30
SHOWN = 200  # lines of each kind
PREVIEW = {  # headings of the preview, and the columns each takes in
    "Đơn vị": ["unit"],
    "Người trực": ["name", "position"],
    "Loại trực": ["layers"],
    "Bắt đầu": ["starts_day", "starts_clock"],
    "Kết thúc": ["ends_day", "ends_clock"],
    "Ca trực": ["span"],
    "Điện thoại": ["phone"],
    "Nơi trực, ghi chú": ["place", "note"],
}
HOURS = {"starts_day", "starts_clock", "ends_day", "ends_clock"}
STALE = "Lịch trực vừa được sửa sau khi anh/chị tải tệp lên, nên chưa lưu gì. Dưới đây là bản xem trước mới; hãy kiểm tra rồi bấm lưu."


def excel(data, name):
    answer = HttpResponse(data, content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{slugify(fold(name))[:80] or "lich-truc"}.xlsx"'
    return guarded(answer)


def facts_of(occasion, unit, **more):
    start, end = (moment.astimezone(ZONE) for moment in window_of(occasion))
    last = end - timedelta(days=1)
    needed = [f"{layers} {hours}" for layers, hours in need_words(reading.needs_of(occasion))]
    return Facts(
        title="LỊCH TRỰC BẢO ĐẢM THÔNG TIN LIÊN LẠC",
        unit=unit,
        occasion=occasion.name,
        period=f"từ 00:00 ngày {start:%d/%m/%Y} đến 24:00 ngày {last:%d/%m/%Y}",
        required="; ".join(needed) or "đợt này chưa quy định loại trực nào",
        **more,
    )


@require_safe
def roster_template(request, pk):
    """A workbook for this unit and occasion, with the shifts entered so far; numbers only for whoever may see them."""
    roster = visible(request, pk)
    if not reading.CAN["edit"](request.user, roster):
        raise PermissionDenied
    phones = rules.can_see_duty_phones(request.user, roster.unit_id)
    shifts = roster.shifts.select_related("contact").order_by("starts_at", "ends_at", "pk")
    people = roster.unit.contacts.current().order_by("sort_key", "pk").values_list("name", flat=True)
    lines = tuple(line_of(shift, phone=shift.contact.phone if phones else "") for shift in shifts)
    facts = facts_of(roster.occasion, roster.unit.name, people=tuple(people), lines=lines)
    services.note_numbers_taken(roster.occasion, actor=request.user, now=timezone.now(), unit=roster.unit)
    return excel(template(facts), f"lich truc {roster.unit.short_name or roster.unit.name}")


@require_http_methods(["GET", "POST"])
def roster_upload(request, pk):
    """Choose a filled sheet; see what it would change and what is wrong, each beside its cell; then save it."""
    roster, away = editable(request, pk)
    if away:
        return away
    return _uploaded(
        request, Roster.objects.filter(pk=roster.pk), lambda data: read_roster(roster, data), roster.occasion, roster
    )


@require_POST
def roster_marked(request, pk):
    """The sheet as it was filled in, with each message on its cell."""
    roster, away = editable(request, pk)
    return away or _marked(request, lambda data: read_roster(roster, data), "assignments:roster_upload", pk)


def _occasion(request, pk):
    if not rules.can_fill_rosters(request.user):
        raise PermissionDenied
    return get_object_or_404(Occasion, pk=pk)


@require_safe
def sheet_occasion(request):
    """For which occasion a sheet of many units is."""
    if not rules.can_fill_rosters(request.user):
        raise PermissionDenied
    form = OccasionForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("assignments:rosters_upload", form.cleaned_data["dot"].pk)
    return render(request, "assignments/roster_sheet_occasion.html", {"form": form})


@require_safe
def rosters_template(request, occasion):
    """One workbook for the units of the whole province, with what they have entered so far."""
    occasion = _occasion(request, occasion)
    units = Unit.objects.exclude(kind__in=[UnitKind.SUPERIOR, UnitKind.DISTRICT]).active_on(timezone.localdate())
    phones = {}
    lines = []
    shifts = DutyShift.objects.filter(rosters__occasion=occasion).select_related("contact", "unit").distinct()
    for shift in shifts.order_by("unit__sort_key", "starts_at", "pk"):
        seen = phones.setdefault(shift.unit_id, rules.can_see_duty_phones(request.user, shift.unit_id))
        lines.append(line_of(shift, unit=shift.unit.name, phone=shift.contact.phone if seen else ""))
    names = tuple(units.order_by("sort_key", "pk").values_list("name", flat=True))
    facts = facts_of(occasion, "", units=names, lines=tuple(lines))
    services.note_numbers_taken(occasion, actor=request.user, now=timezone.now())
    return excel(template(facts), f"lich truc {occasion.name}")


@require_http_methods(["GET", "POST"])
def rosters_upload(request, occasion):
    """As `roster_upload`, for one sheet with a column of units."""
    occasion = _occasion(request, occasion)
    rows = Roster.objects.filter(occasion=occasion)
    return _uploaded(request, rows, lambda data: read_province(occasion, data), occasion, None)


@require_POST
def rosters_marked(request, occasion):
    occasion = _occasion(request, occasion)
    return _marked(request, lambda data: read_province(occasion, data), "assignments:rosters_upload", occasion.pk)


def _state_of(rosters):
    """A fingerprint of what the rosters were when the preview was made."""
    rows = list(rosters.order_by("pk").values_list("pk", "moved_at"))
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _uploaded(request, rosters, read, occasion, roster):
    posted, found = request.method == "POST", None
    form = SheetForm(request.POST, request.FILES) if posted else SheetForm()
    if posted and form.is_valid():
        try:
            found = read(form.cleaned_data["data"])
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        else:
            if "luu" in request.POST and not request.FILES:
                if form.cleaned_data["seen"] != _state_of(rosters):
                    messages.warning(request, STALE)
                elif (answer := _saved(request, found, occasion, roster)) is not None:
                    return answer
    urls = {"upload_url": "upload", "marked_url": "marked", "template_url": "template"}
    kind, key = ("roster", roster.pk) if roster else ("rosters", occasion.pk)
    context = {
        "roster": roster,
        "occasion": occasion,
        "form": SheetForm() if found else form,
        "found": found,
        "table": table_of(found) if found else None,
        "carried": carried(form.cleaned_data["data"]) if found else "",
        "seen": _state_of(rosters) if found else "",
        "back": roster.get_absolute_url() if roster else reverse("assignments:roster_list"),
    } | {name: reverse(f"assignments:{kind}_{page}", args=[key]) for name, page in urls.items()}
    return render(request, "assignments/roster_upload.html", context)


@dataclass(frozen=True)
class Cell:
    """Cells of one heading in the preview: what was typed, what stands small beneath it, what is wrong with them."""

    heading: str
    text: str
    small: str
    faults: list


@dataclass(frozen=True)
class ShownLine:
    row: int
    wrong: bool
    cells: list


@dataclass(frozen=True)
class Table:
    """The sheet as the preview shows it: lines with a message, and of the others as many as a page bears; no column in which
    nothing stands.

    `over_all` are messages that stand beside no line: a layer in which nobody stands at all.
    """

    headings: list
    lines: list
    more_lines: int
    good: list
    more_good: int
    over_all: list
    over_more: int


def table_of(found):
    sheet, beside = found.sheet, found.beside

    def cell_of(name, line):
        return f"{sheet.columns[name]}{line.row}"

    groups = [(words, [name for name in names if name in sheet.columns]) for words, names in PREVIEW.items()]
    said = {name for line in sheet.lines for name in sheet.columns if line.text(name) or cell_of(name, line) in beside}
    groups = [(words, names) for words, names in groups if said.intersection(names)]

    def shown(line):
        cells = []
        for words, names in groups:
            typed = [line.text(name) for name in names]
            text, small = (" ".join(typed).strip(), "") if names[0] in HOURS else (typed[0], " ".join(typed[1:]))
            faults = [fault for name in names for fault in beside.get(cell_of(name, line), [])]
            cells.append(Cell(words, text, small, faults))
        return ShownLine(line.row, line.is_wrong(), cells)

    lines = [line for line in sheet.lines if line.faults]
    good = [line for line in sheet.lines if not line.faults]
    rows = {line.row for line in sheet.lines}
    over_all = [fault for fault in found.faults if row_of_cell(fault.cell) not in rows]
    return Table(
        headings=[words for words, _ in groups],
        lines=[shown(line) for line in lines[:SHOWN]],
        more_lines=len(lines[SHOWN:]),
        good=[shown(line) for line in good[:SHOWN]],
        more_good=len(good[SHOWN:]),
        over_all=over_all[:SHOWN_OVER_ALL],
        over_more=len(over_all[SHOWN_OVER_ALL:]),
    )


def row_of_cell(cell):
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _saved(request, found, occasion, roster):
    """Save what can be saved, and go on; None where it was refused, which is said on the page."""
    tables = [(part.unit, part.rows) for part in found.parts if part.rows or not found.errors]
    how = {"actor": request.user, "now": timezone.now(), "drop": not found.errors}
    try:
        if roster:
            written = services.merge_shifts(roster, tables[0][1] if tables else [], **how)
        else:
            written = services.import_rosters(occasion, tables, **how)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None
    left = f" Chưa lưu {found.wrong_rows} dòng còn lỗi." if found.errors else ""
    messages.success(request, f"Đã lưu lịch trực: {written.words() or 'không có gì thay đổi'}.{left}")
    return redirect(roster) if roster else redirect(f"{reverse('assignments:roster_list')}?dot={occasion.pk}")


def _marked(request, read, back, key):
    form = SheetForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Không còn tệp để đánh dấu. Hãy tải tệp lên lại.")
        return redirect(back, key)
    try:
        found = read(form.cleaned_data["data"])
        data = marked(form.cleaned_data["data"], found.sheet.title, found.faults)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(back, key)
    return excel(data, "lich truc can sua")
