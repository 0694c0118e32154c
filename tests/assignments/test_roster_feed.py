"""Calendar feeds: the right shifts at the right hours under a secret address, nothing once the right is gone."""

import logging
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from assignments import services
from assignments.duty import ZONE
from assignments.models import CalendarLink, RosterEntry
from config.discreet import Discreet
from tests import make
from units.models import Contact, Membership
from units.states import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def night(cast):
    """An accepted roster with one night shift of the focal person."""
    day = timezone.localdate() + timedelta(days=5)
    start = datetime(day.year, day.month, day.day, 19, tzinfo=ZONE)
    shift = make.shift(
        cast.focal,
        start,
        hours=12,
        status="accepted",
        layers=["shift", "response"],
        place="NOC 0912 345 678",
        note="0987654321",
    )
    cast.roster = make.roster(cast.telecom, "accepted", shifts=[shift])
    RosterEntry.objects.create(
        row=cast.roster, before="submitted", after="accepted", actor=cast.head, at=timezone.now()
    )
    return shift


def linked(user, unit=None):
    return reverse("assignments:calendar_feed", args=[services.make_link(unit, actor=user, now=timezone.now())])


def events(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return list(Calendar.from_ical(page.content).walk("VEVENT"))


def test_the_shift_stands_at_its_local_hours_without_any_number(client, cast, night):
    address = linked(cast.focal)
    (event,) = events(client, address)
    assert event.decoded("dtstart") == night.starts_at
    assert event.decoded("dtstart").utcoffset() == timedelta(hours=7)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=12)
    assert event["summary"] == f"Trực ca, Trực ứng cứu thông tin – {cast.telecom}"
    text = client.get(address).content.decode()
    assert "TZID=Asia/Ho_Chi_Minh:" in text
    for number in ("0912", "0987", cast.focal.contact.phone):
        assert number not in text


def test_only_accepted_shifts_of_the_person_or_of_the_unit(client, cast, night):
    other = make.person(Role.DUTY, cast.telecom)
    later = night.starts_at + timedelta(days=1)
    second = make.shift(other, later, status="accepted")
    cast.roster.shifts.add(second)
    make.roster(cast.telecom, "submitted", shifts=[make.shift(cast.focal, later, status="submitted")])
    make.roster(cast.rival, "accepted", shifts=[make.shift(cast.stranger, later, status="accepted")])
    assert len(events(client, linked(cast.focal))) == 1
    assert [str(event["summary"]) for event in events(client, linked(cast.focal, cast.telecom))] == [
        f"{cast.focal.contact.name}: Trực ca, Trực ứng cứu thông tin",
        f"{other.contact.name}: Trực ca",
    ]


def test_a_change_keeps_the_uid_and_raises_the_sequence_a_removed_shift_is_gone(client, cast, night):
    address = linked(cast.focal)
    (before,) = events(client, address)
    now = timezone.now()
    services.reopen_roster(cast.roster, actor=cast.head, now=now, reason="Đổi giờ theo đề nghị của đơn vị.")
    (open_again,) = events(client, address)
    assert (before["status"], open_again["status"]) == ("CONFIRMED", "TENTATIVE")
    assert open_again["sequence"] > before["sequence"] and "đang được sửa" in open_again["description"]
    assert open_again.decoded("dtend") == before.decoded("dtend")
    shift = cast.roster.shifts.get()
    facts = {"contact": shift.contact, "layers": shift.layers, "starts_at": shift.starts_at, "place": shift.place}
    ends_at = shift.ends_at - timedelta(hours=4)
    services.save_shift(cast.roster, actor=cast.focal, now=now, shift=shift, ends_at=ends_at, **facts)
    assert events(client, address) == []  # the old hours hold no longer, the new ones not yet
    services.submit_roster(cast.roster, actor=cast.focal, now=now)
    assert events(client, address) == []
    services.accept_roster(cast.roster, actor=cast.head, now=now, waiver_reason="Đơn vị bố trí bổ sung sau.")
    (after,) = events(client, address)
    assert after["uid"] == before["uid"]
    assert (after["status"], after["sequence"] > open_again["sequence"]) == ("CONFIRMED", True)
    assert after.decoded("dtend") == night.ends_at - timedelta(hours=4)


