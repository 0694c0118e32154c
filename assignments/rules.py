"""Who may do what to an assignment. Person and unit only: whether its state allows it is asked of `states.VERB_FROM`."""

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
can_answer = can_resend = can_close = can_return = can_reopen = can_cancel = decides
can_extend = can_decide_extension = decides


def can_see_receipts(user, dispatch):
    """Who has read what is the Sở's business: a unit does not learn it of its rivals."""
    return user.is_department_staff()
