"""Who answers what by when, and who is on duty."""

from assignments.models.assignment import Assignment, AssignmentEntry, Evidence, Extension
from assignments.models.feed import CalendarLink
from assignments.models.roster import DutyShift, Roster, RosterEntry

__all__ = [
    "Assignment",
    "AssignmentEntry",
    "CalendarLink",
    "DutyShift",
    "Evidence",
    "Extension",
    "Roster",
    "RosterEntry",
]
