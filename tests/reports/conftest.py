"""An occasion whose units have answered in every way, a daily demand among them; and one nobody has begun."""

import re
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.utils import timezone

from assignments.states import AssignmentStatus as S
from tests import make
from units.states import UnitKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def morning(days):
    """Nine in the morning local time, that many days from today."""
    return timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + days * DAY


@pytest.fixture
def told(cast):
    """The telecom is two demands late, the postal one, the rival none; a commune has only a cancelled one,
    and so is one day of the rival."""
    occasion = make.occasion("election", name="Bầu cử đại biểu")
    commune = make.unit(UnitKind.COMMUNE, "Ủy ban nhân dân xã An Bình")
    everyone = [cast.telecom, cast.postal, cast.rival, commune]
    paper = make.dispatch(cast, "issued", addressed=everyone, of=occasion)
    roster, proof, daily = (make.requirement(paper, label, units=everyone) for label in ("1", "2", "3"))

    def row(status, to, of, due=None, **fields):
        return make.assignment(cast, status, to=to, of=of, due_at=due, occasion=occasion, **fields)

    def days(to, states):
        """One assignment of the daily demand for each day: offset from today and state."""
        for offset, status in states.items():
            row(status, to, daily, morning(offset) + 8 * HOUR, occurrence=timezone.localdate() + offset * DAY)

    row(S.SENT, cast.telecom, roster, morning(-3))
    row(S.CLOSED, cast.telecom, proof, morning(-3))
    days(cast.telecom, {-2: S.CLOSED, -1: S.ACCEPTED, 1: S.SENT, 2: S.SENT})
    row(S.QUESTIONED, cast.postal, roster, morning(-2))
    row(S.SUBMITTED, cast.postal, proof, morning(-2))
    days(cast.postal, {-2: S.CLOSED, -1: S.CLOSED, 1: S.SENT})
    row(S.DECLINED, cast.rival, roster, morning(-5))
    row(S.ACCEPTED, cast.rival, proof, morning(5))
    row(S.CANCELLED, commune, roster, morning(-5))
    days(cast.rival, {-1: S.CANCELLED})
    outside = make.assignment(cast, S.SENT, to=cast.rival, due_at=morning(-1))
    return SimpleNamespace(
        occasion=occasion,
        quiet=make.occasion("tet", name="Tết", d_day=timezone.localdate() + 60 * DAY),
        commune=commune,
        paper=paper,
        roster=roster,
        proof=proof,
        daily=daily,
        outside=outside,
    )


def links(page):
    """(address, text) of every link in the page's main part."""
    main = page[page.index('id="main"') :]
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', main, re.S)
    return [(unescape(href), " ".join(re.sub(r"<[^>]+>", " ", text).split())) for href, text in found]


def counted(page):
    """(number, address) of every link that shows a number and leads to the list of demands."""
    return [
        (int(number[0].replace(".", "")), href)
        for href, text in links(page)
        if href.startswith("/nhiem-vu/?") and (number := re.match(r"[\d.]+", text))
    ]


def listed(client, href):
    """How many rows the list at this address counts."""
    response = client.get(href)
    assert response.status_code == 200, href
    return response.context["page"].paginator.count
