"""Before each page: a session nobody sits at ends, and whoever must have a second factor sets one up first."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone

from units.states import Role

ACTED, PROVEN = "acted", "second_factor"
STAMP = 60  # an act is written down at most once a minute
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
REMOVING = frozenset({"mfa_deactivate_totp", "mfa_remove_webauthn"})
OWN_PAGES = frozenset({"account_logout", "account_reauthenticate", "account_change_password", "account_presence"})


def idle_limit(user):
    """Seconds without an act of the person after which the session ends (TCVN 14423:2026, a setting); 0 is never."""
    admin = any(role == Role.ADMIN for _, role in user.own_roles())
    return 60 * (settings.IDLE_MINUTES_ADMIN if admin else settings.IDLE_MINUTES)


def must_have_factor(user):
    """True where the policy (MFA_REQUIRED) asks a second factor of this person, or of whom they act for."""
    if settings.MFA_REQUIRED == "all":
        return True
    roles = {role for _, role in user.own_roles() | user.roles()}
    return settings.MFA_REQUIRED == "staff" and bool(roles & Role.STAFF)


def IdleOut(get_response):
    """Ends the session of somebody who did nothing for too long, and says to the page how many seconds are left.

    A request that a page makes by itself says so (X-Automatic) and is no act of the person. No query of its own; the session
    is written at most once a minute."""

    def middleware(request):
        request.idle_left = None
        if request.user.is_authenticated and (limit := idle_limit(request.user)):
            now = int(timezone.now().timestamp())
            acted = request.session.get(ACTED)
            if acted is not None and now - acted >= limit:
                logout(request)
            else:
                if "X-Automatic" not in request.headers and (acted is None or now - acted >= STAMP):
                    request.session[ACTED] = acted = now
                request.idle_left = limit - (now - acted) if acted is not None else limit
        return get_response(request)

    return middleware


class SecondFactor:
    """Whoever must have a second factor and has none sees the page of security and what belongs to it, nothing else; the
    last one is not taken away while the policy holds. One query until the session knows of a factor, none after."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user, name = request.user, request.resolver_match.view_name
        if not user.is_authenticated or not must_have_factor(user):
            return None
        if request.method == "POST" and name in REMOVING:
            return self._keep_the_last(request)
        if request.session.get(PROVEN):
            return None
        if Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
            request.session[PROVEN] = True
            return None
        request.must_set_factor = True
        if name in OWN_PAGES or name.startswith("mfa_"):
            return None
        return redirect("mfa_index")

    @staticmethod
    def _keep_the_last(request):
        if Authenticator.objects.filter(user=request.user, type__in=FACTORS).count() > 1:
            return None
        messages.error(
            request,
            "Tài khoản này phải có bước xác thực thứ hai: hãy thêm cách khác trước, rồi mới bỏ cách đang dùng.",
        )
        return redirect("mfa_index")
