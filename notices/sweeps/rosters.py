"""What became of rosters, told to the unit and, where no paper asked for one, to whoever made the occasion."""

from collections import defaultdict

from django.db.models import Q

from assignments import coverage
from assignments.duty import window_of
from assignments.models import Assignment, RosterEntry
from assignments.states import AssignmentStatus, RosterStatus
from notices import words
from notices.selectors import contacts_of_users, focal_contacts
from notices.services import notices_for
from notices.sweeps.absence import say_at_work
from plans.models import Phase
from plans.states import EvidenceKind


def rosters_moved(since, now):
    """Each move of a roster once: what the Sở decided, and what a roster just sent still lacks, gap by gap."""
    moves = Q()
    for before, after in words.ROSTER_MOVED:
        moves |= Q(before=before, after=after)
    entries = list(
        RosterEntry.objects.filter(moves, at__gt=since, at__lte=now)
        .select_related("row__unit", "row__occasion", "actor", "under__giver")
        .prefetch_related("row__shifts")
        .order_by("pk")
    )
    if not entries:
        return
    gaps = _gaps({entry.row_id: entry.row for entry in entries})
    people = focal_contacts({entry.row.unit_id for entry in entries})
    makers = contacts_of_users({entry.row.occasion.created_by_id for entry in entries})
    asked = _asked({entry.row_id: entry.row for entry in entries})
    made = []
    for entry in entries:
        row = entry.row
        common = {"now": now, "path": row.get_absolute_url()}
        to_unit, subject, text = words.roster_moved(
            entry.before, entry.after, row.unit.name, str(row.occasion), entry.note, gaps[row.pk]
        )
        text += words.acted_for(entry)
        maker = [] if row.pk in asked else [makers[pk] for pk in [row.occasion.created_by_id] if pk in makers]
        to = [contact for contact in (people[row.unit_id] if to_unit else maker) if not _did(entry, contact)]
        made += notices_for(to, key=f"roster:{row.pk}:move:{entry.pk}", subject=subject, text=text, **common)
        if entry.after == RosterStatus.SUBMITTED and gaps[row.pk]:
            subject, text = words.roster_gaps_found(str(row.occasion), gaps[row.pk], coverage.minutes(gaps[row.pk]))
            key = f"roster:{row.pk}:gaps:{entry.pk}"
            made += notices_for(people[row.unit_id], key=key, subject=subject, text=text, **common)
    say_at_work(made, now)


def _did(entry, contact):
    return contact.user_id is not None and contact.user_id == entry.actor_id


def _gaps(rosters):
    """{roster: what it leaves empty}: one query for the phases of all."""
    phases = defaultdict(list)
    for phase in Phase.objects.filter(occasion__in={roster.occasion_id for roster in rosters.values()}):
        phases[phase.occasion_id].append(phase)
    found = {}
    for pk, roster in rosters.items():
        needs = coverage.required(phases[roster.occasion_id], window_of(roster.occasion))
        found[pk] = coverage.gaps(needs, roster.shifts.all())
    return found


def _asked(rosters):
    """The rosters that a paper asked for: its giver hears of them through the demand."""
    asked = Assignment.objects.filter(
        requirement__evidence_kind=EvidenceKind.ROSTER,
        occasion__in={roster.occasion_id for roster in rosters.values()},
        unit__in={roster.unit_id for roster in rosters.values()},
    ).exclude(status=AssignmentStatus.CANCELLED)
    pairs = set(asked.values_list("occasion", "unit"))
    return {pk for pk, roster in rosters.items() if (roster.occasion_id, roster.unit_id) in pairs}
