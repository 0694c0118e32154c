"""The page `/he-thong/` for administrators: what runs, what waits, what is full, what was saved; each red line says what to do.

It reads what `/healthz` reads and what only a person needs; it names no secret and changes nothing.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assignments.selectors.outworn import outworn_contacts
from config import health
from config.backup import keeping
from directives.models import RegisterEntry
from directives.states import DispatchStatus
from notices.models import Notice
from notices.rules import can_see_operations
from notices.selectors import BACKUPS, PULSES, mail_standing, pulses, units_nobody_answers_for
from notices.states import NoticeChannel, NoticeStatus
from units.models import Contact
from units.selectors.grants import all_waiting
from units.selectors.history import last_check

WAIT_LIMIT = timedelta(minutes=10)
CHECK_LIMIT = timedelta(hours=26)
SOON = timedelta(days=7)
SKEW_LIMIT = timedelta(seconds=30)
MANY_RINGS = 200
WATCH_OF_BACKUPS = "Xem đã đến giờ sao lưu chưa"  # the only sweep above the floor on which the others are named
SCARCE = 0.1
WELL, WATCH, WRONG = "done", "waiting", "late"
WORDS = {WELL: "Ổn", WATCH: "Lưu ý", WRONG: "Cần xử lý"}


@dataclass(frozen=True)
class Standing:
    """One line of the page: how it stands, and what to do when it does not stand well."""

    what: str
    tone: str
    detail: str
    remedy: str = ""

    @property
    def word(self):
        return WORDS[self.tone]


def judged(what, ok, detail, remedy):
    return Standing(what, WELL if ok else WRONG, detail, "" if ok else remedy)


def standings(now):
    """Every line, in the order a person would look. A constant number of queries."""
    found = health.read_pulses()
    return [
        database(),
        schema(),
        queue(health.read_queue()),
        judged(
            "Tiến trình nền (worker)",
            *health.judge_pulse(found, now),
            "Khởi động lại dịch vụ worker; nếu vẫn đỏ, xem nhật ký của worker.",
        ),
        judged(
            "Bộ hẹn giờ (beat)",
            *health.judge_beat(found, now, lambda name: f"“{PULSES[name][0] if name in PULSES else WATCH_OF_BACKUPS}”"),
            "Khởi động lại dịch vụ beat. Chỉ được chạy một beat duy nhất.",
        ),
        waiting_mail(now),
        refused_mail(),
        waiting_papers(now),
        history_standing(now),
        waiting_rights(),
        personal_data(now),
        *disks(),
        clock(found, now),
        *backups(now),
    ]


def database():
    major = getattr(connection, "pg_version", 0) // 10000 if connection.vendor == "postgresql" else 0
    if major:
        return Standing("Cơ sở dữ liệu", WELL, f"PostgreSQL {major} trả lời")
    detail = f"SQLite {'.'.join(map(str, connection.Database.sqlite_version_info))}, trên chính máy chủ này"
    return Standing("Cơ sở dữ liệu", WELL, detail)


def schema():
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    said = f"phiên bản {settings.VERSION}" + (f", còn {len(pending)} bước cập nhật chưa chạy" if pending else "")
    remedy = "Khởi động lại phần mềm: bước chuẩn bị tự cập nhật cơ sở dữ liệu (mục Nâng cấp)."
    return judged("Phiên bản và cấu trúc dữ liệu", not pending, said, remedy)


def queue(waiting):
    what = "Hàng đợi (Valkey)"
    if waiting is None:
        remedy = "Khởi động lại Valkey. Công việc không mất: mọi việc nằm trong cơ sở dữ liệu và chạy tiếp khi hàng đợi trở lại."
        return Standing(what, WRONG, "không trả lời", remedy)
    detail = f"{waiting} lượt gọi đang chờ" if waiting else "trả lời, không lượt gọi nào chờ"
    if waiting > MANY_RINGS:
        return Standing(what, WATCH, detail, "Worker làm không kịp: xem nhật ký của worker, hoặc chạy thêm worker.")
    return Standing(what, WELL, detail)


def _since(oldest, now):
    return f"chờ lâu nhất {max(0, int((now - oldest).total_seconds() // 60))} phút"


def waiting_mail(now):
    due = Notice.objects.filter(
        channel=NoticeChannel.EMAIL,
        status__in=[NoticeStatus.PENDING, NoticeStatus.SENDING],
        created_at__lte=now - WAIT_LIMIT,
    )
    oldest = due.aggregate(oldest=Min("created_at"))["oldest"]
    remedy = "Kiểm tra máy chủ thư (SMTP_HOST) có nhận thư không; lý do ghi ở danh sách thư chờ gửi."
    return judged(
        "Thư chờ gửi", oldest is None, _since(oldest, now) if oldest else "không thư nào chờ quá 10 phút", remedy
    )


def refused_mail():
    failed = Notice.objects.filter(channel=NoticeChannel.EMAIL, status=NoticeStatus.FAILED).count()
    remedy = "Mở danh sách thư không gửi được, sửa địa chỉ rồi bấm “Gửi lại”."
    return judged("Thư không gửi được", not failed, f"{failed} thư" if failed else "không có", remedy)


def waiting_papers(now):
    waiting = RegisterEntry.objects.filter(
        voided_at=None, dispatch__status=DispatchStatus.NUMBERED, dispatch__pdf=None, taken_at__lte=now - WAIT_LIMIT
    )
    oldest = waiting.order_by("taken_at").values("taken_at", "number", "symbol", "dispatch__pdf_error").first()
    if oldest is None:
        return Standing("Văn bản đã cấp số chờ tệp PDF", WELL, "không văn bản nào chờ quá 10 phút")
    detail = f"số {oldest['number']}/{oldest['symbol']} {_since(oldest['taken_at'], now)}"
    error = oldest["dispatch__pdf_error"]
    remedy = f"Mở văn bản để sửa: {error}" if error else "Khởi động lại worker; nếu vẫn đỏ, xem nhật ký của worker."
    return Standing("Văn bản đã cấp số chờ tệp PDF", WRONG, detail, remedy)


def history_standing(now):
    """Whether the chain over all history held when it was last read again, which is each night."""
    what, check = "Nhật ký xử lý (chuỗi niêm phong)", last_check()
    if check is None:
        return Standing(what, WATCH, "chưa kiểm chứng lần nào", "Đợi đêm nay, hoặc chạy “manage.py verify_history”.")
    at = timezone.localtime(check.at).strftime("%H:%M ngày %d/%m/%Y")
    if check.broken_id:
        remedy = "Giữ nguyên máy chủ và các bản sao lưu, báo người phụ trách an ninh mạng; xem trang Nhật ký."
        return Standing(what, WRONG, f"hỏng tại mắt xích {check.broken_id}: {check.why} (kiểm chứng {at})", remedy)
    detail = f"nguyên vẹn lúc {at}, {check.rows} dòng; mã cuối {check.head[:16] or 'chưa có'}…"
    if now - check.at > CHECK_LIMIT:
        return Standing(what, WATCH, detail, "Đã quá một ngày chưa kiểm chứng lại: xem nhật ký của worker.")
    return Standing(what, WELL, detail)


def waiting_rights():
    waiting = all_waiting()
    if not waiting:
        return Standing("Quyền chờ người thứ hai xác nhận", WELL, "không có")
    since = min((grant.granted_at for grant in waiting if grant.granted_at), default=None)
    detail = f"{len(waiting)} quyền" + (f", cũ nhất từ {timezone.localtime(since):%d/%m/%Y}" if since else "")
    remedy = "Mở “Quyền chờ xác nhận”; chỉ có một người đủ thẩm quyền thì dùng lệnh confirm_rights trên máy chủ."
    return Standing("Quyền chờ người thứ hai xác nhận", WATCH, detail, remedy)


def personal_data(now):
    """What was masked and what will be next."""
    days = settings.PERSONAL_DATA_DAYS
    masked = Contact.objects.exclude(masked_at=None).count()
    soon = outworn_contacts(now=now + SOON, days=days).count()
    detail = (
        f"giữ {days} ngày sau đợt; {soon} người đến hạn xóa số trong {SOON.days} ngày tới; đã xóa số của {masked} người"
    )
    return Standing("Dữ liệu cá nhân hết hạn lưu", WELL, detail)


def disks():
    """One line for each file system that data, files and back-ups lie on."""
    places = {}
    for words, folder in (
        ("dữ liệu", settings.VAR_DIR),
        ("tệp đính kèm", settings.MEDIA_ROOT),
        ("bản sao lưu", settings.BACKUP_DIR),
    ):
        folder = next(place for place in (Path(folder), *Path(folder).parents) if os.path.exists(place))
        places.setdefault(os.stat(folder).st_dev, (folder, []))[1].append(words)
    for folder, words in places.values():
        disk = shutil.disk_usage(folder)
        detail = f"còn trống {disk.free / 1024**3:.1f} GB trong {disk.total / 1024**3:.0f} GB"
        what = f"Ổ đĩa chứa {', '.join(words)}"
        remedy = "Dọn bớt tệp cũ hoặc thêm dung lượng; hết chỗ thì không nhận được tệp mới và không sao lưu được."
        if disk.free < health.LEAST_FREE_BYTES:
            yield Standing(what, WRONG, detail, remedy)
        elif disk.free < disk.total * SCARCE:
            yield Standing(what, WATCH, detail, remedy)
        else:
            yield Standing(what, WELL, detail)


def clock(found, now):
    """The database's clock against ours, and no sweep from the future."""
    ahead = max(found.values(), default=now) - now if found else timedelta(0)
    skew = abs(ahead) if ahead > timedelta(0) else timedelta(0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            skew = max(skew, abs(cursor.fetchone()[0] - timezone.now()))
    remedy = "Bật đồng bộ giờ (NTP) trên mọi máy: hạn và số văn bản tính theo đồng hồ máy chủ."
    detail = f"lệch {skew.total_seconds():.0f} giây" if skew > SKEW_LIMIT else "các đồng hồ khớp nhau"
    return judged("Đồng hồ", skew <= SKEW_LIMIT, detail, remedy)


def backups(now):
    """The last back-up and the last one proven; a demonstration has nothing to lose."""
    if settings.DEMO:
        yield Standing("Sao lưu", WELL, "bản trình diễn không sao lưu")
        return
    for pulse in pulses(now):
        if pulse.name in BACKUPS:
            said = timezone.localtime(pulse.pulse_at).strftime("%H:%M ngày %d/%m/%Y") if pulse.pulse_at else "chưa có"
            if pulse.name == keeping.MADE and (held := len(keeping.archives())):
                said += f"; đang giữ {held} bản"
            yield judged(pulse.what, pulse.well, said, pulse.remedy)


@never_cache
@require_safe
def operations(request):
    if not can_see_operations(request.user):
        raise PermissionDenied
    now = timezone.now()
    lines = sorted(standings(now), key=lambda line: [WRONG, WATCH, WELL].index(line.tone))
    return render(
        request,
        "config/operations.html",
        {
            "standings": lines,
            "wrong": sum(line.tone == WRONG for line in lines),
            "pulses": [pulse for pulse in pulses(now) if pulse.name not in BACKUPS],
            "mail": mail_standing(),
            "smtp": settings.EMAIL_HOST,
            "unanswered": units_nobody_answers_for(),
        },
    )
