"""Occasions: made from a proposal, changed, D-day moved there and back."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from plans import services
from plans.models import Occasion, OccasionEntry, Phase
from plans.selectors import d_day_difference, item_due
from tests import make
from units.models import UnitGroup
from units.states import UnitKind

pytestmark = pytest.mark.django_db
SUNDAY, NEXT_SUNDAY = date(2026, 3, 15), date(2026, 3, 22)


def at(day, hour=0):
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.fixture
def election(cast, now):
    return services.create_occasion(
        actor=cast.specialist,
        now=now,
        kind="election",
        name="Bầu cử đại biểu Quốc hội khóa XVI",
        d_day=SUNDAY,
        starts_on=SUNDAY - timedelta(days=75),
        ends_on=SUNDAY + timedelta(days=7),
    )


def make_groups():
    for code, kind in (
        ("telecom2", UnitKind.TELECOM),
        ("postal", UnitKind.POSTAL),
        ("cable", UnitKind.CABLE),
        ("press", UnitKind.PRESS),
        ("communes", UnitKind.COMMUNE),
    ):
        UnitGroup.objects.get_or_create(code=code, defaults={"name": f"Nhóm {code}", "kind": kind})


def facts(occasion):
    return (
        occasion.d_day,
        occasion.starts_on,
        occasion.ends_on,
        sorted(occasion.phases.values_list("kind", "starts_at", "ends_at")),
    )


def test_smoke(election, cast, now):
    make_groups()
    plan = services.create_plan(election, actor=cast.specialist, now=now, outline="election", division=cast.division)
    assert plan.items.count() >= 20
    print(plan.title, plan.history.get().note)
    before = {item.pk: item_due(item, election.d_day) for item in plan.items.all()}
    diff = d_day_difference(election, NEXT_SUNDAY, now=now)
    print(diff[0].changes[:2], diff[0].changes[-1])
    services.move_d_day(election, actor=cast.head, now=now, d_day=NEXT_SUNDAY)
    plan = services.submit_plan(plan, actor=cast.specialist, now=now)
    plan = services.return_plan(plan, actor=cast.head, now=now, reason="Bổ sung thời hạn cho mục 3")
    plan = services.submit_plan(plan, actor=cast.specialist, now=now)
    plan = services.approve_plan(plan, actor=cast.leader, now=now)
    plan = services.mark_plan_issued(plan, actor=cast.clerk, now=now)
    assert services.close_plan(plan, actor=cast.head, now=now).status == "closed"
