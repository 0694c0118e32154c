"""Entering who is on duty: one stretch, a whole table, a pattern, the last time's. Only while the roster is with the unit."""

from collections import namedtuple
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from assignments import rules
from assignments.coverage import minutes
from assignments.duty import in_order, shift_faults, span_words, window_of
from assignments.models import DutyShift, Roster
from assignments.selectors.roster_plan import copied_rows, pattern_rows, roster_plan
from assignments.selectors.rosters import roster_gaps, shifts_to_take
from assignments.services.claim import words
from assignments.states import ROSTER_VERB_FROM, ROSTER_VERB_WORDS, SHIFT_BINDING, SHIFT_FOLLOWS, RosterStatus
from units.history import IllegalMove, record
from units.models import Contact, Unit
from units.rules import can_edit_contacts
from units.services.contacts import add_people, save_contact
from units.text import tidy

Copied = namedtuple("Copied", "added skipped")
BATCH = 500
SAID = 5


class Written(NamedTuple):
    """How many shifts a table added, changed, dropped and left as they were."""

    added: int
    changed: int
    dropped: int
    kept: int

    def words(self):
        """`thêm 12 ca, bỏ 2 ca`; empty when none was touched."""
        done = [(self.added, "thêm"), (self.changed, "sửa"), (self.dropped, "bỏ")]
        return ", ".join(f"{word} {count} ca" for count, word in done if count)


@transaction.atomic
def open_roster(occasion, unit, *, actor, now):
    """The unit's roster for the occasion, begun if there is none."""
    if not rules.keeps_roster(actor, unit.pk):
        raise PermissionDenied
    roster, is_new = Roster.objects.get_or_create(occasion=occasion, unit=unit, defaults={"moved_at": now})
    if is_new:
        record(roster, actor=actor, now=now, note="Bắt đầu lập lịch trực.")
    return roster


