"""What is wrong with the lines of one unit's roster, each message beside the cell where it is mended. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from assignments import coverage
from assignments.coverage import LAYERS
from assignments.duty import gap_words, in_order, shift_faults, span_words
from assignments.sheet.read import Line
from units.phones import phone_digits, phone_fault, phone_words
from units.sheets.reading import ERROR, GAP, WARNING, Fault
from units.text import fold

TAKE = " Nếu là cùng một ca, hãy bấm “Dùng chung ca đã nhập” ở trang lịch trực rồi tải mẫu mới."
CELLS = {"layers": "layers", "starts_at": "starts_day", "ends_at": "ends_clock"}


@dataclass(frozen=True)
class Person:
    """Somebody of the unit's address book."""

    key: int
    name: str
    phone: str = ""


@dataclass(frozen=True)
class Busy:
    """A stretch in which somebody stands elsewhere: `where` says for what."""

    key: int
    starts_at: datetime
    ends_at: datetime
    where: str
    binding: bool = True


@dataclass
class Entry:
    """One shift as the sheet means it, of one line or of several with the same person and hours."""

    line: Line
    who: object  # key of the address book, or the name and number of somebody new
    phone: str
    layers: list
    lines: list = field(default_factory=list)

    def can_be_saved(self):
        """Nothing is wrong with it, and somebody new can be rung."""
        known = not isinstance(self.who, str) or self.phone
        return bool(known) and not any(line.is_wrong() for line in self.lines)

    @property
    def starts_at(self):
        return self.line.starts_at

    @property
    def ends_at(self):
        return self.line.ends_at


def judge(sheet, lines, *, needs, period, people=(), busy=(), unit_name=""):
    """Add to the lines of one unit whatever is wrong with them; return its shifts, and the gaps with their cells.

    `needs` is what must be covered, `period` the occasion's (start, end), `people` the unit's address book, `busy` the
    shifts of its people that this sheet does not hold. Wrong shifts cover what their hours say: a bad number leaves no gap.
    """
    book = _Book(sheet, people)
    for line in lines:
        book.learn(line)
    entries = []
    for line in lines:
        who, phone = book.find(line)
        if line.starts_at:
            _check_time(sheet, line, period)
            entries.append(Entry(line, who, phone, list(line.layers), [line]))
    entries = _joined(sheet, entries)
    _check_overlaps(sheet, entries, busy)
    return entries, _gaps(sheet, entries, needs, unit_name)


class _Book:
    """The people of a unit as the sheet names them, told apart as `selectors.roster_plan.People` does."""

    def __init__(self, sheet, people):
        self.sheet, self.known = sheet, defaultdict(list)
        for person in people:
            self.known[fold(person.name)].append(person)
        self.numbers = defaultdict(dict)  # of a name: {number: row where it stands first}
        self.said = set()  # what is said of the first line only

    def learn(self, line):
        """Take up the number of a line; says so when it is none."""
        typed = line.text("phone")
        if fault := _phone_fault(typed):
            self._wrong(line, fault)
            self.said.add((fold(line.text("name")), ""))
        elif typed:
            self.numbers[fold(line.text("name"))].setdefault(phone_digits(typed), line.row)

    def find(self, line):
        """(key, number) of the person of a line; says what keeps us from knowing either."""
        name, typed = fold(line.text("name")), line.text("phone")
        if not name:
            return f"row:{line.row}", ""
        known, numbers = self.known[name], self.numbers[name]
        phone = phone_digits(typed) if phone_digits(typed) in numbers else ""
        exact = [person for person in known if phone and person.phone == phone]
        if exact or (len(known) == 1 and len(numbers) <= 1):
            person = (exact or known)[0]
            if phone and person.phone and phone != person.phone:
                text = f"Khác số trong danh bạ ({phone_words(person.phone)}): khi lưu, danh bạ lấy số này."
                self._wrong(line, text, WARNING, once=(name, phone))
            elif not person.phone and not numbers and not typed:
                self._wrong(line, f"Danh bạ chưa có số điện thoại của {person.name}.", once=(name, ""))
            return person.key, phone
        if not typed and (len(known) > 1 or len(numbers) > 1):
            self._wrong(line, f"Có nhiều người tên {line.text('name')}: ghi số điện thoại để phân biệt.")
        elif not typed and not numbers:
            self._wrong(line, f"Thiếu số điện thoại của {line.text('name')} (chưa có trong danh bạ).", once=(name, ""))
        elif len(numbers) > 1 and phone:
            other = next(number for number in numbers if number != phone)
            text = f"Khác số ở dòng {numbers[other]} ({phone_words(other)}): được hiểu là hai người cùng tên."
            if line.row > numbers[other]:
                self._wrong(line, text, WARNING, once=(name, phone))
        phone = phone or next(iter(numbers), "")
        return f"new:{name}:{phone}", phone

    def _wrong(self, line, text, level=ERROR, once=None):
        """Beside the number, or the name where the sheet has no numbers. `once` is said of its first line only."""
        if once in self.said:
            return
        if once:
            self.said.add(once)
        name = "phone" if "phone" in self.sheet.columns else "name"
        line.faults.append(Fault(self.sheet.cell(name, line.row), text, level))


