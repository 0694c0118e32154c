"""Sessions whose time is over, or whose person may no longer do what they could when they began."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Prefetch
from django.utils.crypto import constant_time_compare

from units.models import Membership


def clear_sessions(*, now):
    """Remove ended sessions and what was noted of them (address, browser): those out of time, and those that would be
    refused at their next request because password, rights or the account changed. Runs as often as one likes."""
    Session.objects.filter(expire_date__lte=now).delete()
    Session.objects.filter(session_key__in=_void_keys()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _void_keys():
    """Keys of sessions that no longer open anything. Three queries, whatever their number."""
    rights = Prefetch("user__memberships", Membership.objects.current(), to_attr="rights")
    known = UserSession.objects.select_related("user").prefetch_related(rights)
    owners = {row.session_key: row.user for row in known}
    return [
        session.session_key
        for session in Session.objects.filter(session_key__in=owners).iterator()
        if not _opens(session.get_decoded(), owners[session.session_key])
    ]


def _opens(content, user):
    """What Django asks of a session at each request (`django.contrib.auth.get_user`), a former SECRET_KEY included.

    One that holds no proof yet is of somebody logging in at this moment; it opens nothing before the answer is sent."""
    if HASH_SESSION_KEY not in content:
        return True
    user._roles = frozenset(
        (right.unit_id, right.role) for right in user.rights
    )  # what own_roles() would ask for one by one
    known = content[HASH_SESSION_KEY]
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return user.is_active and any(constant_time_compare(known, each) for each in hashes)
