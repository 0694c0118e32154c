"""Who may do what to an assignment or a roster. Person and unit only: whether the state allows it is asked of `states`."""

from units.rules import speaks_for
from units.states import Role

INSIDE = frozenset({Role.SPECIALIST, Role.HEAD, Role.LEADER})


def answers_for_unit(user, assignment):
    """The unit's focal person or leader; for a division of the Sở, its own people."""
    own = any(unit == assignment.unit_id and role in INSIDE for unit, role in user.roles())
    return own or speaks_for(user, assignment.unit_id)


def decides(user, assignment):
    """The giver's side: specialists and head of the division that drafted the paper, and the Sở's leaders.

    Reads `assignment.dispatch`.
    """
    division = assignment.dispatch.division_id
    return any(
        role == Role.LEADER or (unit == division and role in (Role.SPECIALIST, Role.HEAD))
        for unit, role in user.roles()
    )


can_accept = can_ask = can_decline = can_file_evidence = can_submit = can_ask_extension = answers_for_unit
can_answer = can_resend = can_reroute = can_close = can_return = can_reopen = can_cancel = decides
can_extend = can_decide_extension = decides


def can_see_receipts(user, dispatch):
    """Who has read what is the Sở's business: a unit does not learn it of its rivals."""
    return user.is_department_staff()


def keeps_roster(user, unit_id):
    """Whoever answers for the unit; the Sở's own unit also by its clerk; a specialist or head of the Sở enters for anybody
    (a commune without an account sends its list on paper), and the history says who did."""
    own = any(unit == unit_id and role in INSIDE | {Role.CLERK} for unit, role in user.roles())
    return own or speaks_for(user, unit_id) or user.has_role(Role.SPECIALIST, Role.HEAD)


def can_fill_rosters(user):
    """Enter for many units at once: a specialist or head of the Sở."""
    return user.has_role(Role.SPECIALIST, Role.HEAD)


def can_edit_roster(user, roster):
    return keeps_roster(user, roster.unit_id)


can_submit_roster = can_edit_roster


def can_decide_roster(user, roster=None):
    """Accept, return, open again: specialists, heads and leaders of the Sở."""
    return user.has_role(Role.SPECIALIST, Role.HEAD, Role.LEADER)


can_hand_over = can_decide_roster  # what ended units owe, to their heirs: whichever division asked for it


def can_see_duty_phones(user, unit_id, *, on_duty=False):
    """Personal numbers of people on duty: for leaders and the administrator, the unit's own people, and whoever is on duty
    at that moment (`on_duty`) and must ring in earnest."""
    return on_duty or user.has_role(Role.LEADER, Role.ADMIN) or unit_id in user.unit_ids()


def can_link_calendar(user, unit=None):
    """A calendar of one's own shifts, for whoever still answers somewhere; of a unit's, for its people and the Sở's staff.
    By one's own rights, whoever one acts for."""
    own = user.own_roles()
    if unit is None:
        contact = getattr(user, "contact", None)
        return bool(contact and contact.left_on is None and own)
    return any(held == unit.pk or role in Role.STAFF for held, role in own)


def can_read_calendar(user, unit=None):
    """The same, asked anew at every reading: nobody logs in there."""
    return user.is_active and can_link_calendar(user, unit)
