"""What a filled sheet says about a roster, or about the rosters of many units, and what saving it would do."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from assignments.duty import span_words, window_of
from assignments.models import DutyShift, Roster
from assignments.selectors.roster_plan import RosterPlan, roster_plan
from assignments.selectors.rosters import needs_of
from assignments.sheet.columns import UNIT
from assignments.sheet.judge import Busy, Person, judge
from assignments.sheet.read import Sheet, read_sheet
from assignments.states import SHIFT_BINDING, RosterStatus
from units.models import Contact, Unit, UnitPeriod
from units.sheets.reading import ERROR, GAP, WARNING, Fault
from units.text import fold

TAKEN = "Ca này đang nằm trong lịch trực đã gửi của đợt khác nên không sửa được ở đây."


@dataclass
class Part:
    """The lines of one unit: its shifts, and what the roster would become. `roster` is None where none is begun."""

    unit: Unit
    roster: Roster | None
    entries: list
    gaps: list
    plan: RosterPlan = field(default_factory=RosterPlan)

    @property
    def rows(self):
        """What can be saved of it, as `services.merge_shifts` takes it."""
        return [row_of(entry) for entry in self.entries if entry.can_be_saved()]


@dataclass
class Reading:
    """A sheet as it was understood. Wrong lines are never saved; while there are some, nothing is dropped either."""

    sheet: Sheet
    parts: list
    faults: list

    def count(self, level):
        return sum(fault.level == level for fault in self.faults)

    @property
    def errors(self):
        return self.count(ERROR)

    @property
    def gap_count(self):
        return self.count(GAP)

    @property
    def warnings(self):
        return self.count(WARNING)

    def _total(self, name):
        return sum(len(getattr(part.plan, name)) for part in self.parts)

    @property
    def added(self):
        return self._total("add")

    @property
    def changed(self):
        return self._total("change")

    @property
    def kept(self):
        return self._total("keep")

    @property
    def saved(self):
        """How many shifts saving would enter."""
        return self.added + self.changed + self.kept

    @property
    def dropped(self):
        return [shift for part in self.parts for shift in part.plan.drop]

    @property
    def people(self):
        """Whom saving would add to the address book, or whose number or position it would change."""
        return [person for part in self.parts for person in part.plan.people if person.data]

    @property
    def changes_nothing(self):
        return not self.errors and all(part.roster and part.plan.changes_nothing for part in self.parts)

    @property
    def wrong_rows(self):
        return sum(line.is_wrong() for line in self.sheet.lines)

    @property
    def beside(self):
        """The messages of each cell: {address: [fault]}."""
        found = defaultdict(list)
        for fault in self.faults:
            found[fault.cell].append(fault)
        return found


def read_roster(roster, data):
    """Read and judge a sheet for one roster. Some seven queries."""
    occasion = roster.occasion
    sheet = read_sheet(data, near=occasion.starts_on)
    return _judged(sheet, occasion, [(roster.unit, roster, sheet.lines)])


def read_province(occasion, data):
    """Read and judge one sheet with a column of units: each name, old, short or full, accents aside, is a unit we know."""
    sheet = read_sheet(data, near=occasion.starts_on, many_units=True)
    names, units = _unit_names(), Unit.objects.in_bulk()
    by_unit = defaultdict(list)
    for line in sheet.lines:
        typed = line.text(UNIT)
        keys = names.get(fold(typed), set())
        if len(keys) == 1:
            by_unit[next(iter(keys))].append(line)
        elif typed:
            what = "Có nhiều đơn vị tên" if keys else "Không có đơn vị nào tên"
            line.faults.append(
                Fault(sheet.cell(UNIT, line.row), f"{what} “{typed[:80]}” trong danh bạ. Hãy chọn trong danh sách.")
            )
    rosters = {
        roster.unit_id: roster for roster in Roster.objects.filter(occasion=occasion).select_related("unit", "occasion")
    }
    tables = []
    for key, lines in by_unit.items():
        roster = rosters.get(key)
        if roster and roster.status not in RosterStatus.EDITABLE:
            text = (
                f"Lịch trực của đơn vị này đang ở tình trạng “{roster.get_status_display()}”, không sửa được bằng tệp."
            )
            lines[0].faults.append(Fault(sheet.cell(UNIT, lines[0].row), text))
            for line in lines[1:]:
                line.faults.append(Fault(sheet.cell(UNIT, line.row), "Như trên."))
        tables.append((units[key], roster, lines))
    return _judged(sheet, occasion, tables)


def _unit_names():
    """{folded name: keys of units}, every name a unit bears or bore, in full and short. One query."""
    found = defaultdict(set)
    for key, *names in UnitPeriod.objects.values_list("unit_id", "name", "short_name"):
        for name in filter(None, names):
            found[fold(name)].add(key)
    return found


def _judged(sheet, occasion, tables):
    needs, period = needs_of(occasion), window_of(occasion)
    units = [unit.pk for unit, _, _ in tables]
    people, busy = defaultdict(list), _busy(occasion, units)
    for contact in Contact.objects.current().filter(unit__in=units).order_by("pk"):
        people[contact.unit_id].append(Person(contact.pk, contact.name, contact.phone))
    parts = []
    for unit, roster, lines in tables:
        entries, gaps = judge(
            sheet,
            lines,
            needs=needs,
            period=period,
            people=people[unit.pk],
            busy=busy[unit.pk],
            unit_name=unit.name if len(tables) > 1 else "",
        )
        parts.append(Part(unit, roster, entries, gaps))
    wrong = any(line.is_wrong() for line in sheet.lines)
    for part in parts:
        if part.roster is None:
            part.plan = RosterPlan(add=part.rows)
        elif part.roster.status in RosterStatus.EDITABLE:
            part.plan = roster_plan(part.roster, part.rows, drop=not wrong)
            _say_frozen(sheet, part)
    return Reading(sheet, parts, _in_order(sheet, parts))


def _busy(occasion, units):
    """What the people of these units stand in elsewhere, by unit. Two queries."""
    start, end = window_of(occasion)
    rows = DutyShift.objects.filter(unit__in=units).overlapping(start, end).exclude(rosters__occasion=occasion)
    found = defaultdict(list)
    for shift in rows.prefetch_related(Prefetch("rosters", Roster.objects.select_related("occasion"))):
        where = ", ".join(f"đợt “{roster.occasion}”" for roster in shift.rosters.all())
        found[shift.unit_id].append(
            Busy(shift.contact_id, shift.starts_at, shift.ends_at, where, shift.status in SHIFT_BINDING)
        )
    return found


def row_of(entry):
    """A shift of the sheet as `services.merge_shifts` takes it."""
    line = entry.line
    return {
        "person": {"name": line.text("name"), "position": line.text("position"), "phone": entry.phone},
        "layers": entry.layers,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "place": line.text("place"),
        "note": line.text("note"),
    }


def _say_frozen(sheet, part):
    for shift, row in part.plan.frozen:
        hours = span_words(shift.starts_at, shift.ends_at)
        for entry in part.entries:
            if (entry.starts_at, entry.ends_at) == (row.starts_at, row.ends_at):
                entry.line.faults.append(Fault(sheet.cell("starts_clock", entry.line.row), f"{hours}: {TAKEN}"))
                break


def _in_order(sheet, parts):
    """Every message once, by row and column; those of no line (a layer nobody stands in) first."""
    found = [fault for line in sheet.lines for fault in line.faults]
    mine = {id(fault) for fault in found}
    found += [gap for part in parts for gap in part.gaps if id(gap) not in mine]
    return sorted(found, key=_place)


def _place(fault):
    letters, row = coordinate_from_string(fault.cell)
    return row, column_index_from_string(letters)
