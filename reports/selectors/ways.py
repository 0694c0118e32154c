"""From a demand in a paper to where its answers are seen: the column of the matrix for the Sở, for a unit its own assignment."""

from collections import defaultdict

from assignments.models import Assignment
from assignments.states import AssignmentStatus
from reports.selectors.readiness import listing
from units.addresses import address_of


def demand_ways(user, dispatch_pk):
    """{key of a demand: address}, of those that were given to somebody; a person of a unit gets their own. One query."""
    rows = Assignment.objects.visible_to(user).filter(dispatch=dispatch_pk).exclude(status=AssignmentStatus.CANCELLED)
    if user.is_department_staff():
        return {
            demand: column_of(occasion, demand) if occasion else listing(**{"yeu-cau": demand})
            for demand, occasion in rows.values_list("requirement_id", "occasion_id").distinct().order_by()
        }
    own = defaultdict(list)
    for demand, pk in rows.filter(unit__in=user.unit_ids()).values_list("requirement_id", "pk"):
        own[demand].append(pk)
    return {
        demand: address_of("assignments:assignment_detail", found[0])
        if len(found) == 1
        else listing(**{"yeu-cau": demand})
        for demand, found in own.items()
    }


def column_of(occasion_pk, demand_pk):
    """The matrix of an occasion with the column of one demand brought into view."""
    return f"{address_of('reports:matrix', occasion_pk)}?yeu-cau={demand_pk}#yeu-cau-{demand_pk}"
