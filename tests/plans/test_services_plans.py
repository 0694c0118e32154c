"""Plans: from a template, through review, each step refused by role, by state, on a stale copy."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from plans import rules, services
from plans.models import Plan, PlanTarget
from plans.outlines import load_outline
from plans.selectors import count_findings, plan_rows
from plans.states import PLAN_MOVES, PlanStatus
from tests import make
from units.history import IllegalMove
from units.states import Role, UnitKind

pytestmark = pytest.mark.django_db
REASON = "Bổ sung thời hạn cho yêu cầu thứ ba."
# verb: (state it leads to, who may, how it is called)
VERBS = {
    "submit": (PlanStatus.REVIEW, "specialist", lambda plan, **by: services.submit_plan(plan, **by)),
    "return": (PlanStatus.DRAFT, "head", lambda plan, **by: services.return_plan(plan, reason=REASON, **by)),
    "approve": (PlanStatus.APPROVED, "leader", lambda plan, **by: services.approve_plan(plan, **by)),
    "issue": (PlanStatus.ISSUED, "clerk", lambda plan, **by: services.mark_plan_issued(plan, **by)),
    "close": (PlanStatus.CLOSED, "head", lambda plan, **by: services.close_plan(plan, **by)),
}
ALLOWED = {
    "submit": {"specialist", "head"},
    "return": {"specialist", "head", "leader"},  # the author takes back what waits
    "approve": {"leader"},
    "issue": {"clerk", "leader"},
    "close": {"head", "leader"},
}
PEOPLE = {"specialist", "head", "leader", "clerk", "admin", "focal", "stranger"}
RIGHT = [
    (verb, before) for verb, (to, _, _) in VERBS.items() for before in PlanStatus.values if to in PLAN_MOVES[before]
]
WRONG = [
    (verb, before) for verb, (to, _, _) in VERBS.items() for before in PlanStatus.values if to not in PLAN_MOVES[before]
]


def standing(cast, status):
    plan = make.plan(cast, status=status)
    plan.items.create(order=1, section="I", text="Gửi danh sách.", due_offset=-3)
    return plan


@pytest.mark.parametrize(("verb", "before"), RIGHT)
def test_each_verb_moves_and_writes_who_and_when(cast, now, verb, before):
    to, who, call = VERBS[verb]
    plan = call(standing(cast, before), actor=getattr(cast, who), now=now)
    assert plan.status == to
    entry = plan.history.get()
    assert (entry.before, entry.after, entry.actor, entry.at) == (before, to, getattr(cast, who), now)
    assert entry.note == (REASON if verb == "return" else "")


@pytest.mark.parametrize(("verb", "before"), WRONG)
def test_each_verb_is_refused_from_every_other_state(cast, now, verb, before):
    _, who, call = VERBS[verb]
    plan = standing(cast, before)
    with pytest.raises(IllegalMove):
        call(plan, actor=getattr(cast, who), now=now)
    plan.refresh_from_db()
    assert plan.status == before and not plan.history.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_open_to_exactly_these_people(cast, now, verb):
    to, _, call = VERBS[verb]
    before = next(state for state in ("draft", "review", "approved", "issued") if to in PLAN_MOVES[state])
    done = set()
    for who in PEOPLE:
        plan = standing(cast, before)
        try:
            call(plan, actor=getattr(cast, who), now=now)
        except PermissionDenied:
            plan.refresh_from_db()
            assert plan.status == before
        else:
            done.add(who)
    assert done == ALLOWED[verb]


def test_the_author_takes_back_what_waits_but_not_what_is_approved(cast, now):
    with pytest.raises(PermissionDenied):
        services.return_plan(standing(cast, "approved"), actor=cast.specialist, now=now, reason=REASON)


def test_people_of_another_division_do_not_draft_for_this_one(cast, now):
    other = make.unit(UnitKind.DIVISION, "Phòng Công nghệ thông tin", "CNTT", parent=cast.department)
    guest = make.person(Role.HEAD, other)
    plan = standing(cast, "draft")
    with pytest.raises(PermissionDenied):
        services.submit_plan(plan, actor=guest, now=now)
    with pytest.raises(PermissionDenied):
        services.update_plan(plan, actor=guest, now=now, title="Khác")
    with pytest.raises(PermissionDenied):
        services.create_plan(plan.occasion, actor=guest, now=now, outline="tet", division=cast.division)
    assert not rules.can_return(guest, plan)


@pytest.mark.parametrize("reason", ["", "   ", "chưa được", "ngắn      "])
def test_a_return_needs_a_reason_of_ten_characters(cast, now, reason):
    plan = standing(cast, "review")
    with pytest.raises(ValidationError) as refused:
        services.return_plan(plan, actor=cast.head, now=now, reason=reason)
    assert set(refused.value.error_dict) == {"reason"}
    plan.refresh_from_db()
    assert plan.status == "review"


def test_an_empty_plan_is_not_submitted(cast, now):
    with pytest.raises(ValidationError, match="chưa có yêu cầu"):
        services.submit_plan(make.plan(cast), actor=cast.specialist, now=now)


def test_nobody_approves_a_version_he_has_not_seen(cast, now):
    plan = standing(cast, "review")
    Plan.objects.update(version=4)
    with pytest.raises(ValidationError) as refused:
        services.approve_plan(plan, actor=cast.leader, now=now, version=3)
    assert refused.value.code == "stale"
    assert services.approve_plan(plan, actor=cast.leader, now=now, version=4).status == "approved"


@pytest.fixture
def province(cast):
    """Groups and divisions as a set-up province has them."""
    for code, kind in (("postal", "postal"), ("cable", "cable"), ("press", "press"), ("communes", "commune")):
        make.group(f"Nhóm {code}", kind, code)
    for name, short in (
        ("Văn phòng Sở", "VP"),
        ("Phòng Công nghệ thông tin", "CNTT"),
        ("Thanh tra", "TTra"),
    ):
        make.unit(UnitKind.DIVISION, name, short, parent=cast.department)


@pytest.mark.parametrize("kind", ["election", "tet", "national_day"])
def test_a_template_becomes_a_draft_with_owners_dates_and_proofs(cast, now, province, kind):
    occasion = make.occasion(name="Đợt thử")
    plan = services.create_plan(occasion, actor=cast.specialist, now=now, outline=kind, division=cast.division)
    outline = load_outline(kind)
    rows = plan_rows(plan)
    assert len(rows) == len(outline.demands) >= 20
    assert count_findings(rows) == []
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert list(dict.fromkeys(row.section for row in rows)) == [section.heading for section in outline.sections]
    assert not [row for row in rows if not row.due_words]
    assert {row.item.every for row in rows} == {"", "day"}
    assert (plan.status, plan.version, plan.author) == ("draft", 1, cast.specialist)
    assert plan.title and "{" not in plan.title + plan.purpose + plan.organisation
    assert plan.purpose.startswith("1. Mục đích\n- ") and "\n2. Yêu cầu\n- " in plan.purpose
    assert plan.organisation.startswith("1. ")


def test_targets_are_the_groups_and_divisions_of_the_province(cast, now, province):
    plan = services.create_plan(
        make.occasion(), actor=cast.specialist, now=now, outline="election", division=cast.division
    )
    office = make.Unit.objects.get(short_name="VP")
    first = plan.items.get(order=1)
    assert first.targets.get(role="lead").unit == office
    support = {target.unit.short_name for target in first.targets.filter(role="support")}
    assert support == {"BCVT", "CNTT", "TTra"}
    codes = set(PlanTarget.objects.exclude(group=None).values_list("group__code", flat=True))
    assert codes == {"telecom", "postal", "cable", "press", "communes"}


def test_recipients_the_province_lacks_leave_the_demand_without_owner_and_are_named(cast, now):
    plan = services.create_plan(make.occasion(), actor=cast.specialist, now=now, outline="tet", division=cast.division)
    rows = plan_rows(plan)
    lacking = {code: count for code, _, count in count_findings(rows)}
    assert lacking == {"no_owner": sum(1 for row in rows if not row.leads)}
    assert lacking["no_owner"] > 5
    note = plan.history.get().note
    assert "Danh bạ chưa có: " in note and "UBND cấp xã" in note and "doanh nghiệp viễn thông" not in note


def test_a_daily_demand_covers_its_phase(cast, now):
    """`make.occasion`: during is D-day alone."""
    plan = services.create_plan(make.occasion(), actor=cast.specialist, now=now, outline="tet", division=cast.division)
    daily = plan.items.filter(every="day")
    assert set(daily.values_list("repeat_from", "repeat_until")) == {(0, 0)}
    assert all(daily.values_list("due_time", flat=True))


def test_a_plan_without_template_is_empty_and_needs_a_title(cast, now):
    occasion = make.occasion()
    with pytest.raises(ValidationError):
        services.create_plan(occasion, actor=cast.head, now=now, outline="", division=cast.division)
    plan = services.create_plan(
        occasion, actor=cast.head, now=now, outline="", title="  Phương án   bão ", division=cast.division
    )
    assert plan.title == "Phương án bão" and not plan.items.exists()
    assert Plan.objects.search("phuong an BAO").get() == plan


def test_a_plan_cites_the_bases_of_its_occasion(cast, now):
    basis = make_basis(cast, now)
    occasion = make.occasion()
    occasion.bases.add(basis)
    plan = services.create_plan(occasion, actor=cast.specialist, now=now, outline="tet", division=cast.division)
    assert list(plan.bases.all()) == [basis]


def make_basis(cast, now, **changes):
    facts = {"kind": "chỉ thị", "number": "05/CT-UBND", "issuer": "UBND tỉnh", "subject": "về Tết"}
    return services.save_basis(actor=cast.clerk, now=now, **(facts | changes))


def test_an_edit_bumps_the_version_and_says_what_changed(cast, now):
    plan = standing(cast, "draft")
    basis = make_basis(cast, now)
    plan = services.update_plan(
        plan, actor=cast.head, now=now, version=1, title=plan.title, purpose="1. Mục đích", bases=[basis]
    )
    assert plan.version == 2
    assert [entry.note for entry in plan.history.all()] == ["Sửa mục đích, yêu cầu, căn cứ."]
    plan = services.update_plan(plan, actor=cast.head, now=now, version=2, purpose="1. Mục đích", bases=[basis])
    assert plan.version == 2 and plan.history.count() == 1


def test_a_stale_copy_and_a_plan_under_review_are_not_edited(cast, now):
    plan = standing(cast, "draft")
    services.update_plan(plan, actor=cast.head, now=now, version=1, title="Bản của trưởng phòng")
    with pytest.raises(ValidationError) as refused:
        services.update_plan(plan, actor=cast.specialist, now=now, version=1, title="Bản cũ")
    assert refused.value.code == "stale"
    services.submit_plan(plan, actor=cast.specialist, now=now)
    with pytest.raises(ValidationError) as refused:
        services.update_plan(plan, actor=cast.specialist, now=now, title="Lén sửa")
    assert refused.value.code == "not_draft"
    assert Plan.objects.get().title == "Bản của trưởng phòng"
