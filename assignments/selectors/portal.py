"""The one list of a unit: everything it owes from every paper, in order of date, a recurring demand as one line."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from assignments.models import Assignment
from assignments.selectors.acts import main_verb, may
from assignments.selectors.listing import listed
from assignments.states import AssignmentStatus
from directives.deadlines import end_of
from units.addresses import address_of

DONE_FOR = timedelta(days=30)
GROUPS = ("Quá hạn", "Hôm nay", "7 ngày tới", "Sau đó", "Không có hạn", "Chờ Sở xác nhận", "Đã xong")
LATE, TODAY, WEEK, LATER, ENDLESS, WAITING, DONE = range(len(GROUPS))
SHOWN = 30
BUTTONS = {"accept", "submit"}


@dataclass
class Line:
    """One demand on one line. A recurring one shows the day that matters most, today's first, and counts its other days."""

    assignment: Assignment
    group: int
    verb: str | None
    days: list[Assignment] = field(default_factory=list)
    late_days: int = 0
    days_left: int = 0

    @property
    def act_url(self):
        """Where its one button goes."""
        return address_of(f"assignments:assignment_{self.verb}", self.assignment.pk)

    @property
    def unaccepted(self):
        return sum(day.status == AssignmentStatus.SENT for day in self.days)


@dataclass
class Section:
    """Lines of one group; only the first are shown, so that the page stays light however much a unit owes."""

    title: str
    lines: list[Line]
    late: bool
    done: bool

    @property
    def shown(self):
        return self.lines[:SHOWN]

    @property
    def hidden(self):
        return max(0, len(self.lines) - SHOWN)


def group_of(assignment, now, tonight):
    """Where a line stands, by what the unit still owes."""
    if assignment.status in AssignmentStatus.OWED:
        due = assignment.due_at
        if due is None:
            return ENDLESS
        if due <= now:
            return LATE
        return TODAY if due <= tonight else WEEK if due <= tonight + timedelta(days=7) else LATER
    return WAITING if assignment.status in AssignmentStatus.OPEN else DONE


def unit_list(user, now):
    """The sections of the portal page, empty ones left out. Two queries, whatever the number of papers.

    Finished ones stay for thirty days; all of them are found through the filters of the full list.
    """
    tonight = end_of(timezone.localdate(now))
    rows = Assignment.objects.filter(unit__in=user.unit_ids()).filter(
        Q(status__in=AssignmentStatus.OPEN) | Q(moved_at__gt=now - DONE_FOR)
    )
    rows = sorted(listed(rows), key=_fold_key)
    lines = [_line(user, list(days), now, tonight) for _, days in groupby(rows, key=_fold_key)]
    lines.sort(key=lambda line: (line.group, _urgency(line, now)))
    return [
        Section(GROUPS[group], found, late=group == LATE, done=group == DONE)
        for group, found in ((group, list(found)) for group, found in groupby(lines, key=lambda line: line.group))
    ]


def _fold_key(assignment):
    single = 0 if assignment.occurrence else assignment.pk
    return assignment.requirement_id, assignment.unit_id, single


def _urgency(line, now):
    if line.group == DONE:
        return now - line.assignment.moved_at, line.assignment.pk
    due = line.assignment.due_at
    return (due - now if due else timedelta.max), line.assignment.pk


def _line(user, days, now, tonight):
    grouped = [(group_of(day, now, tonight), day) for day in days]
    group = min(group for group, _ in grouped)
    today = timezone.localdate(now)
    owed = [day for where, day in grouped if where <= ENDLESS]
    shown = next((day for day in owed if day.occurrence == today), None) or next(
        day for where, day in grouped if where == group
    )
    if shown.occurrence is None:
        return Line(shown, group, _button(user, shown))
    return Line(
        shown,
        group,
        _button(user, shown),
        days=sorted(days, key=lambda day: (day.occurrence != today, day.occurrence)),
        late_days=sum(where == LATE for where, _ in grouped),
        days_left=len(owed),
    )


def _button(user, assignment):
    return main_verb({verb for verb in BUTTONS if may(user, assignment, verb)})


def next_due(sections) -> datetime | None:
    """The nearest deadline still ahead, for the sentence at the top."""
    ahead = [line.assignment.due_at for section in sections for line in section.lines if TODAY <= line.group <= LATER]
    return min(ahead, default=None)
