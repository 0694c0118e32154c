"""Numbers and addresses go when their time is over, and only then; what was issued and done stays."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assignments.selectors.outworn import outworn_contacts
from notices import services
from notices.models import Delivery, Notice
from notices.sweeps import mask_personal_data
from plans.models import Occasion
from tests import make
from units.models import Contact, Invitation, UnitEntry
from units.services.contacts import save_contact
from units.services.invitations import invite_person
from units.services.people import update_user
from units.states import Role

pytestmark = pytest.mark.django_db
DAYS = settings.PERSONAL_DATA_DAYS
LONG_AGO = timedelta(days=DAYS + 5)


def known(unit, name, **facts):
    """Somebody in the address book for long."""
    facts = {"added_at": timezone.now() - LONG_AGO, "phone": "0912345678"} | facts
    return Contact.objects.create(unit=unit, name=name, **facts)


def on_duty(contact, ends_on, starts_at):
    served = make.occasion(d_day=ends_on)
    Occasion.objects.filter(pk=served.pk).update(ends_on=ends_on)
    make.roster(contact.unit, "accepted", of=served, shifts=[make.shift(contact, starts_at, status="accepted")])


def test_who_is_no_longer_needed(cast, now):
    """Each of the first differs from one of the second in one thing."""
    today, long_ago = timezone.localdate(now), timezone.localdate(now - LONG_AGO)
    ended = make.unit(name="Công ty đã giải thể", valid_from=long_ago - timedelta(days=9), valid_to=long_ago)
    ending = make.unit(name="Công ty vừa giải thể", valid_from=long_ago, valid_to=today)
    here = cast.telecom
    due = {
        known(here, "Đã thôi", left_on=long_ago, is_focal=True),
        known(ended, "Đầu mối cũ", is_focal=True),
        known(here, "Chỉ ghi trong danh bạ"),
        known(here, "Trực đợt trước"),
        known(here, "Lời mời cũ"),
    }
    before, invited = (next(one for one in due if one.name == name) for name in ("Trực đợt trước", "Lời mời cũ"))
    on_duty(before, long_ago, now - LONG_AGO)
    left = make.person(Role.FOCAL, here, "Người đã nghỉ")
    left.memberships.update(ends_on=today)
    Contact.objects.filter(user=left).update(left_on=long_ago, phone="0987654321")
    due.add(Contact.objects.get(user=left))
    lapsed, lately = (make.person(Role.DUTY, here, name) for name in ("Hết vai trò đã lâu", "Vừa hết vai trò"))
    for person, on in ((lapsed, long_ago), (lately, today)):
        person.memberships.update(starts_on=long_ago - timedelta(days=9), ends_on=on)
        Contact.objects.filter(user=person).update(phone="0987654322", is_focal=False)
    due.add(Contact.objects.get(user=lapsed))
    kept = {
        Contact.objects.get(user=lately),
        known(here, "Vừa thôi", left_on=today, is_focal=True),
        known(ending, "Đầu mối của đơn vị vừa hết", is_focal=True),
        known(here, "Mới ghi", added_at=now),
        known(here, "Mới gọi được", phone_proven_at=now),
        known(here, "Đầu mối", is_focal=True),
        known(here, "Trực đợt này"),
        known(here, "Trực đợt trước, đợt này còn"),
        known(here, "Đang được mời", email="moi@haigiang.example"),
        known(here, "Không có gì", phone=""),
    }
    on = {one.name: one for one in kept}
    on_duty(on["Trực đợt này"], today + timedelta(days=2), now + timedelta(days=1))
    on_duty(on["Trực đợt trước, đợt này còn"], today, now - LONG_AGO)
    invite = {"actor": cast.specialist, "now": now, "role": Role.DUTY}
    invite_person(here, contact=on["Đang được mời"], **invite)
    old = invite_person(here, contact=invited, email="cu@haigiang.example", **invite)
    Invitation.objects.filter(pk=old.pk).update(sent_at=now - LONG_AGO, expires_at=now - LONG_AGO + timedelta(days=7))
    assert set(outworn_contacts(now=now, days=DAYS)) == due
    later = set(outworn_contacts(now=now + timedelta(days=DAYS), days=DAYS))
    assert later >= due | kept - {on["Đầu mối"], on["Không có gì"], on["Trực đợt này"]} and on["Đầu mối"] not in later

    mask_personal_data(now=now)
    mask_personal_data(now=now + timedelta(minutes=5))
    for one in due:
        one.refresh_from_db()
        assert (one.phone, one.email, one.masked_at) == ("", "", now)
    assert set(Contact.objects.exclude(masked_at=None)) == due
    left.refresh_from_db()
    old.refresh_from_db()
    assert left.email == old.email == ""
    said = UnitEntry.objects.filter(what__contains="hết hạn lưu dữ liệu cá nhân").values_list("what", "actor")
    assert len(said) == len(due)
    assert f"Xóa điện thoại, thư điện tử của Đã thôi: hết hạn lưu dữ liệu cá nhân ({DAYS} ngày)." in dict(said)


def test_a_masked_person_is_shown_so_and_used_again_needs_the_number_anew(client, cast, now):
    person = known(cast.telecom, "Trực Cũ")
    mask_personal_data(now=now)
    client.force_login(cast.leader)
    page = client.get(reverse("units:unit_detail", args=[cast.telecom.pk])).text
    assert f"Đã xóa theo quy định lưu trữ dữ liệu cá nhân ngày {timezone.localdate(now):%d/%m/%Y}" in page
    person.refresh_from_db()
    with pytest.raises(ValidationError, match="để liên lạc"):
        save_contact(cast.telecom, actor=cast.admin, now=now, contact=person, position="Trưởng ca")
    again = save_contact(cast.telecom, actor=cast.admin, now=now, contact=person, phone="0905111222")
    assert (again.phone, again.masked_at) == ("0905111222", None)
    Contact.objects.filter(user=cast.focal).update(left_on=timezone.localdate(now - LONG_AGO))
    cast.focal.memberships.update(ends_on=timezone.localdate(now))
    mask_personal_data(now=now)
    back = update_user(
        cast.focal, actor=cast.admin, now=now, full_name=cast.focal.full_name, email="moi@haigiang.example"
    )
    assert back.contact.email == "moi@haigiang.example" and back.contact.masked_at is None


def test_old_notices_lose_the_addresses_they_tell_new_ones_keep_them(cast, now):
    text = "Tài khoản mở cho ha@haigiang.example, gọi 0912 345 678 khi cần."
    for moment in (now - LONG_AGO, now):
        services.say(key=f"k{moment}", recipients=[cast.focal.contact], subject="Việc", text=text, now=moment)
    old, new = Notice.objects.filter(channel="email").order_by("created_at")
    for notice in (old, new):
        Delivery.objects.create(
            notice=notice, at=notice.created_at, ok=False, answer="550 <ha@haigiang.example> unknown"
        )
    mask_personal_data(now=now)
    for row in (old, new):
        row.refresh_from_db()
    assert old.text == "Tài khoản mở cho [đã lược], gọi [đã lược] khi cần." and new.text == text
    answers = dict(Delivery.objects.values_list("notice", "answer"))
    assert answers == {old.pk: "550 <[đã lược]> unknown", new.pk: "550 <ha@haigiang.example> unknown"}
    mask_personal_data(now=now + LONG_AGO)
    new.refresh_from_db()
    assert "@" not in new.text
