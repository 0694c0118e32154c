"""Lines of units: found again by a code, else by the name within the kind; new ones; what would change."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from units.imports.finding import CODES
from units.imports.parts import CHANGED, NEW, SAME, Change, Row
from units.models import Unit
from units.models.units import AREA_CODE
from units.phones import phone_digits, phone_fault
from units.sheets.columns import CLEAR
from units.sheets.lines import mend_number
from units.sheets.reading import WARNING
from units.states import UnitKind
from units.text import fold, spelling_key

KINDS = {fold(kind.label): kind.value for kind in UnitKind}
PLAIN = ("code", "area_code", "tax_code", "old_code", "issuing_place", "address", "phone", "email")
RENAME = "Tên trong tệp khác tên hiện nay “{name}”. Đổi tên là việc có ngày hiệu lực: ghi ở trang “Sắp xếp đơn vị”, không làm bằng tệp."
SHORT = "Tên viết tắt hiện nay là “{name}”. Tên viết tắt đổi cùng với tên, ở trang của đơn vị, không làm bằng tệp."
CALLED = (
    "Tên viết tắt “{short}” là của “{name}”. Nếu đơn vị ấy đổi tên: ghi ở trang “Sắp xếp đơn vị”; nếu là đơn vị khác: ghi tên viết "
    "tắt khác."
)
NEAR = "Sẽ lập đơn vị mới, dù danh bạ có “{name}” chỉ khác dấu. Nếu là cùng một đơn vị, hãy ghi đúng tên hiện nay."
ENDING = "Ngày chấm dứt không sửa bằng tệp: ghi ở trang “Sắp xếp đơn vị”."


def plan_units(part, units):
    """Judge the lines of units; rows founded by them are learned by `units`, so that other lines may mean them."""
    sheet, taken = part.sheet, {}
    for line in sheet.lines:
        _mend(sheet, line)
        target = _target(sheet, line, units)
        if line.is_wrong():
            continue
        key = (
            target.pk
            if target
            else (line.text("name") and spelling_key(line.text("name")), _kind(line), _code_of(line))
        )
        if key in taken:
            sheet.wrong(line, "name", f"Trùng với dòng {taken[key]}: cùng một đơn vị.")
            continue
        taken[key] = line.row
        row = _changed(sheet, line, target) if target else _new(sheet, line)
        if row:
            part.made[line.row] = row
            if not target:
                units.learn_new(row)
    _refuse_codes_twice(part, units)
    for row in part.rows:
        _find_parent(sheet, row, units)
    _refuse_orphans(part, units)
    for row in part.rows:
        row.changes = [_change(row, name) for name in row.data] if row.target else []
        row.action = NEW if row.target is None else CHANGED if row.changes else SAME


def _kind(line):
    return KINDS.get(fold(line.text("kind")), "")


def _code_of(line):
    return next((line.text(scheme) for scheme in CODES if line.text(scheme)), "")


def _mend(sheet, line):
    """Cells that mean something else than they hold: leading zeros that Excel dropped, signs in telephone numbers."""
    area, tax, phone = line.text("area_code"), line.text("tax_code"), line.text("phone")
    length = 5 if _kind(line) == UnitKind.COMMUNE else 2
    if re.fullmatch(r"\d{1,4}", area) and len(area) < length:
        mend_number(sheet, line, "area_code", area.zfill(length))
    if line.text("area_code") not in ("", CLEAR):
        _say_if_refused(sheet, line, "area_code", AREA_CODE)
    if re.fullmatch(r"\d{9}", tax):
        mend_number(sheet, line, "tax_code", f"0{tax}")
    mend_phone(sheet, line, phone)
    clean_email(sheet, line)


def _say_if_refused(sheet, line, name, validator):
    try:
        validator(line.text(name))
    except ValidationError as refusal:
        sheet.wrong(line, name, " ".join(refusal.messages))


def mend_phone(sheet, line, phone, *, mobile=False):
    """The number as it is stored; its leading zero put back where that makes a number of it, else said what is wrong."""
    if phone in ("", CLEAR):
        return
    digits = phone_digits(phone)
    if (
        phone_fault(digits, mobile=mobile)
        and not digits.startswith("0")
        and not phone_fault(f"0{digits}", mobile=mobile)
    ):
        mend_number(sheet, line, "phone", f"0{digits}")
    elif fault := phone_fault(digits, mobile=mobile):
        sheet.wrong(line, "phone", fault)
    else:
        line.given["phone"] = digits


def clean_email(sheet, line):
    if line.text("email") in ("", CLEAR):
        return
    line.given["email"] = line.text("email").lower()
    _say_if_refused(sheet, line, "email", validate_email)


def _target(sheet, line, units):
    """The stored unit a line means; None for a new one, or where something is wrong, which is said."""
    found = {}
    for scheme in CODES:
        value = line.text(scheme)
        if not value or value == CLEAR:
            continue
        holders = [unit for unit in units.by_code.get((scheme, value.casefold()), ()) if isinstance(unit, Unit)]
        if scheme == "old_code" and not holders:  # what it calls its old code is the code we know
            holders = [unit for unit in units.by_code.get(("code", value.casefold()), ()) if isinstance(unit, Unit)]
        named = spelling_key(line.text("name"))
        holders = [unit for unit in holders if not units.gone(unit) or spelling_key(unit.name) == named]  # else free
        if len(holders) == 1:
            found.setdefault(holders[0], scheme)
    if len(found) > 1:
        words = "; ".join(f"{sheet.table.by_field[scheme].heading} là của “{unit}”" for unit, scheme in found.items())
        sheet.wrong(line, next(iter(found.values())), f"Các mã thuộc về nhiều đơn vị: {words}.")
        return None
    return next(iter(found)) if found else _by_name(sheet, line, units)


def _by_name(sheet, line, units):
    name, kind = line.text("name"), _kind(line)

    def of_kind(found):
        return [unit for unit in found if isinstance(unit, Unit) and kind in ("", unit.kind)]

    spelt = of_kind(units.spelt.get(spelling_key(name), ()))
    spelt = units.standing(spelt) or [unit for unit in spelt if line.days.get("valid_to") == unit.valid_to]
    if len(spelt) > 1:
        sheet.wrong(line, "name", f"Danh bạ có {len(spelt)} đơn vị tên này: ghi thêm mã để phân biệt.")
    if spelt:
        return spelt[0]
    old = units.standing(of_kind(units.before.get(spelling_key(name), ())))
    if old and not _code_of(line):
        sheet.wrong(line, "name", f"Đây là tên cũ của “{old[0]}”. Hãy ghi tên hiện nay.")
    near = units.standing(of_kind(units.folded.get(fold(name), ())))
    if near and len(near) == 1 and name.isascii():
        return near[0]
    if near and not _code_of(line):
        sheet.wrong(
            line,
            "name",
            f"Danh bạ có “{near[0]}”, chỉ khác dấu. Nếu là một đơn vị, ghi đúng tên; nếu là đơn vị khác, ghi thêm mã của nó.",
        )
    elif near:
        sheet.wrong(line, "name", NEAR.format(name=near[0]), WARNING)
    short = line.text("short_name")
    called = units.standing(of_kind(units.shorts.get(fold(short), ()))) if short else []
    if called and not line.is_wrong():
        sheet.wrong(line, "name", CALLED.format(short=short, name=called[0]))
    return None


def _new(sheet, line):
    kind = _kind(line)
    if not kind:
        sheet.wrong(line, "kind", "Đơn vị mới phải có loại.")
    elif kind == UnitKind.OWN:
        sheet.wrong(line, "kind", "Hệ thống chỉ có một Sở chủ quản, không lập thêm bằng tệp.")
    if "valid_to" in line.days:
        sheet.wrong(line, "valid_to", "Không lập đơn vị đã chấm dứt bằng tệp.")
    data = {name: line.text(name) for name in PLAIN if line.text(name) not in ("", CLEAR)}
    short = line.text("short_name")
    data |= {"name": line.text("name"), "short_name": "" if short == CLEAR else short, "kind": kind}
    if "valid_from" in line.days:
        data["valid_from"] = line.days["valid_from"]
    where = sheet.table.by_field["kind"].heading if line.is_wrong() else str(UnitKind(kind).label)
    return None if line.is_wrong() else Row(line, NEW, None, data, [], line.text("name"), where)


def _changed(sheet, line, unit):
    if spelling_key(line.text("name")) != spelling_key(unit.name) and not (
        line.text("name").isascii() and fold(line.text("name")) == fold(unit.name)
    ):
        sheet.wrong(line, "name", RENAME.format(name=unit.name))
    short = line.text("short_name")
    if short and fold(short) != fold(unit.short_name):
        sheet.wrong(line, "short_name", SHORT.format(name=unit.short_name or "(chưa có)"))
    kind = _kind(line) or unit.kind
    if kind != unit.kind and UnitKind.OWN in (kind, unit.kind):
        sheet.wrong(line, "kind", "Không thể đổi loại của Sở, hay biến đơn vị khác thành Sở.")
    if line.text("valid_to") and line.days.get("valid_to") != unit.valid_to:
        sheet.wrong(line, "valid_to", ENDING)
    given = {name: line.text(name) for name in PLAIN if line.text(name)}
    data = {name: "" if value == CLEAR else value for name, value in given.items()} | {"kind": kind}
    if "valid_from" in line.days:
        data["valid_from"] = line.days["valid_from"]
        if unit.valid_to and data["valid_from"] >= unit.valid_to:
            sheet.wrong(line, "valid_from", "Ngày thành lập phải trước ngày chấm dứt.")
    data = {name: value for name, value in data.items() if value != getattr(unit, name)}
    return Row(line, CHANGED, unit, data, [], unit.name, str(unit.get_kind_display()))


def _refuse_codes_twice(part, units):
    """A code may belong to one unit only: of those stored, and of this file."""
    for scheme in ("code", "area_code"):
        holders = {}
        for row in part.rows:
            value = row.data.get(scheme, "")
            if not value:
                continue
            stored = [unit for unit in units.by_code.get((scheme, value.casefold()), ()) if isinstance(unit, Unit)]
            others = [unit for unit in units.standing(stored) if unit is not row.target]
            if others:
                part.sheet.wrong(row.line, scheme, f"Mã này đã thuộc về “{others[0]}”.")
            elif value.casefold() in holders:
                part.sheet.wrong(row.line, scheme, f"Mã này đã ghi ở dòng {holders[value.casefold()]}.")
            holders.setdefault(value.casefold(), row.line.row)


def _find_parent(sheet, row, units):
    said = row.line.text("parent")
    if not said:
        return
    parent = None
    if said != CLEAR:
        coded = units.of_code(said)
        parent, fault, remark = (coded[0], "", "") if len(coded) == 1 else units.find(said)
        if fault and row.target and row.target.parent_id and _names(units.all.get(row.target.parent_id), said):
            parent, fault = units.all[row.target.parent_id], ""  # the one above has ended, and is what stands there
        if fault:
            sheet.wrong(row.line, "parent", fault)
            return
        if remark:
            sheet.wrong(row.line, "parent", remark, WARNING)
    before = row.target.parent_id if row.target else None
    if (parent.pk if isinstance(parent, Unit) else parent) != before:
        row.data["parent"] = parent


def _names(unit, said):
    return unit is not None and spelling_key(unit.name) == spelling_key(said)


def _refuse_orphans(part, units):
    """No unit stands above itself, and none under one whose own line is wrong."""
    rows = {id(row.target or row): row for row in part.rows}

    def above(node):
        row = rows.get(id(node))
        if row and "parent" in row.data:
            return row.data["parent"]
        return units.all.get(node.parent_id) if isinstance(node, Unit) else None

    for row in part.rows:
        if "parent" not in row.data:
            continue
        start = node = row.target or row
        seen = set()
        while node is not None and id(node) not in seen:
            seen.add(id(node))
            node = above(node)
        if node is start or (node is not None and id(node) in seen):
            part.sheet.wrong(row.line, "parent", "Một đơn vị không thể là cấp trên của chính nó.")
    while True:
        wrong = {id(row) for row in part.made.values() if row.line.is_wrong()}
        lost = [row for row in part.rows if id(row.data.get("parent")) in wrong]
        if not lost:
            return
        for row in lost:
            part.sheet.wrong(row.line, "parent", f"Cấp trên ở dòng {row.data['parent'].line.row} còn lỗi.")


def _change(row, name):
    field = Unit._meta.get_field(name)
    return Change(str(field.verbose_name), _words(field, getattr(row.target, name)), _words(field, row.data[name]))


def _words(field, value):
    if value in (None, ""):
        return ""
    if isinstance(value, Row):
        return value.name
    if field.choices:
        return str(dict(field.flatchoices)[value])
    return f"{value:%d/%m/%Y}" if field.get_internal_type() == "DateField" else str(value)
