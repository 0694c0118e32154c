"""The first act on a new system."""

import io

import pytest
from django.core.management import CommandError, call_command

from units.models import Unit, User

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


def found(monkeypatch, password):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("found_department", stdout=io.StringIO(), **FACTS)


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
