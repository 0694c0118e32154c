"""The demands of a draft: added in their section, changed, put in order, taken out; owner, date and proof are checked."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from plans import services
from plans.models import Plan, PlanItem
from plans.selectors import item_days, item_due, item_findings, plan_rows
from tests import make

pytestmark = pytest.mark.django_db


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def plan(cast):
    """Sections A (1, 2) and B (3)."""
    plan = make.plan(cast, of=make.occasion(d_day=date(2026, 3, 15)))
    for order, section in enumerate("AAB", 1):
        item = plan.items.create(order=order, section=section, text=f"Yêu cầu {section}{order}", due_offset=-order)
        item.targets.create(group=cast.group, role="lead")
    return plan


def order_of(plan):
    return list(plan.items.order_by("order").values_list("order", "section", "text"))


def test_a_new_demand_stands_at_the_end_of_its_section(plan, cast, now):
    item = services.save_item(
        plan,
        actor=cast.specialist,
        now=now,
        version=1,
        section=" A ",
        text="Gửi lịch trực.",
        due_offset=-2,
        due_time=time(16),
        evidence_kind="roster",
        must_report=True,
        targets=[(cast.group, "lead"), (cast.division, "support")],
    )
    assert order_of(plan) == [
        (1, "A", "Yêu cầu A1"),
        (2, "A", "Yêu cầu A2"),
        (3, "A", "Gửi lịch trực."),
        (4, "B", "Yêu cầu B3"),
    ]
    assert {(target.group, target.unit, target.role) for target in item.targets.all()} == {
        (cast.group, None, "lead"),
        (None, cast.division, "support"),
    }
    plan.refresh_from_db()
    assert plan.version == 2
    assert plan.history.get().note == "Thêm yêu cầu 3: Gửi lịch trực."


def test_a_new_section_comes_last(plan, cast, now):
    services.save_item(plan, actor=cast.specialist, now=now, section="C", text="Việc mới.", due_offset=0)
    assert order_of(plan)[-1] == (4, "C", "Việc mới.")


def test_a_change_to_another_section_moves_it_there(plan, cast, now):
    first = plan.items.get(order=1)
    services.save_item(
        plan, actor=cast.specialist, now=now, item=first, section="B", text=first.text, targets=[(cast.group, "lead")]
    )
    assert [(section, text) for _, section, text in order_of(plan)] == [
        ("A", "Yêu cầu A2"),
        ("B", "Yêu cầu B3"),
        ("B", "Yêu cầu A1"),
    ]


def test_saving_the_same_again_changes_nothing(plan, cast, now):
    item = plan.items.get(order=2)
    services.save_item(plan, actor=cast.specialist, now=now, item=item, text=item.text, targets=[(cast.group, "lead")])
    plan.refresh_from_db()
    assert plan.version == 1 and not plan.history.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"section": ""},
        {"due_offset": -1, "due_at": at("2026-03-01T09:00")},
        {"every": "day", "repeat_from": 3, "repeat_until": 1},
        {"every": "day"},
        {"evidence_kind": "no"},
    ],
    ids=["no text", "no section", "due twice", "ends before it starts", "daily for ever", "no such proof"],
)
def test_what_cannot_be_is_refused(plan, cast, now, wrong):
    facts = {"section": "A", "text": "Việc."} | wrong
    with pytest.raises(ValidationError):
        services.save_item(plan, actor=cast.specialist, now=now, **facts)
    assert plan.items.count() == 3


def test_one_recipient_has_one_role(plan, cast, now):
    with pytest.raises(ValidationError, match="vừa chủ trì vừa phối hợp"):
        services.save_item(
            plan,
            actor=cast.specialist,
            now=now,
            section="A",
            text="Việc.",
            targets=[(cast.group, "lead"), (cast.group, "support")],
        )


def shifts(plan, texts):
    return [text for _, _, text in order_of(plan)] == [f"Yêu cầu {text}" for text in texts.split()]


def test_up_and_down_swap_neighbours_and_cross_into_the_next_section(plan, cast, now):
    def shift(text, up):
        item = plan.items.get(text=f"Yêu cầu {text}")
        services.shift_item(item, actor=cast.specialist, now=now, up=up)

    shift("A2", up=True)
    assert shifts(plan, "A2 A1 B3")
    shift("A1", up=False)
    assert shifts(plan, "A2 A1 B3") and plan.items.get(text="Yêu cầu A1").section == "B"
    shift("A2", up=True)
    assert shifts(plan, "A2 A1 B3")
    plan.refresh_from_db()
    assert plan.version == 3, "the edge of the plan is no change"


def test_removing_closes_the_gap(plan, cast, now):
    services.remove_item(plan.items.get(order=2), actor=cast.specialist, now=now, version=1)
    assert order_of(plan) == [(1, "A", "Yêu cầu A1"), (2, "B", "Yêu cầu B3")]
    assert plan.history.get().note == "Bỏ yêu cầu 2: Yêu cầu A2"


CHANGES = {
    "save": lambda plan, **by: services.save_item(plan, section="A", text="Việc.", **by),
    "change": lambda plan, **by: services.save_item(plan, item=plan.items.get(order=1), text="Khác.", **by),
    "remove": lambda plan, **by: services.remove_item(plan.items.get(order=1), **by),
    "shift": lambda plan, **by: services.shift_item(plan.items.get(order=1), up=False, **by),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_refused_to_strangers_on_stale_copies_and_after_the_draft(plan, cast, now, change):
    before = order_of(plan)
    for who in ("leader", "clerk", "admin", "focal", "stranger"):
        with pytest.raises(PermissionDenied):
            CHANGES[change](plan, actor=getattr(cast, who), now=now)
    with pytest.raises(ValidationError) as refused:
        CHANGES[change](plan, actor=cast.specialist, now=now, version=7)
    assert refused.value.code == "stale"
    for status in ("review", "approved", "issued", "closed"):
        type(plan).objects.update(status=status)
        with pytest.raises(ValidationError) as refused:
            CHANGES[change](plan, actor=cast.specialist, now=now)
        assert refused.value.code == "not_draft"
    assert order_of(plan) == before


def test_an_item_of_another_plan_is_not_changed_through_this_one(plan, cast, now):
    other = make.plan(cast)
    item = other.items.create(order=1, section="A", text="Của kế hoạch khác.")
    with pytest.raises(PlanItem.DoesNotExist):
        services.save_item(plan, actor=cast.specialist, now=now, item=item, text="Lấn sang.")


D = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("fields", "due", "days"),
    [
        ({"due_offset": -3}, "2026-03-13T00:00", None),
        ({"due_offset": 0, "due_time": time(16)}, "2026-03-15T16:00", None),
        ({"due_at": at("2026-04-01T00:00")}, "2026-04-01T00:00", None),
        ({"every": "day", "repeat_from": -1, "repeat_until": 2}, None, (date(2026, 3, 14), date(2026, 3, 17))),
        ({}, None, None),
    ],
)
def test_when_a_demand_is_due(fields, due, days):
    item = PlanItem(**fields)
    assert item_due(item, D) == (at(due) if due else None)
    assert item_days(item, D) == days


@pytest.mark.parametrize(
    ("fields", "has_lead", "found"),
    [
        ({"due_offset": 0}, True, ()),
        ({"due_offset": 0}, False, ("no_owner",)),
        ({"every": "day", "repeat_from": 0, "repeat_until": 1, "evidence_kind": "none"}, True, ("no_proof",)),
        ({"evidence_kind": "none"}, False, ("no_owner", "no_date", "no_proof")),
    ],
)
def test_what_a_demand_lacks(fields, has_lead, found):
    assert item_findings(PlanItem(**fields), has_lead) == found


def test_rows_say_who_when_and_what_to_look_at(plan, cast):
    services.save_item(
        plan,
        actor=cast.specialist,
        now=timezone.now(),
        item=plan.items.get(order=3),
        due_offset=0,
        targets=[(cast.telecom, "lead"), (cast.group, "support")],
    )
    rows = plan_rows(plan, now=at("2026-03-14T08:00"))
    assert [row.due_words for row in rows] == ["hết ngày 14/03/2026", "hết ngày 13/03/2026", "hết ngày 15/03/2026"]
    assert [row.offset_words for row in rows] == ["D-1", "D-2", "D"]
    assert rows[1].hints == ("Đã qua",)
    assert rows[2].hints == ("Nghỉ hằng tuần; ngày làm việc trước đó: Thứ Sáu, 13/03/2026",)
    assert (rows[2].leads, rows[2].supports) == ((cast.telecom,), (cast.group,))


def test_rows_cost_five_queries_whatever_their_number(plan, cast, now, django_assert_max_num_queries):
    for number in range(20):
        services.save_item(
            plan, actor=cast.specialist, now=now, section="A", text=f"Việc {number}.", targets=[(cast.telecom, "lead")]
        )
    with django_assert_max_num_queries(5):
        assert len(plan_rows(plan)) == 23


def test_a_daily_demand_of_more_than_120_days_is_refused(plan, cast, now):
    daily = {"section": "A", "text": "Báo cáo.", "every": "day", "repeat_from": -100}
    with pytest.raises(ValidationError) as caught:
        services.save_item(plan, actor=cast.specialist, now=now, repeat_until=20, **daily)
    assert caught.value.code == "too_long" and "121 ngày" in caught.value.messages[0]
    assert services.save_item(plan, actor=cast.specialist, now=now, repeat_until=19, **daily).pk


def test_a_template_does_not_repeat_daily_over_an_endless_occasion(cast, now):
    day = date(2027, 3, 14)
    occasion = services.create_occasion(
        actor=cast.head,
        now=now,
        kind="election",
        name="Bầu cử rất dài",
        d_day=day,
        starts_on=day - timedelta(days=10),
        ends_on=day + timedelta(days=1000),
    )
    occasion.phases.filter(kind="during").update(ends_at=at("2028-12-01T00:00"))
    with pytest.raises(ValidationError) as caught:
        services.create_plan(occasion, actor=cast.specialist, now=now, outline="election", division=cast.division)
    assert caught.value.code == "too_long"
    assert not PlanItem.objects.filter(plan__occasion=occasion).exists()


def test_a_mark_of_secrecy_is_kept_nowhere(plan, cast, now):
    asked = {"actor": cast.specialist, "now": now}
    tries = [
        lambda: services.save_item(plan, section="A", text="Báo cáo.\nTỐI MẬT\n", **asked),
        lambda: services.save_item(plan, item=plan.items.first(), section="MẬT", text="x", **asked),
        lambda: services.update_plan(plan, purpose="1. Mục đích\nMẬT", **asked),
        lambda: services.update_plan(plan, organisation="TUYỆT MẬT", **asked),
        lambda: services.create_plan(plan.occasion, outline="", title="MẬT", division=cast.division, **asked),
    ]
    before = (list(Plan.objects.values()), list(PlanItem.objects.values()))
    for attempt in tries:
        with pytest.raises(ValidationError) as caught:
            attempt()
        assert caught.value.code == "secret"
    assert (list(Plan.objects.values()), list(PlanItem.objects.values())) == before
    assert services.update_plan(plan, purpose="Bảo đảm bí mật thông tin.", **asked).version == 2
