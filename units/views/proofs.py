"""Contacts nobody has reached for a month, unit by unit, each with its one button."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from units import rules, selectors
from units.forms.imports import ProofFilter

PAGE_SIZE = 50


@require_GET
def proof_list(request):
    user, now = request.user, timezone.now()
    people = selectors.people_to_prove(user, now)
    found = ProofFilter(request.GET, people, user=user, since=now - rules.STALE, today=timezone.localdate(now))
    rows = found.qs.select_related("unit").order_by("unit__sort_key", "unit_id", "-is_focal", "sort_key", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for contact in page.object_list:
        contact.shown_phone = contact.phone if rules.can_see_phone(user, contact) else ""
        contact.stale = rules.stale_ways(contact, now)
        contact.may_prove = rules.can_prove(user, contact)
    context = {
        "filter": found,
        "page": page,
        "days": rules.STALE.days,
        "ahead": rules.PROVE_AHEAD.days,
        "listed": request.GET.urlencode(),
        "narrowed": any(found.form.cleaned_data.values()) if found.form.is_valid() else True,
        "may_import": rules.can_import(user),
    }
    return render(request, "units/proof_list.html", context)
