"""Knowledge climbs as reading: what moved below since the last look becomes notices to those it concerns."""

from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from assignments.models import Assignment, AssignmentEntry, Extension, RosterEntry
from directives.models import DispatchEntry, Receipt
from directives.states import Urgency
from notices import words
from notices.selectors import contacts_of_users, desk, focal_contacts
from notices.services import notices_for
from notices.sweeps.absence import say_at_work
from notices.sweeps.rosters import rosters_moved
from plans.models import PlanEntry
from plans.states import EvidenceKind
from units.services.sweeps import claim_sweep, finish_sweep
from units.states import Role

NAME = "read_history"
OVERLAP = timedelta(minutes=5)


def read_history(*, now):
    """Read every move since the last look (with an overlap; keys make it harmless) and say what is worth saying."""
    sweep = claim_sweep(NAME, now=now)
    if sweep is None:
        return
    since = (sweep.mark or now) - OVERLAP
    for read in (_papers_received, _assignments_moved, rosters_moved, _extensions, _papers_moved, _plans_moved):
        read(since, now)
    finish_sweep(NAME, now=now, mark=now)


def _papers_received(since, now):
    receipts = list(
        Receipt.objects.filter(sent_at__gt=since, sent_at__lte=now).select_related("dispatch").order_by("pk")
    )
    if not receipts:
        return
    owed = {
        (row["dispatch"], row["unit"]): row
        for row in Assignment.objects.filter(dispatch__in={receipt.dispatch_id for receipt in receipts})
        .values("dispatch", "unit")
        .annotate(n=Count("requirement", distinct=True), nearest=Min("due_at"))
    }
    people = focal_contacts({receipt.unit_id for receipt in receipts})
    made = []
    for receipt in receipts:
        row = owed.get((receipt.dispatch_id, receipt.unit_id), {"n": 0, "nearest": None})
        subject, text = words.paper_received(
            receipt.dispatch.code(), receipt.dispatch.subject, row["n"], row["nearest"]
        )
        made += notices_for(
            people[receipt.unit_id],
            key=f"paper:{receipt.dispatch_id}:received",
            subject=subject,
            text=text,
            now=now,
            path=receipt.dispatch.get_absolute_url(),
            urgent=receipt.dispatch.urgency != Urgency.NORMAL,
        )
    say_at_work(made, now)


def _assignments_moved(since, now):
    """What the Sở decided on a roster closes or returns its demands in the same act: that is told as news of the roster.
    What a paper gave is told with the paper; what was given later says why."""
    moves = Q()
    for before, after in words.ASSIGNMENT_MOVED:
        moves |= Q(before=before, after=after)
    with_roster = RosterEntry.objects.filter(
        at=OuterRef("at"), row__unit=OuterRef("row__unit"), row__occasion=OuterRef("row__occasion")
    )
    told = {"row__requirement__evidence_kind": EvidenceKind.ROSTER, "before__in": ["submitted", "closed"]}
    entries = list(
        AssignmentEntry.objects.filter(moves, at__gt=since, at__lte=now)
        .exclude(Exists(with_roster), **told)
        .exclude(before="", note="")
        .select_related("row__unit", "row__requirement", "actor", "under__giver")
        .order_by("pk")
    )
    people = focal_contacts({entry.row.unit_id for entry in entries})
    givers = contacts_of_users({entry.row.given_by_id for entry in entries})
    made = []
    for entry in entries:
        row = entry.row
        to_unit, subject, text = words.assignment_moved(
            entry.before, entry.after, row.unit.name, row.requirement.text, entry.note
        )
        text += words.acted_for(entry)
        to = people[row.unit_id] if to_unit else [givers[row.given_by_id]] if row.given_by_id in givers else []
        to = [contact for contact in to if contact.user_id is None or contact.user_id != entry.actor_id]
        made += notices_for(
            to,
            key=f"assignment:{row.pk}:move:{entry.pk}",
            subject=subject,
            text=text,
            now=now,
            path=row.get_absolute_url(),
        )
    say_at_work(made, now)


def _extensions(since, now):
    rows = list(
        Extension.objects.filter(
            Q(asked_at__gt=since, asked_at__lte=now, granted=None) | Q(decided_at__gt=since, decided_at__lte=now)
        ).select_related("assignment__unit", "assignment__requirement")
    )
    people = focal_contacts({row.assignment.unit_id for row in rows})
    givers = contacts_of_users({row.assignment.given_by_id for row in rows})
    made = []
    for row in rows:
        assignment = row.assignment
        demand = assignment.requirement.text
        path = reverse("assignments:assignment_detail", args=[assignment.pk])
        if row.granted is None:
            subject, text = words.extension_asked(assignment.unit.name, demand, row.wanted_at, row.reason)
            to = [givers[assignment.given_by_id]] if assignment.given_by_id in givers else []
            made += notices_for(to, key=f"extension:{row.pk}:asked", subject=subject, text=text, now=now, path=path)
        else:
            subject, text = words.extension_decided(row.granted, demand, assignment.due_at, row.answer)
            made += notices_for(
                people[assignment.unit_id],
                key=f"extension:{row.pk}:decided",
                subject=subject,
                text=text,
                now=now,
                path=path,
            )
    say_at_work(made, now)


def _papers_moved(since, now):
    entries = DispatchEntry.objects.filter(at__gt=since, at__lte=now).select_related(
        "row__authority", "actor", "under__giver"
    )
    say_at_work([notice for entry in entries for notice in _paper_moved(entry, "paper", now)], now)


def _plans_moved(since, now):
    entries = PlanEntry.objects.filter(at__gt=since, at__lte=now).select_related("row", "actor", "under__giver")
    say_at_work([notice for entry in entries for notice in _paper_moved(entry, "plan", now)], now)


def _paper_moved(entry, word, now):
    """Notices of one move of a paper or plan on its way through the Sở; the one who moved it is not told."""
    told = words.PAPER_MOVED.get((entry.before, entry.after))
    if told is None:
        return []
    who, subject, first = told
    row = entry.row
    if who == "heads":
        to = desk(Role.HEAD, row.division) + desk(Role.LEADER)
    elif who == "clerks":
        to = desk(Role.CLERK)
    else:
        to = list(contacts_of_users({row.author_id}).values())
    name = getattr(row, "subject", None) or row.title
    said = f" Lý do: {words.short(entry.note, 300)}" if entry.note and who == "author" else ""
    return notices_for(
        [contact for contact in to if contact.user_id != entry.actor_id],
        key=f"{word}:{row.pk}:move:{entry.pk}",
        subject=f"{subject}: {words.short(name, 100)}",
        text=f"{first}{said}\n{words.short(name, 200)}{words.acted_for(entry)}",
        now=now,
        path=row.get_absolute_url(),
    )
