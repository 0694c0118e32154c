"""What a person may do to an assignment now: the gate of the verb and the state it starts from, in one answer for pages."""

from assignments import rules
from assignments.models import Assignment
from assignments.states import VERB_FROM
from units.models import Unit

CAN = {verb: getattr(rules, f"can_{verb}") for verb in VERB_FROM}


def may(user, assignment, verb):
    """Whether this person, this verb and this state go together (deadlines aside). Reads `assignment.dispatch`."""
    return assignment.status in VERB_FROM[verb] and CAN[verb](user, assignment)


def possible(user, assignment, now, open_extension=None):
    """The verbs this person may use now. `open_extension` is the request still undecided, if any."""
    verbs = {verb for verb in VERB_FROM if may(user, assignment, verb)}
    timed = assignment.due_at is not None
    if not timed or now >= assignment.due_at or open_extension is not None:
        verbs.discard("ask_extension")
    if not timed:
        verbs.discard("extend")
    if open_extension is None:
        verbs.discard("decide_extension")
    return verbs


def units_to_ask(assignment):
    """Who may be given this demand instead: the units that have the paper and were not given the same (on the same day)."""
    given = Assignment.objects.filter(requirement=assignment.requirement_id, occurrence=assignment.occurrence)
    return (
        Unit.objects.filter(receipts__dispatch=assignment.dispatch_id)
        .exclude(pk__in=given.values("unit"))
        .order_by("sort_key", "pk")
    )


MAIN = ("answer", "decide_extension", "close", "resend", "accept", "submit")


def main_verb(verbs):
    """The one thing to do next, or None when it is somebody else's turn."""
    return next((verb for verb in MAIN if verb in verbs), None)
