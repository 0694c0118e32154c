"""Two people bind one person at the same moment: one wins, the other is told whom and when; the database is the last to refuse."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assignments import services
from assignments.models import DutyShift, Roster, RosterEntry
from tests import make
from tests.together import together as many_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
WHY = "Trùng người trực, đề nghị xếp lại"


together = partial(many_at_once, refusal=(ValidationError, DatabaseError))


def rosters_of(cast, people, day):
    """A roster for each of several occasions of that day, each with its own shift of every person."""
    made = []
    for _ in range(2):
        occasion = make.occasion(d_day=day)
        start = occasion.phases.get(kind="during").starts_at
        made.append(make.roster(cast.telecom, of=occasion, shifts=[make.shift(who, start) for who in people]))
    return made


def test_of_two_rosters_that_need_one_person_one_is_sent():
    cast, now = make.cast(), timezone.now()
    other = make.person("duty", cast.telecom)
    for round_ in range(4):
        pair = rosters_of(cast, [cast.focal, other], timezone.localdate(now) + (10 + round_) * DAY)
        outcomes = together(*[lambda row=row: services.submit_roster(row, actor=cast.focal, now=now) for row in pair])
        refusals = [each for each in outcomes if isinstance(each, ValidationError)]
        assert [type(each).__name__ for each in outcomes if each not in refusals] == ["Roster"]
        (refusal,) = refusals
        assert len(refusal.messages) == 2
        assert all("trùng giờ với ca 00:00–08:00 ngày" in text for text in refusal.messages)
        assert sorted(Roster.objects.filter(pk__in=[row.pk for row in pair]).values_list("status", flat=True)) == [
            "draft",
            "submitted",
        ]
    assert RosterEntry.objects.count() == 4


def test_of_two_who_press_send_at_once_the_second_reads_why():
    cast, now = make.cast(), timezone.now()
    pair = rosters_of(cast, [cast.focal], timezone.localdate(now) + 10 * DAY)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(cast.focal)
    pages = together(
        *[
            lambda client=client, row=row: client.post(
                reverse("assignments:roster_submit", args=[row.pk]), {"note": ""}
            )
            for client, row in zip(clients, pair, strict=True)
        ]
    )
    assert sorted(page.status_code for page in pages) == [200, 302]
    (refused,) = [page for page in pages if page.status_code == 200]
    assert "trùng giờ với ca 00:00–08:00 ngày" in refused.content.decode()
    assert DutyShift.objects.binding().count() == 1


def test_past_every_check_the_database_refuses_the_second():
    """Written straight into the table by two connections at once, in opposite order."""
    cast, day = make.cast(), timezone.localdate() + 10 * DAY
    first, second = rosters_of(cast, [cast.focal], day)
    a, b = first.shifts.get(), second.shifts.get()
    outcomes = together(
        *[lambda row=row: DutyShift.objects.filter(pk=row.pk).update(status="submitted") for row in (a, b)]
    )
    assert sum(isinstance(each, DatabaseError) for each in outcomes) == 1
    assert DutyShift.objects.binding().count() == 1


def test_ten_sends_of_one_roster_are_one_and_an_edit_never_slips_in_behind():
    cast, now = make.cast(), timezone.now()
    roster, _ = rosters_of(cast, [cast.focal], timezone.localdate(now) + 10 * DAY)
    start = roster.occasion.phases.get(kind="during").starts_at
    facts = {"layers": ["leader"], "starts_at": start + DAY / 2, "ends_at": start + DAY, "contact": cast.focal.contact}
    sends = [lambda: services.submit_roster(roster, actor=cast.focal, now=now)] * 4
    edits = [lambda: services.save_shift(roster, actor=cast.focal, now=now, **facts)]
    outcomes = together(*sends, *edits)
    assert sum(isinstance(each, Roster) for each in outcomes) == 1
    entered = sum(isinstance(each, DutyShift) for each in outcomes)
    assert roster.shifts.count() == 1 + entered
    assert set(roster.shifts.values_list("status", flat=True)) == {"submitted"}
    assert Roster.objects.get(pk=roster.pk).history.filter(after="submitted").count() == 1


def test_one_accepts_while_another_returns():
    cast, now = make.cast(), timezone.now()
    for round_ in range(4):
        day = timezone.localdate(now) + (10 + round_) * DAY
        roster, _ = rosters_of(cast, [cast.focal], day)
        services.submit_roster(roster, actor=cast.focal, now=now)
        outcomes = together(
            lambda row=roster: services.accept_roster(row, actor=cast.head, now=now, waiver_reason=WHY),
            lambda row=roster: services.return_roster(row, actor=cast.leader, now=now, reason=WHY),
        )
        (winner,) = [each for each in outcomes if isinstance(each, Roster)]
        assert Roster.objects.get(pk=roster.pk).status == winner.status
        assert roster.shifts.get().status == winner.status
