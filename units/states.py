"""Kinds of units, roles of people, forms of signature: plain tables."""

from enum import nonmember

from django.db.models import TextChoices


class UnitKind(TextChoices):
    OWN = "own", "Sở chủ quản hệ thống"
    DIVISION = "division", "Phòng, trung tâm thuộc Sở"
    COMMUNE = "commune", "UBND xã, phường, đặc khu"
    DISTRICT = "district", "Cấp huyện (đến 30/6/2025)"
    POSTAL = "postal", "Doanh nghiệp bưu chính"
    TELECOM = "telecom", "Doanh nghiệp viễn thông"
    CABLE = "cable", "Doanh nghiệp truyền hình cáp, hạ tầng"
    PRESS = "press", "Báo chí, phát thanh, truyền hình"
    SUPERIOR = "superior", "Cơ quan cấp trên"
    PARTNER = "partner", "Cơ quan phối hợp"
    OTHER = "other", "Đơn vị khác"

    INSIDE = nonmember(frozenset({"own", "division"}))
    ENTERPRISES = nonmember(frozenset({"postal", "telecom", "cable"}))


class Role(TextChoices):
    SPECIALIST = "specialist", "Chuyên viên"
    HEAD = "head", "Trưởng phòng"
    LEADER = "leader", "Lãnh đạo Sở"
    CLERK = "clerk", "Văn thư"
    ADMIN = "admin", "Quản trị"
    FOCAL = "focal", "Đầu mối"
    UNIT_LEADER = "unit_leader", "Lãnh đạo đơn vị"
    DUTY = "duty", "Trực ca"

    STAFF = nonmember(frozenset({"specialist", "head", "leader", "clerk", "admin"}))
    RECIPIENT = nonmember(frozenset({"focal", "unit_leader", "duty"}))
    INVITED = nonmember(frozenset({"focal", "duty"}))  # into which others than the administrator may invite


class ReorganisationKind(TextChoices):
    """What a reorganisation mainly is, as people say it; its lines tell unit by unit."""

    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia, tách"
    RENAME = "rename", "Đổi tên"
    ABOVE = "above", "Chuyển cấp trên"
    END = "end", "Chấm dứt hoạt động"
    TABLE = "table", "Sắp xếp theo bảng"


class LineKind(TextChoices):
    """What a reorganisation does to one unit."""

    NEW = "new", "Thành lập"
    HEIR = "heir", "Chấm dứt, có đơn vị kế thừa"
    PART = "part", "Tách ra, vẫn hoạt động"
    END = "end", "Chấm dứt"
    NAME = "name", "Đổi tên"
    ABOVE = "above", "Chuyển cấp trên"
    CODE = "code", "Đổi mã"


class CodeScheme(TextChoices):
    """Codes of a unit, each by the name of the column that holds today's."""

    CODE = "code", "Mã định danh"
    OLD = "old_code", "Mã định danh dạng cũ"
    AREA = "area_code", "Mã đơn vị hành chính"
    TAX = "tax_code", "Mã số doanh nghiệp"


class SignatureForm(TextChoices):
    """NĐ 30/2020 Đ13, PL I.II.7: who signs, and in whose name."""

    NONE = "none", "Người đứng đầu ký"
    KT = "KT", "KT. – ký thay"
    TL = "TL", "TL. – ký thừa lệnh"
    TUQ = "TUQ", "TUQ. – ký thừa ủy quyền"
    TM = "TM", "TM. – thay mặt tập thể"
    Q = "Q", "Q. – quyền cấp trưởng"
