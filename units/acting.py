"""Working for somebody absent: the session names the delegation, and each request asks anew whether it is in force."""

from django.utils import timezone

from units.models import Delegation

KEY = "acting"


def Acting(get_response):
    """Sets `request.user.acting` where this session works under a delegation. One query then, none otherwise.

    What ended, early or by its hour, or is not this person's, is forgotten: they work as themself again."""

    def middleware(request):
        key = request.session.get(KEY)
        if key is not None:
            request.user.acting = _in_force(request.user, key)
            if request.user.acting is None:
                del request.session[KEY]
        return get_response(request)

    return middleware


def _in_force(user, key):
    if not user.is_authenticated:
        return None
    rows = Delegation.objects.in_force(timezone.now()).filter(giver__is_active=True, taker=user)
    return rows.select_related("giver").filter(pk=key).first()
