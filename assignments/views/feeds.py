"""One's own days on duty, the secret addresses under which a calendar reads them, and the feed itself."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from assignments import rules, services
from assignments.calendar_feed import Duty, calendar_feed
from assignments.duty import span_words
from assignments.models import CalendarLink
from assignments.selectors import feeds
from assignments.selectors.listing import value_is_key
from assignments.states import RosterStatus

OPEN_AGAIN = "\nLịch trực đang được sửa; ca này giữ nguyên cho đến khi có lịch mới được duyệt."
ONCE = "calendar_address"  # of the session: shown on the next page, then gone
A_PAGE = 30


@require_safe
def my_calendar(request):
    """The person's coming shifts and links. A new address is shown this once: only its hash is kept."""
    user, now = request.user, timezone.now()
    page = Paginator(feeds.own_shifts(user, now), A_PAGE).get_page(request.GET.get("page"))
    links = CalendarLink.objects.visible_to(user).live().select_related("unit").order_by("unit__sort_key", "pk")
    response = render(
        request,
        "assignments/my_calendar.html",
        {
            "page": page,
            "rows": [(shift, span_words(shift.starts_at, shift.ends_at)) for shift in page],
            "links": links,
            "units": feeds.linkable_units(user),
            "has_own": any(link.unit_id is None for link in links),
            "can_link_own": rules.can_link_calendar(user),
            "address": request.session.pop(ONCE, None),
            "now": now,
        },
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def calendar_link_new(request):
    unit = None
    if key := request.POST.get("unit"):
        if not value_is_key(key):
            raise Http404
        unit = get_object_or_404(feeds.linkable_units(request.user), pk=key)
    token = services.make_link(unit, actor=request.user, now=timezone.now())
    request.session[ONCE] = settings.SITE_URL + reverse("assignments:calendar_feed", args=[token])
    return redirect("assignments:my_calendar")


@require_POST
def calendar_link_revoke(request, pk):
    link = get_object_or_404(CalendarLink.objects.visible_to(request.user), pk=pk)
    if services.revoke_link(link, actor=request.user, now=timezone.now()):
        messages.success(request, "Đã thu hồi liên kết. Lịch đã đăng ký bằng liên kết này sẽ không cập nhật nữa.")
    return redirect("assignments:my_calendar")


@login_not_required
@require_safe
def calendar_feed_file(request, token):
    """The feed under a secret address: 404 when there is none, when it was revoked, or when its maker lost the right."""
    link = feeds.link_of(token)
    if link is None:
        raise Http404("Liên kết lịch không còn hiệu lực.")
    now = timezone.now()
    services.note_reading(link, now=now)
    body = calendar_feed(_name(link), _duties(link, now))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lich-truc.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return get_conditional_response(request, etag=etag, response=response)


def _name(link):
    return f"Lịch trực – {link.unit.short_name or link.unit.name}" if link.unit else f"Lịch trực của {link.user}"


def _duties(link, now):
    shifts = feeds.feed_shifts(link, now)
    counts = feeds.roster_moves({shift.unit_id for shift in shifts})
    domain = urlsplit(settings.SITE_URL).hostname
    made = []
    for shift in shifts:
        layers, accepted = ", ".join(shift.layer_words()), shift.status == RosterStatus.ACCEPTED
        occasions = ", ".join(sorted({str(roster.occasion) for roster in shift.rosters.all()}))
        made.append(
            Duty(
                uid=f"ca-truc-{shift.pk}@{domain}",
                sequence=counts[shift.unit_id],
                changed_at=shift.changed_at,
                starts_at=shift.starts_at,
                ends_at=shift.ends_at,
                title=f"{shift.contact.name}: {layers}" if link.unit_id else f"{layers} – {shift.unit}",
                place=shift.place,
                text=f"Loại trực: {layers}\nĐơn vị: {shift.unit}\nĐợt: {occasions}{'' if accepted else OPEN_AGAIN}",
                tentative=not accepted,
            )
        )
    return made
