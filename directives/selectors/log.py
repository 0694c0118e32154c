"""Everything that was done with a paper and everybody who looked at it."""

from directives.models import DispatchEntry, DispatchLook
from units.models import User
from units.trail import lines, shown, united

ACTS, LOOKS = "xu-ly", "xem"
PARTS = {ACTS: DispatchEntry, LOOKS: DispatchLook}
MODELS = {model._meta.db_table: model for model in PARTS.values()}


def log_of(dispatch, *, part="", who=""):
    """Acts and views of the paper, newest first, as one answer: one of the two (`part`), of people with that name (`who`)."""
    asked = {ACTS: dispatch.history.all(), LOOKS: dispatch.looks.all()}
    rows = [asked[part]] if part in asked else list(asked.values())
    if who:
        people = User.objects.search(who).values("pk")
        rows = [each.filter(**{f"{each.model.TRAIL.actor}__in": people}) for each in rows]
    return united([lines(each) for each in rows])


def log_lines(rows):
    """A page of `log_of`, in words."""
    return list(shown(rows, MODELS))


def readers(dispatch):
    """How many people opened the paper or a file of it."""
    return dispatch.looks.values("user").distinct().count()
