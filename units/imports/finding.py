"""Which unit a cell means: by a code, by a name as it is spelt today, by a short or an old name; never by guessing."""

from collections import defaultdict

from units.models import Unit, UnitPeriod
from units.text import fold, spelling_key

CODES = ("code", "area_code", "tax_code", "old_code")


class Units:
    """The units this person sees by code and name, those that the file itself founds among them. Two queries."""

    def __init__(self, actor, today, lock):
        units = Unit.objects.visible_to(actor).order_by("pk")
        units = units.select_for_update() if lock else units
        self.today = today
        self.all = {unit.pk: unit for unit in units}
        self.by_code = defaultdict(list)
        self.spelt, self.folded, self.shorts = defaultdict(list), defaultdict(list), defaultdict(list)
        self.before = defaultdict(list)
        for unit in self.all.values():
            for scheme in CODES:
                self._learn_code(scheme, getattr(unit, scheme), unit)
            self.learn_name(unit, unit.name, unit.short_name)
        for unit, name in UnitPeriod.objects.values_list("unit", "name"):
            unit = self.all.get(unit)
            if unit and name != unit.name:
                self.before[spelling_key(name)].append(unit)

    def _learn_code(self, scheme, value, unit):
        if value:
            self.by_code[scheme, value.casefold()].append(unit)

    def learn_name(self, unit, name, short_name):
        """`unit` is a stored one, or the row of the file that founds it."""
        self.spelt[spelling_key(name)].append(unit)
        self.folded[fold(name)].append(unit)
        if short_name:
            self.shorts[fold(short_name)].append(unit)

    def learn_new(self, row):
        for scheme in CODES:
            self._learn_code(scheme, row.data.get(scheme, ""), row)
        self.learn_name(row, row.data["name"], row.data.get("short_name", ""))

    def gone(self, unit):
        valid_to = getattr(unit, "valid_to", None)
        return valid_to is not None and valid_to <= self.today

    def standing(self, found):
        return [unit for unit in found if not self.gone(unit)]

    def of_code(self, value):
        """Units that have this code in any scheme, each once."""
        found = [unit for scheme in CODES for unit in self.by_code.get((scheme, value.casefold()), ())]
        return list(dict.fromkeys(found))

    def find(self, name, code=""):
        """(unit or row of the file, what keeps us from knowing it, a remark)."""
        if code:
            found = self.of_code(code)
            if len(found) != 1:
                what = "nhiều đơn vị cùng có" if found else "không đơn vị nào có"
                return None, f"Mã “{code[:40]}”: {what} mã này.", ""
            if name and not self._may_mean(found[0], name):
                return None, f"Mã “{code[:40]}” là của “{found[0]}”, không phải “{name[:80]}”.", ""
            return self._if_standing(found[0])
        if not name:
            return None, "Thiếu tên hoặc mã đơn vị.", ""
        return self._by_name(name)

    def _may_mean(self, unit, name):
        key = fold(name)
        return any(unit in found.get(key, ()) for found in (self.folded, self.shorts)) or any(
            unit in found.get(spelling_key(name), ()) for found in (self.spelt, self.before)
        )

    def _by_name(self, name):
        spelt = self.spelt.get(spelling_key(name), ())
        for found in (
            spelt,
            self.shorts.get(fold(name), ()),
            self.folded.get(fold(name), ()) if name.isascii() else (),
        ):
            standing = self.standing(found)
            if len(standing) == 1:
                return standing[0], "", ""
            if standing:
                return None, f"Có {len(standing)} đơn vị tên “{name[:80]}”: ghi thêm mã đơn vị để phân biệt.", ""
        before = self.standing(self.before.get(spelling_key(name), ()))
        if len(before) == 1:
            return before[0], "", f"“{name[:80]}” là tên cũ; nay là “{before[0]}”."
        if spelt:
            return self._if_standing(spelt[0])
        if near := self.standing(self.folded.get(fold(name), ())):
            return None, f"Không có đơn vị “{name[:80]}”. Danh bạ có “{near[0]}”: hãy ghi đúng dấu.", ""
        return None, f"Không có đơn vị “{name[:80]}” trong danh bạ. Hãy ghi đúng tên, hoặc thêm đơn vị trước.", ""

    def _if_standing(self, unit):
        if self.gone(unit):
            return None, f"“{unit}” đã chấm dứt hoạt động từ {unit.valid_to:%d/%m/%Y}.", ""
        return unit, "", ""
