"""What every page's frame shows: the menu of this person's roles, unread notices, the demonstration banner."""

from django.conf import settings
from django.utils import timezone

from notices.models import Notice
from notices.selectors import pulses
from reports.rules import can_see_dashboards, can_see_engine
from units.addresses import address
from units.models import Delegation, Unit
from units.rules import can_inspect
from units.states import Role, UnitKind

STAFF_MENU = [
    ("Trang đầu", "reports:home", "home"),
    ("Điều hành", "reports:dashboard", "layout-dashboard"),
    ("Đợt phục vụ", "plans:occasion_list", "calendar-event"),
    ("Kế hoạch", "plans:plan_list", "clipboard-list"),
    ("Văn bản", "directives:dispatch_list", "file-text"),
    ("Sổ văn bản đi", "directives:register", "notes"),
    ("Nhiệm vụ", "assignments:assignment_list", "list-check"),
    ("Lịch trực", "assignments:roster_list", "calendar-time"),
    ("Ai đang trực", "assignments:on_duty", "user-check"),
    ("Căn cứ", "plans:basis_list", "scale"),
    ("Đơn vị", "units:unit_list", "building"),
    ("Nhóm đơn vị", "units:group_list", "users-group"),
]
ADMIN_MENU = [
    ("Ngày nghỉ", "plans:holiday_list", "calendar"),
    ("Tài khoản", "units:person_list", "users"),
    ("Ai được làm gì", "rights", "shield-check"),
    ("Hệ thống", "operations", "activity"),
]
INSPECTION = ("Nhật ký", "inspection", "history")
UNIT_MENU = [
    ("Trang đầu", "reports:home", "home"),
    ("Việc của đơn vị", "assignments:assignment_list", "list-check"),
    ("Lịch trực", "assignments:roster_list", "calendar-time"),
    ("Ai đang trực", "assignments:on_duty", "user-check"),
    ("Văn bản", "directives:dispatch_list", "file-text"),
    ("Đơn vị và đầu mối", "units:unit_list", "building"),
]


def frame(request):
    """One query for the person's roles, one for unread notices, one for the name of the Sở, one for the absent people whose work
    they may do; the engine's pulse for administrators."""
    context = {"demo": settings.DEMO, "version": settings.VERSION}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    staff = can_see_dashboards(user)
    entries = STAFF_MENU + (ADMIN_MENU if can_see_engine(user) else []) if staff else UNIT_MENU
    entries = [*entries, INSPECTION] if can_inspect(user) else entries
    now = timezone.now()
    context |= {
        "now": now,
        "menu": _menu(request.path, entries),
        "unread_notices": Notice.objects.visible_to(user).unread().count(),
        "department": Unit.objects.filter(kind=UnitKind.OWN).values_list("name", flat=True).first() or "",
        "role": ", ".join(sorted({Role(role).label for _, role in user.roles()})),
        "stand_ins": Delegation.objects.usable(now)
        .filter(taker=user)
        .select_related("giver")
        .order_by("ends_at", "pk"),
        "search_url": address("reports:search"),
    }
    if can_see_engine(user):
        stopped = [pulse for pulse in pulses(now) if not pulse.well]
        context["pulse"] = (
            (f"{len(stopped)} việc tự chạy đang ngừng", False) if stopped else ("Các việc tự chạy đúng nhịp", True)
        )
    return context


def _menu(path, entries):
    """The entry whose address is the longest start of this one is where the person stands."""
    made = [(label, address(name), icon) for label, name, icon in entries]
    here = max((url for _, url, _ in made if path.startswith(url)), key=len)
    return [(label, url, icon, url == here) for label, url, icon in made]
