"""The first act on a new system."""

import io

import pytest
from django.core.management import CommandError, call_command

from units.models import Unit, UnitGroup, User

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Sở Khoa học và Công nghệ",
    "short": "SKHCN",
    "parent": "Ủy ban nhân dân tỉnh Hải Giang",
    "place": "Hải Giang",
    "admin": "quantri",
    "full_name": "Vũ Đức Long",
    "email": "quantri@haigiang.example",
}


def found(monkeypatch, password, **facts):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("found_department", stdout=io.StringIO(), **(facts or FACTS))


def test_the_first_administrator_can_log_in(monkeypatch, client):
    found(monkeypatch, "ba-con-thuyen-xuoi")
    user = User.objects.get(username="quantri")
    assert user.has_role("admin")
    assert client.login(username="quantri", password="ba-con-thuyen-xuoi")
    assert Unit.objects.get(kind="own").parent.name == FACTS["parent"]


def test_a_second_department_is_refused(monkeypatch, cast):
    with pytest.raises(CommandError, match="already"):
        found(monkeypatch, "ba-con-thuyen-xuoi")


def test_a_weak_password_founds_nothing(monkeypatch):
    with pytest.raises(CommandError):
        found(monkeypatch, "12345678")
    assert not Unit.objects.exists()


def test_a_province_brings_its_names_and_its_communes(monkeypatch):
    facts = {name: value for name, value in FACTS.items() if name not in ("parent", "place")}
    found(monkeypatch, "ba-con-thuyen-xuoi", province="lai châu", **facts)
    department = Unit.objects.get(kind="own")
    assert (department.parent.name, department.issuing_place) == ("Ủy ban nhân dân tỉnh Lai Châu", "Lai Châu")
    assert (department.parent.area_code, Unit.objects.filter(kind="commune").count()) == ("12", 38)
    commune = Unit.objects.get(area_code="03388")
    assert commune.name.startswith("Ủy ban nhân dân phường ") and commune.valid_from.isoformat() == "2025-07-01"
    assert UnitGroup.objects.get().kind == "commune"


@pytest.mark.parametrize("given", [{"province": "Hải Giang"}, {"place": "Hải Giang"}])
def test_an_unknown_province_or_half_a_name_founds_nothing(monkeypatch, given):
    facts = {name: value for name, value in FACTS.items() if name not in ("parent", "place")}
    with pytest.raises(CommandError, match="province"):
        found(monkeypatch, "ba-con-thuyen-xuoi", **facts, **given)
    assert not Unit.objects.exists()
