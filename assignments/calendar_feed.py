"""Duty shifts as an iCalendar file (RFC 5545): plain data in, the same bytes out for the same data. No phone number in it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from assignments.duty import ZONE

HOURLY = timedelta(hours=1)
OFFSET = timedelta(hours=7)
# Eight digits and more, however they are spaced: nobody's number travels in a feed that needs no password.
NUMBER = re.compile(r"\+?\d(?:[\s.()-]*\d){7,}")


@dataclass(frozen=True)
class Duty:
    """One stretch: `uid` never changes, `sequence` grows whenever it may have, `changed_at` is when; `tentative` while its
    roster is being changed."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    tentative: bool = False


def calendar_feed(name, duties):
    """The bytes of a calendar named `name`; its times are those of Asia/Ho_Chi_Minh, written so that no reader must know it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Thông Suốt//Lịch trực//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(ZONE))
    calendar.add("refresh-interval", HOURLY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_zone())
    for duty in duties:
        calendar.add_component(_event(duty))
    return calendar.to_ical()


def without_numbers(text):
    return NUMBER.sub("…", text)


def _zone():
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 – local by definition; one offset ever since
    standard.add("tzname", "+07")
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    zone = Timezone()
    zone.add("tzid", str(ZONE))
    zone.add_component(standard)
    return zone


def _event(duty):
    event = Event()
    event.add("uid", duty.uid)
    event.add("sequence", duty.sequence)
    event.add("dtstamp", duty.changed_at)
    event.add("last-modified", duty.changed_at)
    event.add("dtstart", duty.starts_at.astimezone(ZONE))
    event.add("dtend", duty.ends_at.astimezone(ZONE))
    event.add("summary", without_numbers(duty.title))
    if duty.place:
        event.add("location", without_numbers(duty.place))
    event.add("description", without_numbers(duty.text))
    event.add("status", "TENTATIVE" if duty.tentative else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event
