"""Who may do what on this floor. `None` as the person is the system itself: set-up, the demonstration, a sweep."""

from datetime import timedelta

from django.utils import timezone

from units.states import Role, UnitKind

STALE = timedelta(days=30)


def can_manage_units(user):
    """Units, their names, groups and contacts are kept by the specialised divisions and the administrator."""
    return user is None or user.has_role(Role.ADMIN, Role.HEAD, Role.SPECIALIST)


def can_manage_people(user):
    """Accounts, roles and signing authority: the administrator alone."""
    return user is None or user.has_role(Role.ADMIN)


def speaks_for(user, unit_id):
    """True for the focal person and the leaders of that recipient unit."""
    return bool({(unit_id, Role.FOCAL), (unit_id, Role.UNIT_LEADER)} & user.roles())


def invitable_roles(user, unit):
    """The roles into which this person may invite people of that unit.

    Into the Sở itself the administrator alone invites, for other units into every role; the keepers of the address book and the
    unit's leader invite its focal and duty people, the focal person its duty people. Nobody hands out more than they hold.
    """
    if user is None or user.has_role(Role.ADMIN):
        return Role.STAFF if unit.kind in UnitKind.INSIDE else Role.RECIPIENT
    if unit.kind in UnitKind.INSIDE:
        return frozenset()
    if can_manage_units(user) or (unit.pk, Role.UNIT_LEADER) in user.roles():
        return frozenset({Role.FOCAL, Role.DUTY})
    return frozenset({Role.DUTY}) if (unit.pk, Role.FOCAL) in user.roles() else frozenset()


def can_invite(user, unit, role):
    return role in invitable_roles(user, unit)


def can_see_invitations(user):
    """Whoever may invite anybody."""
    return user.has_role(Role.ADMIN, Role.HEAD, Role.SPECIALIST, Role.FOCAL, Role.UNIT_LEADER)


def can_invite_many(user):
    """The keepers of the address book ask all focal people of many units at once."""
    return can_manage_units(user)


def can_handle_invitation(user, invitation):
    """Send it anew or take it back: whoever could have sent it."""
    return can_invite(user, invitation.unit, invitation.role)


def can_replace_focal(user, unit):
    """A unit's focal person is replaced by whoever may invite one."""
    return can_invite(user, unit, Role.FOCAL)


def invitation_fault(invitation, now):
    """Why this invitation opens no account, as a code; empty when it does. One query: the rights of who vouches for it.

    Whoever lost the right to invite into that role took their open invitations with them.
    """
    standing = invitation.standing(now)
    if standing != "waiting":
        return standing
    contact, unit, host = invitation.contact, invitation.unit, invitation.invited_by
    if contact.left_on or contact.user_id or contact.email != invitation.email:
        return "changed"
    if unit.valid_to and unit.valid_to <= timezone.localdate(now):
        return "changed"
    if host and not (host.is_active and can_invite(host, unit, invitation.role)):
        return "host"
    return ""


def can_edit_contacts(user, unit):
    """The Sở's keepers of the address book, and the unit for its own people."""
    return can_manage_units(user) or speaks_for(user, unit.pk)


def can_see_phone(user, contact):
    """Personal numbers are for those who must ring in earnest: leaders, the administrator, the person's own unit, the person."""
    return user.has_role(Role.LEADER, Role.ADMIN) or contact.unit_id in user.unit_ids() or contact.user_id == user.pk


def can_prove(user, contact):
    """Whoever keeps the address book or may ring the number may write down that it was answered."""
    return can_edit_contacts(user, contact.unit) or can_see_phone(user, contact)


def is_stale(contact, now):
    """A phone or address that nobody has proven for a month may be dead by the day it is needed."""
    return bool(stale_ways(contact, now))


def stale_ways(contact, now):
    """Of the ways to reach this person ("phone", "email") those on file that nobody has proven for a month."""
    proven = {"phone": contact.phone_proven_at, "email": contact.email_proven_at}
    return [way for way, at in proven.items() if getattr(contact, way) and (at is None or at < now - STALE)]
