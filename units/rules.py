"""Who may do what on this floor. `None` as the person is the system itself: set-up, the demonstration, a sweep."""

from datetime import timedelta

from units.states import Role

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
    return contact.proven_at is None or contact.proven_at < now - STALE