def claim_roster(roster, verb):
    """The fresh row, locked until the transaction ends. Refuses (IllegalMove) a verb that does not start from its state.

    The unit is locked first: all shifts of a person are of one unit, so whoever binds them waits for the other here.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=roster.unit_id)
    fresh = Roster.objects.select_for_update(of=("self",)).select_related("occasion", "unit").get(pk=roster.pk)
    if fresh.status not in ROSTER_VERB_FROM[verb]:
        raise IllegalMove(
            f"Không thể {ROSTER_VERB_WORDS[verb]}: lịch đang ở tình trạng “{fresh.get_status_display()}”. "
            "Có người vừa xử lý trước hoặc trang đã cũ; hãy tải lại trang để xem tình trạng mới nhất.",
            code="illegal_move",
        )
    return fresh


def _edit(roster, actor):
    if not rules.can_edit_roster(actor, roster):
        raise PermissionDenied
    return claim_roster(roster, "edit")


@transaction.atomic
def save_shift(
    roster, *, actor, now, layers, starts_at, ends_at, shift=None, contact=None, person=None, place="", note=""
):
    """Enter one stretch, or change `shift`; of a `contact` of the unit, or of `person` {name, position, phone}.

    Refuses what `duty.shift_faults` finds, a person of another unit or who has left, somebody new without a phone, and
    a shift that another roster, already filed, holds. Two stretches of one person may cross until the roster is sent.
    """
    fresh = _edit(roster, actor)
    starts_at, ends_at = (moment.replace(second=0, microsecond=0) for moment in (starts_at, ends_at))
    if faults := shift_faults(layers, starts_at, ends_at, window_of(fresh.occasion)):
        raise ValidationError({name: ValidationError(text, code="shift") for name, text in faults.items()})
    row = DutyShift(unit=fresh.unit) if shift is None else _own(fresh, shift)
    row.contact = _person(fresh, contact, person, actor, now)
    row.layers, row.starts_at, row.ends_at = in_order(layers), starts_at, ends_at
    row.place, row.note = words(tidy(place)), words(tidy(note))
    row.status, row.in_force = row.status if shift else fresh.status, False
    row.full_clean()
    row.save()
    row.rosters.add(fresh)
    did = "Sửa" if shift else "Thêm"
    _finish(fresh, actor, now, f"{did} ca trực của {row.contact.name}, {span_words(starts_at, ends_at)}.")
    return row


@transaction.atomic
def remove_shift(roster, *, actor, now, shift):
    """Take a stretch out of this roster; it is deleted when it stands in no other."""
    fresh = _edit(roster, actor)
    row = fresh.shifts.select_related("contact").filter(pk=shift.pk).first()
    if row is None:
        return
    _drop(fresh, [row])
    _finish(fresh, actor, now, f"Bỏ ca trực của {row.contact.name}, {span_words(row.starts_at, row.ends_at)}.")


@transaction.atomic
def merge_shifts(roster, rows, *, actor, now, drop=True):
    """Make the roster what a filled table says (`selectors.roster_plan`): never a double, the second time nothing.

    Returns counts (added, changed, dropped, kept). All or nothing: refuses as `save_shift` does, each fault with its row.
    """
    fresh = _edit(roster, actor)
    _refuse_faults(fresh, rows)
    plan = roster_plan(fresh, rows, drop=drop)
    if plan.frozen:
        raise ValidationError([_frozen(shift) for shift, _ in plan.frozen[:SAID]])
    if plan.changes_nothing:
        return Written(0, 0, 0, len(plan.keep))
    new = [person for person in plan.people if person.contact is None]
    known = [person for person in plan.people if person.contact and person.data]
    if new:
        made = add_people(fresh.unit, [_facts_of(fresh, each.data, actor) for each in new], actor=actor, now=now)
        for person, contact in zip(new, made, strict=True):
            person.contact = contact
    if known and can_edit_contacts(actor, fresh.unit):
        for person in known:
            save_contact(fresh.unit, contact=person.contact, actor=actor, now=now, **person.data)
    for shift, row in plan.change:
        shift.contact, shift.starts_at, shift.ends_at = row.person.contact, row.starts_at, row.ends_at
        shift.layers, shift.place, shift.note = row.layers, words(row.place), words(row.note)
        shift.in_force = False
        shift.full_clean()
        shift.save()
    made = [
        DutyShift(
            unit=fresh.unit,
            contact=row.person.contact,
            layers=row.layers,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=words(row.place),
            note=words(row.note),
            status=fresh.status,
        )
        for row in plan.add
    ]
    for shift in made:
        shift.clean_fields(exclude=["unit", "contact"])
    _attach(fresh, DutyShift.objects.bulk_create(made, batch_size=BATCH))
    _drop(fresh, plan.drop)
    written = Written(len(made), len(plan.change), len(plan.drop), len(plan.keep))
    _finish(fresh, actor, now, f"Nhập bảng lịch trực: {written.words() or 'cập nhật người trực'}.")
    return written


def fill_pattern(roster, *, actor, now, pattern, people, layers, starts_on, ends_on, begins=None, place="", note=""):
    """Fill days with a pattern of `duty.PATTERNS`, contacts (or dicts of new people) taking turns.

    What is there stays; filled twice, the second time adds nothing. Returns the counts of `merge_shifts`.
    """
    rows = pattern_rows(pattern, people, layers, starts_on, ends_on, begins, place, note)
    return merge_shifts(roster, rows, actor=actor, now=now, drop=False)


@transaction.atomic
def copy_roster(roster, *, actor, now, source):
    """The shifts of an earlier roster of the unit, moved from D-day to D-day. People who have left are named, not copied."""
    if source.unit_id != roster.unit_id:
        raise PermissionDenied
    rows, skipped = copied_rows(roster, source)
    written = merge_shifts(roster, rows, actor=actor, now=now, drop=False)
    return Copied(written.added, skipped)


@transaction.atomic
def take_over_shifts(roster, *, actor, now):
    """The unit's shifts already entered for other occasions in these days serve this one too: one post, no second entry."""
    fresh = _edit(roster, actor)
    taken = list(shifts_to_take(fresh))
    if taken:
        _attach(fresh, taken)
        _finish(fresh, actor, now, f"Dùng chung {len(taken)} ca trực đã nhập cho đợt khác.")
    return len(taken)


