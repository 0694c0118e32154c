"""The duty of an occasion: figures that lead to their rows, the map of units × days and hours, reckoned to the minute."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.coverage import minutes
from assignments.selectors.rosters import roster_gaps
from plans.models import Phase
from reports.selectors.duty import MOST_DAYS, duty_map
from tests import make
from tests.reports.conftest import links

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def occasion(cast):
    """Two days of leader and shift, then one of the leader alone; nothing is required before and after."""
    made = make.occasion(name="Bầu cử")
    during = made.phases.get(kind="during")
    made.phases.filter(kind="before").update(duty_layers=[])
    made.phases.filter(kind="after").update(duty_layers=["leader"], ends_at=during.ends_at + DAY)
    made.phases.filter(kind="during").update(starts_at=during.starts_at - DAY)
    made.phases.filter(kind="before").update(ends_at=during.starts_at - DAY)
    return made


@pytest.fixture
def start(occasion):
    return Phase.objects.get(occasion=occasion, kind="during").starts_at


def demand(cast, occasion, to):
    paper = make.dispatch(cast, "issued", addressed=[to], of=occasion)
    asked = make.requirement(paper, units=[to], evidence_kind="roster")
    return make.assignment(cast, "sent", to=to, of=asked, occasion=occasion)


@pytest.fixture
def told(cast, occasion, start):
    """The telecom stands well for the first day and half the second; the rival drafts; the postal owes."""
    shifts = [
        make.shift(cast.focal, start + n * 12 * HOUR, hours=12, status="submitted", layers=["leader", "shift"])
        for n in range(3)
    ]
    shifts.append(make.shift(cast.focal, start + 2 * DAY + HOUR / 2, hours=23.5, status="submitted", layers=["leader"]))
    gap = 24 * 60 + 30
    filed = make.roster(cast.telecom, "submitted", of=occasion, shifts=shifts, gap_minutes=gap)
    draft = make.roster(cast.rival, of=occasion, shifts=[make.shift(cast.stranger, start)])
    demand(cast, occasion, cast.postal)
    return filed, draft, gap


def words(found):
    return {line.unit: [cell and cell.tone for cell in line.cells] for line in found.lines}


def test_days_of_the_map_are_reckoned_to_the_minute(cast, occasion, start, told):
    filed, draft, gap = told
    found = duty_map(occasion)
    assert [column.starts_at for column in found.columns] == [start, start + DAY, start + 2 * DAY]
    assert words(found) == {
        cast.telecom: ["done", "soon", "soon"],
        cast.rival: ["waiting"] * 3,
        cast.postal: ["waiting"] * 3,
    }
    line = found.lines[-1]
    assert (line.unit, line.missing, line.url) == (cast.telecom, gap, filed.get_absolute_url())
    assert [cell.word for cell in line.cells] == ["Đủ người trực", "Thiếu 24 giờ", "Thiếu 30 phút"]
    assert (found.short, found.unfiled) == (1, 2)
    assert minutes(roster_gaps(filed)) == gap
    assert found.lines[0].url.endswith(f"don-vi={found.lines[0].unit.pk}&trang-thai=chua-lap") or (
        found.lines[0].url == draft.get_absolute_url()
    )


def test_a_roster_open_again_is_shown_with_what_it_has_not_changed(cast, occasion, start, told):
    filed = told[0]
    for status, in_force, tones in (
        ("returned", False, ["waiting"] * 3),
        ("returned", True, ["done", "soon", "soon"]),
        ("draft", True, ["waiting"] * 3),
    ):
        type(filed).objects.filter(pk=filed.pk).update(status=status)
        filed.shifts.update(status=status, in_force=in_force)
        assert words(duty_map(occasion))[cast.telecom] == tones


def test_hours_of_one_day(cast, occasion, start, told):
    day = timezone.localdate(start)
    second = duty_map(occasion, day=day + DAY)
    assert words(second)[cast.telecom] == ["done"] * 12 + ["late"] * 12
    assert (second.earlier, second.later) == (day, day + 2 * DAY)
    third = duty_map(occasion, day=day + 2 * DAY)
    assert words(third)[cast.telecom] == ["soon"] + ["done"] * 23
    assert third.later is None
    outside = duty_map(occasion, day=day + 9 * DAY)
    assert set(words(outside)[cast.telecom]) == {None}
    shift_alone = duty_map(occasion, day=day + 2 * DAY, layer="shift")
    assert set(words(shift_alone)[cast.telecom]) == {None}


def test_the_map_narrows(cast, occasion, told):
    assert set(words(duty_map(occasion, kind="postal"))) == {cast.postal}
    assert words(duty_map(occasion, layer="leader"))[cast.telecom] == ["done", "soon", "soon"]
    assert duty_map(occasion, layer="running").lines == []
    told[0].shifts.get(starts_at__gt=told[0].shifts.order_by("starts_at")[2].starts_at).delete()
    assert words(duty_map(occasion, layer="leader"))[cast.telecom] == ["done", "soon", "late"]
    full = make.roster(make.unit(), "accepted", of=occasion)
    Phase.objects.filter(occasion=occasion).update(duty_layers=[])
    assert duty_map(occasion).lines == []
    assert full.unit not in words(duty_map(occasion, only_short=True))


def test_a_long_occasion_is_shown_a_month_at_a_time(cast, occasion, start):
    Phase.objects.filter(occasion=occasion).delete()
    first = timezone.make_aware(timezone.datetime.combine(occasion.starts_on, timezone.datetime.min.time()))
    occasion.phases.create(kind="during", starts_at=first, ends_at=first + 36 * DAY, duty_layers=["leader"])
    one = duty_map(occasion)
    assert (len(one.columns), one.earlier, one.later) == (MOST_DAYS, None, occasion.starts_on + MOST_DAYS * DAY)
    two = duty_map(occasion, since=one.later)
    assert (len(two.columns), two.earlier, two.later) == (5, occasion.starts_on, None)


def test_every_figure_leads_to_exactly_its_rosters(client, cast, occasion, told):
    make.roster(make.unit(), "accepted", of=occasion)
    make.roster(make.unit(), "accepted", of=occasion, gap_minutes=3, waived_by=cast.leader, waiver_reason="có lý do")
    make.roster(make.unit(), "returned", of=occasion)
    make.roster(make.unit(), "accepted")
    client.force_login(cast.leader)
    page = client.get(reverse("reports:occasion_dashboard", args=[occasion.pk])).content.decode()
    counted = [
        (int(number[0]), href)
        for href, text in links(page)
        if href.startswith("/lich-truc/?") and (number := re.match(r"\d+", text))
    ]
    assert [number for number, _ in counted] == [1] * 6
    for number, href in counted:
        assert client.get(href).context["page"].paginator.count == number, href


@pytest.mark.parametrize("query", ["", "?ngay={day}", "?ngay=mai", "?lop=x&loai=y&thieu=z&tu=1", "?thieu=1&lop=leader"])
def test_the_page(client, cast, occasion, start, told, query):
    client.force_login(cast.leader)
    url = reverse("reports:duty_map", args=[occasion.pk])
    page = client.get(url + query.format(day=timezone.localdate(start).isoformat()))
    assert page.status_code == 200
    assert "Công ty Viễn thông Sao Biển" in page.content.decode()
    client.force_login(cast.focal)
    assert client.get(url).status_code == 403


def test_the_map_asks_the_same_for_two_and_for_twenty_units(client, cast, occasion, start, told):
    client.force_login(cast.leader)
    url = reverse("reports:duty_map", args=[occasion.pk])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    few = asked()
    for _ in range(18):
        unit = make.unit()
        shift = make.shift(make.person("duty", unit), start, status="accepted")
        make.roster(unit, "accepted", of=occasion, shifts=[shift], gap_minutes=0)
    assert asked() == few <= 16
