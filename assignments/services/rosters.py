"""A roster between the unit and the Sở: sent, returned, accepted, opened again. The demands that ask for it go along."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from assignments import coverage, rules
from assignments.models import Assignment, Evidence, Roster
from assignments.selectors.rosters import crossings, needs_of
from assignments.services.claim import reason_of, words
from assignments.services.shifts import SAID, claim_roster, follow, gap_of
from assignments.states import AssignmentStatus, RosterStatus
from directives.services import see_dispatch
from plans.states import EvidenceKind
from units.history import IllegalMove, move
from units.selectors import own_department
from units.services.journal import write_entry

A = AssignmentStatus


@transaction.atomic
def submit_roster(roster, *, actor, now, note=""):
    """The unit sends its roster; demands that ask for one are submitted with it, a proof naming the roster.

    Refuses an empty one (`empty`), people without a phone or who have left before their turn (`people`), and people in
    two places at once (`overlap`), each named with both hours. What is missing against the phases is no reason to refuse.
    """
    if not rules.can_submit_roster(actor, roster):
        raise PermissionDenied
    fresh = claim_roster(roster, "submit")
    _refuse_unready(fresh)
    gap = gap_of(fresh)
    facts = {"gap_minutes": gap, "accepted_gap": None, "waived_by": None, "waiver_reason": "", "moved_at": now}
    fresh = move(fresh, RosterStatus.SUBMITTED, actor=actor, now=now, note=words(note), **facts)
    follow(fresh.shifts.values("pk"))
    for assignment in _demands(fresh, A.OWED):
        _hand_in(assignment, fresh, actor, now)
    return fresh


def _refuse_unready(roster):
    shifts = list(roster.shifts.select_related("contact").order_by("starts_at", "pk"))
    if not shifts:
        raise ValidationError("Lịch trực chưa có ca nào. Hãy nhập ít nhất một ca trước khi gửi.", code="empty")
    said = {}
    for shift in shifts:
        contact = shift.contact
        if not contact.phone:
            said[contact.pk] = f"{contact.name} chưa có số điện thoại. Hãy bổ sung để có người gọi được trong ca trực."
        elif contact.left_on:
            said[contact.pk] = f"{contact.name} đã thôi làm đầu mối từ {contact.left_on:%d/%m/%Y}. Hãy đổi người trực."
    if said:
        raise ValidationError([ValidationError(text, code="people") for text in list(said.values())[:SAID]])
    if crossed := crossings(roster):
        more = len(crossed) - SAID
        refusals = [ValidationError(each.words(), code="overlap") for each in crossed[:SAID]]
        if more > 0:
            refusals.append(ValidationError(f"Còn {more} chỗ trùng giờ khác.", code="overlap"))
        raise ValidationError(refusals)


@transaction.atomic
def return_roster(roster, *, actor, now, reason):
    """The roster does not do: the unit mends and sends it again; its people are free until then."""
    return _give_back(roster, "return", {A.SUBMITTED}, actor, now, reason)


@transaction.atomic
def reopen_roster(roster, *, actor, now, reason):
    """An accepted roster must change: the unit has it again, and the demands it had met are owed again."""
    return _give_back(roster, "reopen", {A.SUBMITTED, A.CLOSED}, actor, now, reason)


def _give_back(roster, verb, states, actor, now, reason):
    if not rules.can_decide_roster(actor, roster):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim_roster(roster, verb)
    fresh = move(fresh, RosterStatus.RETURNED, actor=actor, now=now, note=reason, moved_at=now)
    follow(fresh.shifts.values("pk"))
    for assignment in _demands(fresh, states):
        move(assignment, A.ACCEPTED, actor=actor, now=now, note=reason, moved_at=now)
    return fresh


@transaction.atomic
def accept_roster(roster, *, actor, now, waiver_reason=""):
    """The Sở accepts the roster, which closes the demands that asked for it.

    Reckons anew what is missing: with a gap, refuses without a reason of ten characters; the reason and who gave it stay
    on the roster.
    """
    if not rules.can_decide_roster(actor, roster):
        raise PermissionDenied
    fresh = claim_roster(roster, "accept")
    gap = gap_of(fresh)
    facts = {"gap_minutes": gap, "accepted_gap": gap, "waived_by": None, "waiver_reason": "", "moved_at": now}
    if gap:
        facts["waived_by"] = actor
        facts["waiver_reason"] = reason_of(
            waiver_reason, field="waiver_reason", what="lý do chấp nhận phần trực còn thiếu"
        )
    fresh = move(fresh, RosterStatus.ACCEPTED, actor=actor, now=now, note=facts["waiver_reason"], **facts)
    follow(fresh.shifts.values("pk"))
    for assignment in _demands(fresh, A.OWED | {A.SUBMITTED}):
        if assignment.status != A.SUBMITTED:
            assignment = _hand_in(assignment, fresh, actor, now)
        move(assignment, A.CLOSED, actor=actor, now=now, note="Lịch trực đã được duyệt.", moved_at=now)
    return fresh


@transaction.atomic
def hand_in_roster(assignment, *, actor, now):
    """A demand that came after its roster had been sent is met by the roster as it stands; the Sở confirms as always.

    Refuses (IllegalMove) where the roster is not before the Sở or accepted, and a demand that is no longer owed.
    """
    if not rules.can_submit(actor, assignment):
        raise PermissionDenied
    roster = Roster.objects.filter(occasion=assignment.occasion_id, unit=assignment.unit_id).first()
    if roster is None:
        raise ValidationError("Đơn vị chưa lập lịch trực cho đợt này.", code="no_roster")
    fresh = claim_roster(roster, "hand_in")
    owed = [row for row in _demands(fresh, A.OWED) if row.pk == assignment.pk]
    if not owed:
        raise IllegalMove("Nhiệm vụ này không còn phải nộp bằng lịch trực. Hãy tải lại trang.", code="illegal_move")
    return _hand_in(owed[0], fresh, actor, now)


def reckon_gaps(occasion):
    """What the rosters of an occasion lack, after its days or its required layers changed. It moves none of them."""
    needs = needs_of(occasion)
    rosters = Roster.objects.filter(occasion=occasion, gap_minutes__isnull=False).prefetch_related("shifts")
    for roster in rosters.order_by("pk"):
        missing = coverage.minutes(coverage.gaps(needs, roster.shifts.all()))
        if missing != roster.gap_minutes:  # whoever has written it meanwhile has reckoned anew
            Roster.objects.filter(pk=roster.pk, moved_at=roster.moved_at).update(gap_minutes=missing)


def _demands(roster, states):
    """What asks this unit for a roster of this occasion, in one of the states; locked."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        occasion=roster.occasion_id,
        unit=roster.unit_id,
        requirement__evidence_kind=EvidenceKind.ROSTER,
        status__in=states,
    )
    return list(rows.select_related("dispatch").order_by("pk"))


def _hand_in(assignment, roster, actor, now):
    """Accepted if it was not, proven by the roster, submitted. A question still open is answered by the roster itself."""
    see_dispatch(assignment.dispatch, actor=actor, now=now)
    if assignment.status != A.ACCEPTED:
        assignment = move(assignment, A.ACCEPTED, actor=actor, now=now, moved_at=now, before_question="")
    people = roster.shifts.values("contact").distinct().count()
    text = f"Lịch trực đợt “{roster.occasion}”: {roster.shifts.count()} ca, {people} người. Xem tại mục Lịch trực."
    proof = Evidence(assignment=assignment, text=text, filed_by=actor, filed_at=now)
    proof.full_clean()
    proof.save()
    return move(assignment, A.SUBMITTED, actor=actor, now=now, note="Gửi kèm lịch trực.", moved_at=now)


def note_numbers_taken(occasion, *, actor, now, unit=None):
    """A list of people on duty, with the numbers this person may see, leaves the system as a file: of one unit, or of all."""
    what = f"Tải hoặc in lịch trực “{occasion}” có số điện thoại người trực."
    write_entry(unit or own_department(), what, actor=actor, now=now)