def follow(shifts):
    """Set the status of shifts to that of the furthest of their rosters; an accepted one is in force from then on.

    Refused by the database where people would cross.
    """
    statuses = {}
    through = DutyShift.rosters.through.objects.filter(dutyshift__in=shifts)
    for shift, status in through.values_list("dutyshift_id", "roster__status"):
        statuses.setdefault(shift, set()).add(status)
    by_status = {}
    for shift, found in statuses.items():
        by_status.setdefault(next(status for status in SHIFT_FOLLOWS if status in found), []).append(shift)
    for status, found in by_status.items():
        accepted = {"in_force": True} if status == RosterStatus.ACCEPTED else {}
        DutyShift.objects.filter(pk__in=found).exclude(status=status).update(status=status, **accepted)


def _own(roster, shift):
    row = roster.shifts.select_for_update(of=("self",)).filter(pk=shift.pk).first()
    if row is None:
        raise ValidationError("Ca trực này không còn trong lịch. Hãy tải lại trang.", code="gone")
    if row.status in SHIFT_BINDING:
        raise _frozen(row)
    return row


def _frozen(shift):
    other = shift.rosters.filter(status__in=SHIFT_BINDING).select_related("occasion").first()
    return ValidationError(
        f"Ca {span_words(shift.starts_at, shift.ends_at)} đang nằm trong lịch trực đã gửi của đợt “{other.occasion}” "
        "nên không sửa được ở đây. Hãy đề nghị Sở trả lại lịch đó trước.",
        code="frozen",
    )


def _refuse_faults(roster, rows):
    window, said = window_of(roster.occasion), []
    for number, row in enumerate(rows, 1):
        faults = shift_faults(row["layers"], row["starts_at"], row["ends_at"], window)
        if row.get("contact") and row["contact"].unit_id != roster.unit_id:
            faults["contact"] = "Người trực không thuộc đơn vị này."
        said += [ValidationError(f"Dòng {number}: {text}", code="shift") for text in faults.values()]
    if said:
        raise ValidationError(said)


def _person(roster, contact, person, actor, now):
    if contact is None:
        return _new_person(roster, person or {}, actor, now)
    contact = Contact.objects.get(pk=contact.pk)
    if contact.unit_id != roster.unit_id:
        raise ValidationError({"contact": ValidationError("Người trực không thuộc đơn vị này.", code="stranger")})
    if contact.left_on:
        said = f"{contact.name} đã thôi làm đầu mối từ {contact.left_on:%d/%m/%Y}. Hãy chọn người khác."
        raise ValidationError({"contact": ValidationError(said, code="left")})
    return contact


def _new_person(roster, facts, actor, now):
    return save_contact(roster.unit, actor=actor, now=now, **_facts_of(roster, facts, actor))


def _facts_of(roster, facts, actor):
    """What the address book is told of somebody new. Refuses one without a name or phone, and an actor who may not add."""
    facts = {key: facts.get(key) or "" for key in ("name", "position", "phone")}
    if not facts["name"].strip():
        raise ValidationError({"name": ValidationError("Hãy nhập họ tên người trực.", code="required")})
    if not facts["phone"].strip():
        raise ValidationError({"phone": ValidationError("Hãy nhập số điện thoại của người trực.", code="required")})
    if not can_edit_contacts(actor, roster.unit):
        raise ValidationError(
            {"name": ValidationError("Anh/chị không thêm được người vào danh bạ; hãy chọn người đã có.", code="book")}
        )
    return facts


def _attach(roster, shifts):
    through = DutyShift.rosters.through
    through.objects.bulk_create(
        (through(dutyshift=shift, roster=roster) for shift in shifts), batch_size=BATCH, ignore_conflicts=True
    )


def _drop(roster, shifts):
    if not shifts:
        return
    through = DutyShift.rosters.through.objects
    gone = [shift.pk for shift in shifts]
    through.filter(roster=roster, dutyshift__in=gone).delete()
    left = DutyShift.objects.filter(pk__in=gone)
    left.filter(rosters=None).delete()
    left.exclude(status=RosterStatus.ACCEPTED).update(in_force=False)


def _finish(roster, actor, now, said):
    """After every edit: each shift follows its rosters, what is missing is reckoned anew, the act is written down."""
    follow(roster.shifts.values("pk"))
    roster.gap_minutes, roster.moved_at = gap_of(roster), now
    roster.save(update_fields=["gap_minutes", "moved_at"])
    record(roster, actor=actor, now=now, note=said)


def gap_of(roster):
    """The minutes missing now; None while nothing is entered."""
    return minutes(roster_gaps(roster)) if roster.shifts.exists() else None
