"""Duty on everybody's desk: whoever stands or will stand, rosters to send, to decide, and those nobody has begun."""

from urllib.parse import urlencode

from django.urls import reverse

from assignments.duty import span_words
from assignments.selectors.duty import beside
from assignments.selectors.feeds import own_shifts
from assignments.selectors.rosters import MISSING, missing_rosters, owed_now, waiting_rosters
from reports.selectors.desk.panel import Line, panel


def _rosters(state):
    return f"{reverse('assignments:roster_list')}?{urlencode({'trang-thai': state})}"


def duty_panels(user, now):
    """For whoever stands watch in a unit: who is there now, and the person's own next shifts."""

    def present(shift):
        until = span_words(shift.starts_at, shift.ends_at)
        return Line(shift.contact.name, reverse("assignments:on_duty"), f"{', '.join(shift.layer_words())} · {until}")

    return [
        panel(
            "Đang trực tại đơn vị",
            beside(user, now),
            present,
            reverse("assignments:on_duty"),
            "Lúc này đơn vị không có ai trong ca trực.",
            "user-check",
        ),
        own_panel(user, now),
    ]


def own_panel(user, now):
    """The person's own shifts that are not over, the present one first; those the Sở has not accepted say so."""

    def own(shift):
        note = f"{', '.join(shift.layer_words())}{f' · {shift.place}' if shift.place else ''}"
        if not shift.in_force:
            tone, word = "draft", "Lịch chưa duyệt"
        else:
            tone, word = ("active", "Đang trực") if shift.starts_at <= now else ("", "")
        address = reverse("assignments:my_calendar")
        return Line(span_words(shift.starts_at, shift.ends_at), address, note, tone=tone, word=word)

    return panel(
        "Ca trực của tôi",
        own_shifts(user, now),
        own,
        reverse("assignments:my_calendar"),
        "Anh/chị chưa có ca trực nào sắp tới.",
        "calendar-time",
    )


def _roster_line(roster):
    return Line(
        roster.occasion.name,
        roster.get_absolute_url(),
        roster.unit.name,
        tone="refused" if roster.status == "returned" else "draft",
        word=roster.get_status_display(),
    )


def _waiting_line(roster):
    note = roster.occasion.name
    if roster.gap_minutes:
        return Line(roster.unit.name, roster.get_absolute_url(), note, tone="soon", word="Còn thiếu người trực")
    return Line(roster.unit.name, roster.get_absolute_url(), note)


def _missing_line(assignment):
    return Line(
        assignment.unit.name,
        f"{_rosters(MISSING)}&{urlencode({'dot': assignment.occasion_id, 'don-vi': assignment.unit_id})}",
        assignment.occasion.name,
        due_at=assignment.due_at,
    )


def _owed_line(assignment):
    query = urlencode({"dot": assignment.occasion_id, "don-vi": assignment.unit_id})
    address = f"{reverse('assignments:roster_new')}?{query}"
    return Line(assignment.occasion.name, address, assignment.unit.name, due_at=assignment.due_at)


def unit_roster_panels(user):
    """For who speaks for a unit: what it owes and has not begun, and what it has begun and not sent; nothing when nothing."""
    begun, owed = owed_now(user)
    panels = [
        panel(
            "Lịch trực phải lập",
            owed,
            _owed_line,
            _rosters(MISSING),
            "Không có lịch trực nào phải lập.",
            "calendar-plus",
        ),
        panel(
            "Lịch trực chưa gửi Sở",
            begun,
            _roster_line,
            _rosters("can-lam"),
            "Mọi lịch trực đã lập đều đã gửi.",
            "calendar-time",
        ),
    ]
    return [made for made in panels if made.lines]


def staff_roster_panels(user):
    """For the Sở's divisions: what waits to be decided, and who has not begun what was asked."""
    return [
        panel(
            "Lịch trực chờ duyệt",
            waiting_rosters(),
            _waiting_line,
            _rosters("submitted"),
            "Không có lịch trực nào chờ duyệt.",
            "clipboard-check",
        ),
        panel(
            "Đơn vị chưa lập lịch trực",
            missing_rosters(user, {}),
            _missing_line,
            _rosters(MISSING),
            "Mọi đơn vị được yêu cầu đều đã lập lịch trực.",
            "calendar-due",
        ),
    ]
