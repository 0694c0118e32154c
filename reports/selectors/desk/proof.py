"""Contacts to be proven before an occasion: an open task from seven days before its D-day on."""

from django.urls import reverse
from django.utils import timezone

from assignments.selectors.rosters import occasions_for
from reports.selectors.desk.panel import Line, Panel
from units import rules
from units.selectors import people_to_prove

SHOWN = 6


def proof_panels(user, now):
    """One panel while an occasion is near (of a recipient unit: one it has a part in) and somebody who receives demands was not
    reached for a month; else none. Three queries."""
    today = timezone.localdate(now)
    near = occasions_for(user).filter(d_day__lte=today + rules.PROVE_AHEAD, ends_on__gte=today).order_by("d_day", "pk")
    near = list(near.values_list("name", flat=True))
    if not near:
        return []
    people = people_to_prove(user, now).filter(is_focal=True).select_related("unit")
    people = people.order_by("unit__sort_key", "sort_key", "pk")
    shown = [_line(contact, now) for contact in people[:SHOWN]]
    if not shown:
        return []
    total = len(shown) if len(shown) < SHOWN else people.count()
    more = f" và {len(near) - 1} đợt khác" if len(near) > 1 else ""
    title = f"{total} đầu mối chưa xác minh trước {near[0]}{more}"
    return [Panel(title, shown, total, reverse("units:proof_list"), "", "phone")]


def _line(contact, now):
    ways = rules.stale_ways(contact, now)
    never = contact.phone_proven_at is None and contact.email_proven_at is None
    words = " và ".join({"phone": "điện thoại", "email": "thư điện tử"}[way] for way in ways)
    note = (
        f"{contact.name} – {words} {'chưa kiểm tra lần nào' if never else f'quá {rules.STALE.days} ngày chưa kiểm tra'}"
    )
    return Line(contact.unit.name, reverse("units:unit_detail", args=[contact.unit_id]), note)
