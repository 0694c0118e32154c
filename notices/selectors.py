"""Who is to be told, and how the outbox stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from assignments.models import Assignment
from assignments.states import AssignmentStatus
from notices.models import Notice
from notices.states import NoticeChannel, NoticeStatus
from units.models import Contact, Membership, Sweep, Unit
from units.states import Role, UnitKind

PULSES = {  # sweep: (what it does, seconds of silence that are still well)
    "read_history": ("Đọc diễn biến để báo người liên quan", 300),
    "tell_people": ("Gửi lời mời, báo thay đổi tài khoản", 300),
    "remind_assignments": ("Nhắc hạn", 300),
    "remind_duty": ("Báo ca trực, nhắc gửi lịch trực", 600),
    "send_pending_notices": ("Gửi thư", 300),
    "file_pdfs": ("Lưu tệp PDF của văn bản", 300),
    "forget_unsaved": ("Dọn bản viết dở quá 30 ngày", 7200),
    "forget_sessions": ("Kết thúc phiên đăng nhập hết hạn hoặc đổi quyền", 300),
    "lock_unused_accounts": ("Khóa tài khoản lâu không dùng", 7200),
    "seal_history": ("Niêm phong lịch sử xử lý", 1800),
    "check_history": ("Kiểm chứng lịch sử xử lý mỗi đêm", 7200),
    "mask_personal_data": ("Xóa dữ liệu cá nhân hết hạn lưu", 7200),
    "refresh_unit_names": ("Cập nhật tên đơn vị theo ngày hiệu lực", 7200),
    "back_up": ("Sao lưu dữ liệu gần nhất", 26 * 3600),
    "prove_restore": ("Khôi phục thử gần nhất", 26 * 3600),
}
BACKUPS = frozenset({"back_up", "prove_restore"})
RESTART = "Kiểm tra tiến trình worker và beat trên máy chủ, rồi khởi động lại."
BACK_UP = "Chạy “make backup” trên máy chủ và đọc lý do nó nêu; xem mục Sao lưu của tài liệu vận hành."


def answering(contacts):
    """Of these contacts those who still answer for their unit: without an account, or with one that works and has a
    right there today, be it one that waits for a second person: whoever opens the account they were invited to goes on being
    told what they were told before. Who was locked out or went elsewhere learns nothing more of the unit's work."""
    today = timezone.localdate()
    right = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    right = right.filter(user=OuterRef("user"), unit=OuterRef("unit"))
    return contacts.filter(Q(user=None) | Q(Exists(right), user__is_active=True))


def focal_contacts(unit_ids):
    """Focal people by unit, in two columns' worth of memory: {unit id: [Contact]}."""
    found = defaultdict(list)
    for contact in answering(Contact.objects.focal_of(unit_ids)).order_by("pk"):
        found[contact.unit_id].append(contact)
    return found


def contacts_of_users(user_ids):
    """{user id: Contact} of these people of the Sở; whoever left it or was locked out is not among them.

    One who moved to another division still gives what was given."""
    rights = Membership.objects.current().filter(user__in=user_ids, unit__kind__in=UnitKind.INSIDE)
    people = Contact.objects.current().filter(user__in=rights.values("user"), user__is_active=True)
    return {contact.user_id: contact for contact in people}


def desk(role, unit=None):
    """The people who sit at a desk today: contacts of every user with this role (in this unit)."""
    rights = Membership.objects.current().filter(role=role)
    if unit is not None:
        rights = rights.filter(unit=unit)
    people = Contact.objects.current().filter(user__in=rights.values("user"), user__is_active=True)
    return list(people.order_by("pk"))


def administrators():
    return desk(Role.ADMIN)


@dataclass(frozen=True)
class Pulse:
    """One sweep as the operation page shows it."""

    name: str
    what: str
    pulse_at: datetime | None
    well: bool
    remedy: str


def pulses(now):
    """Every sweep the product relies on, those that never ran included; a demonstration is not backed up."""
    known = {sweep.name: sweep.pulse_at for sweep in Sweep.objects.all()}
    return [
        Pulse(
            name,
            what,
            known.get(name),
            well=bool(known.get(name)) and (now - known[name]).total_seconds() < limit,
            remedy=BACK_UP if name in BACKUPS else RESTART,
        )
        for name, (what, limit) in PULSES.items()
        if not (settings.DEMO and name in BACKUPS)
    ]


def mail_standing():
    """Mail by state, and since when the oldest has waited."""
    mail = Notice.objects.filter(channel=NoticeChannel.EMAIL)
    counts = dict(mail.values_list("status").annotate(n=Count("pk")))
    waiting = mail.filter(status=NoticeStatus.PENDING).aggregate(oldest=Min("created_at"), error=Min("error"))
    return {
        "waiting": counts.get(NoticeStatus.PENDING, 0) + counts.get(NoticeStatus.SENDING, 0),
        "failed": counts.get(NoticeStatus.FAILED, 0),
        "sent": counts.get(NoticeStatus.SENT, 0),
        "oldest": waiting["oldest"],
    }


def units_nobody_answers_for():
    """Units that owe something and have no focal person to be told: the Sở must find one."""
    owing = Assignment.objects.filter(status__in=AssignmentStatus.OWED).values("unit")
    reached = answering(Contact.objects.current().filter(is_focal=True)).values("unit")
    return Unit.objects.filter(pk__in=owing).exclude(pk__in=reached).order_by("sort_key")
