"""Who may look into the engine room."""

from units.states import Role


def can_see_operations(user):
    return user.has_role(Role.ADMIN)