@pytest.mark.parametrize(("other", "stays"), [("draft", False), ("submitted", False), ("accepted", True)])
def test_dropped_from_a_roster_open_again_it_is_gone_unless_another_accepted_one_holds_it(
    client, cast, night, other, stays
):
    address = linked(cast.focal)
    now = timezone.now()
    services.reopen_roster(cast.roster, actor=cast.head, now=now, reason="Đổi giờ theo đề nghị của đơn vị.")
    make.roster(cast.telecom, other, shifts=[night])
    type(night).objects.filter(pk=night.pk).update(status=other)
    services.remove_shift(cast.roster, shift=night, actor=cast.focal, now=now)
    night.refresh_from_db()
    assert (night.in_force, bool(events(client, address))) == (stays, stays)


def test_unchanged_it_is_not_sent_again_and_no_shared_cache_keeps_it(client, cast, night):
    address = linked(cast.focal)
    page = client.get(address)
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    assert page["Cache-Control"] == "private, no-cache"
    again = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", page["ETag"])
    assert client.post(address).status_code == 405


def locked(cast):
    type(cast.focal).objects.filter(pk=cast.focal.pk).update(is_active=False)


def without_role(cast):
    Membership.objects.filter(user=cast.focal).update(ends_on=timezone.localdate())


def left(cast):
    Contact.objects.filter(user=cast.focal).update(left_on=timezone.localdate())


def revoked(cast):
    link = CalendarLink.objects.get(unit=None)
    services.revoke_link(link, actor=cast.focal, now=timezone.now())


def replaced(cast):
    linked(cast.focal)


@pytest.mark.parametrize("end", [locked, without_role, left, revoked, replaced])
def test_it_opens_nothing_once_the_right_is_gone(client, cast, night, end):
    address = linked(cast.focal)
    assert client.get(address).status_code == 200
    end(cast)
    assert client.get(address).status_code == 404


def test_a_unit_link_ends_with_the_right_in_that_unit(client, cast, night):
    address = linked(cast.focal, cast.telecom)
    Membership.objects.filter(user=cast.focal).update(unit=cast.rival)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "á" * 43, "a" * 500])
def test_a_guess_is_not_found(client, db, token):
    assert client.get(f"/lich-truc/ics/{token}.ics").status_code == 404


def test_the_token_is_kept_in_no_row_and_in_no_log(cast, night):
    token = services.make_link(actor=cast.focal, now=timezone.now())
    assert token not in str(list(CalendarLink.objects.values()))
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, f"GET /lich-truc/ics/{token}.ics 200", (), None)
    assert Discreet().filter(record)
    assert token not in record.getMessage()


def test_a_person_makes_sees_once_and_revokes_a_link(client, cast, night):
    client.force_login(cast.focal)
    page = client.post(reverse("assignments:calendar_link_new"), follow=True)
    address = page.context["address"]
    assert address in page.text
    assert "no-store" in page["Cache-Control"]
    assert "19:00" in page.text
    assert client.get(address).status_code == 200
    again = client.get(reverse("assignments:my_calendar"))
    assert again.context["address"] is None
    link = CalendarLink.objects.get()
    assert link.read_at
    assert client.post(reverse("assignments:calendar_link_revoke", args=[link.pk])).status_code == 302
    assert client.get(address).status_code == 404


def test_links_and_units_of_others_are_not_there(client, cast, night):
    linked(cast.focal)
    link = CalendarLink.objects.get()
    client.force_login(cast.stranger)
    assert client.post(reverse("assignments:calendar_link_revoke", args=[link.pk])).status_code == 404
    for unit in (cast.telecom.pk, "x", "9" * 30):
        assert client.post(reverse("assignments:calendar_link_new"), {"unit": unit}).status_code == 404
    client.force_login(cast.specialist)
    assert client.post(reverse("assignments:calendar_link_new"), {"unit": cast.telecom.pk}).status_code == 302


def test_feed_and_page_ask_equally_often_for_many_shifts(client, cast, night, django_assert_max_num_queries):
    for number in range(1, 8):
        extra = make.shift(cast.focal, night.starts_at + timedelta(days=number), status="accepted")
        cast.roster.shifts.add(extra)
    address = linked(cast.focal)
    with django_assert_max_num_queries(9):
        assert len(events(client, address)) == 8
    client.force_login(cast.focal)
    with django_assert_max_num_queries(18):
        client.get(reverse("assignments:my_calendar"))
