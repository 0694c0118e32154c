"""What the action fragments on a paper's page ask of this floor: the lower page includes a fragment and knows no more."""

from django import template
from django.utils import timezone

from assignments.rules import can_hand_over, can_see_receipts
from assignments.selectors import receipts, succession
from directives.rules import can_draft, may
from directives.states import DispatchStatus

register = template.Library()


@register.simple_tag(takes_context=True)
def paper_figures(context, dispatch):
    """Counts of receipts and assignments of an issued paper, for the Sở; None otherwise."""
    if dispatch.status not in DispatchStatus.ISSUED_ON or not can_see_receipts(context["request"].user, dispatch):
        return None
    return receipts.paper_figures(dispatch, context.get("now") or timezone.now())


@register.simple_tag(takes_context=True)
def outcomes(context, dispatch):
    """What became of each demand of a paper, by its key, for the Sở; empty for others."""
    return receipts.outcomes(dispatch) if can_see_receipts(context["request"].user, dispatch) else {}


@register.filter
def outcome_of(found, key):
    """One of `outcomes`; None where nobody was asked."""
    return found.get(key)


@register.simple_tag(takes_context=True)
def own_demands(context, dispatch):
    """What an issued paper asks of the person's own units."""
    if dispatch.status not in DispatchStatus.ISSUED_ON:
        return []
    return receipts.own_demands(dispatch, context["request"].user)


@register.simple_tag(takes_context=True)
def unaccepted(context, dispatch):
    """How many of the person's own assignments of this paper, all days counted, are not yet accepted."""
    return receipts.unaccepted(dispatch, context["request"].user)


@register.simple_tag(takes_context=True)
def may_draft(context):
    return can_draft(context["request"].user)


@register.simple_tag(takes_context=True)
def may_issue(context, dispatch):
    return may(context["request"].user, dispatch, "issue")


@register.simple_tag(takes_context=True)
def left_by_act(context, act):
    """What units ended by this reorganisation still owe, with whether this person may pass it on; None where there is nothing."""
    found = succession.counts(act, timezone.now())
    return found | {"may": can_hand_over(context["request"].user)} if found["open"] or found["rosters"] else None


@register.simple_tag
def owed_by_ended():
    """Units that have ended and still owe something: (key, name, number)."""
    return succession.orphans(timezone.localdate())
