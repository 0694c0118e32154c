"""Every page of this floor as people of each role see it; strangers, empty posts, and queries that do not grow."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from plans import services

pytestmark = pytest.mark.django_db
LISTS = ["occasion_list", "plan_list", "basis_list", "holiday_list"]


@pytest.fixture
def rows(cast, now):
    """An election with a plan from its template, a basis with a file, an override."""
    day = date(2027, 3, 14)
    basis = services.save_basis(
        actor=cast.clerk,
        now=now,
        kind="chỉ thị",
        number="05/CT-UBND",
        issued_on=date(2026, 10, 1),
        issuer="Ủy ban nhân dân tỉnh Hải Giang",
        subject="về bảo đảm thông tin liên lạc",
    )
    occasion = services.create_occasion(
        actor=cast.head,
        now=now,
        kind="election",
        name="Bầu cử bổ sung 2027",
        d_day=day,
        starts_on=day - timedelta(days=75),
        ends_on=day + timedelta(days=7),
        bases=[basis],
    )
    plan = services.create_plan(occasion, actor=cast.specialist, now=now, outline="election", division=cast.division)
    holiday = services.save_holiday(
        actor=cast.clerk, now=now, day=date(2027, 2, 9), is_day_off=True, name="Nghỉ thêm", source="TB 01/TB-BNV"
    )
    return {"occasion": occasion, "plan": plan, "basis": basis, "item": plan.items.first(), "holiday": holiday}


def pages(rows):
    of = {
        "occasion": ["occasion_detail", "occasion_edit", "occasion_move"],
        "plan": ["plan_detail", "plan_edit", "item_new", "plan_return"],
        "item": ["item_edit"],
        "basis": ["basis_detail", "basis_edit"],
        "holiday": ["holiday_edit"],
    }
    for row, names in of.items():
        for name in names:
            yield name, reverse(f"plans:{name}", args=[rows[row].pk])


def test_the_head_opens_every_page(client, cast, rows):
    client.force_login(cast.head)
    for name in [*LISTS, "occasion_new", "plan_new", "basis_new", "holiday_new"]:
        assert client.get(reverse(f"plans:{name}")).status_code == 200, name
    for name, url in pages(rows):
        assert client.get(url).status_code == 200, name
