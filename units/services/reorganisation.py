"""A reorganisation: entered with its legal basis, taking effect on its day, withdrawn as long as that day has not come.

What is dated (names, ends, heirs, codes, seats in groups, rights, authority to sign) is written when the act is entered, so that
papers for a day after it are right beforehand. What has no date (people of the address book, superiors, the names, codes and
superiors that lists read) moves on the day, by `settle_act`.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from units.history import under
from units.models import (
    GroupMember,
    Reorganisation,
    ReorganisationLine,
    Succession,
    Unit,
    UnitPeriod,
)
from units.reorganising import Order
from units.selectors.judging import judge
from units.selectors.reorganisation import authorities_after, children_left, hanging, picture, rights_after
from units.services.codes import change_codes
from units.services.journal import day_words, write_entries, write_entry
from units.services.rights import give_role, kept, take_role
from units.services.settling import settle_act
from units.services.units import end_unit, refuse_unless_keeper, rename_unit, wear
from units.stamps import STALE
from units.states import LineKind, Role, UnitKind
from units.text import search_key, tidy


@transaction.atomic
def reorganise(order: Order, *, actor, now, kind, on, basis, note="", leaving=(), seen=None):
    """Enter the act. `leaving` are contacts (keys) of ended units that go to no heir. Locks every unit it touches.

    Refuses (ValidationError, one for each fault) what `selectors.judging.judge` finds, an act without a legal basis and a
    preview (`seen`) on which something has changed since. New rights wait for a second person like every grant.
    """
    refuse_unless_keeper(actor)
    basis = tidy(basis)
    if not basis:
        raise ValidationError(
            {"basis": "Cần ghi căn cứ: số, ngày và tên văn bản quyết định việc sắp xếp."}, code="required"
        )
    list(Unit.objects.select_for_update().filter(pk__in=order.touched()).order_by("pk"))
    if faults := judge(order, on):
        raise ValidationError([ValidationError(fault.text, code=fault.code) for fault in faults])
    if seen is not None and seen != picture(order, hanging(order, on)):
        raise ValidationError(STALE, code="stale")
    act = Reorganisation(
        kind=kind,
        on=on,
        basis=basis,
        note=tidy(note),
        leaving=sorted(leaving),
        made_by=actor,
        made_at=now,
        under=under(actor),
    )
    act.full_clean(exclude=["made_by", "under"])
    act.save()
    _Entering(act, order, actor, now).run()
    if on <= timezone.localdate(now):
        act = settle_act(act, now=now)
    return act


class _Entering:
    """The dated facts of one act, written in one transaction."""

    def __init__(self, act, order, actor, now):
        self.act, self.order, self.actor, self.now = act, order, actor, now
        self.on, self.today = act.on, timezone.localdate(now)
        self.units = Unit.objects.in_bulk(order.touched())
        self.lines, self.said = [], []

    def run(self):
        for key, new in self.order.new.items():
            self._found(key, new)
        for child, parent in children_left(self.order, self.on).values_list("pk", "parent"):
            self._follow(child, parent)
        for pk, (name, short) in self.order.names.items():
            self._rename(self.units[pk], name, short)
        for pk, refs in self.order.ends.items():
            self._end(self.units[pk], refs)
        for pk, refs in self.order.parts.items():
            self._part(self.units[pk], refs)
        self._recode()
        for pk, ref in self.order.above.items():
            self._put_under(self.units[pk], self._unit(ref))
        ReorganisationLine.objects.bulk_create(self.lines)
        write_entries(self.said, actor=self.actor, now=self.now)

    def _unit(self, ref):
        return self.units[ref] if ref is not None else None

    def _line(self, kind, unit, **more):
        self.lines.append(ReorganisationLine(act=self.act, kind=kind, unit=unit, at=self.now, **more))

    def _follow(self, child, parent):
        """A unit under one that ends comes under its main heir; where it is that heir itself, under the one above both."""
        heir = self.order.heir(parent)
        if heir is None:
            return
        self.units[child] = self.units.get(child) or Unit.objects.get(pk=child)
        above = self.units[parent].parent_id if heir == child else heir
        if above and above not in self.units:
            self.units[above] = Unit.objects.get(pk=above)
        self.order.above.setdefault(child, above)

    def _found(self, key, new):
        unit = Unit(kind=new.kind, parent_id=new.parent, valid_from=self.on)
        period = UnitPeriod(name=tidy(new.name), short_name=tidy(new.short_name), valid_from=self.on)
        period.search_key = search_key(period.name, period.short_name)
        wear(unit, period)
        unit.full_clean(exclude=["name", "short_name"], validate_constraints=False)
        period.full_clean(exclude=["unit"], validate_constraints=False)
        unit.save()
        period.unit = unit
        period.save()
        self.units[key] = unit
        self._line(LineKind.NEW, unit, after=unit.name)
        self.said.append((unit, f"Thành lập từ {day_words(self.on)} theo {self.act.basis}."))

    def _recode(self):
        """After the ends, which free codes for others."""
        wanted = [(self.units[ref], codes) for ref, codes in self.order.codes.items()]
        wanted += [(self.units[key], dict(new.codes)) for key, new in self.order.new.items()]
        for unit, codes in wanted:
            for scheme, value in codes.items():
                before = getattr(unit, scheme)
                if before != value:
                    self._line(LineKind.CODE, unit, before=before, after=value)
                if before:
                    said = f"Đổi mã từ {before} thành {value or 'không có mã'}, từ {day_words(self.on)}."
                    self.said.append((unit, said))
        change_codes(wanted, self.on)

    def _rename(self, unit, name, short):
        before = unit.name
        rename_unit(unit, actor=self.actor, now=self.now, name=name, short_name=short, on=self.on)
        self._line(LineKind.NAME, unit, before=before, after=tidy(name))

    def _end(self, unit, refs):
        heirs = [self._unit(ref) for ref in refs]
        main = self._unit(self.order.heir(unit.pk))
        end_unit(unit, actor=self.actor, now=self.now, on=self.on, successors=heirs, act=self.act)
        did = {"seats": self._seat(unit, main)}
        if main or not heirs:
            did |= self._hand_over_rights(unit, main)
        if not heirs:
            self._line(LineKind.END, unit, before=unit.name, did=did)
        for heir in heirs:
            is_main = main is not None and heir.pk == main.pk
            names = {"before": unit.name, "after": heir.name}
            self._line(LineKind.HEIR, unit, to_unit=heir, main=is_main, did=did if is_main else {}, **names)

    def _part(self, unit, refs):
        for heir in (self._unit(ref) for ref in refs):
            Succession.objects.create(from_unit=unit, to_unit=heir, on=self.on, act=self.act)
            self._line(LineKind.PART, unit, to_unit=heir, before=unit.name, after=heir.name)
            self.said.append((unit, f"Tách một phần thành “{heir.name}” từ {day_words(self.on)}."))
            self.said.append((heir, f"Tách ra từ “{unit.name}” từ {day_words(self.on)}."))

    def _put_under(self, unit, above):
        self._line(
            LineKind.ABOVE,
            unit,
            to_unit=above,
            before_unit=unit.parent,
            before=unit.parent.name if unit.parent else "",
            after=above.name if above else "",
        )
        under_whom = f"“{above.name}”" if above else "không đơn vị nào"
        self.said.append((unit, f"Trực thuộc {under_whom} từ {day_words(self.on)} theo {self.act.basis}."))

    def _seat(self, unit, heir):
        """The heir takes the seat in every group chosen by hand, from the day on; the old one keeps its own for days before.
        Returns the keys of the seats made."""
        made = []
        for group in unit.unit_groups.all() if heir else ():
            seat, seated = GroupMember.objects.get_or_create(group=group, unit=heir, defaults={"since": self.on})
            if seated:
                made.append(seat.pk)
                write_entry(
                    heir,
                    f"Vào nhóm “{group.name}” thay “{unit.name}” từ {day_words(self.on)}.",
                    actor=self.actor,
                    now=self.now,
                    group=group,
                )
        return made

    def _hand_over_rights(self, unit, heir):
        """Rights in the ended unit end on the day, never before today; those that fit the heir are proposed there.

        Returns what `give_back` needs: each right and authority touched as it was, the keys of the rights made."""
        day = max(self.on, self.today)
        did = {"rights": [], "made": [], "authorities": []}
        for right in rights_after([unit], day).select_for_update(of=("self",)).select_related("user"):
            until, pending = right.ends_on, right.pending
            did["rights"].append(kept(right))
            take_role(right, actor=self.actor, now=self.now, on=day)
            if heir and not pending and right.user.is_active and self._fits(right.role, heir):
                did["made"] += self._propose(right, heir, max(day, right.starts_on), until)
        for authority in authorities_after([unit], day):
            before = kept(authority)["valid_to"]
            authority.valid_to = max(day, authority.valid_from + timedelta(days=1))
            authority.save(update_fields=["valid_to"])
            did["authorities"].append([authority.pk, authority.valid_to.isoformat(), before])
            said = f"Kết thúc quyền ký của {authority.user.full_name} từ {day_words(authority.valid_to)}."
            write_entry(unit, said, actor=self.actor, now=self.now, user=authority.user)
        return did

    def _fits(self, role, heir):
        return (heir.kind in UnitKind.INSIDE) == (role in Role.STAFF)

    def _propose(self, right, heir, start, until):
        try:
            made = give_role(
                right.user, actor=self.actor, now=self.now, unit=heir, role=right.role, starts_on=start, ends_on=until
            )
        except ValidationError:  # holds it there already
            return []
        return [made.pk]
