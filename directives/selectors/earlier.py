"""Earlier papers to begin from, and the occasions between which they are carried."""

from directives.models import Dispatch
from directives.moving import OccasionDates, guess_occasion
from directives.states import DispatchStatus
from plans.models import Occasion


def occasions_for(source, user):
    """The occasions a new paper can be made for: those of the same kind, newest first; of any kind when it had none."""
    rows = Occasion.objects.visible_to(user).order_by("-d_day", "pk")
    return rows.filter(kind=source.occasion.kind).exclude(pk=source.occasion_id) if source.occasion_id else rows


def next_occasion(rows, today):
    """The one that comes next, else the latest; None when there is none."""
    rows = list(rows)
    coming = [row for row in rows if row.ends_on >= today]
    return min(coming, key=lambda row: row.d_day) if coming else (rows[0] if rows else None)


def old_dates(source, kind):
    """The occasion the paper was written for: its own, else the one its words name; None when somebody must say."""
    if source.occasion_id:
        return dates_of(source.occasion)
    return guess_occasion(f"{source.subject}\n{source.body}", kind)


def dates_of(occasion):
    return OccasionDates(occasion.kind, occasion.d_day, occasion.name)


def earlier_papers(user, *, kind="", words=""):
    """Issued papers that can be taken as a model, newest first, of occasions of one kind when it is named."""
    rows = Dispatch.objects.visible_to(user).filter(status__in=DispatchStatus.ISSUED_ON)
    if kind:
        rows = rows.filter(occasion__kind=kind)
    if words:
        rows = rows.filter(search_key__words=words)
    return rows.select_related("occasion", "division", "author").order_by("-issued_on", "-pk")
