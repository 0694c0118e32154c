"""Every page of this floor: who may open it, who gets 403, who gets 404, and what a list costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from units.models import Contact
from units.reorganising import Order
from units.services.journal import write_entry
from units.services.reorganisation import reorganise
from units.stamps import stamp
from units.states import Role, UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast):
    """One row of each kind a page of this floor may stand on."""
    ended = make.unit(UnitKind.DISTRICT, "UBND huyện Cửa Sông", valid_to=timezone.localdate())
    return {
        "unit": cast.telecom,
        "ended": ended,
        "act": reorganise(
            Order(ends={cast.rival.pk: []}),
            actor=None,
            now=timezone.now(),
            kind="end",
            on=timezone.localdate() + timedelta(days=9),
            basis="Quyết định số 15/QĐ-UBND",
        ),
        "group": cast.group,
        "contact": Contact.objects.get(user=cast.focal),
        "person": cast.specialist,
        "membership": cast.specialist.memberships.get(),
        "authority": cast.authority,
        "period": cast.telecom.periods.get(),
    }


PAGES = [
    ("unit_list", None, {"admin", "head", "specialist", "leader", "clerk", "focal", "stranger"}, set()),
    ("unit_detail", "unit", {"admin", "head", "specialist", "leader", "clerk", "focal"}, set()),
    ("unit_history", "unit", {"admin", "head", "specialist", "leader", "clerk", "focal"}, set()),
    ("unit_new", None, {"admin", "head", "specialist"}, {"leader", "clerk", "focal", "stranger"}),
    ("unit_edit", "unit", {"admin", "head", "specialist"}, {"leader", "clerk", "focal"}),
    ("reorganisation_list", None, {"admin", "head", "specialist", "leader", "clerk"}, {"focal", "stranger"}),
    ("reorganisation_new", None, {"admin", "head", "specialist"}, {"leader", "clerk", "focal", "stranger"}),
    ("reorganisation_detail", "act", {"admin", "head", "specialist", "leader", "clerk"}, set()),
    ("reorganisation_withdraw", "act", {"admin", "head", "specialist"}, {"leader", "clerk"}),
    ("unit_restore", "ended", {"admin", "head", "specialist"}, {"leader", "clerk"}),
    ("name_correct", "period", {"admin", "head", "specialist"}, {"leader", "clerk", "focal"}),
    ("name_undo", "period", {"admin", "head", "specialist"}, {"leader", "clerk", "focal"}),
    ("contact_new", "unit", {"admin", "head", "specialist", "focal"}, {"leader", "clerk"}),
    ("contact_edit", "contact", {"admin", "head", "specialist", "focal"}, {"leader", "clerk"}),
    ("contact_leave", "contact", {"admin", "head", "specialist", "focal"}, {"leader", "clerk"}),
    ("group_list", None, {"admin", "head", "specialist", "leader", "clerk"}, {"focal", "stranger"}),
    ("group_detail", "group", {"admin", "head", "specialist", "leader", "clerk"}, set()),
    ("group_new", None, {"admin", "head", "specialist"}, {"leader", "clerk", "focal", "stranger"}),
    ("group_edit", "group", {"admin", "head", "specialist"}, {"leader", "clerk"}),
    ("person_list", None, {"admin"}, {"head", "specialist", "leader", "clerk", "focal", "stranger"}),
    ("person_new", None, {"admin"}, {"head", "specialist", "leader", "clerk", "focal", "stranger"}),
    ("person_detail", "person", {"admin", "specialist"}, set()),
    ("person_edit", "person", {"admin"}, {"specialist"}),
    ("person_lock", "person", {"admin"}, {"specialist"}),
    ("role_new", "person", {"admin"}, {"specialist"}),
    ("role_end", "membership", {"admin"}, {"specialist"}),
    ("authority_new", "person", {"admin"}, {"specialist"}),
    ("authority_end", "authority", {"admin"}, {"leader"}),
]
CAST = ["admin", "head", "specialist", "leader", "clerk", "focal", "stranger"]


@pytest.mark.parametrize(("name", "row", "welcome", "refused"), PAGES, ids=[page[0] for page in PAGES])
def test_who_may_open_a_page(client, cast, rows, name, row, welcome, refused):
    address = reverse(f"units:{name}", args=[rows[row].pk] if row else [])
    answers = {}
    for who in CAST:
        client.force_login(getattr(cast, who))
        answers[who] = client.get(address).status_code
    expected = {who: 200 if who in welcome else 403 if who in refused else 404 for who in CAST}
    assert answers == expected


@pytest.mark.parametrize("name", [page[0] for page in PAGES])
def test_nobody_opens_a_page_without_logging_in(client, cast, rows, name):
    row = next(page[1] for page in PAGES if page[0] == name)
    answer = client.get(reverse(f"units:{name}", args=[rows[row].pk] if row else []))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


ACTS = ["contact_prove", "contact_return"]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_never_a_get_and_a_stranger_does_not_find_it(client, cast, rows, name):
    address = reverse(f"units:{name}", args=[rows["contact"].pk])
    client.force_login(cast.specialist)
    assert client.get(address).status_code == 405
    client.force_login(cast.stranger)
    assert client.post(address).status_code == 404
    client.force_login(cast.clerk)
    assert client.post(address).status_code == 403


ASKS_FIRST = "reorganisation_new"  # for the kind of the act
WRITING = [
    page for page in PAGES if page[0].rpartition("_")[2] not in {"list", "detail", "history"} and page[0] != ASKS_FIRST
]


@pytest.mark.parametrize("name", [page[0] for page in WRITING])
def test_a_stranger_or_a_clerk_cannot_post_either(client, cast, rows, name):
    row = next(page[1] for page in PAGES if page[0] == name)
    address = reverse(f"units:{name}", args=[rows[row].pk] if row else [])
    for who in (cast.stranger, cast.clerk):
        client.force_login(who)
        assert client.post(address, {"name": "X", "reason": "X"}).status_code in {403, 404}


@pytest.mark.parametrize("name", [page[0] for page in WRITING])
def test_an_empty_post_says_what_is_missing(client, cast, rows, name):
    row = next(page[1] for page in PAGES if page[0] == name)
    client.force_login(cast.admin)
    answer = client.post(reverse(f"units:{name}", args=[rows[row].pk] if row else []), {})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def _sent_by(page):
    """What a browser sends back from the page as it stands."""
    form = page.context["form"]
    return {
        field.html_name: field.value()
        for field in form
        if field.value() not in (None, False, "") and field.html_name in page.content.decode()
    }


@pytest.mark.parametrize(
    ("name", "row", "field", "value"),
    [
        ("unit_edit", "unit", "address", "12 đường Biển"),
        ("group_edit", "group", "name", "Các nhà mạng"),
        ("contact_edit", "contact", "position", "Trưởng phòng"),
        ("person_edit", "person", "full_name", "Lê Thị Mới"),
    ],
)
def test_an_old_page_overwrites_nothing_and_keeps_what_was_typed(client, cast, rows, name, row, field, value):
    address = reverse(f"units:{name}", args=[rows[row].pk])
    client.force_login(cast.admin)
    sent = _sent_by(client.get(address))
    assert client.post(address, sent | {field: value}).status_code == 302
    old = client.post(address, sent | {field: "Từ trang cũ"})
    assert old.status_code == 200
    assert "có người vừa sửa" in old.content.decode() and "Từ trang cũ" in old.content.decode()
    rows[row].refresh_from_db()
    assert getattr(rows[row], field) == value
    fresh = _sent_by(client.get(address))
    assert client.post(address, fresh | {field: "Từ trang mới"}).status_code == 302


def test_an_old_page_of_a_group_does_not_bring_back_a_member(client, cast, rows):
    address = reverse("units:group_edit", args=[cast.group.pk])
    cast.group.members.set([cast.postal])
    client.force_login(cast.admin)
    sent = _sent_by(client.get(address)) | {"members": [cast.postal.pk]}
    cast.group.members.set([])
    assert client.post(address, sent).status_code == 200
    assert not cast.group.members.exists()


def test_a_fingerprint_does_not_tell_the_phone(cast, settings):
    contact = Contact.objects.get(user=cast.focal)
    before = stamp(contact)
    settings.SECRET_KEY = "another"
    assert stamp(contact) != before


def _fill(count, kind=UnitKind.COMMUNE):
    for number in range(count):
        unit = make.unit(kind, f"UBND xã Số {number:03d}")
        Contact.objects.create(unit=unit, name=f"Người {number}", sort_key=f"n{number}", is_focal=True)


LISTS = ["unit_list", "group_list", "person_list"]


def _cost(client, address, queries):
    with queries as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", [*LISTS, "group_detail", "unit_detail"])
def test_a_page_costs_the_same_whatever_its_length(client, cast, django_assert_max_num_queries, name):
    commune_group = make.group("UBND các xã", UnitKind.COMMUNE)
    client.force_login(cast.admin)
    args = {"group_detail": [commune_group.pk], "unit_detail": [cast.telecom.pk]}.get(name, [])
    address = reverse(f"units:{name}", args=args)

    def grow(count):
        _fill(count)
        for _ in range(count):
            person = make.person(Role.FOCAL, cast.telecom)
            write_entry(cast.telecom, "Một thay đổi.", actor=person, now=timezone.now(), user=person)
            make.group(members=[cast.telecom])

    grow(10)
    few = _cost(client, address, django_assert_max_num_queries(60))
    grow(90)
    many = _cost(client, address, django_assert_max_num_queries(60))
    assert few == many
    assert few <= 22


def test_a_list_is_cut_in_pages_of_fifty_and_a_page_beyond_the_last_is_the_last(client, cast):
    _fill(60)
    client.force_login(cast.specialist)
    first = client.get(reverse("units:unit_list"), {"kind": "commune"}).context["page"]
    last = client.get(reverse("units:unit_list"), {"kind": "commune", "page": "99"}).context["page"]
    assert (len(first.object_list), len(last.object_list), last.number) == (50, 10, 2)


def test_lists_stand_in_dictionary_order(client, cast):
    names = ["Xã Đông Hải", "Xã Ấp Bắc", "Xã An Bình", "Xã Ân Thi", "Xã Dương Quan", "Xã Ăn Thịnh"]
    for name in names:
        make.unit(UnitKind.COMMUNE, name)
    client.force_login(cast.specialist)
    page = client.get(reverse("units:unit_list"), {"kind": "commune"}).context["page"]
    assert [unit.name for unit in page.object_list] == [
        "Xã An Bình",
        "Xã Ăn Thịnh",
        "Xã Ân Thi",
        "Xã Ấp Bắc",
        "Xã Dương Quan",
        "Xã Đông Hải",
    ]


def test_an_empty_list_says_what_would_fill_it_and_offers_the_button(client, db):
    home = make.unit(UnitKind.OWN, "Sở Khoa học và Công nghệ")
    client.force_login(make.person(Role.SPECIALIST, home))
    groups = client.get(reverse("units:group_list")).content.decode()
    assert "Chưa có nhóm nào" in groups
    assert reverse("units:group_new") in groups
    ended = client.get(reverse("units:unit_list"), {"state": "ended"}).content.decode()
    assert "Không có đơn vị nào khớp" in ended


def test_people_of_a_recipient_unit_see_their_own_and_the_department(client, cast):
    client.force_login(cast.focal)
    page = client.get(reverse("units:unit_list")).context["page"]
    assert {unit.pk for unit in page.object_list} == {cast.telecom.pk, cast.department.pk, cast.division.pk}
    assert client.get(reverse("units:unit_detail", args=[cast.rival.pk])).status_code == 404
    department = client.get(reverse("units:unit_detail", args=[cast.department.pk]))
    assert department.status_code == 200
    assert "Lịch sử thay đổi" not in department.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "nothing"},
        {"contact": "x"},
        {"parent": "abc"},
        {"parent": "9" * 30},
        {"q": "a\x00b"},
        {"q": "'; --"},
        {"page": "abc"},
        {"page": "-1"},
        {"state": "x"},
    ],
)
def test_a_list_survives_any_address(client, cast, given):
    client.force_login(cast.admin)
    for name in LISTS:
        assert client.get(reverse(f"units:{name}"), given).status_code == 200


def test_a_number_beyond_all_rows_is_not_found(client, cast):
    client.force_login(cast.admin)
    for name in ("unit_detail", "group_detail", "person_detail", "contact_edit", "role_end"):
        for pk in (0, 10**30):
            assert client.get(reverse(f"units:{name}", args=[pk])).status_code == 404
