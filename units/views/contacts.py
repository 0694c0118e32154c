"""Pages of contacts: the people of a unit, with or without an account."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from units import rules
from units.addresses import address
from units.forms.people import ContactForm, LeaveForm
from units.models import Contact, Unit
from units.refusals import show_refusal, tell_outcome
from units.services import contacts as services


@require_http_methods(["GET", "POST"])
def contact_new(request, unit):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit)
    if not rules.can_edit_contacts(request.user, unit):
        raise PermissionDenied
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_contact(unit, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã thêm vào danh bạ của đơn vị.")
            return redirect(unit)
    return render(request, "units/contact_form.html", {"unit": unit, "form": form})


def _contact(request, pk):
    """A contact this person sees and may change."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("unit", "user"), pk=pk)
    if not rules.can_edit_contacts(request.user, contact.unit):
        raise PermissionDenied
    return contact


@require_http_methods(["GET", "POST"])
def contact_edit(request, pk):
    contact = _contact(request, pk)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        instance=contact,
        phone_shown=rules.can_see_phone(request.user, contact),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.save_contact(
                contact.unit, actor=request.user, now=timezone.now(), contact=contact, **form.cleaned_data
            )
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Đã lưu.")
            return redirect(contact.unit)
    return render(request, "units/contact_form.html", {"unit": contact.unit, "contact": contact, "form": form})


@require_http_methods(["GET", "POST"])
def contact_leave(request, pk):
    contact = _contact(request, pk)
    now = timezone.now()
    form = LeaveForm(request.POST if request.method == "POST" else None, initial={"left_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            services.save_contact(contact.unit, actor=request.user, now=now, contact=contact, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"{contact.name} không còn nhận yêu cầu và thông báo của đơn vị.")
            return redirect(contact.unit)
    return render(request, "units/contact_leave.html", {"unit": contact.unit, "contact": contact, "form": form})


@require_POST
def contact_return(request, pk):
    contact = _contact(request, pk)
    facts = {"contact": contact, "left_on": None}
    verb = partial(services.save_contact, contact.unit, actor=request.user, now=timezone.now(), **facts)
    tell_outcome(request, verb, f"{contact.name} trở lại làm đầu mối.")
    return redirect(contact.unit)


@require_POST
def contact_prove(request, pk):
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("unit"), pk=pk)
    asked = request.POST.get("way", "")
    ways = (asked,) if asked in services.WAYS else services.WAYS
    verb = partial(services.prove_contact, contact, actor=request.user, now=timezone.now(), ways=ways)
    tell_outcome(request, verb, f"Đã ghi: liên lạc được với {contact.name}.")
    if "listed" in request.POST:  # back to the list as it was filtered
        return redirect(f"{address('units:proof_list')}?{QueryDict(request.POST['listed']).urlencode()}")
    return redirect(contact.unit)
