"""The lists of this floor as files, .xlsx or (`?dang=csv`) CSV, as the list is filtered; each export is a line of history."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from units import rules, selectors
from units.forms.imports import ProofFilter
from units.forms.invitations import InvitationFilter
from units.forms.people import PersonFilter
from units.forms.units import UnitFilter
from units.models import Contact, Invitation, Unit, User
from units.selectors import exports as reading
from units.services.imports import note_export
from units.sheets.columns import CONTACTS, INVITATIONS, MEMBERSHIPS, UNITS
from units.sheets.template import csv_file, xlsx_file
from units.uploads import EXCEL


def list_file(request, table, rows, now, name=""):
    """The answer with the list, written row by row into a file of the system's, then sent; its line of history comes first."""
    count = 0

    def counted():
        nonlocal count
        for row in rows:
            count += 1
            yield row

    as_csv = request.GET.get("dang") == "csv"
    held = (csv_file if as_csv else xlsx_file)(table, counted())
    narrowed = any(value for key, value in request.GET.items() if key not in ("dang", "page"))
    ending = "csv" if as_csv else "xlsx"
    note_export(table, count, ending, actor=request.user, now=now, narrowed=narrowed)
    name = f"{name or table.slug}-{timezone.localdate(now):%Y-%m-%d}.{ending}"
    answer = FileResponse(
        held, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8" if as_csv else EXCEL
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _units(request, now):
    """The units of the list as it is filtered."""
    found = UnitFilter(request.GET, Unit.objects.visible_to(request.user), now=now)
    return selectors.units_in_state(found.qs, request.GET.get("state", "active"), timezone.localdate(now))


@require_GET
def unit_export(request):
    now = timezone.now()
    return list_file(request, UNITS, reading.unit_rows(_units(request, now)), now)


@require_GET
def contact_export(request):
    now = timezone.now()
    people = Contact.objects.visible_to(request.user).current().filter(unit__in=_units(request, now))
    return list_file(request, CONTACTS, reading.contact_rows(people, request.user), now)


@require_GET
def proof_export(request):
    now = timezone.now()
    people = selectors.people_to_prove(request.user, now)
    found = ProofFilter(request.GET, people, user=request.user, since=now - rules.STALE, today=timezone.localdate(now))
    return list_file(request, CONTACTS, reading.contact_rows(found.qs, request.user), now, "can-xac-minh")


@require_GET
def membership_export(request):
    if not rules.can_manage_people(request.user):
        raise PermissionDenied
    now = timezone.now()
    today = timezone.localdate(now)
    found = PersonFilter(request.GET, User.objects.visible_to(request.user), today=today)
    return list_file(request, MEMBERSHIPS, reading.membership_rows(found.qs, today), now)


@require_GET
def invitation_export(request):
    if not rules.can_see_grants(request.user):
        raise PermissionDenied
    now = timezone.now()
    found = InvitationFilter(request.GET, Invitation.objects.visible_to(request.user), now=now)
    return list_file(request, INVITATIONS, reading.invitation_rows(found.qs, now), now)
