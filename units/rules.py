"""Who may do what on this floor. `None` as the person is the system itself: set-up, the demonstration, a sweep."""

from datetime import timedelta

from django.utils import timezone

from units.states import Role, UnitKind

STALE = timedelta(days=30)
SETTLES = timedelta(days=7)  # within it the owner of an account notices that somebody else opens it
PROVE_AHEAD = timedelta(days=7)  # before D-day: from then on what is stale is an open task


def can_manage_units(user):
    """Units, their names, groups and contacts are kept by the specialised divisions and the administrator."""
    return user is None or user.has_role(Role.ADMIN, Role.HEAD, Role.SPECIALIST)


def can_manage_people(user):
    """Accounts, roles and signing authority: the administrator alone."""
    return user is None or user.has_role(Role.ADMIN)


def can_inspect(user):
    """The history of the whole house, and its export for an inspector: leaders of the Sở and the administrator."""
    return user is None or user.has_role(Role.LEADER, Role.ADMIN)


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
        return Role.INVITED
    return frozenset({Role.DUTY}) if (unit.pk, Role.FOCAL) in user.roles() else frozenset()


def can_invite(user, unit, role):
    return role in invitable_roles(user, unit)


def can_confirm(user, grant):
    """A right or signing authority is in force once a second competent person confirms it (NĐ 30/2020 PL VI): an administrator
    or a leader of the Sở, for a unit outside also whoever might have given that role. Never the giver, never the person
    concerned, and nobody in somebody else's name. `None` is whoever holds the machine."""
    if user is None:
        return True
    if user.acting is not None or user.pk in (grant.granted_by_id, grant.user_id):
        return False
    return _may_vouch(user, grant)


def can_confirm_invitation(user, invitation):
    """The same before the invitation is accepted, so that the right is in force with the account."""
    if user.acting is not None or user.pk == invitation.invited_by_id:
        return False
    return _may_vouch(user, invitation)


def confirms_from(user):
    """The moment from which this person may be a second person again, where somebody lately changed the address or second
    factor that opens their account: whoever did could be sitting at it and confirm what they gave. None otherwise."""
    changed = user.access_changed_at
    return changed + SETTLES if changed and timezone.now() < changed + SETTLES else None


def _may_vouch(user, grant):
    if confirms_from(user):
        return False
    if user.has_role(Role.ADMIN, Role.LEADER):
        return True
    return grant.unit.kind not in UnitKind.INSIDE and can_invite(user, grant.unit, grant.role)


def can_see_grants(user):
    """The page of what waits for a second person: whoever may ever confirm anything."""
    return user.has_role(Role.LEADER) or can_see_invitations(user)


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


def may_stand_in(giver, taker):
    """A taker of the Sở for one of the Sở, of the same unit for one of a unit. By each one's own rights."""
    of_giver, of_taker = giver.own_roles(), taker.own_roles()
    if any(role in Role.STAFF for _, role in of_giver):
        return any(role in Role.STAFF for _, role in of_taker)
    return bool({unit for unit, _ in of_giver} & {unit for unit, _ in of_taker})


def _answers_for_absent(user, giver):
    """Leaders of the Sở and administrators for anybody, a unit's leader for its people."""
    own = user.own_roles()
    if {Role.ADMIN, Role.LEADER} & {role for _, role in own}:
        return True
    led = {unit for unit, role in own if role == Role.UNIT_LEADER}
    return bool(led & {unit for unit, _ in giver.own_roles()})


def can_delegate(user, giver):
    """One's own work; that of somebody ill whoever answers for them. Never while acting: what was lent is not lent on."""
    if user is None:
        return True
    return user.acting is None and (user.pk == giver.pk or _answers_for_absent(user, giver))


def can_delegate_for_others(user):
    """Whether a page offers to choose the absent person."""
    own = {role for _, role in user.own_roles()}
    return user.acting is None and bool(own & {Role.ADMIN, Role.LEADER, Role.UNIT_LEADER})


def can_end_delegation(user, delegation):
    """Who gave, took or made it, leaders of the Sở and administrators; not while acting."""
    if user is None:
        return True
    near = user.pk in (delegation.giver_id, delegation.taker_id, delegation.made_by_id)
    over = {Role.ADMIN, Role.LEADER} & {role for _, role in user.own_roles()}
    return user.acting is None and (near or bool(over))


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


def can_import(user):
    """Whoever keeps contacts of any unit may fill them in offline; which lines they may change is judged line by line."""
    return can_manage_units(user) or user.has_role(Role.FOCAL, Role.UNIT_LEADER)


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
