"""Everyone's own work when they arrive: panels by role, each a short list with its way on."""

from reports.selectors.desk.duty import duty_panels, own_panel, staff_roster_panels, unit_roster_panels
from reports.selectors.desk.proof import proof_panels
from reports.selectors.desk.staff import (
    admin_panels,
    clerk_panels,
    grant_panel,
    head_panels,
    leader_panels,
    specialist_panels,
)
from reports.selectors.desk.unit import coming_days, unit_counts, unit_panels
from units.rules import can_see_grants
from units.states import Role

__all__ = ["coming_days", "panels", "unit_counts"]


def panels(user, now):
    """The panels of every role this person holds, the most pressing first."""
    made = []
    if can_see_grants(user) and (waiting := grant_panel(user)):
        made.append(waiting)
    if user.has_role(Role.LEADER):
        made += leader_panels(user)
    if user.has_role(Role.CLERK):
        made += clerk_panels(now)
    if user.has_role(Role.HEAD):
        made += head_panels(user)
    if user.has_role(Role.SPECIALIST):
        made += specialist_panels(user, now)
    if user.has_role(Role.HEAD, Role.SPECIALIST):
        made += staff_roster_panels(user)
    if user.has_role(Role.ADMIN):
        made += admin_panels(now)
    if user.has_role(Role.DUTY):
        made += duty_panels(user, now)
    elif (own := own_panel(user, now)).lines:
        made.append(own)
    if user.has_role(*Role.RECIPIENT):
        made += unit_panels(user, now)
    if user.has_role(Role.FOCAL, Role.UNIT_LEADER):
        made += unit_roster_panels(user)
    if user.has_role(Role.HEAD, Role.SPECIALIST, Role.FOCAL, Role.UNIT_LEADER):
        made += proof_panels(user, now)
    return made
