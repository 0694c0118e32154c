"""The address book from a file: the workbook to fill in, the preview of what was filled in, the file given back with its faults."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from units import rules
from units.forms.imports import ImportForm
from units.forms.sheets import carried
from units.imports import plan_import
from units.selectors.exports import template_rows
from units.services import imports as services
from units.sheets.columns import CONTACTS, MEMBERSHIPS, UNITS
from units.sheets.lines import read_tables
from units.sheets.template import marked_file, template
from units.uploads import EXCEL

SHOWN = 200  # lines of each kind on the preview


def excel(data, name):
    answer = HttpResponse(data, content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _tables(user):
    """What this person may fill in."""
    if not rules.can_import(user):
        raise PermissionDenied
    tables = [UNITS, CONTACTS] if rules.can_manage_units(user) else [CONTACTS]
    return [*tables, MEMBERSHIPS] if rules.can_manage_people(user) else tables


@require_safe
def import_template(request):
    """The workbook of all tables or of one (`?bang=`), empty or with what stands in the address book (`?san=1`)."""
    tables = _tables(request.user)
    asked = [table for table in tables if table.slug == request.GET.get("bang")] or tables
    rows = None
    if request.GET.get("san"):
        rows = template_rows(asked, request.user, timezone.localdate())
        for table in asked:
            services.note_export(
                table, len(rows[table.key]), "mẫu Excel", actor=request.user, now=timezone.now(), narrowed=False
            )
    return excel(template(asked, rows), "mau-" + (asked[0].slug if len(asked) == 1 else "danh-ba"))


def _plan(request, data):
    sheets = read_tables(data)
    return sheets, plan_import(sheets, actor=request.user, today=timezone.localdate())


@require_http_methods(["GET", "POST"])
def import_file(request):
    """Choose a file; see line by line what it would change and what is wrong; then save exactly that."""
    tables, posted, plan = _tables(request.user), request.method == "POST", None
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        if "luu" in request.POST and not request.FILES and _saved(request, form.cleaned_data):
            return redirect("units:unit_list")
        try:
            _, plan = _plan(request, form.cleaned_data["data"])
        except ValidationError as refusal:
            form.add_error("upload", refusal)
    context = {
        "form": ImportForm() if plan else form,
        "plan": plan,
        "tables": tables,
        "shown": SHOWN,
        "carried": carried(form.cleaned_data["data"]) if plan else "",
    }
    return render(request, "units/import_file.html", context)


def _saved(request, given):
    """True when it is written; otherwise why not is said on the page."""
    try:
        plan = services.apply_import(
            read_tables(given["data"]),
            actor=request.user,
            now=timezone.now(),
            seen=given["seen"],
            only_good=request.POST["luu"] == "dung",
        )
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return False
    left = f" Chưa lưu {plan.faulty} dòng còn lỗi." if plan.faulty else ""
    messages.success(request, f"Đã lưu: {plan.added} dòng mới, {plan.changed} dòng thay đổi.{left}")
    return True


@require_POST
def import_marked(request):
    """The file as it was filled in, with every message beside its line."""
    _tables(request.user)
    form = ImportForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Không còn tệp để đánh dấu. Hãy tải tệp lên lại.")
        return redirect("units:import_file")
    try:
        sheets, _ = _plan(request, form.cleaned_data["data"])
        data = marked_file(form.cleaned_data["data"], sheets)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("units:import_file")
    return excel(data, "danh-ba-can-sua")
