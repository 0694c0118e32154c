"""Occasions: made from a proposal, changed, D-day moved there and back."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from plans import services
from plans.models import Occasion, OccasionEntry
from plans.selectors import d_day_difference, item_days, item_due, proposal
from plans.states import TargetRole

pytestmark = pytest.mark.django_db
SUNDAY, NEXT_SUNDAY = date(2026, 3, 15), date(2026, 3, 22)


def at(day, hour=0):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def election_facts(**changes):
    return {
        "kind": "election",
        "name": "Bầu cử đại biểu Quốc hội khóa XVI",
        "d_day": SUNDAY,
        "starts_on": SUNDAY - timedelta(days=75),
        "ends_on": SUNDAY + timedelta(days=7),
    } | changes


@pytest.fixture
def election(cast, now):
    return services.create_occasion(actor=cast.specialist, now=now, **election_facts())


def phases_of(occasion):
    return list(occasion.phases.order_by("starts_at").values_list("kind", "starts_at", "ends_at"))


def facts(occasion):
    return occasion.d_day, occasion.starts_on, occasion.ends_on, phases_of(occasion)


def phases_as_input(occasion):
    rows = occasion.phases.order_by("starts_at")
    return list(rows.values("kind", "starts_at", "ends_at", "duty_layers"))


def test_an_election_with_the_phases_the_calendar_proposes(election, cast):
    during = (at(SUNDAY - timedelta(days=3)), at(SUNDAY + timedelta(days=3)))
    assert phases_of(election) == [
        ("before", at(date(2025, 12, 30)), during[0]),
        ("during", *during),
        ("after", during[1], at(date(2026, 3, 23))),
    ]
    assert len(election.phases.get(kind="during").duty_layers) == 5
    assert election.created_by == cast.specialist
    assert [entry.what for entry in election.history.all()] == [
        "Lập đợt “Bầu cử đại biểu Quốc hội khóa XVI”, ngày D 15/03/2026."
    ]


def test_tet_from_its_proposal_has_the_vietnamese_days(cast, now):
    """Tết 2030 is on 02/02 here, on 03/02 in China."""
    outline = proposal("tet", year=2030)
    occasion = services.create_occasion(
        actor=cast.head,
        now=now,
        kind="tet",
        name=outline.name,
        d_day=outline.d_day,
        starts_on=outline.starts_on,
        ends_on=outline.ends_on,
    )
    assert occasion.d_day == date(2030, 2, 2)
    assert occasion.phases.get(kind="during").starts_at == at(date(2030, 1, 31))
    assert occasion.phases.get(kind="during").ends_at == at(date(2030, 2, 8))


def test_own_dates_stretch_the_outer_phases_only(cast, now):
    longer = election_facts(starts_on=date(2025, 11, 20), ends_on=date(2026, 4, 20))
    occasion = services.create_occasion(actor=cast.head, now=now, **longer)
    phases = phases_of(occasion)
    assert phases[0][1] == at(date(2025, 11, 20))
    assert phases[1][1:] == (at(date(2026, 3, 12)), at(date(2026, 3, 18)))
    assert phases[2][2] == at(date(2026, 4, 21))


@pytest.mark.parametrize("who", ["clerk", "admin", "focal", "stranger"])
def test_others_neither_make_nor_change_nor_move(election, cast, now, who):
    actor = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        services.create_occasion(actor=actor, now=now, **election_facts(name="Đợt khác"))
    with pytest.raises(PermissionDenied):
        services.move_d_day(election, actor=actor, now=now, d_day=NEXT_SUNDAY)
    with pytest.raises(PermissionDenied):
        services.update_occasion(
            election,
            actor=actor,
            now=now,
            name="x",
            starts_on=election.starts_on,
            ends_on=election.ends_on,
            phases=phases_as_input(election),
        )
    assert Occasion.objects.get().d_day == SUNDAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "tet", "d_day": date(2027, 2, 5), "ends_on": date(2027, 3, 1)},
        {"kind": "national_day", "d_day": date(2026, 9, 3), "ends_on": date(2026, 9, 10)},
        {"starts_on": SUNDAY + timedelta(days=1)},
        {"ends_on": SUNDAY - timedelta(days=1)},
        {"name": "   "},
        {"kind": "bao"},
    ],
    ids=["not mùng 1", "not 02/9", "starts after D-day", "ends before D-day", "no name", "no such kind"],
)
def test_impossible_occasions_are_refused(cast, now, wrong):
    with pytest.raises(ValidationError):
        services.create_occasion(actor=cast.head, now=now, **election_facts(**wrong))
    assert not Occasion.objects.exists()


def test_the_same_occasion_twice_is_refused(election, cast, now):
    with pytest.raises(ValidationError, match="đã được lập"):
        services.create_occasion(actor=cast.head, now=now, **election_facts())


def spoiled(phases, how):
    if how == "gap":
        phases[1]["starts_at"] += timedelta(hours=1)
    elif how == "short":
        phases[2]["ends_at"] -= timedelta(days=1)
    elif how == "order":
        phases[0]["kind"], phases[1]["kind"] = phases[1]["kind"], phases[0]["kind"]
    elif how == "layer":
        phases[0]["duty_layers"] = ["nobody"]
    elif how == "none":
        phases.clear()
    return phases


@pytest.mark.parametrize("how", ["gap", "short", "order", "layer", "none"])
def test_phases_fill_the_occasion_without_a_gap(election, cast, now, how):
    before = facts(election)
    with pytest.raises(ValidationError):
        services.update_occasion(
            election,
            actor=cast.head,
            now=now,
            name=election.name,
            starts_on=election.starts_on,
            ends_on=election.ends_on,
            phases=spoiled(phases_as_input(election), how),
        )
    assert facts(Occasion.objects.get()) == before


def test_an_edit_says_what_changed_and_nothing_when_nothing_did(election, cast, now):
    phases = phases_as_input(election)
    same = {"starts_on": election.starts_on, "ends_on": election.ends_on, "phases": phases, "bases": []}
    services.update_occasion(election, actor=cast.head, now=now, name=election.name, **same)
    assert election.history.count() == 1
    phases[1]["duty_layers"] = ["leader"]
    services.update_occasion(election, actor=cast.head, now=now, name="Bầu cử 2026", **same)
    assert election.phases.get(kind="during").duty_layers == ["leader"]
    entry = election.history.latest("pk")
    assert entry.what.startswith("Sửa đợt: đổi tên từ “Bầu cử đại biểu Quốc hội khóa XVI” thành “Bầu cử 2026”")
    assert "các giai đoạn" in entry.what and entry.actor == cast.head
    assert Occasion.objects.search("bau cu 2026").exists()


def dues(plan):
    plan.occasion.refresh_from_db()
    d_day = plan.occasion.d_day
    return {item.pk: item_due(item, d_day) or item_days(item, d_day) for item in plan.items.all()}


@pytest.fixture
def plan(election, cast, now):
    """The template's demands and one with a fixed instant."""
    plan = services.create_plan(election, actor=cast.specialist, now=now, outline="election", division=cast.division)
    services.save_item(
        plan,
        actor=cast.specialist,
        now=now,
        section="Sau ngày bầu cử",
        text="Gửi báo cáo tổng kết.",
        due_at=at(date(2026, 4, 1), 16),
        evidence_kind="report",
        targets=[(cast.group, TargetRole.LEAD)],
    )
    return plan


