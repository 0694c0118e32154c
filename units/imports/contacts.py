"""Lines of contacts: found again by unit and email, then phone and name, then name, then phone alone; never twice."""

from collections import defaultdict

from units import rules
from units.imports.parts import CHANGED, NEW, SAME, Change, Row
from units.imports.units import clean_email, mend_phone
from units.models import Contact, Unit
from units.phones import phone_words
from units.sheets.columns import CLEAR, NO, YES
from units.sheets.reading import WARNING
from units.sheets.values import answer_of
from units.text import fold, spelling_key

PLAIN = ("name", "position", "phone", "email")
ACCOUNT = "Người này có tài khoản: họ tên và thư điện tử do quản trị sửa ở trang tài khoản."


def plan_contacts(part, units, actor, lock):
    """Judge the lines of contacts, unit by unit. One query for the people, one for the rights of the reader."""
    sheet, by_unit = part.sheet, defaultdict(list)
    for line in sheet.lines:
        _mend(sheet, line)
        unit = _unit(sheet, line, units, actor)
        if unit is not None:
            by_unit[unit].append(line)
    known = defaultdict(list)
    people = Contact.objects.filter(unit__in=Unit.objects.visible_to(actor)).order_by("pk")
    for contact in people.select_for_update() if lock else people:
        known[contact.unit_id].append(contact)
    for unit, lines in by_unit.items():
        stored = known[unit.pk] if isinstance(unit, Unit) else []
        matched = _match(sheet, lines, [contact for contact in stored if contact.left_on is None])
        gone = defaultdict(list)
        for contact in stored:
            if contact.left_on:
                for key in (contact.email, spelling_key(contact.name)):
                    gone[key].append(contact)
        for line in lines:
            contact = matched.get(line.row)
            row = _changed(sheet, line, unit, contact, actor) if contact else _new(sheet, line, unit, gone)
            if row:
                part.made[line.row] = row
        _refuse_twins(part, lines, stored)


def _mend(sheet, line):
    if any(char.isdigit() or char in "@/\\" for char in line.text("name")):
        sheet.wrong(line, "name", "Họ và tên chỉ gồm chữ cái. Số điện thoại, thư điện tử ghi ở cột riêng.")
    mend_phone(sheet, line, line.text("phone"), mobile=True)
    clean_email(sheet, line)


def _unit(sheet, line, units, actor):
    unit, fault, remark = units.find(line.text("unit"), line.text("unit_code"))
    name = "unit" if "unit" in sheet.columns or "unit_code" not in sheet.columns else "unit_code"
    if remark:
        sheet.wrong(line, name, remark, WARNING)
    if isinstance(unit, Row) and unit.line.is_wrong():
        unit, fault = None, f"Đơn vị ở dòng {unit.line.row} của bảng “Đơn vị” còn lỗi."
    if isinstance(unit, Unit) and not rules.can_edit_contacts(actor, unit):
        unit, fault = None, f"Anh/chị không giữ danh bạ của “{unit}”."
    if fault:
        sheet.wrong(line, name, fault)
    return unit


def _match(sheet, lines, stored):
    """{line number: contact}: the surest likeness first, each person for one line."""
    found, taken = {}, set()
    for likeness in (_email, _number_and_name, _name, _number):
        alike = defaultdict(list)
        for contact in stored:
            for name in {contact.name, fold(contact.name)}:  # a name may be typed without accents
                for key in likeness(name, contact.phone, contact.email):
                    alike[key].append(contact)
        for line in lines:
            if line.row in found:
                continue
            mail = line.text("email")
            ones = {}
            for key in likeness(line.text("name"), line.text("phone"), mail):
                for one in alike.get(key, ()):
                    shared = likeness is _number and mail and one.email  # a telephone of several on duty
                    if one.pk not in taken and not shared:
                        ones[one.pk] = one
                    if len(ones) > 1:
                        break
            if len(ones) == 1:
                ((pk, found[line.row]),) = ones.items()
                taken.add(pk)
            elif len(ones) > 1 and likeness is _name:
                text = "Đơn vị có nhiều người tên này: ghi thư điện tử hoặc điện thoại để phân biệt."
                sheet.wrong(line, "name", text)
    return found


def _email(name, phone, email):
    return [email] if email else []


