"""One question over everything: found however it is typed, by whoever may see it and by nobody else."""

import unicodedata
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directives.services.drafting import search_key_of
from plans.models import LegalBasis
from reports.selectors.search import find, marked
from tests import make
from units.models import UnitPeriod
from units.text import fold, search_key
from units.word_index import words_in

SECRETS = ("Kế hoạch mật lệnh", "Rà soát hải đăng")


def test_what_was_looked_for_is_marked_and_nothing_typed_becomes_markup():
    assert marked("Kế hoạch bầu cử <b>", words_in("bau ke")) == ("<mark>Kế</mark> hoạch <mark>bầu</mark> cử &lt;b&gt;")
    assert marked("số 12/SKHCN-BCVT", words_in("12/skhcn")) == "số <mark>12</mark>/<mark>SKHCN</mark>-BCVT"
    assert marked("của bầu cử", words_in("bau cu")) == "của <mark>bầu</mark> <mark>cử</mark>"
    long = "đầu " * 60 + "đích đến " + "cuối " * 60
    cut = marked(long, ["dich"], around=80)
    assert "<mark>đích</mark> đến" in cut
    assert cut.startswith("…") and cut.endswith("…") and len(cut) < 110


def paper(cast, subject, to=(), **fields):
    made = make.dispatch(cast, "issued", subject=subject, addressed=to, **fields)
    made.search_key = search_key_of(made)
    type(made).objects.filter(pk=made.pk).update(search_key=made.search_key)
    return made


@pytest.fixture
def world(cast):
    """A thing of every kind that is named by the same words, and one assignment each of two rivals."""
    words = "Ứng cứu hoà mạng Đông Hải"
    cast.occasion = make.occasion(name=words, search_key=search_key(words))
    cast.plan = make.plan(cast, of=cast.occasion, title=words, search_key=search_key(words))
    cast.basis = LegalBasis.objects.create(
        kind="công văn", number="7/UBND", issuer="UBND tỉnh", subject=words, search_key=search_key("7/UBND", words)
    )
    cast.paper = paper(cast, words, number=12)
    cast.demand = make.requirement(cast.paper, text=words, search_key=fold(words))
    cast.mine = make.assignment(cast, to=cast.telecom, of=cast.demand)
    cast.theirs = make.assignment(cast, to=cast.rival, of=cast.demand)
    UnitPeriod.objects.create(
        unit=cast.rival, name=words, search_key=search_key(words), valid_to=timezone.localdate() - timedelta(days=9)
    )
    cast.person = make.person("duty", cast.rival, words.replace("Ứng", "Nguyễn Ứng"))
    return cast


def found(user, asked):
    return {group.key: set(group.keys) for group in find(user, asked) if group.keys}


@pytest.mark.django_db
class TestFinding:
    def test_the_sos_people_find_everything_however_it_is_typed(self, world):
        everything = {
            "van-ban": {world.paper.pk},
            "yeu-cau": {world.demand.pk},
            "nhiem-vu": {world.theirs.pk},
            "don-vi": {world.rival.pk},
            "nguoi": {world.person.contact.pk},
            "ke-hoach": {world.plan.pk},
            "dot": {world.occasion.pk},
            "can-cu": {world.basis.pk},
        }
        typed = ["Ứng cứu hoà mạng Đông Hải", "hòa đông ứng cứu", "ung cuu hoa mang dong h", "DONG HAI MANG"]
        typed.append(unicodedata.normalize("NFD", typed[0]))
        assert {asked: found(world.head, asked) for asked in typed} == dict.fromkeys(typed, everything)
        assert found(world.head, "ung cuu tan") == {}
        assert found(world.head, " ,;/ \0 ") == {}

    def test_a_unit_finds_its_own_and_nothing_of_a_rival(self, world):
        assert found(world.focal, "ứng cứu đông hải") == {
            "van-ban": {world.paper.pk},
            "nhiem-vu": {world.mine.pk},
        }
        assert found(world.postal_focal, "ứng cứu đông hải") == {}
        assert found(world.stranger, "ứng cứu đông hải")["nhiem-vu"] == {world.theirs.pk}

    def test_a_number_as_printed_stands_first(self, world):
        other = paper(world, "Văn bản 12 của SKHCN", number=345)
        groups = {group.key: group for group in find(world.clerk, "12/SKHCN")}
        assert groups["van-ban"].keys == [world.paper.pk, other.pk]

    def test_best_first_within_a_group_and_among_them(self, client, world):
        names = ["Thông tính cứu hộ", "Tín hiệu cứu hộ thông", "Cứu thông tin", "Thông tin cứu hộ"]
        last = {paper(world, name).pk: name for name in names}
        groups = {group.key: group for group in find(world.head, "thông tin cứu")}
        assert [last.get(key) for key in groups["van-ban"].keys] == [names[3], names[2], names[1], names[0]]
        client.force_login(world.head)
        unit = make.unit(name="Ủy ban nhân dân xã Tân Kỳ")
        paper(world, "Kỳ họp tân tiến")
        order = [group.key for group, *_ in client.get("/tim/", {"q": "tan ky"}).context["found"]]
        assert order[0] == "don-vi", unit

    def test_work_is_found_by_its_unit_and_its_demand_together(self, world):
        assert found(world.head, "sao biển ứng cứu")["nhiem-vu"] == {world.mine.pk}
        assert "nhiem-vu" not in found(world.head, "bưu điện ứng cứu")

    def test_no_telephone_number_finds_anybody(self, world):
        for user in (world.leader, world.admin, world.focal):
            assert found(user, "0900000000") == {}


@pytest.mark.django_db
class TestPage:
    def test_groups_with_counts_and_all_of_one(self, client, world):
        for n in range(30):
            paper(world, f"Ứng cứu hoà mạng lần {n}")
        client.force_login(world.head)
        page = client.get("/tim/", {"q": "ung cuu hoa mang"}).text
        assert "Xem cả 31 văn bản" in page
        assert "<mark>Ứng</mark> <mark>cứu</mark>" in page
        assert "trước đây: <mark>Ứng</mark>" in page
        second = client.get("/tim/", {"q": "ung cuu hoa mang", "nhom": "van-ban", "page": "2"}).text
        assert "21–31 trong 31 văn bản" in second
        piece = client.get("/tim/", {"q": "ung cuu"}, headers={"HX-Request": "true"})
        assert "<html" not in piece.text and "<mark>Ứng</mark>" in piece.text
        assert "HX-Request" in piece.headers["Vary"]

    def test_what_is_typed_comes_back_escaped(self, client, cast):
        client.force_login(cast.head)
        for asked in ("<script>alert(1)</script>", "\0", "ệ" * 3000, "'\"% OR 1=1 --", "*:()&|!"):
            answer = client.get("/tim/", {"q": asked, "nhom": "bông", "page": "x"})
            assert (answer.status_code, "<script>alert" in answer.text) == (200, False)

    def test_costs_the_same_however_much_is_found(self, client, world):
        client.force_login(world.head)

        def cost():
            with CaptureQueriesContext(connection) as asked:
                assert client.get("/tim/", {"q": "ung cuu"}).status_code == 200
            return len(asked)

        few = cost()
        for n in range(9):
            unit = make.unit(name=f"Công ty Ứng cứu {n}")
            make.assignment(world, to=unit, of=world.demand)
            paper(world, f"Ứng cứu {n}")
        assert cost() == few