def test_moving_the_election_moves_every_relative_deadline_and_no_fixed_one_and_back(election, plan, cast, now):
    before, layout = dues(plan), facts(election)
    (fixed,) = plan.items.exclude(due_at=None)
    moved = services.move_d_day(election, actor=cast.specialist, now=now, d_day=NEXT_SUNDAY)
    week = timedelta(days=7)
    after = dues(plan)
    assert after.pop(fixed.pk) == before[fixed.pk] == at(date(2026, 4, 1), 16)
    assert len(after) >= 20
    for pk, due in after.items():
        assert due == (tuple(day + week for day in before[pk]) if isinstance(due, tuple) else before[pk] + week)
    assert facts(moved)[:3] == tuple(day + week for day in layout[:3])
    assert phases_of(moved) == [(kind, start + week, end + week) for kind, start, end in layout[3]]
    back = services.move_d_day(moved, actor=cast.specialist, now=now, d_day=SUNDAY)
    assert facts(back) == layout
    assert dues(plan) == before
    assert [entry.what for entry in election.history.order_by("pk")][1:] == [
        "Chuyển ngày D từ 15/03/2026 sang 22/03/2026.",
        "Chuyển ngày D từ 22/03/2026 sang 15/03/2026.",
    ]


def test_the_difference_says_beforehand_what_the_move_will_do(election, plan, now):
    (difference,) = d_day_difference(election, NEXT_SUNDAY, now=at(date(2026, 1, 1)))
    assert len(difference.changes) == plan.items.count() - 1
    assert [words for _, words in difference.fixed] == ["16:00 ngày 01/04/2026"]
    by_item = {change.item.pk: change for change in difference.changes}
    single = plan.items.filter(due_offset=-30, due_time=None).first()
    assert (by_item[single.pk].before, by_item[single.pk].after) == ("hết ngày 13/02/2026", "hết ngày 20/02/2026")
    assert [warning.code for warning in by_item[single.pk].warnings] == ["day_off"]  # mùng 4 Tết Bính Ngọ
    daily = plan.items.filter(every="day").first()
    assert by_item[daily.pk].after.endswith("hằng ngày, từ 19/03/2026 đến 24/03/2026")
    assert not by_item[daily.pk].warnings
    assert Occasion.objects.get().d_day == SUNDAY


