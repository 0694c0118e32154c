"""Kinds, urgency and states of papers: plain tables."""

from enum import nonmember

from django.db.models import TextChoices


class DispatchKind(TextChoices):
    """The kinds the Sở issues; values are the contract's names (NĐ 30/2020 Đ7)."""

    CONG_VAN = "công văn", "Công văn"
    KE_HOACH = "kế hoạch", "Kế hoạch"
    PHUONG_AN = "phương án", "Phương án"
    CONG_DIEN = "công điện", "Công điện"
    THONG_BAO = "thông báo", "Thông báo"
    BAO_CAO = "báo cáo", "Báo cáo"
    QUYET_DINH = "quyết định", "Quyết định"
    HUONG_DAN = "hướng dẫn", "Hướng dẫn"
    CHI_THI = "chỉ thị", "Chỉ thị"
    TO_TRINH = "tờ trình", "Tờ trình"


KIND_ABBREVIATIONS = {  # NĐ 30/2020 PL III.I; a công văn has none
    DispatchKind.CONG_VAN: "",
    DispatchKind.KE_HOACH: "KH",
    DispatchKind.PHUONG_AN: "PA",
    DispatchKind.CONG_DIEN: "CĐ",
    DispatchKind.THONG_BAO: "TB",
    DispatchKind.BAO_CAO: "BC",
    DispatchKind.QUYET_DINH: "QĐ",
    DispatchKind.HUONG_DAN: "HD",
    DispatchKind.CHI_THI: "CT",
    DispatchKind.TO_TRINH: "TTr",
}


ADDRESSED_KINDS = frozenset(  # these print "Kính gửi" (NĐ 30/2020 PL I.II.9.b), a công điện prints "điện"
    {DispatchKind.CONG_VAN, DispatchKind.TO_TRINH, DispatchKind.BAO_CAO, DispatchKind.CONG_DIEN}
)


class Urgency(TextChoices):
    """NĐ 30/2020 PL I.III.2."""

    NORMAL = "", "Thường"
    KHAN = "khẩn", "Khẩn"
    THUONG_KHAN = "thượng khẩn", "Thượng khẩn"
    HOA_TOC = "hỏa tốc", "Hỏa tốc"


class SigningWay(TextChoices):
    HAND = "hand", "Ký tay, đóng dấu"


class Channel(TextChoices):
    """How a paper reached a recipient."""

    PORTAL = "portal", "Cổng Thông Suốt"
    EMAIL = "email", "Thư điện tử"
    PAPER = "paper", "Bản giấy"


class LookKind(TextChoices):
    """What of a paper somebody looked at."""

    PAGE = "page", "Trang văn bản"
    PDF = "pdf", "Tệp PDF đã lưu"
    SCAN = "scan", "Bản quét đã ký"
    PAGES = "pages", "Bản in từng trang"
    PREVIEW = "preview", "Bản xem trước"
    WORD = "word", "Bản Word"
    DRAFT = "draft", "Trang soạn thảo"
    COMPARE = "compare", "So sánh các bản dự thảo"
    PRINT = "print", "Bộ văn bản để in"
    LOG = "log", "Nhật ký văn bản"
    EVIDENCE = "evidence", "Minh chứng"


class DispatchStatus(TextChoices):
    DRAFT = "draft", "Dự thảo"
    REVIEW = "review", "Chờ xem xét"
    APPROVED = "approved", "Đã duyệt, chờ ký"
    SIGNED = "signed", "Đã ký, chờ cấp số"
    NUMBERED = "numbered", "Đã cấp số, chờ ban hành"
    ISSUED = "issued", "Đã ban hành"
    RECALLED = "recalled", "Đã thu hồi"
    REPLACED = "replaced", "Đã thay thế"
    CORRECTED = "corrected", "Đã đính chính"

    EDITABLE = nonmember(frozenset({"draft"}))
    RETURNABLE = nonmember(frozenset({"review", "approved", "signed"}))
    SIGNED_ON = nonmember(frozenset({"signed", "numbered", "issued", "recalled", "replaced", "corrected"}))
    NUMBERED_ON = nonmember(frozenset({"numbered", "issued", "recalled", "replaced", "corrected"}))
    ISSUED_ON = nonmember(frozenset({"issued", "recalled", "replaced", "corrected"}))


S = DispatchStatus
DISPATCH_MOVES = {
    S.DRAFT: {S.REVIEW},
    S.REVIEW: {S.DRAFT, S.APPROVED},
    S.APPROVED: {S.DRAFT, S.SIGNED},
    S.SIGNED: {S.DRAFT, S.NUMBERED},
    S.NUMBERED: {S.DRAFT, S.ISSUED},
    S.ISSUED: {S.RECALLED, S.REPLACED, S.CORRECTED},
    S.RECALLED: set(),
    S.REPLACED: set(),
    S.CORRECTED: set(),
}
