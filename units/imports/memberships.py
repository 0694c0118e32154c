"""Lines of rights: who holds which role in which unit. Accounts are never made here; a right given waits for a second person."""

from collections import defaultdict

from units import rules
from units.imports.parts import CHANGED, NEW, SAME, Change, Row
from units.models import Membership, Unit, User
from units.sheets.reading import WARNING
from units.states import Role, UnitKind
from units.text import fold

ROLES = {fold(role.label): role for role in Role} | {role.value: role for role in Role}
NOT_YOURS = "Vai trò do quản trị giao: bảng này chỉ quản trị nhập được."
NO_ACCOUNT = "Không có tài khoản “{said}”. Người chưa có tài khoản thì mời ở trang “Lời mời”."


def plan_memberships(part, units, actor, today):
    """Judge the lines of rights. Two queries."""
    sheet, taken = part.sheet, {}
    if not rules.can_manage_people(actor):
        for line in sheet.lines:
            sheet.wrong(line, "role", NOT_YOURS)
        return
    users = list(User.objects.order_by("pk"))
    by_name = {user.username.casefold(): user for user in users}
    by_email = {user.email.casefold(): user for user in users if user.email}
    held = defaultdict(list)
    for right in Membership.objects.select_related("user", "unit").order_by("pk"):
        held[right.user_id, right.unit_id, right.role].append(right)
    for line in sheet.lines:
        user, unit = _user(sheet, line, by_name, by_email), _unit(sheet, line, units)
        role = ROLES.get(fold(line.text("role")))
        if not line.text("role"):
            sheet.wrong(line, "role", "Thiếu vai trò.")
        if line.is_wrong() or None in (user, unit, role):
            continue
        if (unit.kind in UnitKind.INSIDE) != (role in Role.STAFF):
            where = "của Sở" if unit.kind in UnitKind.INSIDE else "của đơn vị ngoài Sở"
            sheet.wrong(line, "role", f"Vai trò “{role.label}” không dùng cho người {where}.")
            continue
        starts, ends = line.days.get("starts_on"), line.days.get("ends_on")
        key = (user.pk, unit.pk, role, starts)
        if key in taken:
            sheet.wrong(line, "username", f"Trùng với dòng {taken[key]}.")
            continue
        taken[key] = line.row
        row = _row(sheet, line, user, unit, role, held[user.pk, unit.pk, role], today)
        if row:
            row.name, row.where = f"{user.full_name} ({user.username})", f"{role.label} · {unit}"
            part.made[line.row] = row
        if ends and starts and ends <= starts:
            sheet.wrong(line, "ends_on", "Ngày thôi giữ phải sau ngày bắt đầu.")


def _user(sheet, line, by_name, by_email):
    name, email = line.text("username").casefold(), line.text("email").casefold()
    if not name and not email:
        sheet.wrong(line, "username", "Thiếu tên đăng nhập hoặc thư điện tử.")
        return None
    named, mailed = by_name.get(name) or by_email.get(name), by_email.get(email)
    user = named if name else mailed
    if user is None:
        sheet.wrong(line, "username" if name else "email", NO_ACCOUNT.format(said=(name or email)[:60]))
    elif name and email and mailed is not user and user.email.casefold() != email:
        sheet.wrong(line, "email", f"Thư điện tử này không phải của tài khoản “{user.username}”.")
    elif not user.is_active and user.pk:
        sheet.wrong(line, "username", "Tài khoản này đang bị khóa.", WARNING)
    return user


def _unit(sheet, line, units):
    unit, fault, remark = units.find(line.text("unit"), line.text("unit_code"))
    name = "unit" if "unit" in sheet.columns or "unit_code" not in sheet.columns else "unit_code"
    if remark:
        sheet.wrong(line, name, remark, WARNING)
    if unit is not None and not isinstance(unit, Unit):
        fault = "Đơn vị này mới có trong tệp: hãy lưu đơn vị trước, rồi giao vai trò."
    if fault:
        sheet.wrong(line, name, fault)
    return unit if isinstance(unit, Unit) else None


def _row(sheet, line, user, unit, role, rights, today):
    starts, ends = line.days.get("starts_on"), line.days.get("ends_on")
    if starts:
        same = [right for right in rights if right.starts_on == starts]
    else:
        same = [right for right in rights if right.ends_on is None or right.ends_on > today]
    if same:
        right = same[-1]
        if ends is None or ends == right.ends_on:
            return Row(line, SAME, right)
        if right.ends_on is not None and right.ends_on <= ends:
            sheet.wrong(
                line,
                "ends_on",
                f"Vai trò này kết thúc từ {right.ends_on:%d/%m/%Y}: muốn dài hơn thì giao lại từ ngày đó.",
            )
            return None
        before = f"{right.ends_on:%d/%m/%Y}" if right.ends_on else ""
        return Row(line, CHANGED, right, {"on": ends}, [Change("thôi giữ từ ngày", before, f"{ends:%d/%m/%Y}")])
    first = starts or today
    if any(
        (ends is None or right.starts_on < ends) and (right.ends_on is None or right.ends_on > first)
        for right in rights
    ):
        sheet.wrong(
            line, "starts_on", "Người này đã có vai trò đó ở đơn vị trong thời gian này, với ngày bắt đầu khác."
        )
        return None
    if ends and ends <= today:
        sheet.wrong(line, "ends_on", "Vai trò mới mà đã hết thời gian: không có gì để giao.")
        return None
    if ends and ends <= first:
        sheet.wrong(line, "ends_on", "Ngày thôi giữ phải sau ngày bắt đầu.")
        return None
    return Row(line, NEW, None, {"user": user, "unit": unit, "role": role.value, "starts_on": starts, "ends_on": ends})
