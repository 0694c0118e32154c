"""Whom a group means on a day, and whom a printed addressee line may mean."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.units.test_units import refused, sentences
from units import selectors
from units.models import Unit, UnitGroup
from units.services import units as services
from units.stamps import stamp
from units.states import UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(cast):
    """The cast, with groups of every kind, a hundred communes and units whose names resemble each other."""
    for number in range(100):
        make.unit(UnitKind.COMMUNE, f"Ủy ban nhân dân xã Bãi Cát {number}", f"UBND xã Bãi Cát {number}")
    cast.ward = make.unit(UnitKind.COMMUNE, "Ủy ban nhân dân phường Hải Đăng", "UBND phường Hải Đăng")
    cast.radio = make.unit(UnitKind.PRESS, "Đài Phát thanh và Truyền hình Hải Giang", "Đài PTTH")
    cast.cable = make.unit(UnitKind.CABLE, "Công ty Truyền hình cáp Sóng Xanh", "THCSX")
    cast.posts = make.group("Các doanh nghiệp bưu chính", UnitKind.POSTAL, "postal")
    cast.cables = make.group("Các doanh nghiệp có hạ tầng mạng cáp", UnitKind.CABLE, "cable")
    cast.communes = make.group("UBND các xã, phường, đặc khu", UnitKind.COMMUNE, "communes")
    cast.districts = make.group("UBND các huyện, thị xã, thành phố", UnitKind.DISTRICT, "districts")
    cast.papers = make.group("Các cơ quan báo chí, đài phát thanh, truyền hình", UnitKind.PRESS, "press")
    cast.partners = make.group("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh", "", "partners", [cast.province])
    return cast


def test_a_group_means_its_kind_and_the_chosen_ones_that_exist_that_day(cast):
    today = timezone.localdate()
    cast.group.members.add(cast.postal)
    cast.rival.valid_to = today
    cast.rival.save()
    later = make.unit(UnitKind.TELECOM, "Công ty Viễn thông Hải Âu", valid_from=today + timedelta(days=1))
    means = {shift: set(selectors.group_units(cast.group, today + timedelta(days=shift))) for shift in (-1, 0, 1)}
    assert means == {
        -1: {cast.telecom, cast.rival, cast.postal},
        0: {cast.telecom, cast.postal},
        1: {cast.telecom, cast.postal, later},
    }


def test_units_of_counts_each_once_in_order_and_keeps_what_was_chosen_by_hand(cast, django_assert_num_queries):
    today = timezone.localdate()
    cast.rival.valid_to = today
    cast.rival.save()
    other = make.group(kind="", members=[cast.telecom, cast.postal])
    with django_assert_num_queries(1):
        units = selectors.units_of([cast.group, other], [cast.telecom], today)
    assert units == [cast.postal, cast.telecom]
    assert selectors.units_of([cast.group], [cast.rival], today) == [cast.rival, cast.telecom]
    with django_assert_num_queries(0):
        assert selectors.units_of([], [cast.postal], today) == [cast.postal]


def test_sizes_on_the_list_are_what_the_group_means(cast):
    today = timezone.localdate()
    groups = [
        make.group("Tất cả", UnitKind.TELECOM, members=[cast.telecom, cast.postal]),
        make.group("Chọn", "", members=[cast.telecom, cast.postal, cast.province]),
        make.group("Trống", UnitKind.CABLE),
        cast.group,
    ]
    cast.rival.valid_to = today
    cast.rival.save()
    sizes = dict(selectors.groups_with_sizes(today))
    assert sizes == {group: selectors.group_units(group, today).count() for group in groups}
    assert list(sizes.values()) == [1, 3, 2, 0]


def best(line):
    """The sure candidates of a line."""
    return {(found.what, found.pk) for found in selectors.match_addressee(line) if found.sure}


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("Doanh nghiệp có hạ tầng mạng cáp trên địa bàn tỉnh", {"cables"}),
        ("Doanh nghiệp có hạ tầng mạng cấp trên địa bàn tỉnh.", {"cables"}),
        ("UBND các xã, phường", {"communes"}),
        ("- Ủy ban nhân dân các xã, phường và đặc khu;", {"communes"}),
        ("Doanh nghiệp Bưu chính, Viễn thông trên địa bàn tỉnh", {"posts", "group"}),
        ("Các doanh nghiệp viễn thông, Internet", {"group"}),
        ("UBND các huyện, thị xã, thành phố", {"districts"}),
        ("Các cơ quan báo chí trên địa bàn tỉnh", {"papers"}),
        ("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh", {"partners"}),
    ],
)
def test_a_line_about_many_means_groups(province, line, groups):
    assert best(line) == {("group", getattr(province, name).pk) for name in groups}


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Công ty Viễn thông Sao Biển", "telecom"),
        ("Viễn thông Sao Biển;", "telecom"),
        ("CÔNG TY VIỄN THÔNG SAO BIỂN", "telecom"),
        ("UBND tỉnh (để báo cáo)", "province"),
        ("Bưu điện tỉnh", "postal"),
        ("UBND phường Hải Đăng", "ward"),
        ("Đài Phát thanh - Truyền hình tỉnh Hải Giang", "radio"),
        ("THCSX", "cable"),
    ],
)
def test_a_line_about_one_means_a_unit(province, line, unit):
    assert best(line) == {("unit", getattr(province, unit).pk)}


@pytest.mark.parametrize(
    "line",
    [
        "Các sở, ban, ngành tỉnh",
        "Công ty Viễn thông",
        "Phòng Văn hóa - Thông tin huyện, thị xã, thành phố",
        "Thường trực Tỉnh ủy",
        "Các đơn vị",
        "UBND xã",
        "",
        " ;. ",
        "%_",
    ],
)
def test_what_is_not_clear_is_never_sure(province, line):
    assert best(line) == set()


def test_candidates_come_best_first_with_scores(province):
    found = selectors.match_addressee("Công ty Viễn thông")
    assert {candidate.pk for candidate in found[:2]} == {province.telecom.pk, province.rival.pk}
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 0.8 for score in scores)


def test_an_old_name_leads_to_the_unit_and_an_ended_unit_is_never_sure(province, now):
    today = timezone.localdate(now)
    services.rename_unit(province.telecom, actor=None, now=now, name="Tổng công ty Hải Âu", short_name="", on=today)
    found = selectors.match_addressee("Công ty Viễn thông Sao Biển")[0]
    assert (found.pk, found.name, found.sure) == (province.telecom.pk, "Tổng công ty Hải Âu", True)
    services.end_unit(province.rival, actor=None, now=now, on=today)
    found = selectors.match_addressee("Công ty Viễn thông Cánh Buồm")[0]
    assert (found.pk, found.ended, found.sure) == (province.rival.pk, today, False)


def test_one_query_and_one_book_for_all_lines(province, django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.match_addressee("UBND các xã, phường")
    book = selectors.addressee_book()
    with django_assert_num_queries(0):
        assert selectors.match_addressee("UBND các xã, phường", book)


def test_a_group_is_made_and_changed_with_its_sentences(cast, now):
    group = services.save_group(
        actor=cast.head, now=now, code="phoi-hop", name="Các  đơn vị phối hợp", members=[cast.telecom, cast.postal]
    )
    services.save_group(
        actor=cast.head,
        now=now,
        group=group,
        code="phoi-hop",
        name="Đơn vị phối hợp",
        members=[cast.postal, cast.rival],
    )
    assert set(group.members.all()) == {cast.postal, cast.rival}
    assert sentences(cast.department) == [
        "Lập nhóm “Các đơn vị phối hợp”.",
        "Sửa nhóm “Đơn vị phối hợp”: tên nhóm, như in trên văn bản từ “Các đơn vị phối hợp” thành “Đơn vị phối hợp”.",
    ]
    assert sentences(cast.telecom) == ["Vào nhóm “Các đơn vị phối hợp”.", "Ra khỏi nhóm “Đơn vị phối hợp”."]
    assert sentences(cast.postal) == ["Vào nhóm “Các đơn vị phối hợp”."]
    assert group.history.count() == 6


def test_a_group_is_refused(cast, now):
    given = {"actor": cast.head, "now": now, "code": "x", "name": "X"}
    assert "" in refused(services.save_group, **given)
    assert "code" in refused(services.save_group, **given | {"code": "telecom", "kind": "postal"})
    assert "code" in refused(services.save_group, **given | {"code": "có dấu", "kind": "postal"})
    assert "kind" in refused(services.save_group, **given | {"kind": "gì đó"})
    assert UnitGroup.objects.count() == 1
    with pytest.raises(ValidationError):
        services.save_group(**given | {"group": cast.group})


def test_pages_of_groups(client, cast):
    client.force_login(cast.specialist)
    given = {"name": "Các doanh nghiệp bưu chính", "code": "buu-chinh", "kind": "postal", "members": [cast.rival.pk]}
    answer = client.post(reverse("units:group_new"), given)
    group = UnitGroup.objects.get(code="buu-chinh")
    assert answer.url == group.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert cast.postal.name in page and cast.rival.name in page and "chọn thêm" in page
    again = client.post(reverse("units:group_new"), given)
    assert set(again.context["form"].errors) == {"code"}
    client.post(reverse("units:group_edit", args=[group.pk]), given | {"members": [], "seen": stamp(group)})
    assert list(group.members.all()) == []


def test_a_group_is_shown_as_of_a_day(client, cast):
    cast.rival.valid_to = date(2026, 1, 1)
    cast.rival.save()
    client.force_login(cast.leader)
    shown = {
        day: set(client.get(cast.group.get_absolute_url(), {"day": day}).context["units"])
        for day in ("2025-12-31", "2026-01-01", "")
    }
    assert shown == {
        "2025-12-31": {cast.telecom, cast.rival},
        "2026-01-01": {cast.telecom},
        "": {cast.telecom},
    }
    for wrong in ("2026-02-30", "hôm qua", "9999999"):
        assert client.get(cast.group.get_absolute_url(), {"day": wrong}).status_code == 404


def test_the_department_is_one(cast):
    assert selectors.own_department() == cast.department
    Unit.objects.filter(pk=cast.department.pk).update(kind=UnitKind.OTHER)
    with pytest.raises(Unit.DoesNotExist):
        selectors.own_department()
