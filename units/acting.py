"""Working for somebody absent: the session names the delegation, and each request asks anew whether it is in force."""

from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils import timezone

from units.models import Delegation

KEY = "acting"
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def switch(request, delegation):
    """From here on this browser works under the delegation, or as oneself (None). Forms opened before are void: what somebody
    began in one name is not sent in another."""
    if delegation is None:
        request.session.pop(KEY, None)
    else:
        request.session[KEY] = delegation.pk
    rotate_token(request)


def Acting(get_response):
    """Sets `request.user.acting` where this session works under a delegation. One query then, none otherwise.

    One that ended, by its hour or early, is forgotten; what was sent under it after that moment is not done at all, neither
    in the absent person's name nor in one's own."""

    def middleware(request):
        key = request.session.get(KEY)
        if key is not None:
            request.user.acting = _usable(request.user, key)
            if request.user.acting is None:
                switch(request, None)
                if request.method not in SAFE:
                    return render(request, "403_delegation.html", status=403)
        return get_response(request)

    return middleware


def _usable(user, key):
    if not user.is_authenticated:
        return None
    return Delegation.objects.usable(timezone.now()).filter(pk=key, taker=user).select_related("giver").first()
