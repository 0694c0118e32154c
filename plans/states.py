"""Kinds and states of occasions, plans and their demands: plain tables."""

from enum import nonmember

from django.db.models import TextChoices


class OccasionKind(TextChoices):
    ELECTION = "election", "Bầu cử"
    TET = "tet", "Tết Nguyên đán"
    NATIONAL_DAY = "national_day", "Quốc khánh 02/9"
    OTHER = "other", "Đợt khác"


class PhaseKind(TextChoices):
    BEFORE = "before", "Trước"
    DURING = "during", "Trong"
    AFTER = "after", "Sau"


class DutyKind(TextChoices):
    """The five layers of 24/24 duty."""

    LEADER = "leader", "Trực lãnh đạo"
    OPERATIONS = "operations", "Trực điều hành"
    SHIFT = "shift", "Trực ca"
    RESPONSE = "response", "Trực ứng cứu thông tin"
    RUNNING = "running", "Trực vận hành"


class EvidenceKind(TextChoices):
    """What a unit files to prove that a demand is met."""

    NONE = "none", "Không yêu cầu"
    DOCUMENT = "document", "Văn bản, phương án"
    REPORT = "report", "Báo cáo"
    LIST = "list", "Danh sách"
    PHOTO = "photo", "Hình ảnh"
    FIGURE = "figure", "Số liệu"
    ROSTER = "roster", "Lịch trực"


class TargetRole(TextChoices):
    LEAD = "lead", "Chủ trì"
    SUPPORT = "support", "Phối hợp"


class Cadence(TextChoices):
    ONCE = "", "Một lần"
    DAY = "day", "Hằng ngày"


# A demand of every day makes a row for each of its days and each of its recipients.
LONGEST_DAILY = 120


class BasisKind(TextChoices):
    LAW = "luật", "Luật, pháp lệnh"
    DECREE = "nghị định", "Nghị định"
    DIRECTIVE = "chỉ thị", "Chỉ thị"
    PLAN = "kế hoạch", "Kế hoạch"
    LETTER = "công văn", "Công văn"
    URGENT = "công điện", "Công điện"
    DECISION = "quyết định", "Quyết định"
    OTHER = "văn bản khác", "Văn bản khác"


class PlanStatus(TextChoices):
    DRAFT = "draft", "Dự thảo"
    REVIEW = "review", "Chờ xem xét"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"
    CLOSED = "closed", "Đã kết thúc"

    EDITABLE = nonmember(frozenset({"draft"}))
    RETURNABLE = nonmember(frozenset({"review", "approved"}))


PLAN_MOVES = {
    PlanStatus.DRAFT: {PlanStatus.REVIEW},
    PlanStatus.REVIEW: {PlanStatus.DRAFT, PlanStatus.APPROVED},
    PlanStatus.APPROVED: {PlanStatus.DRAFT, PlanStatus.ISSUED},
    PlanStatus.ISSUED: {PlanStatus.CLOSED},
    PlanStatus.CLOSED: set(),
}