def _name(name, phone, email):
    return [spelling_key(name)]


def _number_and_name(name, phone, email):
    return [(phone, spelling_key(name))] if phone else []


def _number(name, phone, email):
    return [phone] if phone else []


def _same_name(line, contact):
    name = line.text("name")
    return spelling_key(name) == spelling_key(contact.name) or (name.isascii() and fold(name) == fold(contact.name))


def _value(line, name):
    return "" if line.text(name) == CLEAR else line.text(name)


def _new(sheet, line, unit, gone):
    email, phone = line.text("email"), line.text("phone")
    for contact in [*(gone.get(email, ()) if email else ()), *gone.get(spelling_key(line.text("name")), ())][:50]:
        if (email and email == contact.email) or (_same_name(line, contact) and phone in ("", contact.phone)):
            text = (
                f"{contact.name} đã thôi làm đầu mối từ {contact.left_on:%d/%m/%Y}: bấm “Trở lại” ở trang của đơn vị."
            )
            sheet.wrong(line, "name", text)
            return None
    data = {name: _value(line, name) for name in PLAIN} | {"is_focal": bool(answer_of(line.text("is_focal")))}
    if not line.is_wrong() and not data["phone"] and not data["email"]:
        sheet.wrong(line, "phone", "Cần ít nhất số điện thoại hoặc thư điện tử để liên lạc.")
    return Row(
        line, NEW, None, data | {"unit": unit}, [], data["name"], str(unit if isinstance(unit, Unit) else unit.name)
    )


def _changed(sheet, line, unit, contact, actor):
    data = {name: _value(line, name) for name in PLAIN if line.text(name)}
    if _same_name(line, contact) and line.text("name").isascii():
        data.pop("name")  # typed without accents
    if line.text("is_focal"):
        data["is_focal"] = bool(answer_of(line.text("is_focal")))
    data = {name: value for name, value in data.items() if value != getattr(contact, name)}
    if contact.user_id and {"name", "email"} & data.keys():
        sheet.wrong(line, "name" if "name" in data else "email", ACCOUNT)
    if not data.get("phone", contact.phone) and not data.get("email", contact.email):
        sheet.wrong(line, "phone", "Cần ít nhất số điện thoại hoặc thư điện tử để liên lạc.")
    shown = rules.can_see_phone(actor, contact)
    changes = [_change(contact, name, value, shown) for name, value in data.items()]
    return Row(line, CHANGED if changes else SAME, contact, data, changes, contact.name, str(unit))


def _change(contact, name, value, phone_shown):
    field, before = Contact._meta.get_field(name), getattr(contact, name)
    if name == "is_focal":
        return Change(str(field.verbose_name), YES if before else NO, YES if value else NO)
    if name == "phone":
        hidden = "số đang lưu (không hiển thị)"
        return Change(
            str(field.verbose_name),
            (phone_words(before) if phone_shown else hidden) if before else "",
            phone_words(value) if value else "",
        )
    return Change(str(field.verbose_name), before, value)


def _refuse_twins(part, lines, stored):
    """One person once in the file, and no address twice in a unit."""
    emails = {contact.email: contact for contact in stored if contact.email and not contact.left_on}
    for row in part.made.values():  # addresses that this file frees
        if row.target is not None and "email" in row.data and emails.get(row.target.email) is row.target:
            del emails[row.target.email]
    seen_emails, seen_people = {}, {}
    for line in lines:
        row = part.made.get(line.row)
        if row is None or line.is_wrong():
            continue
        email = row.data.get("email", row.target.email if row.target else "")
        holder = emails.get(email)
        if email and holder is not None and holder is not row.target:
            part.sheet.wrong(line, "email", f"Thư điện tử này đang là của {holder.name} trong cùng đơn vị.")
        elif email and email in seen_emails:
            part.sheet.wrong(line, "email", f"Trùng thư điện tử với dòng {seen_emails[email]}.")
        elif row.target is None:
            same = (spelling_key(line.text("name")), row.data["phone"])
            if same in seen_people:
                part.sheet.wrong(line, "name", f"Trùng với dòng {seen_people[same]}.")
            seen_people.setdefault(same, line.row)
        else:
            seen_people.setdefault((spelling_key(line.text("name")), row.target.phone), line.row)
        if email:
            seen_emails.setdefault(email, line.row)
