"""Units and their names in time: each verb done, refused by role, refused by what is so already, and its sentence."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests import make
from units import selectors
from units.models import Contact, Succession, Unit, UnitEntry, UnitPeriod
from units.services import names
from units.services import units as services
from units.states import UnitKind

pytestmark = pytest.mark.django_db
KEEPERS = {"admin", "head", "specialist"}
CAST = ["admin", "head", "specialist", "leader", "clerk", "focal", "stranger"]


def sentences(unit):
    return list(unit.history.order_by("pk").values_list("what", flat=True))


def refused(call, *args, **options):
    """The messages by field of the refusal."""
    with pytest.raises(ValidationError) as caught:
        call(*args, **options)
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def renamed(cast, now, on, name="Công ty Viễn thông Sao Mai"):
    return services.rename_unit(cast.telecom, actor=cast.specialist, now=now, name=name, short_name="SM", on=on)


VERBS = {
    "create_unit": lambda cast, actor, now: services.create_unit(
        actor=actor, now=now, kind=UnitKind.PRESS, name="Báo Hải Giang"
    ),
    "update_unit": lambda cast, actor, now: services.update_unit(cast.telecom, actor=actor, now=now, address="Số 1"),
    "rename_unit": lambda cast, actor, now: services.rename_unit(
        cast.telecom, actor=actor, now=now, name="Tên khác", short_name="", on=timezone.localdate(now)
    ),
    "correct_name": lambda cast, actor, now: names.correct_name(
        cast.telecom.periods.get(), actor=actor, now=now, name="Tên đúng", short_name=""
    ),
    "end_unit": lambda cast, actor, now: services.end_unit(
        cast.telecom, actor=actor, now=now, on=timezone.localdate(now)
    ),
    "save_group": lambda cast, actor, now: services.save_group(
        actor=actor, now=now, code="bao-chi", name="Các cơ quan báo chí", kind=UnitKind.PRESS
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_only_keepers_of_the_address_book_may(cast, now, verb):
    allowed = set()
    for who in CAST:
        try:
            with transaction.atomic():
                VERBS[verb](cast, getattr(cast, who), now)
                allowed.add(who)
                raise RuntimeError
        except (PermissionDenied, RuntimeError):
            continue
    assert allowed == KEEPERS


@pytest.mark.parametrize("verb", VERBS)
def test_each_change_leaves_one_line_with_who_and_when(cast, now, verb):
    VERBS[verb](cast, cast.specialist, now)
    entry = UnitEntry.objects.get()
    assert (entry.actor, entry.at) == (cast.specialist, now)


def test_a_new_unit_has_its_first_name_and_can_be_found(cast, now):
    unit = services.create_unit(
        actor=cast.head,
        now=now,
        kind=UnitKind.COMMUNE,
        name="  Ủy ban nhân dân  xã Hồng Hà ",
        short_name="UBND xã Hồng Hà",
        valid_from=date(2025, 7, 1),
        code="H01.2",
        phone="+84 203 382 5123",
        email="HongHa@HaiGiang.example",
    )
    unit.refresh_from_db()
    assert (unit.name, unit.phone, unit.email) == (
        "Ủy ban nhân dân xã Hồng Hà",
        "02033825123",
        "hongha@haigiang.example",
    )
    period = unit.periods.get()
    assert (period.name, period.valid_from, period.valid_to) == (unit.name, date(2025, 7, 1), None)
    for words in ("hong ha", "UBND  HỒNG", "ha hong xa", "h01.2"):
        assert list(Unit.objects.search(words)) == [unit], words
    assert sentences(unit) == [
        "Lập đơn vị “Ủy ban nhân dân xã Hồng Hà” (UBND xã, phường, đặc khu), từ ngày 01/07/2025."
    ]


def test_text_is_kept_in_nfc(cast, now):
    name = "Đài Phát thanh và Truyền hình Hải Giang"
    typed = unicodedata.normalize("NFD", name)
    unit = services.create_unit(actor=None, now=now, kind=UnitKind.PRESS, name=typed, address=typed)
    assert typed != unit.name == unit.address == unit.periods.get().name == name


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "nothing"}, "kind"),
        ({"phone": "12345"}, "phone"),
        ({"email": "không phải thư"}, "email"),
        ({"kind": UnitKind.OWN}, "__all__"),
        ({"code": "H01"}, "__all__"),
    ],
)
def test_a_new_unit_is_refused(cast, now, data, field):
    make.unit(UnitKind.PRESS, "Báo Hải Giang", code="H01")
    before = Unit.objects.count()
    given = {"kind": UnitKind.TELECOM, "name": "Công ty mới"} | data
    assert field in refused(services.create_unit, actor=cast.admin, now=now, **given)
    assert (Unit.objects.count(), UnitEntry.objects.count()) == (before, 0)


def test_an_unknown_field_is_a_mistake_of_the_programme(cast, now):
    with pytest.raises(TypeError):
        services.create_unit(actor=cast.admin, now=now, kind="telecom", name="A", sort_key="x")


def test_an_edit_says_what_changed_but_never_a_phone_or_an_address_of_mail(cast, now):
    services.update_unit(
        cast.telecom,
        actor=cast.specialist,
        now=now,
        address="Số 2 phố Biển",
        phone="0203 382 5123",
        email="vt@saobien.example",
        kind=UnitKind.CABLE,
        parent=cast.department,
    )
    assert sentences(cast.telecom) == [
        "Sửa thông tin: địa chỉ: “Số 2 phố Biển”; điện thoại cơ quan; thư điện tử cơ quan; "
        "loại từ “Doanh nghiệp viễn thông” thành “Doanh nghiệp truyền hình cáp, hạ tầng”; "
        "cấp trên trực tiếp: “Sở Khoa học và Công nghệ”."
    ]
    services.update_unit(cast.telecom, actor=cast.specialist, now=now, phone="02033825123", parent=None)
    assert sentences(cast.telecom)[1:] == ["Sửa thông tin: bỏ cấp trên trực tiếp."]


def test_an_edit_that_changes_nothing_leaves_no_line(cast, now):
    services.update_unit(cast.telecom, actor=cast.specialist, now=now, address="")
    assert sentences(cast.telecom) == []


def test_nobody_is_their_own_superior(cast, now):
    for parent in (cast.department, cast.division):
        assert "parent" in refused(services.update_unit, cast.department, actor=cast.admin, now=now, parent=parent)


def test_the_department_stays_what_it_is(cast, now):
    assert "kind" in refused(services.update_unit, cast.department, actor=cast.admin, now=now, kind=UnitKind.OTHER)
    assert "kind" in refused(services.update_unit, cast.telecom, actor=cast.admin, now=now, kind=UnitKind.OWN)


def test_the_day_of_founding_moves_the_first_name_with_it(cast, now):
    services.update_unit(cast.telecom, actor=cast.admin, now=now, valid_from=date(2010, 1, 1))
    assert cast.telecom.periods.get().valid_from == date(2010, 1, 1)
    renamed(cast, now, date(2020, 1, 1))
    assert "valid_from" in refused(
        services.update_unit, cast.telecom, actor=cast.admin, now=now, valid_from=date(2020, 1, 1)
    )


def test_a_renamed_unit_keeps_its_old_name_and_is_found_by_both(cast, now):
    today = timezone.localdate(now)
    unit = renamed(cast, now, today)
    old, new = unit.periods.order_by("pk")
    assert (old.name, old.valid_to, new.name, new.valid_from, new.valid_to) == (
        "Công ty Viễn thông Sao Biển",
        today,
        "Công ty Viễn thông Sao Mai",
        today,
        None,
    )
    unit.refresh_from_db()
    assert (unit.name, unit.short_name) == ("Công ty Viễn thông Sao Mai", "SM")
    assert list(Unit.objects.search("sao bien")) == list(Unit.objects.search("SAO MAI")) == [unit]
    assert sentences(unit) == [
        f"Đổi tên từ “Công ty Viễn thông Sao Biển” thành “Công ty Viễn thông Sao Mai”, có hiệu lực từ {today:%d/%m/%Y}."
    ]


def test_words_of_two_different_names_do_not_add_up(cast, now):
    renamed(cast, now, timezone.localdate(now))
    assert list(Unit.objects.search("bien mai")) == []


def test_a_name_of_the_future_waits_for_its_day(cast, now):
    renamed(cast, now, timezone.localdate(now) + timedelta(days=10))
    cast.telecom.refresh_from_db()
    assert cast.telecom.name == "Công ty Viễn thông Sao Biển"


def test_a_new_name_is_refused(cast, now):
    today = timezone.localdate(now)
    same = refused(
        services.rename_unit,
        cast.telecom,
        actor=cast.head,
        now=now,
        name=" Công ty Viễn thông  Sao Biển",
        short_name="",
        on=today,
    )
    assert "name" in same
    renamed(cast, now, today)
    assert "on" in refused(renamed, cast, now, today, name="Tên thứ ba")
    services.end_unit(cast.telecom, actor=cast.head, now=now, on=today + timedelta(days=1))
    assert "" in refused(renamed, cast, now, today + timedelta(days=2), name="Tên thứ ba")
    assert cast.telecom.periods.count() == 2


def test_a_typing_mistake_is_mended_in_place(cast, now):
    unit = names.correct_name(
        cast.telecom.periods.get(),
        actor=cast.specialist,
        now=now,
        name="Công ty Viễn thông Sao Biển Xanh",
        short_name="",
    )
    unit.refresh_from_db()
    assert unit.name == unit.periods.get().name == "Công ty Viễn thông Sao Biển Xanh"
    assert list(Unit.objects.search("bien xanh")) == [unit]
    assert sentences(unit) == [
        "Sửa lỗi nhập tên: “Công ty Viễn thông Sao Biển” thành “Công ty Viễn thông Sao Biển Xanh”."
    ]


def test_mending_an_old_name_leaves_the_present_one(cast, now):
    renamed(cast, now, timezone.localdate(now))
    old = cast.telecom.periods.order_by("pk").first()
    names.correct_name(old, actor=cast.specialist, now=now, name="Công ty Viễn Thông Sao Biển", short_name="")
    cast.telecom.refresh_from_db()
    assert cast.telecom.name == "Công ty Viễn thông Sao Mai"


def test_a_rename_entered_by_mistake_is_taken_back(cast, now):
    renamed(cast, now, timezone.localdate(now))
    latest = cast.telecom.periods.get(valid_to=None)
    assert "reason" in refused(names.undo_rename, latest, actor=cast.head, now=now, reason=" ")
    unit = names.undo_rename(latest, actor=cast.head, now=now, reason="nhập nhầm đơn vị")
    unit.refresh_from_db()
    assert unit.name == unit.periods.get(valid_to=None).name == "Công ty Viễn thông Sao Biển"
    assert sentences(unit)[1:] == ["Hủy việc đổi tên thành “Công ty Viễn thông Sao Mai”: nhập nhầm đơn vị"]
    assert "" in refused(names.undo_rename, unit.periods.get(), actor=cast.head, now=now, reason="x")
    with pytest.raises(PermissionDenied):
        names.undo_rename(unit.periods.get(), actor=cast.clerk, now=now, reason="x")


def test_a_unit_ends_and_its_successors_take_its_place(cast, now):
    today = timezone.localdate(now)
    unit = services.end_unit(cast.telecom, actor=cast.head, now=now, on=today, successors=[cast.rival, cast.postal])
    unit.refresh_from_db()
    assert unit.valid_to == unit.periods.get().valid_to == today
    assert set(unit.successions.values_list("to_unit", "on")) == {(cast.rival.pk, today), (cast.postal.pk, today)}
    assert sentences(unit) == [
        f"Chấm dứt hoạt động từ {today:%d/%m/%Y}; kế thừa: Bưu điện tỉnh Hải Giang, Công ty Viễn thông Cánh Buồm."
    ]
    assert sentences(cast.rival) == [f"Kế thừa “Công ty Viễn thông Sao Biển” từ {today:%d/%m/%Y}."]
    assert unit not in selectors.group_units(cast.group, today)
    assert unit in selectors.group_units(cast.group, today - timedelta(days=1))


def test_an_ending_is_refused(cast, now):
    today = timezone.localdate(now)
    end = {"actor": cast.head, "now": now, "on": today}
    assert "" in refused(services.end_unit, cast.department, **end)
    assert "successors" in refused(services.end_unit, cast.telecom, successors=[cast.telecom], **end)
    services.end_unit(cast.rival, **end)
    assert "" in refused(services.end_unit, cast.rival, **end)
    assert "successors" in refused(services.end_unit, cast.telecom, successors=[cast.rival], **end)
    renamed(cast, now, today)
    assert "on" in refused(services.end_unit, cast.telecom, **end)


def test_an_ending_entered_by_mistake_is_undone(cast, now):
    today = timezone.localdate(now)
    services.end_unit(cast.telecom, actor=cast.head, now=now, on=today, successors=[cast.rival])
    assert "reason" in refused(services.restore_unit, cast.telecom, actor=cast.head, now=now, reason="")
    with pytest.raises(PermissionDenied):
        services.restore_unit(cast.telecom, actor=cast.clerk, now=now, reason="x")
    unit = services.restore_unit(cast.telecom, actor=cast.head, now=now, reason="chọn nhầm đơn vị")
    unit.refresh_from_db()
    assert (unit.valid_to, unit.periods.get().valid_to, unit.successions.count()) == (None, None, 0)
    assert sentences(unit)[1:] == ["Khôi phục hoạt động: chọn nhầm đơn vị"]
    assert sentences(cast.rival)[1:] == ["Không còn kế thừa “Công ty Viễn thông Sao Biển” (nhập nhầm)."]
    assert "" in refused(services.restore_unit, cast.telecom, actor=cast.head, now=now, reason="x")


REFUSED_BY_DATABASE = {
    "second own department": lambda cast: make.unit(UnitKind.OWN, "Sở thứ hai"),
    "unknown kind": lambda cast: Unit.objects.filter(pk=cast.telecom.pk).update(kind="nothing"),
    "same code": lambda cast: [make.unit(code="H9"), make.unit(code="H9")],
    "ends before it begins": lambda cast: make.unit(valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1)),
    "two open names": lambda cast: UnitPeriod.objects.create(unit=cast.telecom, name="B", valid_from=date(2026, 1, 1)),
    "two names from one day": lambda cast: [
        UnitPeriod.objects.create(unit=cast.telecom, name=name, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
        for name in "AB"
    ],
    "name ends before it begins": lambda cast: UnitPeriod.objects.create(
        unit=cast.telecom, name="A", valid_from=date(2020, 1, 1), valid_to=date(2019, 12, 31)
    ),
    "succeeds itself": lambda cast: Succession.objects.create(
        from_unit=cast.telecom, to_unit=cast.telecom, on=date(2026, 1, 1)
    ),
    "succeeds twice": lambda cast: [
        Succession.objects.create(from_unit=cast.telecom, to_unit=cast.rival, on=date(2026, 1, 1)) for _ in "ab"
    ],
}


@pytest.mark.parametrize("what", REFUSED_BY_DATABASE)
def test_the_database_refuses(cast, what):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED_BY_DATABASE[what](cast)


def test_pages_post_and_say_what_is_wrong(client, cast):
    client.force_login(cast.specialist)
    answer = client.post(
        reverse("units:unit_new"),
        {"kind": "press", "name": "Báo Hải Giang", "email": "x@bao.example", "phone": "02033825123"},
    )
    made = Unit.objects.get(name="Báo Hải Giang")
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.kind, made.email) == ("press", "x@bao.example")

    answer = client.post(reverse("units:unit_new"), {"kind": "own", "name": "Sở khác"})
    assert answer.context["form"].errors
    assert not Unit.objects.filter(name="Sở khác").exists()

    services.end_unit(made, actor=cast.head, now=timezone.now(), on=timezone.localdate())
    client.post(reverse("units:unit_restore", args=[made.pk]), {"reason": "nhầm"})
    made.refresh_from_db()
    assert made.valid_to is None


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"q": "sao bien"}, {"telecom"}),
        ({"q": "SAO BIỂN"}, {"telecom"}),
        ({"q": "biển sao"}, {"telecom"}),
        ({"kind": "postal"}, {"postal"}),
        ({"contact": "none"}, {"province"}),
        ({"q": "vien thong", "kind": "telecom"}, {"telecom", "rival"}),
        ({"q": "không có gì"}, set()),
        ({"state": "ended"}, set()),
        ({"q": "100%_"}, set()),
        ({"parent": "department"}, {"division"}),
    ],
)
def test_the_list_is_searched_and_filtered(client, cast, given, found):
    client.force_login(cast.leader)
    if "parent" in given:
        given = {"parent": getattr(cast, given["parent"]).pk}
    page = client.get(reverse("units:unit_list"), given).context["page"]
    assert {unit.pk for unit in page.object_list} == {getattr(cast, name).pk for name in found}


def test_units_whose_people_were_not_reached_for_a_month(client, cast, now):
    fresh, old = now - timedelta(days=29), now - timedelta(days=31)
    for person, phone, email in (
        (cast.focal, fresh, fresh),
        (cast.stranger, fresh, old),
        (cast.postal_focal, old, fresh),
    ):
        Contact.objects.filter(user=person).update(phone_proven_at=phone, email_proven_at=email)
    client.force_login(cast.leader)
    page = client.get(reverse("units:unit_list"), {"contact": "stale"}).context["page"]
    assert {unit.pk for unit in page.object_list} == {cast.rival.pk, cast.postal.pk}


def test_ended_units_stand_behind_their_own_tab(client, cast, now):
    today = timezone.localdate(now)
    services.end_unit(cast.telecom, actor=cast.head, now=now, on=today)
    services.end_unit(cast.rival, actor=cast.head, now=now, on=today + timedelta(days=1))
    client.force_login(cast.leader)
    seen = {}
    for state in ("active", "ended", "all"):
        answer = client.get(reverse("units:unit_list"), {"state": state, "kind": "telecom"})
        seen[state] = {unit.pk for unit in answer.context["page"].object_list}
    assert seen == {"active": {cast.rival.pk}, "ended": {cast.telecom.pk}, "all": {cast.rival.pk, cast.telecom.pk}}
    assert [count for _, _, count in answer.context["tabs"]] == [1, 1, 2]
