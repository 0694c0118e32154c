"""Sessions whose time is over."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def clear_sessions(*, now):
    """Remove ended sessions and what was noted of them (address, browser). Runs as often as one likes."""
    Session.objects.filter(expire_date__lte=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
