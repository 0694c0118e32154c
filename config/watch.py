"""The security log: who came in, who was turned away, where and from where. Never what was typed."""

import hashlib
import hmac
import logging
from contextlib import suppress

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied

log = logging.getLogger("security")

# Doors whose every knock is noted; who passes one is sent on, who does not sees the page again.
DOORS = {
    "account_login": "password",
    "account_logout": "sign-out",
    "account_reauthenticate": "password again",
    "account_change_password": "new password",
    "account_set_password": "new password",
    "account_reset_password": "reset asked for",
    "account_reset_password_from_key": "password by reset link",
    "account_activate": "activation link",
    "mfa_authenticate": "second factor",
    "mfa_reauthenticate": "second factor again",
    "mfa_login_webauthn": "passkey",
    "mfa_reauthenticate_webauthn": "passkey again",
    "mfa_activate_totp": "second factor added",
    "mfa_deactivate_totp": "second factor removed",
    "mfa_add_webauthn": "passkey added",
    "mfa_remove_webauthn": "passkey removed",
    "mfa_generate_recovery_codes": "recovery codes made",
    "usersessions_list": "other sessions ended",
}
TURNED_AWAY = {400: "bad request", 403: "refused", 405: "wrong method", 413: "too large", 429: "too many attempts"}


def Watch(get_response):
    """One line for each knock at a door, each request turned away, and each row that was asked for by its number and not found
    by somebody signed in. A failed name is told as a fingerprint: people type passwords into the wrong field."""

    def middleware(request):
        before = _who(request)
        response = get_response(request)
        request.META["account"] = _who(request) or before or "-"  # the access log tells them (config/web.py)
        with suppress(PermissionDenied):
            request.META["client"] = get_adapter(request).get_client_ip(request)
        match = request.resolver_match
        name = match.view_name if match else "-"
        door = DOORS.get(name) if request.method == "POST" else None
        if door:
            passed = response.status_code in (301, 302, 303)
            _note(request, logging.INFO if passed else logging.WARNING, door, "passed" if passed else "failed", before)
        elif words := TURNED_AWAY.get(response.status_code):
            _note(request, logging.WARNING, name, words, before)
        elif response.status_code == 404 and match and match.kwargs and _who(request):
            _note(request, logging.INFO, name, f"not found {match.kwargs.get('pk', '')}".strip(), before)
        return response

    return middleware


def _who(request):
    """The key of who is signed in; of nobody where nobody looked, for a page that is open to all asks no database."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user else None


def _note(request, level, what, outcome, before):
    who = _who(request) or before
    given = request.POST.get("login", "")[:200].strip().lower() if what == "password" and outcome == "failed" else ""
    mark = (
        hmac.new(settings.SECRET_KEY.encode(), b"knock" + given.encode(), hashlib.sha256).hexdigest()[:12]
        if given
        else "-"
    )
    log.log(
        level,
        "%s: %s; account %s; name %s; from %s; %s",
        what,
        outcome,
        who or "-",
        mark,
        get_adapter(request).get_client_ip(request),
        request.method,
    )
