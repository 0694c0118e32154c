"""How people appear on account pages."""


def user_display(user):
    return user.full_name or user.username
