"""What people type about duty: hours across midnight, somebody new, turns in order; nothing typed is lost."""

from datetime import date, time, timedelta

import pytest

from assignments.duty import day_start
from assignments.forms.rosters import NewRosterForm, PatternForm, ShiftForm, initial_of
from assignments.forms.sheets import SheetForm
from plans.models import Phase
from tests import make
from units.forms.sheets import carried
from units.sheets.reading import MOST_BYTES

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 15)


@pytest.fixture
def roster(cast):
    return make.roster(cast.telecom, of=make.occasion(d_day=DAY))


def typed(**more):
    return {"layers": ["shift"], "starts_on": "2026-03-15", "starts_clock": "19:00", "ends_clock": "07:00"} | more


@pytest.mark.parametrize(
    ("hours", "starts", "ends"),
    [
        ({}, 19, 31),  # the end is the first seven o'clock after the start
        ({"starts_clock": "07:00"}, 7, 31),
        ({"starts_clock": "7h30", "ends_clock": "24:00"}, 7.5, 24),
        ({"starts_clock": "730", "ends_clock": "2400"}, 7.5, 24),
        ({"starts_clock": "0730", "ends_clock": "19"}, 7.5, 19),
        ({"starts_clock": "00:00", "ends_clock": "00:00"}, 0, 24),
        ({"ends_on": "16/03/2026"}, 19, 31),
        ({"ends_on": "15/03/2026"}, 19, 7),  # said outright: refused by the verb, not guessed
    ],
)
def test_shifts_cross_midnight_unasked(cast, roster, hours, starts, ends):
    form = ShiftForm(typed(contact=cast.focal.contact.pk, **hours), roster=roster)
    assert form.is_valid(), form.errors
    facts = form.arguments()
    assert facts["contact"] == cast.focal.contact
    assert facts["starts_at"] == day_start(DAY) + timedelta(hours=starts)
    assert facts["ends_at"] == day_start(DAY) + timedelta(hours=ends)


@pytest.mark.parametrize(
    ("who", "wrong"),
    [
        ({}, {"contact"}),
        ({"name": "Lê An"}, {"phone"}),
        ({"name": "Lê An", "phone": "09123"}, {"phone"}),
        ({"name": "Lê 0912345678", "phone": "0912345678"}, {"name"}),
        ({"contact": "9" * 30}, {"contact"}),
        ({"contact": "rival"}, {"contact"}),
        ({"contact": "own", "name": "Lê An", "phone": "0912345678"}, {"name"}),
        ({"contact": "own", "starts_clock": "25:00"}, {"starts_clock"}),
        ({"contact": "own", "layers": ["đêm"]}, {"layers"}),
        ({"contact": "own", "ends_on": "ngày mai"}, {"ends_on"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, roster, who, wrong):
    own = {"own": cast.focal.contact.pk, "rival": cast.stranger.contact.pk}
    who = who | ({"contact": own.get(who["contact"], who["contact"])} if "contact" in who else {})
    form = ShiftForm(typed(**who), roster=roster)
    assert not form.is_valid()
    assert set(form.errors) == wrong


def test_somebody_new(roster):
    form = ShiftForm(typed(name=" Lê  An ", position="Kỹ sư", phone="0912 345 678"), roster=roster)
    assert form.is_valid(), form.errors
    assert form.arguments()["person"] == {"name": "Lê An", "position": "Kỹ sư", "phone": "0912345678"}


def test_a_stored_shift_comes_back_as_it_was(cast, roster):
    shift = make.shift(cast.focal, day_start(DAY) + timedelta(hours=19), hours=12)
    first = initial_of(shift)
    assert (first["starts_clock"], first["ends_on"], first["ends_clock"]) == (time(19), date(2026, 3, 16), time(7))
    form = ShiftForm(typed(contact=shift.contact_id, ends_on="2026-03-16"), roster=roster, shift=shift)
    assert form.is_valid()
    assert (form.arguments()["starts_at"], form.arguments()["ends_at"]) == (shift.starts_at, shift.ends_at)
    assert "name" not in form.fields
    assert 'value="19:00"' in str(ShiftForm(roster=roster, shift=shift)["starts_clock"])


def test_empty_forms_begin_where_duty_is_required(roster):
    Phase.objects.filter(occasion=roster.occasion).exclude(kind="during").update(duty_layers=[])
    assert ShiftForm(roster=roster).initial["starts_on"] == DAY
    pattern = PatternForm(roster=roster).initial
    assert (pattern["starts_on"], pattern["ends_on"], pattern["layers"]) == (DAY, DAY, ["leader"])


def turns(**more):
    return {"pattern": "2x12", "layers": ["shift"], "starts_on": "2026-03-15", "ends_on": "2026-03-16"} | more


def test_turns_keep_their_order(cast, roster):
    second = make.person("duty", cast.telecom, "Tạ Sơn").contact
    new = "Nguyễn Văn An; Trưởng ca; 0912345678\n\nTrần Bình\t0912.345.679"
    form = PatternForm(
        turns(person_1=second.pk, person_4=cast.focal.contact.pk, more_people=new, begins="6h"), roster=roster
    )
    assert form.is_valid(), form.errors
    facts = form.arguments()
    assert facts["begins"] == time(6)
    assert facts["people"] == [
        second,
        cast.focal.contact,
        {"name": "Nguyễn Văn An", "position": "Trưởng ca", "phone": "0912345678"},
        {"name": "Trần Bình", "position": "", "phone": "0912345679"},
    ]


@pytest.mark.parametrize(
    ("given", "wrong", "words"),
    [
        ({}, "person_1", "ít nhất một người"),
        ({"more_people": "Nguyễn Văn An"}, "more_people", "thiếu số điện thoại"),
        ({"more_people": "0912345678"}, "more_people", "0912345678"),
        ({"more_people": "An; 091234567"}, "more_people", "Số điện thoại không đúng"),
        ({"person_1": "own", "pattern": "5x5"}, "pattern", ""),
        ({"person_1": "own", "begins": "sáng sớm"}, "begins", "07:00"),
    ],
)
def test_a_pattern_that_cannot_be(cast, roster, given, wrong, words):
    if given.get("person_1"):
        given = given | {"person_1": cast.focal.contact.pk}
    form = PatternForm(turns(**given), roster=roster)
    assert not form.is_valid()
    assert list(form.errors) == [wrong]
    assert words in form.errors[wrong][0]


def test_whose_roster_one_may_begin(cast):
    """A unit its own; the Sở's specialists and heads anybody's; its leaders and clerk nobody's but the Sở's."""
    offered = {who: set(NewRosterForm(user=getattr(cast, who)).units) for who in ("focal", "specialist", "leader")}
    assert offered["focal"] == {str(cast.telecom.pk)}
    assert {str(cast.telecom.pk), str(cast.rival.pk), str(cast.division.pk)} <= offered["specialist"]
    assert offered["leader"] == {str(cast.department.pk)}


@pytest.mark.parametrize(
    "text", ["", "không phải tệp", "====", "A" * (MOST_BYTES * 4 // 3 + 9), carried(b"PK\x03\x04")]
)
def test_what_the_preview_carries_is_checked_again(text):
    form = SheetForm({"carried": text}, {})
    assert not form.is_valid()
    assert {"upload", "carried"} & set(form.errors)
