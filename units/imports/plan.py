"""What taking a file over would do, table by table: units first, as contacts may belong to units of the same file."""

from units import rules
from units.imports.contacts import plan_contacts
from units.imports.finding import Units
from units.imports.memberships import plan_memberships
from units.imports.parts import Change, Part, Plan, Row
from units.imports.units import plan_units
from units.sheets.columns import CONTACTS, UNITS

__all__ = ["Change", "Part", "Plan", "Row", "plan_import"]
NOT_YOURS = "Đơn vị do chuyên viên hoặc quản trị của Sở khai báo: anh/chị chỉ nhập được đầu mối của đơn vị mình."


def plan_import(sheets, *, actor, today, lock=False):
    """The plan of freshly read sheets, whose lines take up every fault. Some seven queries; `lock` holds what it would change."""
    units = Units(actor, today, lock)
    parts = [Part(sheet) for sheet in sheets]
    for part in parts:
        if part.table is UNITS and not rules.can_manage_units(actor):
            for line in part.sheet.lines:
                part.sheet.wrong(line, "name", NOT_YOURS)
        elif part.table is UNITS:
            plan_units(part, units)
        elif part.table is CONTACTS:
            plan_contacts(part, units, actor, lock)
        else:
            plan_memberships(part, units, actor, today)
    return Plan(parts)
