"""A person's notices, and the engine room for administrators."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from notices import rules, services
from notices.mailbox import read_mailbox
from notices.models import Notice
from notices.states import NoticeChannel, NoticeStatus

PAGE = 50


@require_GET
def notice_list(request):
    rows = Notice.objects.visible_to(request.user).order_by("-created_at", "-pk")
    if request.GET.get("chua-doc"):
        rows = rows.unread()
    return render(
        request,
        "notices/notice_list.html",
        {
            "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
            "only_unread": bool(request.GET.get("chua-doc")),
        },
    )


@require_GET
def notice_read(request, pk):
    """Opening a notice marks it read and leads to what it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.read_notice(notice, now=timezone.now())
    return redirect(notice.path or "notices:notice_list")


@require_POST
def read_all(request):
    services.read_all_notices(request.user, now=timezone.now())
    messages.success(request, "Đã đánh dấu tất cả là đã đọc.")
    return redirect("notices:notice_list")


@require_GET
def outbox(request):
    """Mail that waits or was refused, worst first."""
    _administrators_only(request)
    state = request.GET.get("trang-thai")
    wanted = (
        [state] if state in (NoticeStatus.PENDING, NoticeStatus.FAILED) else [NoticeStatus.PENDING, NoticeStatus.FAILED]
    )
    rows = (
        Notice.objects.filter(channel=NoticeChannel.EMAIL, status__in=wanted)
        .select_related("recipient__unit")
        .order_by("status", "-created_at", "-pk")
    )
    return render(
        request,
        "notices/outbox.html",
        {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "state": state},
    )


@require_POST
def outbox_retry(request, pk):
    _administrators_only(request)
    notice = get_object_or_404(Notice, pk=pk, channel=NoticeChannel.EMAIL)
    if services.retry_notice(notice, actor=request.user, now=timezone.now()):
        messages.success(request, "Thư sẽ được gửi lại trong giây lát.")
    elif notice.secret:
        messages.warning(
            request,
            "Thư có liên kết bí mật, nội dung đã xóa khi gửi không được nên không gửi lại được. "
            "Hãy sửa địa chỉ thư rồi đề nghị người dùng yêu cầu liên kết mới.",
        )
    else:
        messages.info(request, "Thư này không ở tình trạng gửi lỗi, không cần gửi lại.")
    return redirect("notices:outbox")


@require_GET
def mailbox(request):
    """The mail of a system that has no mail server yet."""
    _administrators_only(request)
    letters = [] if settings.EMAIL_HOST else read_mailbox()
    return render(
        request,
        "notices/mailbox.html",
        {"page": Paginator(letters, 20).get_page(request.GET.get("page")), "smtp": settings.EMAIL_HOST},
    )


def _administrators_only(request):
    if not rules.can_see_operations(request.user):
        raise PermissionDenied
