"""Who sees the whole province at once."""

from units.states import Role


def can_see_dashboards(user):
    """Everyone of the Sở; a recipient unit sees its own work only."""
    return user.is_department_staff()


def can_see_engine(user):
    return user.has_role(Role.ADMIN)
