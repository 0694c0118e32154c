"""Last year's Tết: over, answered, and the paper from which this year's can be made."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from assignments.models import Assignment
from assignments.services import answers, decisions
from directives import services as papers
from plans import services as plans
from plans.calendar.holidays import is_day_off
from plans.calendar.labels import weekday_name
from plans.calendar.lunar import CHAP, can_chi, solar_of, tet

LETTER = (Path(__file__).parent / "last_tet.txt").read_text(encoding="utf-8")
WRITTEN = timedelta(days=44)
DAY = timedelta(days=1)


def last_tet(story, year, issue):
    """The Tết before that of `year`, told as if at its time. `issue` sends a draft out on a day counted from now."""
    d_day = tet(year - 1)
    today = timezone.localdate(story.now)
    ago = (d_day - WRITTEN - today).days
    occasion = plans.create_occasion(
        kind="tet",
        name=f"Tết Nguyên đán {can_chi(year - 1)} {year - 1}",
        d_day=d_day,
        starts_on=d_day - timedelta(days=45),
        ends_on=d_day + timedelta(days=9),
        **story.who("ha.lt", ago, 8),
    )
    draft = papers.create_from_text(
        _letter(d_day), division=story.division, occasion=occasion, **story.who("ha.lt", ago, 8)
    )
    issue(draft, ago)
    voices = {story.province.units[short].pk: user for short, user in story.province.voices.items()}
    voices |= {story.people[name].contact.unit_id: story.people[name] for name in ("yen.dh", "bao.bg")}
    over = timezone.make_aware(timezone.datetime(d_day.year, d_day.month, d_day.day))
    for n, row in enumerate(Assignment.objects.filter(occasion=occasion).order_by("pk")):
        last = (row.due_at or over) + (DAY if n % 8 == 5 else -DAY)  # now and then somebody is a day late
        unit, head = ({"actor": who, "now": last} for who in (voices[row.unit_id], story.people["viet.pq"]))
        row = answers.accept_assignment(row, **unit)
        row = answers.submit_assignment(row, text="Đơn vị đã thực hiện xong nội dung này.", **unit)
        decisions.close_assignment(row, note="Kết quả đạt yêu cầu.", **head)


def _letter(d_day):
    year = d_day.year
    month = (d_day - WRITTEN).month
    days = {
        "basis": d_day - timedelta(days=50),
        "check": _worked(d_day - timedelta(days=28)),
        "plan": _worked(d_day - timedelta(days=14)),
        "eve": d_day - DAY,
        "first": solar_of(28, CHAP, year - 1),
        "last": solar_of(6, 1, year),
        "freeze": d_day + 2 * DAY,
        "report": _worked(d_day + timedelta(days=9)),
    }
    return LETTER.format(
        name=can_chi(year),
        before=can_chi(year - 1),
        year=year,
        month=f"{month:02d}" if month < 3 else month,
        written=(d_day - WRITTEN).year,
        plan_day=weekday_name(days["plan"]).replace("Thứ", "thứ"),
        **{name: f"{day:%d/%m/%Y}" for name, day in days.items()},
    )


def _worked(day):
    while is_day_off(day):
        day += DAY
    return day
