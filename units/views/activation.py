"""The page behind an invitation's link: a first password, and in; or why the link opens nothing and whom to ask."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from units import rules, selectors
from units.forms.invitations import FirstPasswordForm
from units.refusals import show_refusal
from units.services import invitations as services
from units.tokens import VALID_FOR


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request, key):
    """Looking at the page uses nothing up; the first password does. A dead link says why, and an expired one may be asked
    for anew."""
    now = timezone.now()
    if limited := ratelimit.consume_or_429(request, action="reset_password_from_key"):
        return limited
    invitation = selectors.invitation_by_token(key)
    fault = rules.invitation_fault(invitation, now) if invitation else "unknown"
    if fault:
        return _dead(request, invitation, fault, now)
    if request.user.is_authenticated:
        return render(request, "account/activate_inside.html", {"invitation": invitation})
    form = FirstPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.accept_invitation(invitation, now=now, password=form.cleaned_data["password1"])
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"Tài khoản đã mở. Tên đăng nhập: {user.username}.")
            return perform_login(request, user)
    return render(request, "account/activate.html", {"invitation": invitation, "form": form})


def _dead(request, invitation, fault, now):
    asked = False
    if request.method == "POST" and fault == "expired":
        services.ask_anew(invitation, now=now)
        asked = True
    context = {
        "invitation": invitation,
        "fault": fault,
        "days": VALID_FOR.days,
        "asked": asked or bool(invitation and invitation.asked_at),
    }
    return render(request, "account/activate_dead.html", context, status=404 if fault == "unknown" else 410)
