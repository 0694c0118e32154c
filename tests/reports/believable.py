"""What makes the demonstration province believable, asked of a product that has just sown it (tests/e2e/test_demo.py)."""

from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from assignments.models import Assignment, DutyShift, Evidence, Extension, Roster
from assignments.selectors.rosters import missing_rosters
from assignments.states import AssignmentStatus, RosterStatus
from directives.models import Dispatch
from directives.states import DispatchStatus
from plans.models import Occasion, Plan
from plans.states import PlanStatus
from reports.demo import names
from units.models import Contact, Membership, Unit, UnitEntry, User
from units.states import Role, UnitKind

TABLES = (Unit, User, Contact, Occasion, Plan, Dispatch, Assignment, UnitEntry)


def rows():
    return [model.objects.count() for model in TABLES]


def believe():
    """Every kind, state and role is there, done by the verbs that people use; sowing again changes nothing."""
    kinds = dict.fromkeys(UnitKind.values, 0)
    for kind in Unit.objects.values_list("kind", flat=True):
        kinds[kind] += 1
    assert (kinds["own"], kinds["division"], kinds["commune"]) == (1, 4, 100)
    assert sum(kinds[kind] for kind in UnitKind.ENTERPRISES) == 12
    assert Unit.objects.values("name").distinct().count() == Unit.objects.count()
    today = timezone.localdate()
    occasions = {occasion.kind: occasion for occasion in Occasion.objects.all()}
    assert set(occasions) == {"election", "tet", "other"}
    assert all(occasion.starts_on <= today <= occasion.ends_on for occasion in occasions.values())
    before_issue = {status for status in DispatchStatus if status not in DispatchStatus.ISSUED_ON}
    assert set(Dispatch.objects.values_list("status", flat=True)) == before_issue | {DispatchStatus.ISSUED}
    assert not Dispatch.objects.filter(status__in=DispatchStatus.NUMBERED_ON, pdf=None).exists()
    assert set(Plan.objects.values_list("status", flat=True)) == {PlanStatus.REVIEW, PlanStatus.ISSUED}
    given = set(Assignment.objects.values_list("status", flat=True))
    assert given == set(AssignmentStatus)
    assert Assignment.objects.late(timezone.now()).exists()
    assert Evidence.objects.exists() and Extension.objects.filter(granted=None).exists()
    rosters = Roster.objects.all()
    assert set(rosters.values_list("status", flat=True)) == set(RosterStatus)
    assert rosters.filter(status=RosterStatus.ACCEPTED, gap_minutes__gt=0).exclude(waiver_reason="").exists()
    assert missing_rosters(User.objects.get(username="quang.tm"), {}).count() >= 4
    on_duty = DutyShift.objects.binding().at(timezone.now())
    assert on_duty.values("unit").distinct().count() >= 6
    people = {username: role for username, _, role, *_ in names.STAFF + names.FOCAL}
    assert set(people.values()) == set(Role)
    for username, role in people.items():
        user = User.objects.get(username=username)
        assert user.check_password(names.PASSWORD) and user.has_role(role)
    assert Membership.objects.current().filter(role=Role.FOCAL).count() > 20
    assert not User.objects.filter(is_superuser=True).exists()

    there = rows()
    call_command("seed_demo", stdout=StringIO())
    assert rows() == there, "a second seeding pours more"
