"""The table offices make of a reorganisation: "mã cũ; tên cũ; mã mới; tên mới; ngày", one row for each old unit and its heir.

The same new name or code in several rows is a merger, the same old one a split, the same unit on both sides a change of name,
an empty new side an ending. A code says which unit is meant; a name only where nobody else bears it.
"""

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from units.models import Unit, UnitCode
from units.reorganising import NewUnit, Order
from units.sheets.values import day_of, text_of
from units.states import CodeScheme, UnitKind
from units.text import fold

COLUMNS = ("mã cũ", "tên cũ", "mã mới", "tên mới", "ngày")
MOST_ROWS = 4000
_SCHEMES = CodeScheme.values


@dataclass
class Row:
    """One row as it was given, with its number in the table and what is wrong with it."""

    number: int
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    day: str
    old: Unit | None = None
    new: Unit | None = None
    faults: list = field(default_factory=list)

    def wrong(self, text):
        self.faults.append(text)


def rows_of_text(text):
    """The rows of a pasted table or CSV file: separated by tabs, semicolons or commas, with or without a row of headings."""
    text = text.lstrip("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = "\t" if "\t" in first else ";" if ";" in first else ","
    try:
        return rows_of_cells(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        return rows_of_cells(line.split(mark) for line in text.splitlines())


def rows_of_cells(table):
    """The rows of a table of cells; empty ones and the headings are left out, days written as people write them."""
    rows = []
    for number, cells in enumerate(table, 1):
        said = [text_of(cell)[:300] for cell in [*cells, *[""] * 5][:5]]
        if any(said) and not (fold(said[1]) == "ten cu" or fold(said[3]) == "ten moi"):
            rows.append(Row(number, *said))
    return rows


def order_of_rows(rows, *, on, parent=None):
    """The order the rows mean on that day, faults noted on the rows. New units come under `parent`, else under the unit
    above those they replace. Three queries whatever the number of rows."""
    book = _Book(rows)
    for row in rows:
        _read_day(row, on)
        row.old = book.find(row, row.old_code, row.old_name, "cũ")
        if row.new_code or row.new_name:
            row.new = book.find_new(row)
    kept = {row.new_code.casefold(): row.new for row in rows if row.new_code and row.new and row.new == row.old}
    order, keys = Order(), {}
    for row in rows:
        row.new = row.new or kept.get(row.new_code.casefold())  # others join the unit that keeps its code
        if row.faults:
            continue
        if not (row.new_code or row.new_name):
            order.ends.setdefault(row.old.pk, [])
        elif row.new and row.new.pk == row.old.pk:
            _keep(order, row)
        else:
            ref = row.new.pk if row.new else _found(order, keys, row, parent)
            heirs = order.ends.setdefault(row.old.pk, [])
            if ref in heirs:
                row.wrong("Dòng này lặp lại một dòng ở trên.")
            heirs.append(ref)
    for pk in [pk for pk in order.ends if pk in order.names or pk in _kept(rows)]:
        order.parts[pk] = order.ends.pop(pk)
    order.main = {pk: heirs[0] for pk, heirs in order.ends.items() if heirs}
    _place(order)
    return order


def _kept(rows):
    return {row.old.pk for row in rows if row.old and row.new and row.old.pk == row.new.pk}


def _keep(order, row):
    name = row.new_name or row.old.name
    if name != row.old.name:
        order.names[row.old.pk] = (name, row.old.short_name)


def _found(order, keys, row, parent):
    called = (row.new_code.casefold(),) if row.new_code else (fold(row.new_name),)
    if called not in keys:
        keys[called] = f"m{len(keys) + 1}"
        codes = ((scheme_of(row.new_code), row.new_code),) if row.new_code else ()
        above = parent.pk if parent else row.old.parent_id
        order.new[keys[called]] = NewUnit(row.new_name, kind_of(row.new_name, row.old.kind), "", above, codes)
    elif fold(order.new[keys[called]].name) != fold(row.new_name):
        row.wrong(f"Mã {row.new_code} ở dòng khác là của “{order.new[keys[called]].name}”.")
    return keys[called]


def _place(order):
    """A new unit whose superior ends in the same table comes under the heir of that superior, or the one above it."""
    above = dict(Unit.objects.filter(pk__in=[new.parent for new in order.new.values()]).values_list("pk", "parent"))
    for key, new in order.new.items():
        place, steps = new.parent, 0
        while place in order.ends and steps < 9:
            heir = order.heir(place)
            place = heir if isinstance(heir, int) else above.get(place)
            steps += 1
        if place != new.parent:
            order.new[key] = NewUnit(new.name, new.kind, new.short_name, place, new.codes)


def _read_day(row, on):
    if not row.day:
        return
    said = day_of(row.day)
    if said is None:
        row.wrong(f"Không đọc được ngày “{row.day}”: hãy ghi dạng 01/7/2025.")
    elif said != on:
        row.wrong(f"Ngày {said:%d/%m/%Y} khác ngày có hiệu lực đã chọn ({on:%d/%m/%Y}): hãy tách thành bảng riêng.")


def scheme_of(code):
    """Which code this is, by its form alone: two or five digits an administrative area's, 13 characters from 000 the old form."""
    if re.fullmatch(r"\d{2}|\d{5}", code):
        return CodeScheme.AREA
    return CodeScheme.OLD if re.fullmatch(r"000(\.\w{2}){2}\.\w{3}", code) else CodeScheme.CODE


def kind_of(name, before):
    """A commune where the name says so and local government is replaced, else what it was before."""
    commune = re.search(r"\b(xa|phuong|dac khu)\b", fold(name))
    return UnitKind.COMMUNE if commune and before in (UnitKind.COMMUNE, UnitKind.DISTRICT) else before


class _Book:
    """Units by code and by name, those that have not ended."""

    def __init__(self, rows):
        alive = Unit.objects.filter(valid_to=None)
        codes = {code for row in rows for code in (row.old_code, row.new_code) if code}
        self.by_code, self.by_name = defaultdict(set), defaultdict(set)
        worn = Q()
        for scheme in _SCHEMES:
            worn |= Q(**{f"{scheme}__in": codes})
        self.units = {unit.pk: unit for unit in alive.filter(worn)}
        for unit in self.units.values():
            for scheme in _SCHEMES:
                self.by_code[getattr(unit, scheme).casefold()].add(unit.pk)
        names = {fold(name) for row in rows for name in (row.old_name, row.new_name) if name}
        for pk, name in alive.values_list("pk", "name"):
            if fold(name) in names:
                self.by_name[fold(name)].add(pk)
        for row in UnitCode.objects.filter(value__in=codes, valid_to=None, unit__valid_to=None):
            self.by_code[row.value.casefold()].add(row.unit_id)
        missing = set().union(*self.by_name.values(), *self.by_code.values()) - self.units.keys()
        self.units |= {unit.pk: unit for unit in Unit.objects.filter(pk__in=missing)}

    def find(self, row, code, name, side):
        if code:
            found = self.by_code.get(code.casefold(), set())
            if len(found) == 1:
                unit = self.units[next(iter(found))]
                if name and fold(name) != fold(unit.name):
                    row.wrong(f"Mã {code} là của “{unit.name}”, không phải “{name}”.")
                return unit
            if found:
                row.wrong(f"Mã {code} đang ghi cho {len(found)} đơn vị: hãy dùng mã khác của đơn vị.")
                return None
        found = self.by_name.get(fold(name), set())
        if len(found) == 1:
            return self.units[next(iter(found))]
        if found:
            row.wrong(f"Có {len(found)} đơn vị cùng tên “{name}”: hãy ghi mã để biết là đơn vị nào.")
        elif name or code:
            row.wrong(f"Không tìm thấy đơn vị {side} “{name or code}” trong các đơn vị đang hoạt động.")
        else:
            row.wrong("Chưa ghi mã hoặc tên của đơn vị cũ.")
        return None

    def find_new(self, row):
        """The unit that takes over when it exists: by its code, the old unit itself by its name, else by its name alone."""
        held = self.by_code.get(row.new_code.casefold(), set()) if row.new_code else set()
        if row.old and row.old.pk in held:
            return row.old
        if len(held) == 1:
            unit = self.units[next(iter(held))]
            if not row.new_name or fold(row.new_name) == fold(unit.name):
                return unit
            return None  # a new unit that takes the code over; whether that may be is judged with the whole order
        if row.new_code and not row.new_name:
            row.wrong(f"Mã mới {row.new_code} chưa có trong danh bạ: hãy ghi cả tên của đơn vị mới.")
            return None
        if row.new_code:
            return None
        if row.old and fold(row.old.name) == fold(row.new_name):
            return row.old
        named = self.by_name.get(fold(row.new_name), set())
        if len(named) > 1:
            row.wrong(f"Có {len(named)} đơn vị cùng tên “{row.new_name}”: hãy ghi mã mới để biết là đơn vị nào.")
        return self.units[next(iter(named))] if len(named) == 1 else None
