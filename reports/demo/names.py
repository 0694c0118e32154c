"""Invented units and people of Tỉnh Hải Giang. No real unit, person, number or address."""

from units.states import Role, SignatureForm, UnitKind

PASSWORD = "trinh-dien-2026"  # noqa: S105 – printed by `make run`; the demonstration listens on loopback only

PROVINCE = "tỉnh Hải Giang"
DIVISIONS = [
    ("Phòng Bưu chính, Viễn thông", "BCVT"),
    ("Trung tâm Công nghệ thông tin và Truyền thông", "CNTT"),
    ("Văn phòng Sở", "VP"),
    ("Bộ phận Kiểm tra chuyên ngành", "KTCN"),
]
CODES = {"bcvt": "BCVT", "cntt": "CNTT", "vanphong": "VP", "thanhtra": "KTCN"}
ENTERPRISES = [
    (UnitKind.TELECOM, "Công ty Viễn thông Sao Biển", "Sao Biển"),
    (UnitKind.TELECOM, "Công ty Viễn thông Cánh Buồm", "Cánh Buồm"),
    (UnitKind.TELECOM, "Chi nhánh Mạng di động Hải Đăng", "Hải Đăng"),
    (UnitKind.TELECOM, "Công ty Internet Sông Giang", "Sông Giang"),
    (UnitKind.TELECOM, "Công ty Hạ tầng số Đất Việt", "Đất Việt"),
    (UnitKind.POSTAL, "Bưu điện tỉnh Hải Giang", "Bưu điện tỉnh"),
    (UnitKind.POSTAL, "Công ty Chuyển phát Chim Én", "Chim Én"),
    (UnitKind.POSTAL, "Công ty Chuyển phát nhanh Ngựa Trắng", "Ngựa Trắng"),
    (UnitKind.POSTAL, "Công ty Giao nhận Bến Xuân", "Bến Xuân"),
    (UnitKind.CABLE, "Công ty Truyền hình cáp Hải Giang", "Cáp Hải Giang"),
    (UnitKind.CABLE, "Công ty Cáp quang Phù Sa", "Phù Sa"),
    (UnitKind.CABLE, "Công ty Hạ tầng viễn thông Cột Mốc", "Cột Mốc"),
]
OTHERS = [
    (UnitKind.PRESS, "Báo và Phát thanh, Truyền hình Hải Giang", "Báo và PTTH"),
    (UnitKind.SUPERIOR, "Tỉnh ủy Hải Giang", "TU"),
    (UnitKind.SUPERIOR, "Ủy ban bầu cử tỉnh Hải Giang", "UBBC"),
    (UnitKind.PARTNER, "Công an tỉnh Hải Giang", "CA"),
    (UnitKind.PARTNER, "Công ty Điện lực Hải Giang", "Điện lực"),
]
GROUPS = [
    ("telecom", "Các doanh nghiệp viễn thông, Internet trên địa bàn tỉnh", UnitKind.TELECOM),
    ("postal", "Các doanh nghiệp bưu chính, chuyển phát trên địa bàn tỉnh", UnitKind.POSTAL),
    ("cable", "Các doanh nghiệp truyền hình cáp, hạ tầng mạng cáp trên địa bàn tỉnh", UnitKind.CABLE),
    ("press", "Cơ quan báo chí, phát thanh, truyền hình của tỉnh", UnitKind.PRESS),
    ("communes", "Ủy ban nhân dân các xã, phường, đặc khu", UnitKind.COMMUNE),
    ("divisions", "Các phòng, đơn vị thuộc Sở", UnitKind.DIVISION),
]
_FIRST = [
    "An",
    "Bình",
    "Cẩm",
    "Đại",
    "Đông",
    "Giang",
    "Hải",
    "Hòa",
    "Hưng",
    "Khánh",
    "Kim",
    "Long",
    "Lộc",
    "Minh",
    "Mỹ",
    "Nam",
    "Ngọc",
    "Phú",
    "Phước",
    "Quang",
]
_SECOND = ["Thành", "Sơn", "Thủy", "Điền", "Lâm"]


def communes():
    """A hundred names: two đặc khu, thirty-eight phường, sixty xã."""
    names = [f"{first} {second}" for second in _SECOND for first in _FIRST if first != second]
    kinds = ["đặc khu"] * 2 + ["phường"] * 38 + ["xã"] * 60
    return [f"Ủy ban nhân dân {kind} {name}" for kind, name in zip(kinds, names, strict=False)]


# (user name, full name, role, unit's short name or None for the Sở, position, what they do first)
STAFF = [
    ("quang.tm", "Trần Minh Quang", Role.LEADER, None, "Giám đốc", "xem tình hình, duyệt"),
    ("huong.nt", "Nguyễn Thu Hương", Role.LEADER, None, "Phó Giám đốc", "duyệt, ký thay"),
    ("viet.pq", "Phạm Quốc Việt", Role.HEAD, "BCVT", "Trưởng phòng", "xem xét, xác nhận kết quả"),
    ("ha.lt", "Lê Thu Hà", Role.SPECIALIST, "BCVT", "Chuyên viên", "soạn kế hoạch, văn bản"),
    ("khoa.dv", "Đinh Văn Khoa", Role.SPECIALIST, "CNTT", "Chuyên viên", "soạn văn bản"),
    ("mai.nt", "Ngô Thị Mai", Role.CLERK, None, "Văn thư", "cấp số, ban hành"),
    ("long.vd", "Vũ Đức Long", Role.ADMIN, None, "Quản trị hệ thống", "theo dõi hệ thống, tài khoản"),
]
FOCAL = [
    ("yen.dh", "Đặng Hải Yến", Role.FOCAL, "Sao Biển", "Phó phòng Kỹ thuật", "tiếp nhận, nộp kết quả"),
    ("bao.bg", "Bùi Gia Bảo", Role.FOCAL, "Cánh Buồm", "Trưởng phòng Khai thác", "tiếp nhận, nộp kết quả"),
    ("lan.hn", "Hồ Ngọc Lan", Role.FOCAL, "Bưu điện tỉnh", "Phó phòng Nghiệp vụ", "tiếp nhận, nộp kết quả"),
    ("tam.nv", "Nguyễn Văn Tâm", Role.DUTY, "Sao Biển", "Trực ca", "xem việc của đơn vị"),
    ("son.tv", "Tạ Văn Sơn", Role.UNIT_LEADER, "Cáp Hải Giang", "Phó Giám đốc", "theo dõi việc của đơn vị"),
]
AUTHORITIES = [
    ("quang.tm", SignatureForm.NONE, "Giám đốc", ""),
    ("huong.nt", SignatureForm.KT, "Phó Giám đốc", "Giám đốc"),
]
_FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"]
_MIDDLE = ["Văn", "Thị", "Đức", "Minh", "Thu", "Quốc", "Ngọc"]
_GIVEN = [
    "An",
    "Bách",
    "Chi",
    "Dung",
    "Giang",
    "Hạnh",
    "Hiếu",
    "Hùng",
    "Khánh",
    "Lam",
    "Linh",
    "Nam",
    "Nga",
    "Phong",
    "Phúc",
    "Quyên",
    "Sang",
    "Tâm",
    "Thảo",
    "Trung",
    "Tú",
    "Vân",
    "Xuân",
]


def contact_name(n):
    """The n-th invented person."""
    return f"{_FAMILY[n % len(_FAMILY)]} {_MIDDLE[n % len(_MIDDLE)]} {_GIVEN[n % len(_GIVEN)]}"
