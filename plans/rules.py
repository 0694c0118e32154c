"""Who may do what on this floor. Each answers for the person alone; what a plan's state allows is in `states.PLAN_MOVES`.

`may(user, plan, verb)` puts both together: it decides which button a page shows. `None` as the person is the system itself.
"""

from plans.states import PlanStatus
from units.states import Role


def can_keep_occasions(user):
    """Occasions are made and moved by those who plan and those who lead."""
    return user is None or user.has_role(Role.SPECIALIST, Role.HEAD, Role.LEADER)


def can_keep_bases(user):
    """Superior papers are entered by whoever receives them or works from them."""
    return user is None or user.has_role(Role.SPECIALIST, Role.HEAD, Role.LEADER, Role.CLERK)


def can_keep_holidays(user):
    """Days off move everybody's deadlines: the clerk who receives the notice, heads, the administrator."""
    return user is None or user.has_role(Role.HEAD, Role.CLERK, Role.ADMIN)


def can_create_plan(user):
    """Specialists and heads draft plans, for their own division (`can_draft_for`)."""
    return user.has_role(Role.SPECIALIST, Role.HEAD)


def can_draft_for(user, division_id):
    return bool({(division_id, Role.SPECIALIST), (division_id, Role.HEAD)} & user.roles())


def can_edit(user, plan):
    """The author and the people of the drafting division."""
    return user is None or plan.author_id == user.works_as().pk or can_draft_for(user, plan.division_id)


can_submit = can_edit


def _heads_or_leads(user, plan):
    return user is None or user.has_role(Role.LEADER) or (plan.division_id, Role.HEAD) in user.roles()


def can_return(user, plan):
    """The head of the drafting division, a leader, and the author who takes back what waits."""
    return _heads_or_leads(user, plan) or (plan.status == PlanStatus.REVIEW and plan.author_id == user.works_as().pk)


def can_approve(user, plan):
    """A plan binds outside units: a leader of the Sở answers for it."""
    return user is None or user.has_role(Role.LEADER)


def can_mark_issued(user, plan):
    """Whoever issues the paper that prints the plan."""
    return user is None or user.has_role(Role.CLERK, Role.LEADER)


can_close = _heads_or_leads

BUTTONS = {
    "edit": (can_edit, lambda plan: plan.status in PlanStatus.EDITABLE),
    "submit": (can_submit, lambda plan: plan.status == PlanStatus.DRAFT),
    "return": (can_return, lambda plan: plan.status in PlanStatus.RETURNABLE),
    "approve": (can_approve, lambda plan: plan.status == PlanStatus.REVIEW),
    "close": (can_close, lambda plan: plan.status == PlanStatus.ISSUED),
}


def may(user, plan, verb):
    """True when this person may do this to the plan as it stands."""
    can, state = BUTTONS[verb]
    return state(plan) and can(user, plan)