def _phone_fault(typed):
    digits = phone_digits(typed)
    if digits.isdecimal() and len(digits) == 9:
        zero = f" Có thể Excel đã bỏ số 0 ở đầu: 0{digits}?" if not phone_fault(f"0{digits}") else ""
        return f"Số điện thoại chỉ có 9 chữ số; số di động có 10 chữ số, bắt đầu bằng 0.{zero}"
    return phone_fault(digits) if typed else ""


def _check_time(sheet, line, period):
    for name, text in shift_faults(line.layers or LAYERS, line.starts_at, line.ends_at, period).items():
        line.faults.append(Fault(sheet.cell(CELLS[name], line.row), text))


def _joined(sheet, entries):
    """One person at the same hours in several lines stands once, in the layers of all of them."""
    made = {}
    for entry in entries:
        same = made.setdefault((entry.who, entry.starts_at, entry.ends_at), entry)
        if same is entry:
            continue
        if set(entry.layers) <= set(same.layers):
            text = f"Trùng với dòng {same.line.row}, chỉ tính một lần."
            entry.line.faults.append(Fault(sheet.cell("name", entry.line.row), text, WARNING))
        same.layers = in_order([*same.layers, *entry.layers])
        same.lines.append(entry.line)
        same.phone = same.phone or entry.phone
        for name in ("position", "place", "note"):
            if entry.line.text(name) and not same.line.text(name):
                same.line.given[name] = entry.line.text(name)
    return list(made.values())


def _check_overlaps(sheet, entries, busy):
    """Nobody stands in two places: beside the start of the later line, with the hours and the line of the other."""
    by_person = defaultdict(list)
    for entry in entries:
        if entry.line.text("name"):
            by_person[entry.who].append(entry)
    elsewhere = defaultdict(list)
    for stretch in busy:
        elsewhere[stretch.key].append(stretch)
    for who, own in by_person.items():
        own.sort(key=lambda entry: (entry.starts_at, entry.line.row))
        last = None
        for entry in own:
            if last and entry.starts_at < last.ends_at:
                _say_overlap(sheet, entry, last, f"dòng {last.line.row}")
            if last is None or entry.ends_at > last.ends_at:
                last = entry
            for other in elsewhere[who]:
                if entry.starts_at < other.ends_at and other.starts_at < entry.ends_at:
                    same = (entry.starts_at, entry.ends_at) == (other.starts_at, other.ends_at)
                    level = ERROR if other.binding or same else WARNING
                    _say_overlap(sheet, entry, other, other.where, TAKE if same else "", level)


def _say_overlap(sheet, entry, other, where, advice="", level=ERROR):
    text = f"{entry.line.text('name')} trùng ca {span_words(other.starts_at, other.ends_at)} ({where}).{advice}"
    entry.line.faults.append(Fault(sheet.cell("starts_clock", entry.line.row), text, level))


def _gaps(sheet, entries, needs, unit_name):
    """Each gap beside the cell where cover breaks: the end of the shift before, else the start of the one after."""
    faults = []
    for gap in coverage.gaps(needs, entries):
        before = [e for e in entries if gap.layer in e.layers and e.ends_at == gap.starts_at]
        after = [e for e in entries if gap.layer in e.layers and e.starts_at == gap.ends_at]
        if before:
            line = _first(before)
            cell = sheet.cell("ends_clock", line.row)
        elif after:
            line = _first(after)
            cell = sheet.cell("starts_clock", line.row)
        else:
            line, cell = None, sheet.cell("layers", sheet.head)
        name = f"{unit_name}: " if unit_name and not line else ""
        fault = Fault(cell, name + gap_words(gap), GAP)
        if line:
            line.faults.append(fault)
        faults.append(fault)
    return faults


def _first(entries):
    """Of several the first line that is right, else the first."""
    return min((entry.line for entry in entries), key=lambda line: (line.is_wrong(), line.row))
