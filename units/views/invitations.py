"""Pages of invitations: who was asked to open an account, by whom, and what became of it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from units import rules, selectors
from units.forms.invitations import (
    ContactInvitationForm,
    InvitationFilter,
    InvitationForm,
    ManyForm,
    ReplaceForm,
)
from units.models import Contact, Invitation, Unit
from units.refusals import show_refusal, tell_outcome
from units.services import invitations as services
from units.states import Role, UnitKind
from units.tokens import VALID_FOR

PAGE_SIZE = 50
SHOWN_WITHOUT_EMAIL = 20
NOT_TOLD = 5
MOST_CONFIRMED = 200


def _sent(request):
    return request.POST if request.method == "POST" else None


@require_GET
def invitation_list(request):
    if not rules.can_see_grants(request.user):
        raise PermissionDenied
    now = timezone.now()
    found = InvitationFilter(request.GET, Invitation.objects.visible_to(request.user), now=now)
    rows = found.qs.select_related("contact", "unit", "invited_by", "confirmed_by").order_by("-created_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.condition = row.standing(now)
        row.may_handle = rules.can_handle_invitation(request.user, row)
        row.may_confirm = (
            row.condition in ("waiting", "expired")
            and row.confirmed_by is None
            and rules.can_confirm_invitation(request.user, row)
        )
    context = {
        "filter": found,
        "page": page,
        "narrowed": any(found.form.cleaned_data.values()) if found.form.is_valid() else True,
        "days": VALID_FOR.days,
        "confirms": any(row.may_confirm for row in page.object_list),
        "may_invite": rules.can_see_invitations(request.user),
        "may_invite_many": rules.can_invite_many(request.user),
    }
    return render(request, "units/invitation_list.html", context)


def _units_to_invite_to(user, today):
    """The active units into which this person may invite anybody."""
    units = Unit.objects.visible_to(user).active_on(today).order_by("sort_key", "pk")
    if user.has_role(Role.ADMIN):
        return units
    units = units.exclude(kind__in=UnitKind.INSIDE)
    return units if rules.can_manage_units(user) else units.filter(pk__in=user.unit_ids())


@require_http_methods(["GET", "POST"])
def invitation_new(request):
    if not rules.can_see_invitations(request.user):
        raise PermissionDenied
    now = timezone.now()
    units = _units_to_invite_to(request.user, timezone.localdate(now))
    chosen = request.GET.get("unit") if request.GET.get("unit", "").isdecimal() else None
    form = InvitationForm(_sent(request), user=request.user, units=units, initial={"unit": chosen, "role": Role.FOCAL})
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite_person(actor=request.user, now=now, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            return _invited(request, invitation)
    return render(request, "units/invitation_new.html", {"form": form})


def _invited(request, invitation):
    messages.success(request, f"Đã mời {invitation.contact.name}: liên kết được gửi vào {invitation.email}.")
    return redirect(invitation.unit)


@require_http_methods(["GET", "POST"])
def contact_invite(request, pk):
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("unit"), pk=pk)
    roles = rules.invitable_roles(request.user, contact.unit)
    if not roles:
        raise PermissionDenied
    initial = {"email": contact.email, "role": Role.FOCAL if contact.is_focal else Role.DUTY}
    form = ContactInvitationForm(_sent(request), roles=roles, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite_person(
                contact.unit, actor=request.user, now=timezone.now(), contact=contact, **form.cleaned_data
            )
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            return _invited(request, invitation)
    return render(request, "units/contact_invite.html", {"contact": contact, "unit": contact.unit, "form": form})


@require_http_methods(["GET", "POST"])
def invitation_many(request):
    """Every focal person without an account, of all units or of one kind, in one act."""
    if not rules.can_invite_many(request.user):
        raise PermissionDenied
    now = timezone.now()
    kind = request.GET.get("kind", "")
    kind = kind if kind in UnitKind.values and kind not in UnitKind.INSIDE else ""
    people = selectors.focal_people_without_account(kind, timezone.localdate(now))
    reachable = people.exclude(email="")
    form = ManyForm(_sent(request), people=reachable, initial={"contacts": reachable})
    if request.method == "POST" and form.is_valid():
        sent, refused = services.invite_contacts(form.cleaned_data["contacts"], actor=request.user, now=now)
        if sent:
            messages.success(request, f"Đã mời {len(sent)} người; liên kết được gửi vào thư của từng người.")
        for contact, why in refused[:NOT_TOLD]:
            messages.warning(request, f"Chưa mời được {contact.name} ({contact.unit.name}): {why}")
        if len(refused) > NOT_TOLD:
            messages.warning(request, f"Còn {len(refused) - NOT_TOLD} người khác chưa mời được vì lý do tương tự.")
        return redirect("units:invitation_list")
    silent = people.filter(email="")
    context = {
        "form": form,
        "count": reachable.count(),
        "kind": kind,
        "kinds": [(value, label) for value, label in UnitKind.choices if value not in UnitKind.INSIDE],
        "silent": silent[:SHOWN_WITHOUT_EMAIL],
        "silent_count": silent.count(),
    }
    return render(request, "units/invitation_many.html", context)


def _invitation(request, pk):
    """An invitation this person sees and may handle."""
    rows = Invitation.objects.visible_to(request.user).select_related("contact", "unit", "invited_by")
    invitation = get_object_or_404(rows, pk=pk)
    if not rules.can_handle_invitation(request.user, invitation):
        raise PermissionDenied
    return invitation


@require_POST
def invitation_resend(request, pk):
    invitation = _invitation(request, pk)
    verb = partial(services.resend_invitation, invitation, actor=request.user, now=timezone.now())
    done = f"Đã gửi lại lời mời cho {invitation.contact.name}; liên kết cũ không dùng được nữa."
    tell_outcome(request, verb, done)
    return redirect("units:invitation_list")


@require_POST
def invitations_confirm(request):
    """A second person stands for the ticked invitations, so that whoever accepts one may work at once."""
    if not rules.can_see_grants(request.user):
        raise PermissionDenied
    asked = [int(key) for key in request.POST.getlist("chosen")[:MOST_CONFIRMED] if key.isdecimal() and len(key) < 19]
    done = 0
    for row in Invitation.objects.visible_to(request.user).filter(pk__in=asked).select_related("contact", "unit"):
        try:
            services.confirm_invitation(row, actor=request.user, now=timezone.now())
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        except PermissionDenied:
            messages.warning(request, f"{row.contact.name}: lời mời phải do người khác với người mời xác nhận.")
        else:
            done += 1
    if done:
        messages.success(request, f"Đã xác nhận {done} lời mời: vai trò có hiệu lực ngay khi tài khoản mở.")
    elif not asked:
        messages.warning(request, "Hãy đánh dấu ít nhất một lời mời trong danh sách.")
    return redirect("units:invitation_list")


@require_POST
def invitation_revoke(request, pk):
    invitation = _invitation(request, pk)
    verb = partial(services.revoke_invitation, invitation, actor=request.user, now=timezone.now())
    tell_outcome(request, verb, f"Đã thu hồi lời mời của {invitation.contact.name}.")
    return redirect("units:invitation_list")


@require_http_methods(["GET", "POST"])
def focal_replace(request, pk):
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("unit", "user"), pk=pk)
    if not rules.can_replace_focal(request.user, contact.unit):
        raise PermissionDenied
    form = ReplaceForm(_sent(request), contact=contact)
    if request.method == "POST" and form.is_valid():
        try:
            new = services.replace_focal(contact, actor=request.user, now=timezone.now(), **form.given())
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            invited = "được giao vai trò đầu mối" if new.user_id else "được mời mở tài khoản qua thư"
            messages.success(request, f"{new.name} thay {contact.name}; {new.name} {invited}.")
            return redirect(contact.unit)
    return render(request, "units/focal_replace.html", {"contact": contact, "unit": contact.unit, "form": form})
