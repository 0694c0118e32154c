"""Nothing personal is in any history row, after everything has happened once."""

import pytest
from django.core import serializers

from assignments import services as work
from assignments.models import Assignment
from units.chain import sealed_models
from units.discreet import PERSONAL
from units.models import Contact, Invitation, User
from units.services.contacts import save_contact
from units.services.people import update_user

pytestmark = pytest.mark.django_db


def test_no_number_and_no_address_is_in_any_history(world):
    cast, now = world.cast, world.now
    contact = save_contact(cast.telecom, actor=cast.admin, now=now, name="Trực Mới", phone="0905000111")
    save_contact(
        cast.telecom, actor=cast.admin, now=now, contact=contact, phone="0905000222", email="t@haigiang.example"
    )
    update_user(cast.focal, actor=cast.admin, now=now, full_name="Đặng Hải Yên", email="yen@haigiang.example")
    task = Assignment.objects.filter(unit=cast.telecom, status="accepted").first()
    asked = work.ask_assignment(
        task, actor=cast.focal, now=now, question="Xin gọi anh Nam 0905 000 333, nam@haigiang.example."
    )
    assert asked.history.latest("pk").note == "Xin gọi anh Nam [đã lược], [đã lược]."
    held = {*Contact.objects.values_list("phone", flat=True), *Contact.objects.values_list("email", flat=True)}
    held |= {*Invitation.objects.values_list("email", flat=True), *User.objects.values_list("email", flat=True)} - {""}
    assert {"0905000222", "yen@haigiang.example"} <= held
    for table, model in sealed_models().items():
        said = serializers.serialize("json", model.objects.all(), ensure_ascii=False)
        assert PERSONAL.findall(said) == [] == [one for one in held - {""} if one in said], table
    assert len(sealed_models()) > 8
