"""Issuing: the paper goes out, each recipient has a receipt, each demand × unit × day an assignment. All or nothing."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from assignments.models import Assignment, AssignmentEntry
from assignments.selectors.issuing import issue_plan
from assignments.states import AssignmentStatus
from directives import services as directives
from directives.models import Dispatch, Receipt
from directives.rules import can_issue
from directives.states import DispatchStatus
from units.history import under

BATCH = 2000


@transaction.atomic
def issue_dispatch(dispatch, *, actor, now):
    """Issue a numbered paper and return it. Refuses what `directives` and the issue plan refuse.

    The giver of each assignment is the paper's author, not the clerk who pressed the button.
    """
    if not can_issue(actor, dispatch):
        raise PermissionDenied
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    plan = issue_plan(dispatch, now)
    if plan.refusals and dispatch.status == DispatchStatus.NUMBERED:
        raise ValidationError([ValidationError(text, code="plan_refused") for text in plan.refusals])
    dispatch = directives.issue_dispatch(dispatch, actor=actor, now=now)
    Receipt.objects.bulk_create(
        (
            Receipt(
                dispatch=dispatch,
                unit=unit,
                unit_name=unit.name,
                version=dispatch.version,
                is_copy=is_copy,
                sent_at=now,
            )
            for unit, is_copy in plan.recipients
        ),
        batch_size=BATCH,
    )
    given = Assignment.objects.bulk_create(
        (
            Assignment(
                requirement=demand.requirement,
                dispatch=dispatch,
                unit=unit,
                occasion_id=dispatch.occasion_id,
                role=role,
                occurrence=day,
                given_by_id=dispatch.author_id,
                first_due_at=due_at,
                due_at=due_at,
                armed_at=now,
                moved_at=now,
            )
            for demand in plan.demands
            for unit, role in demand.owed_by
            for day, due_at in demand.days
        ),
        batch_size=BATCH,
    )
    AssignmentEntry.objects.bulk_create(
        (
            AssignmentEntry(row=row, after=AssignmentStatus.SENT, actor=actor, under=under(actor), at=now)
            for row in given
        ),
        batch_size=BATCH,
    )
    return dispatch
