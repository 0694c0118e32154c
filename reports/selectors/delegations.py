"""Everything that was done under one delegation: the rows of every history table that name it, in one list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value

from assignments.models import Assignment, AssignmentEntry, Roster, RosterEntry
from directives.models import Dispatch, DispatchEntry, DispatchLook
from plans.models import BasisEntry, HolidayEntry, LegalBasis, Occasion, OccasionEntry, Plan, PlanEntry
from units.models import Unit, UnitEntry
from units.templatetags.ui import shorten, status_word

HIDDEN = "Nội dung thuộc phạm vi anh/chị không còn được xem."


@dataclass(frozen=True)
class Act:
    """One act: when, what in words with its reason, upon what. Without `subject` the reader may not see what it was about."""

    at: datetime
    what: str
    note: str = ""
    subject: str = ""
    url: str = ""


def _moved(entry):
    """A move, or an act that left the status where it was: its words, and what was said with it."""
    return (entry.note or "Cập nhật", "") if entry.before == entry.after else (status_word(entry), entry.note)


def _paper(entry):
    return *_moved(entry), str(entry.row), entry.row.get_absolute_url()


def _assignment(entry):
    row = entry.row
    about = f"{row.unit.name}: {shorten(row.requirement.text, 120)}"
    return *_moved(entry), about, row.get_absolute_url()


def _of(name):
    def said(entry):
        row = getattr(entry, name)
        return entry.what, "", str(row), row.get_absolute_url()

    return said


def _holiday(entry):
    return entry.what, "", f"{entry.day:%d/%m/%Y}", ""


def _look(entry):
    return f"Xem: {entry.get_what_display()}", "", str(entry.dispatch), entry.dispatch.get_absolute_url()


# table: its entries, the column that says upon what, what that is, what a line says, what it needs beside itself
SOURCES = {
    "paper": (DispatchEntry, "row", Dispatch, _paper, ["row"]),
    "plan": (PlanEntry, "row", Plan, _paper, ["row"]),
    "assignment": (AssignmentEntry, "row", Assignment, _assignment, ["row__unit", "row__requirement"]),
    "roster": (RosterEntry, "row", Roster, _paper, ["row__occasion", "row__unit"]),
    "unit": (UnitEntry, "unit", Unit, _of("unit"), ["unit"]),
    "occasion": (OccasionEntry, "occasion", Occasion, _of("occasion"), ["occasion"]),
    "basis": (BasisEntry, "basis", LegalBasis, _of("basis"), ["basis"]),
    "holiday": (HolidayEntry, None, None, _holiday, []),
}
LOOKS = {"look": (DispatchLook, "dispatch", Dispatch, _look, ["dispatch"])}


def acts_under(delegation, *, with_looks=False):
    """Keys of all acts, newest first, as rows {table, key, at}: one query to count them, one for a page of them."""
    sources = SOURCES | LOOKS if with_looks else SOURCES
    parts = [
        model.objects.filter(under=delegation).order_by().values("pk", "at", table=Value(table))
        for table, (model, *_) in sources.items()
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-at", "-pk")


def read_acts(keys, user):
    """What stands behind the keys of one page, in their order; a query or two for each table that occurs in it.

    What this reader may not see, having gone to another unit since, keeps its line and loses its words."""
    found = {}
    for table, (model, name, about, said, beside) in (SOURCES | LOOKS).items():
        wanted = [key["pk"] for key in keys if key["table"] == table]
        if not wanted:
            continue
        entries = list(model.objects.filter(pk__in=wanted).select_related(*beside))
        seen = None
        if about is not None:
            rows = about.objects.visible_to(user).filter(pk__in={getattr(entry, f"{name}_id") for entry in entries})
            seen = set(rows.values_list("pk", flat=True))
        for entry in entries:
            shown = seen is None or getattr(entry, f"{name}_id") in seen
            found[table, entry.pk] = Act(entry.at, *said(entry)) if shown else Act(entry.at, HIDDEN)
    return [found[key["table"], key["pk"]] for key in keys]
