"""People on duty hear of their shifts the evening before, and of every change to what they were told. Units whose roster no
paper asks for are reminded of it here."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assignments.duty import span_words, window_of
from assignments.models import Assignment, DutyShift, Roster
from assignments.selectors.rosters import roster_gaps
from assignments.services import reckon_gaps
from assignments.states import AssignmentStatus, RosterStatus
from notices import words
from notices.ladder import rung, spoken_until
from notices.models import ShiftTold
from notices.selectors import answering, focal_contacts
from notices.services import forget_told, notices_for, save_notices, tell_duty
from plans.models import Occasion, OccasionEntry, Phase
from plans.states import EvidenceKind
from units.models import Contact
from units.services.sweeps import claim_sweep, finish_sweep

NAME = "remind_duty"
BATCH = 500
KEPT = timedelta(days=7)
NEAR = timedelta(hours=12)
OVERLAP = timedelta(minutes=5)


def remind_duty(*, now):
    """What is due to people on duty, then to units; the first is compared with what each was told last, so a second run
    says nothing. Cost follows the shifts of today and tomorrow."""
    sweep = claim_sweep(NAME, now=now)
    if sweep is None:
        return
    _needs_changed((sweep.mark or now) - OVERLAP, now)
    shifts = DutyShift.objects.in_force().filter(starts_at__gt=now, starts_at__lt=spoken_until(now))
    told = ShiftTold.objects.filter(ends_at__gt=now)
    people = iter(sorted({*shifts.values_list("contact", flat=True), *told.values_list("contact", flat=True)}))
    while batch := list(islice(people, BATCH)):
        _tell(batch, shifts.filter(contact__in=batch), now)
    forget_told(before=now - KEPT)
    _remind_rosters(now)
    finish_sweep(NAME, now=now, mark=now)


# --- people on duty ---------------------------------------------------------------------------------------------------


@dataclass
class Told:
    """What one batch comes to."""

    now: datetime
    focal: dict
    rosters: dict
    notices: list = field(default_factory=list)
    told: list = field(default_factory=list)
    silenced: list = field(default_factory=list)
    unreached: dict = field(default_factory=lambda: defaultdict(list))


def _tell(people, shifts, now):
    """Compare, for these people, the shifts in force that are near with what each was told."""
    contacts = answering(Contact.objects.current().filter(pk__in=people)).select_related("unit").in_bulk()
    coming, known = defaultdict(dict), defaultdict(dict)
    for shift in shifts.order_by("starts_at", "pk"):
        coming[shift.contact_id][shift.pk] = shift
    for row in ShiftTold.objects.filter(contact__in=people).select_related("roster").order_by("starts_at", "pk"):
        known[row.contact_id][row.shift] = row
    standing = DutyShift.objects.filter(pk__in=[pk for rows in known.values() for pk in rows]).in_bulk()
    near = {pk for rows in coming.values() for pk in rows} | {row.pk for row in standing.values()}
    made = Told(now, focal_contacts({contact.unit_id for contact in contacts.values()}), _rosters_of(near))
    for pk, contact in contacts.items():
        near_now = {key: shift for key, shift in coming[pk].items() if made.rosters[key]}
        _compare(made, contact, near_now, known[pk], standing)
    _tell_of_unreached(made, contacts)
    if made.told:
        tell_duty(made.notices, made.told, silenced=made.silenced)


def _rosters_of(shifts):
    """{shift: its accepted rosters with their occasions}; of one in force that has none now, those that are open again."""
    found = defaultdict(list)
    told = Q(roster__status=RosterStatus.ACCEPTED) | Q(dutyshift__in_force=True)
    through = DutyShift.rosters.through.objects.filter(told, dutyshift__in=shifts).exclude(
        roster__status=RosterStatus.DRAFT
    )
    for row in through.select_related("roster__occasion").order_by("roster__occasion__d_day", "pk"):
        found[row.dutyshift_id].append(row.roster)
    for shift, rosters in found.items():
        found[shift] = [one for one in rosters if one.status == RosterStatus.ACCEPTED] or rosters
    return found


def _compare(made, contact, coming, known, standing):
    """New, changed or gone, for one person; a stretch gone and a new one are a change of the first into the second."""
    fresh = [shift for pk, shift in coming.items() if pk not in known or known[pk].gone or not known[pk].reminded]
    gone = []
    for pk, row in known.items():
        shift = standing.get(pk)
        if row.gone or row.starts_at <= made.now:
            continue
        if shift is None or shift.contact_id != contact.pk:
            if row.roster.status == RosterStatus.ACCEPTED:
                gone.append(row)
        elif made.rosters[pk] and row.facts() != _facts(shift) and shift.starts_at > made.now:
            _say_changed(made, contact, row, shift, is_near=pk in coming)
            fresh = [other for other in fresh if other.pk != pk]
    while gone and fresh:
        _say_changed(made, contact, gone[0], fresh[0], is_near=True, before=known.get(fresh[0].pk))
        _note(made, gone.pop(0), gone=True)
        fresh.pop(0)
    nearest = min((shift.starts_at, shift.ends_at) for shift in coming.values()) if coming else None
    for row in gone:
        text = words.shift_gone((row.starts_at, row.ends_at), contact.unit, nearest)
        _say(made, contact, _key(row.shift, row.starts_at, row.turn + 1), text, row.ends_at, urgent=True)
        _note(made, row, gone=True, turn=row.turn + 1)
    for shift in fresh:
        _say_starts(made, contact, shift, known.get(shift.pk))


def _key(shift, starts_at, turn):
    return f"shift:{shift}:{starts_at:%Y-%m-%dT%H:%M}:{turn}"


def _facts(shift):
    return shift.starts_at, shift.ends_at, shift.layers, shift.place


def _say_starts(made, contact, shift, before):
    turn = before.turn + 1 if before else 1
    text = words.shift_starts(shift.starts_at, shift.ends_at, **_about(made, contact, shift))
    urgent = shift.starts_at - made.now <= NEAR
    _say(made, contact, _key(shift.pk, shift.starts_at, turn), text, shift.ends_at, urgent=urgent)
    made.told.append(_told(made, contact, shift, turn))
    if not contact.email and not contact.user_id:
        made.unreached[contact.unit_id].append((shift, contact))


def _say_changed(made, contact, row, shift, *, is_near, before=None):
    """`row` is what was told; where that was another stretch, `before` is what was once told of this one."""
    last = row if row.shift == shift.pk else before
    turn = last.turn + 1 if last else 1
    was = (row.starts_at, row.ends_at)
    text = words.shift_changed(shift.starts_at, shift.ends_at, was=was, **_about(made, contact, shift))
    _say(made, contact, _key(shift.pk, shift.starts_at, turn), text, shift.ends_at, urgent=True)
    made.silenced.append(_key(row.shift, row.starts_at, row.turn))
    made.told.append(_told(made, contact, shift, turn, reminded=is_near))


def _say(made, contact, key, text, moot_at, *, urgent):
    if not contact.email and not contact.user_id:
        return
    made.notices += notices_for(
        [contact],
        key=key,
        subject=text[0],
        text=text[1],
        now=made.now,
        path=reverse("assignments:my_calendar") if contact.user_id else "",
        urgent=urgent,
        moot_at=moot_at,
    )


def _about(made, contact, shift):
    rosters = made.rosters[shift.pk]
    focal = [person.name for person in made.focal[contact.unit_id] if person.pk != contact.pk]
    return {
        "layers": ", ".join(shift.layer_words()).lower(),
        "place": shift.place,
        "unit": contact.unit,
        "occasions": ", ".join(str(roster.occasion) for roster in rosters),
        "ask": f"{focal[0]} (đầu mối của đơn vị)" if focal else "",
    }


def _told(made, contact, shift, turn, *, reminded=True):
    return ShiftTold(
        shift=shift.pk,
        contact=contact,
        roster=made.rosters[shift.pk][0],
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        layers=shift.layers,
        place=shift.place,
        reminded=reminded,
        turn=turn,
    )


def _note(made, row, **facts):
    made.silenced.append(_key(row.shift, row.starts_at, row.turn))
    for name, value in facts.items():
        setattr(row, name, value)
    made.told.append(row)


def _tell_of_unreached(made, contacts):
    """Whom no letter can reach the unit itself must tell."""
    for unit, missed in made.unreached.items():
        subject, text = words.duty_unreached(
            [(contact.name, span_words(shift.starts_at, shift.ends_at)) for shift, contact in missed]
        )
        made.notices += notices_for(
            made.focal[unit],
            key=f"duty-unreached:{unit}:{min(shift.pk for shift, _ in missed)}",
            subject=subject,
            text=text,
            now=made.now,
            path=missed[0][1].unit.get_absolute_url(),
            moot_at=max(shift.ends_at for shift, _ in missed),
        )


# --- occasions that came to require something else ---------------------------------------------------------------------


def _needs_changed(since, now):
    """Every act upon an occasion may have changed who must stand: what its rosters lack is reckoned anew, and a unit whose
    roster lacks more than was accepted is told once of each such state."""
    acts = OccasionEntry.objects.filter(at__gt=since, at__lte=now)
    occasions = list(Occasion.objects.filter(pk__in=acts.values("occasion")).order_by("pk"))
    for occasion in occasions:
        reckon_gaps(occasion)
    rosters = list(
        Roster.objects.filter(occasion__in=occasions).lacking_more().select_related("occasion").order_by("pk")
    )
    people = focal_contacts({roster.unit_id for roster in rosters})
    made = []
    for roster in rosters:
        subject, text = words.roster_needs_changed(str(roster.occasion), roster_gaps(roster))
        made += notices_for(
            people[roster.unit_id],
            key=f"roster:{roster.pk}:needs:{roster.gap_minutes}",
            subject=subject,
            text=text,
            now=now,
            path=roster.get_absolute_url(),
        )
    save_notices(made)


# --- rosters that no paper asks for -----------------------------------------------------------------------------------


def _remind_rosters(now):
    """Rosters still with their unit whose duty is near or has begun. Where a demand of a paper asks for the roster its own
    ladder reminds, and nothing is said here."""
    asked = Assignment.objects.filter(
        occasion=OuterRef("occasion"),
        unit=OuterRef("unit"),
        requirement__evidence_kind=EvidenceKind.ROSTER,
        status__in=AssignmentStatus.OWED,
        due_at__isnull=False,
    )
    rows = Roster.objects.filter(
        ~Exists(asked), status__in=RosterStatus.EDITABLE, occasion__ends_on__gte=timezone.localdate(now)
    )
    rosters = list(rows.select_related("occasion").order_by("pk"))
    begins = _duty_begins({roster.occasion_id: roster.occasion for roster in rosters})
    due = [(roster, begins[roster.occasion_id]) for roster in rosters if roster.occasion_id in begins]
    due = [(roster, begin, step) for roster, begin in due if (step := rung(begin, now)) is not None]
    people = focal_contacts({roster.unit_id for roster, _, _ in due})
    made = []
    for roster, begin, step in due:
        standing = words.roster_standing(roster.status, roster.gap_minutes)
        subject, text = words.roster_due(step, str(roster.occasion), standing, begin)
        made += notices_for(
            people[roster.unit_id],
            key=f"roster:{roster.pk}:due:{begin:%Y-%m-%dT%H:%M}:{step}",
            subject=subject,
            text=text,
            now=now,
            path=roster.get_absolute_url(),
        )
    save_notices(made)


def _duty_begins(occasions):
    """{occasion: the first moment in which any layer must stand}."""
    found = {}
    for phase in Phase.objects.filter(occasion__in=occasions).order_by("starts_at"):
        if phase.duty_layers:
            begin = max(phase.starts_at, window_of(occasions[phase.occasion_id])[0])
            found[phase.occasion_id] = min(found.get(phase.occasion_id, begin), begin)
    return found
