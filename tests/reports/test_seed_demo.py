"""The demonstration province: believable, whole, and never poured over somebody's real data."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.demo import names
from tests.reports.believable import TABLES, rows
from units.models import Unit
from units.services.units import create_unit
from units.states import Role, UnitKind


def seed(*options):
    said = StringIO()
    call_command("seed_demo", *options, stdout=said)
    return said.getvalue()


def test_real_data_are_refused_and_left_alone(db, now):
    create_unit(kind=UnitKind.OWN, name="Sở thật", short_name="ST", actor=None, now=now)
    there = rows()
    with pytest.raises(CommandError, match="holds real data"):
        seed()
    assert rows() == there


def test_a_seeding_that_was_killed_leaves_nothing_half_done(db, monkeypatch):
    def killed(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr("reports.management.commands.seed_demo.tell_story", killed)
    with pytest.raises(SystemExit):
        seed()
    assert not Unit.objects.exists()


def test_the_question_alone_changes_nothing(db, now):
    seed("--check")
    assert not Unit.objects.exists()
    create_unit(kind=UnitKind.OWN, name="Sở thật", short_name="ST", actor=None, now=now)
    with pytest.raises(CommandError, match="holds real data"):
        seed("--check")


def test_the_people_are_printed_without_touching_anything(db):
    said = seed("--people")
    assert names.PASSWORD in said
    for username, name, role, *_ in names.STAFF + names.FOCAL:
        assert all(word in said for word in (username, name, role.label))
    assert rows() == [0] * len(TABLES)


def test_every_role_of_the_walk_has_somebody():
    assert {role for _, _, role, *_ in names.STAFF} == set(Role.STAFF)
    assert {role for _, _, role, *_ in names.FOCAL} == set(Role.RECIPIENT)