def test_the_difference_warns_of_deadlines_already_past(election, plan):
    (difference,) = d_day_difference(election, NEXT_SUNDAY, now=at(date(2026, 12, 1)))
    assert all("past" in {warning.code for warning in change.warnings} for change in difference.changes)
    assert difference.warned == len(difference.changes)


def test_a_closed_plan_is_left_out_of_the_difference(election, plan, cast, now):
    type(plan).objects.filter(pk=plan.pk).update(status="closed")
    assert d_day_difference(election, NEXT_SUNDAY, now=now) == []


def test_the_difference_costs_three_queries(election, plan, cast, now, django_assert_num_queries):
    for _ in range(3):
        services.create_plan(election, actor=cast.specialist, now=now, outline="tet", division=cast.division)
    with django_assert_num_queries(3):
        assert len(d_day_difference(election, NEXT_SUNDAY, now=now)) == 4


def test_a_move_is_refused_when_another_was_quicker_or_nothing_moves(election, cast, now):
    services.move_d_day(election, actor=cast.head, now=now, d_day=NEXT_SUNDAY)
    with pytest.raises(ValidationError) as stale:
        services.move_d_day(election, actor=cast.specialist, now=now, d_day=date(2026, 3, 29), seen=SUNDAY)
    assert stale.value.code == "stale"
    with pytest.raises(ValidationError, match="trùng"):
        services.move_d_day(election, actor=cast.specialist, now=now, d_day=NEXT_SUNDAY)
    assert Occasion.objects.get().d_day == NEXT_SUNDAY


def test_tet_moves_only_to_a_mung_1(cast, now):
    outline = proposal("tet", year=2027)
    tet = services.create_occasion(
        actor=cast.head,
        now=now,
        kind="tet",
        name=outline.name,
        d_day=outline.d_day,
        starts_on=outline.starts_on,
        ends_on=outline.ends_on,
    )
    with pytest.raises(ValidationError, match="mùng 1"):
        services.move_d_day(tet, actor=cast.head, now=now, d_day=tet.d_day + timedelta(days=1))


def test_the_history_of_an_occasion_cannot_be_rewritten(election):
    with pytest.raises(DatabaseError), transaction.atomic():
        OccasionEntry.objects.update(what="khác")
