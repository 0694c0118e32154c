"""The day of a reorganisation comes: people, superiors, names and codes move. Until then it may be withdrawn whole."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from units.models import (
    Contact,
    GroupMember,
    Invitation,
    Membership,
    Reorganisation,
    ReorganisationLine,
    SigningAuthority,
    Unit,
)
from units.services.codes import wear_codes
from units.services.journal import day_words, write_entries
from units.services.names import take_name
from units.services.rights import give_back, take_role
from units.services.units import lock_unit, refuse_unless_keeper
from units.states import LineKind
from units.text import tidy

RESTED_ON = "Một lần sắp xếp khác dựa trên lần này: hãy rút lại lần đó trước."


@transaction.atomic
def settle_act(act, *, now):
    """What has no date of its own moves on the day of the act. Does nothing a second time, before the day, or once withdrawn.

    Locks the act. Meets whatever people changed meanwhile: a unit put elsewhere by hand stays there, a person whom the heir
    knows already is not entered twice."""
    act = Reorganisation.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if act.settled_at or act.withdrawn_at or act.on > timezone.localdate(now):
        return act
    lines = list(act.lines.select_related("unit", "to_unit").order_by("pk"))
    said = []
    for line in lines:
        if line.kind == LineKind.HEIR and line.main:
            said += _move_people(line.unit, line.to_unit, act)
        elif line.kind == LineKind.END:
            said += _part_with(Contact.objects.current().filter(unit=line.unit), act)
        elif line.kind == LineKind.ABOVE:
            Unit.objects.filter(pk=line.unit_id, parent=line.before_unit_id).update(parent=line.to_unit_id)
    gone = [line.unit_id for line in lines if line.kind in (LineKind.HEIR, LineKind.END)]
    Invitation.objects.open().filter(unit__in=gone).update(revoked_at=now)
    wear_codes([line.unit for line in lines if line.kind == LineKind.CODE], timezone.localdate(now))
    for line in lines:
        if line.kind == LineKind.NAME:
            take_name(line.unit, now=now)
    write_entries(said, actor=act.made_by, now=now)
    act.settled_at = now
    act.save(update_fields=["settled_at"])
    return act


def _move_people(unit, heir, act):
    """The people of the unit become people of its heir, but those named as leaving and those the heir knows already."""
    people = Contact.objects.select_for_update().current().filter(unit=unit)
    said = _part_with(people.filter(pk__in=act.leaving), act)
    known = dict(heir.contacts.current().exclude(email="").values_list("email", "user"))
    for contact in people.exclude(pk__in=act.leaving).order_by("pk"):
        if contact.email in known:
            if known[contact.email] or not contact.user_id:
                said += _part_with(Contact.objects.filter(pk=contact.pk), act)
                continue
            said += _part_with(heir.contacts.current().filter(email=contact.email), act)
        contact.unit = heir
        contact.save(update_fields=["unit"])
        said.append((heir, f"{contact.name} chuyển từ “{unit.name}” sang từ {day_words(act.on)}."))
    return said


def _part_with(people, act):
    said = [
        (person.unit, f"{person.name} thôi làm đầu mối từ {day_words(act.on)}.")
        for person in people.select_related("unit")
    ]
    people.update(left_on=act.on)
    return said


@transaction.atomic
def withdraw_act(act, *, actor, now, reason):
    """Take back an act whose day has not come, with the reason: names, ends, heirs, codes, seats and rights are as before it.

    Its lines stay on record; units it was to found never come to be. Refuses one in force: a unit ended by mistake is
    restored with its reason (`restore_unit`), a wrong name taken back (`undo_rename`), so that every step is on record; and
    one on which another act rests (a unit founded, a name or code followed by another). Locks the act.
    """
    refuse_unless_keeper(actor)
    if not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do rút lại."}, code="required")
    act = Reorganisation.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if act.withdrawn_at:
        raise ValidationError("Lần sắp xếp này đã được rút lại.", code="withdrawn")
    if act.settled_at or act.on <= timezone.localdate(now):
        raise ValidationError(
            "Lần sắp xếp đã có hiệu lực nên không rút lại được: hãy khôi phục hoặc sửa ở trang từng đơn vị, có ghi lý do.",
            code="in_force",
        )
    lines = list(act.lines.select_related("unit", "to_unit").order_by("pk"))
    founded = [line.unit_id for line in lines if line.kind == LineKind.NEW]
    others = ReorganisationLine.objects.filter(act__withdrawn_at=None).exclude(act=act)
    if others.filter(Q(unit__in=founded) | Q(to_unit__in=founded)).exists():
        raise ValidationError(RESTED_ON, code="rested_on")
    act.successions.all().delete()
    try:
        with transaction.atomic():
            for line in reversed(lines):
                _undo(line, act, now, actor)
    except IntegrityError as followed:
        raise ValidationError(RESTED_ON, code="rested_on") from followed
    said = [
        (pk, f"Rút lại việc sắp xếp từ {day_words(act.on)}: {tidy(reason)}") for pk in {line.unit_id for line in lines}
    ]
    units = Unit.objects.in_bulk([pk for pk, _ in said])
    write_entries([(units[pk], what) for pk, what in sorted(said)], actor=actor, now=now)
    act.withdrawn_at, act.withdrawn_by, act.withdrawn_reason = now, actor, tidy(reason)
    act.full_clean(exclude=["made_by", "under"])
    act.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return act


def _undo(line, act, now, actor):
    unit = lock_unit(line.unit)
    if line.kind == LineKind.NEW:
        never = timezone.localdate(now)
        unit.codes.all().delete()
        unit.periods.update(valid_from=never, valid_to=never)
        Unit.objects.filter(pk=unit.pk).update(valid_from=never, valid_to=never)
    elif line.kind == LineKind.CODE:
        unit.codes.filter(scheme__in=_schemes(line), valid_from=act.on).delete()
        unit.codes.filter(value=line.before, valid_to=act.on).update(valid_to=unit.valid_to)
    elif line.kind == LineKind.NAME:
        unit.periods.filter(valid_from=act.on).delete()
        unit.periods.filter(valid_to=act.on).update(valid_to=unit.valid_to)
    elif line.kind in (LineKind.HEIR, LineKind.END) and unit.valid_to == act.on:
        unit.periods.filter(valid_to=act.on).update(valid_to=None)
        unit.codes.filter(valid_to=act.on).update(valid_to=None)
        Unit.objects.filter(pk=unit.pk).update(valid_to=None)
        _give_back(line.did, act, now, actor)


def _give_back(did, act, now, actor):
    """Exactly what the line did (`did`): rights and authority end when they were to, what was made in the heir is taken back."""
    GroupMember.objects.filter(pk__in=did.get("seats", ()), since=act.on).delete()
    for row in did.get("rights", ()):
        give_back(row, taken_from=act.on)
    for proposed in Membership.objects.filter(pk__in=did.get("made", ())).exclude(ends_on__lte=act.on):
        take_role(proposed, actor=actor, now=now, on=act.on)
    for pk, given, before in did.get("authorities", ()):
        SigningAuthority.objects.filter(pk=pk, valid_to=given).update(valid_to=before)


def _schemes(line):
    return set(line.unit.codes.filter(value__in=[line.before, line.after]).values_list("scheme", flat=True))
