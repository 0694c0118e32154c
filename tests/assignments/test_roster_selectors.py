"""Which rosters an address means, what is missing, who is on duty and whose number is shown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments import services
from assignments.duty import gap_words
from assignments.models import DutyShift, Roster
from assignments.selectors import duty, rosters
from plans.models import Phase
from tests import make
from units.models import Contact
from units.states import Role

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def at():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def running(at):
    """An occasion that today requires a leader and a shift."""
    return make.occasion(d_day=timezone.localdate(at))


def demand(cast, occasion, to, status="sent", kind="roster"):
    asked = make.requirement(make.dispatch(cast, "issued", addressed=[to], of=occasion), units=[to], evidence_kind=kind)
    return make.assignment(cast, status, to=to, of=asked, occasion=occasion)


def test_an_address_means_exactly_its_rosters(cast):
    first, second = make.occasion(), make.occasion()
    rows = {
        "draft": make.roster(cast.telecom, of=first),
        "returned": make.roster(cast.rival, "returned", of=first, gap_minutes=0),
        "submitted": make.roster(cast.postal, "submitted", of=first, gap_minutes=5),
        "accepted": make.roster(cast.telecom, "accepted", of=second),
    }

    def found(query, user=cast.leader):
        names = {row.pk: name for name, row in rows.items()}
        return {names[row.pk] for row in rosters.roster_rows(user, QueryDict(query))}

    assert found("") == set(rows)
    assert found("", cast.focal) == {"draft", "accepted"}
    assert found(f"dot={first.pk}") == {"draft", "returned", "submitted"}
    assert found(f"don-vi={cast.telecom.pk}&don-vi={cast.postal.pk}") == {"draft", "submitted", "accepted"}
    assert found("loai=postal") == {"submitted"}
    assert found("trang-thai=can-lam") == {"draft", "returned"}
    assert found("trang-thai=da-gui&trang-thai=returned") == {"returned", "submitted", "accepted"}
    assert found("thieu=1") == {"submitted"}
    assert found("thieu=0") == {"returned", "accepted"}
    assert found("tim=sao bien") == {"draft", "accepted"}
    for nonsense in ("dot=x", "dot=99999999999999999999", "trang-thai=nope", "loai=nope", "tim=%00"):
        assert found(nonsense) == set()


def test_who_owes_a_roster_and_has_begun_none_is_listed_once(cast):
    occasion = make.occasion()
    for status in ("sent", "accepted"):
        demand(cast, occasion, cast.telecom, status)
    demand(cast, occasion, cast.rival, "closed")
    late = demand(cast, occasion, cast.rival, "sent")
    demand(cast, occasion, cast.postal, "cancelled")
    demand(cast, make.occasion(), cast.postal, "declined")
    demand(cast, make.occasion(), cast.postal, kind="report")
    begun = make.occasion()
    demand(cast, begun, cast.postal)
    make.roster(cast.postal, of=begun)

    def missing(user, query=""):
        return [(row.unit, row.occasion) for row in rosters.missing_rosters(user, QueryDict(query))]

    assert sorted(missing(cast.leader), key=str) == sorted([(cast.telecom, occasion), (cast.rival, occasion)], key=str)
    assert missing(cast.stranger) == [(late.unit, occasion)]
    assert missing(cast.postal_focal) == missing(cast.leader, f"dot={begun.pk}") == []
    assert missing(cast.leader, "tim=canh buom") == [(cast.rival, occasion)]
    assert missing(cast.leader, "loai=nope") == []
    assert set(rosters.units_owing_roster(occasion)) == {cast.telecom, cast.rival}
    assert set(rosters.units_owing_roster(begun)) == {cast.postal}
    assert set(rosters.occasions_for(cast.postal_focal)) >= {begun}
    assert occasion not in rosters.occasions_for(cast.postal_focal)
    assert occasion in rosters.occasions_for(cast.focal)
    mine, owed = rosters.owed_now(cast.postal_focal)
    assert ([row.occasion for row in mine], list(owed)) == ([begun], [])


def test_a_roster_as_its_page_shows_it(cast):
    occasion = make.occasion()
    Phase.objects.exclude(kind="during").delete()
    start = Phase.objects.get().starts_at
    shifts = [
        make.shift(cast.focal, start, hours=12, layers=["leader", "running"]),
        make.shift(cast.focal, start + 10 * HOUR, hours=14, layers=["leader"]),
    ]
    roster = make.roster(cast.telecom, of=occasion, shifts=shifts)
    roster = Roster.objects.select_related("occasion", "unit").get(pk=roster.pk)
    with CaptureQueriesContext(connection) as queries:
        view = rosters.roster_detail(roster)
    assert len(queries) <= 5
    assert [(layer.kind, layer.required, layer.missing) for layer in view.layers] == [
        ("leader", True, 0),
        ("shift", True, 24 * 60),
        ("running", False, 0),
    ]
    assert (view.missing, view.shift_count) == (24 * 60, 2)
    day = timezone.localdate(start)
    assert view.layers[0].days == [(day, shifts)]
    assert gap_words(view.gaps[0]) == f"Thiếu trực ca 00:00–24:00 ngày {day:%d/%m/%Y}, 1.440 phút"
    (crossed,) = view.crossings
    assert (crossed.first, crossed.second, crossed.other) == (shifts[1], shifts[0], None)


def stands(found, unit):
    """({person: (layers, people next)}, missing layers) of one unit."""
    (line,) = [line for line in found.units if line.unit == unit]
    watches = {
        watch.shift.contact.name: (watch.shift.layers, [each.name for each in watch.following])
        for watch in line.watches
    }
    return watches, line.missing


def test_who_stands_now_who_follows_and_what_is_empty(cast, at, running):
    other = make.person(Role.DUTY, cast.telecom, "Nguyễn Văn Tâm")
    make.shift(cast.focal, at - 8 * HOUR, status="accepted")
    make.shift(cast.focal, at, hours=1, status="submitted", layers=["leader", "running"])
    make.shift(other, at + HOUR, status="accepted", layers=["running"])
    make.shift(other, at + 9 * HOUR, status="accepted", layers=["running"])
    make.shift(other, at - 9 * HOUR, status="accepted")
    make.shift(other, at, status="draft", layers=["shift"])
    demand(cast, running, cast.telecom)
    demand(cast, running, cast.postal)
    found = duty.on_duty(cast.leader, at)
    yen = {"Đặng Hải Yến": (["leader", "running"], ["Nguyễn Văn Tâm"])}
    assert stands(found, cast.telecom) == (yen, ["shift"])
    assert stands(found, cast.postal) == ({}, ["leader", "shift"])
    assert (found.people, found.empty) == (1, 3)

    def units(**asked):
        return [line.unit for line in duty.on_duty(cast.leader, at, **asked).units]

    assert units() == [cast.postal, cast.telecom]
    assert units(kind="telecom") == [cast.telecom]
    alone = {"Đặng Hải Yến": (["leader", "running"], [])}
    assert stands(duty.on_duty(cast.leader, at, layer="leader"), cast.telecom) == (alone, [])
    assert units(layer="running") == [cast.telecom]
    assert units(layer="response") == []
    assert stands(duty.on_duty(cast.leader, at, words="hai yen"), cast.telecom) == (yen, [])
    assert units(words="bưu điện") == [cast.postal]
    assert units(words="không ai") == []
    make.shift(make.person(Role.DUTY, cast.telecom), at, status="submitted")
    assert units(only_empty=True) == [cast.postal]
    ended = duty.on_duty(cast.leader, at + HOUR, kind="telecom")
    assert stands(ended, cast.telecom)[0]["Nguyễn Văn Tâm"] == (["running"], ["Nguyễn Văn Tâm"])
    assert len(duty.beside(other, at)) == 2


def test_opening_a_roster_again_takes_nobody_off_duty(cast, at, running):
    """They still see the numbers they must ring, units still see who of the Sở stands for them, and the page says why."""
    by = {"actor": cast.head, "now": at}
    shift = make.shift(cast.specialist, at, status="accepted")
    roster = make.roster(cast.division, "accepted", of=running, shifts=[shift])
    services.reopen_roster(roster, reason="Đổi người trực theo đề nghị.", **by)
    (line,) = duty.on_duty(cast.focal, at).units
    assert [watch.awaits for watch in line.watches] == ["Lịch đang sửa"]
    assert duty.is_on_duty(cast.specialist, at)
    services.save_shift(
        roster,
        shift=shift,
        contact=cast.head.contact,
        layers=["shift"],
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        **by,
    )
    assert duty.on_duty(cast.focal, at).units == []
    assert not duty.is_on_duty(cast.specialist, at)


def test_a_unit_sees_its_own_people_and_the_sos_and_a_rival_does_not_exist(cast, at):
    make.shift(cast.focal, at, status="accepted")
    make.shift(cast.stranger, at, status="accepted")
    make.shift(cast.specialist, at, status="accepted")
    make.shift(cast.leader, at, status="submitted")
    seen = {line.unit for line in duty.on_duty(cast.focal, at).units}
    assert seen == {cast.telecom, cast.division}
    assert {line.unit for line in duty.on_duty(cast.clerk, at).units} == seen | {cast.rival, cast.department}


@pytest.mark.parametrize(
    ("who", "phones"),
    [
        ("leader", 2),
        ("admin", 2),
        ("specialist", 0),
        ("focal", 0),
        ("postal_focal", 2),
        ("colleague", 1),
        ("on_call", 2),
        ("off_call", 0),
    ],
)
def test_numbers_are_for_leaders_for_ones_own_people_and_for_who_is_on_duty(cast, at, who, phones):
    """`on_call` of the Sở stands on duty now; `off_call` only by a roster the Sở has not accepted yet."""
    make.shift(cast.postal_focal, at, status="accepted")
    make.shift(make.person(Role.HEAD, make.unit("division")), at, status="accepted")
    reader = getattr(cast, who, None)
    if who == "colleague":
        reader = make.person(Role.FOCAL, cast.postal)
    elif reader is None:
        reader = make.person(Role.SPECIALIST, cast.division)
        Contact.objects.filter(user=reader).update(phone="")
        make.shift(reader, at, status="accepted" if who == "on_call" else "submitted")
    found = duty.on_duty(reader, at)
    assert sum(bool(watch.phone) for line in found.units for watch in line.watches) == phones


def test_the_page_costs_the_same_however_many_stand(client, cast, at, running):
    client.force_login(cast.leader)
    url = reverse("assignments:on_duty")

    def asked(n):
        for _ in range(n):
            unit = make.unit()
            demand(cast, running, unit)
            make.shift(make.person(Role.DUTY, unit), at - HOUR, status="accepted")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        return len(queries), page.content.decode()

    few, short = asked(2)
    many, long = asked(18)
    assert few == many
    assert (short.count('href="tel:'), long.count('href="tel:')) == (2, 20)


def test_the_page_says_what_it_did_not_understand_and_shows_the_moment_asked_for(client, cast, at):
    make.shift(cast.focal, at + DAY, status="accepted")
    client.force_login(cast.leader)
    url = reverse("assignments:on_duty")
    assert "Không có ai trực lúc này" in client.get(url).content.decode()
    later = timezone.localtime(at + DAY + HOUR)
    page = client.get(url, {"luc": f"{later:%Y-%m-%dT%H:%M}"}).content.decode()
    assert "Đặng Hải Yến" in page
    assert "0900 000 000" in page
    for odd in ({"luc": "mai"}, {"luc": "0001-01-01T00:00"}, {"lop": "x"}, {"loai": "x"}, {"tim": "\0"}, {"page": "x"}):
        page = client.get(url, odd)
        assert page.status_code == 200
    client.force_login(cast.stranger)
    assert "Đặng Hải Yến" not in client.get(url, {"luc": f"{later:%Y-%m-%dT%H:%M}"}).content.decode()
    assert DutyShift.objects.visible_to(cast.stranger).count() == 0
