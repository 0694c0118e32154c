"""The tables of the address book as sheets: what each column is called, by us and by offices, and how it is kept in Excel."""

from dataclasses import dataclass, field
from functools import cached_property

from units.states import Role, UnitKind
from units.text import fold

TEXT, DAY, MOMENT, CHOICE, NUMBER = "text", "day", "moment", "choice", "number"
GUIDE, LISTS = "Hướng dẫn", "Danh mục"
CLEAR = "-"  # in a cell: take away what is stored; an empty cell leaves it as it is
YES, NO = "Có", "Không"


@dataclass(frozen=True)
class Column:
    """One column. `names` are other headings offices use; `told` ones are written by exports and left unread by imports."""

    field: str
    heading: str
    width: int
    names: str = ""
    kind: str = TEXT
    choices: tuple = ()
    required: bool = False
    told: bool = False
    longest: int = 200
    help: str = ""


@dataclass(frozen=True)
class Table:
    """One sheet: its key, the name on its tab and in addresses, the word for one of its rows, and its columns."""

    key: str
    title: str
    slug: str
    noun: str
    columns: tuple
    needs: frozenset = field(default_factory=frozenset)  # without these headings it is another table

    @cached_property
    def by_heading(self):
        """{folded heading: field}, our own and those of offices."""
        found = {}
        for column in self.columns:
            for name in [fold(column.heading), *column.names.split("|")]:
                found.setdefault(bare(name), column.field)
        return found

    @cached_property
    def by_field(self):
        return {column.field: column for column in self.columns}

    @cached_property
    def read(self):
        """The columns an import takes in."""
        return tuple(column for column in self.columns if not column.told)


def bare(heading):
    """A heading without accents, stars, marks and remarks in brackets."""
    plain = fold(str(heading)).split("(")[0]
    for mark in "*/,.:":
        plain = plain.replace(mark, " ")
    return " ".join(plain.split())


UNIT_CODE = Column(
    "unit_code",
    "Mã đơn vị",
    18,
    "ma dinh danh don vi|ma dinh danh|ma dv|ma so thue don vi",
    help="mã định danh, mã đơn vị hành chính hoặc mã số doanh nghiệp của đơn vị; chỉ cần khi có đơn vị trùng tên.",
)
UNITS = Table(
    "units",
    "Đơn vị",
    "don-vi",
    "đơn vị",
    (
        Column(
            "code",
            "Mã định danh",
            20,
            "ma dinh danh don vi|ma dinh danh dien tu|ma don vi",
            longest=35,
            help="theo Quyết định 20/2020/QĐ-TTg, nếu có.",
        ),
        Column(
            "area_code",
            "Mã đơn vị hành chính",
            14,
            "ma dvhc|ma hanh chinh|ma xa",
            longest=5,
            help="5 chữ số của xã, phường, đặc khu; 2 chữ số của tỉnh.",
        ),
        Column("tax_code", "Mã số doanh nghiệp", 18, "ma so thue|mst|ma so dn", longest=14),
        Column("old_code", "Mã định danh cũ", 16, "", longest=13),
        Column(
            "name",
            "Tên đơn vị",
            46,
            "ten don vi day du|ten day du|don vi|ten co quan|co quan|doanh nghiep|ten doanh nghiep",
            required=True,
            help="tên đầy đủ hiện nay. Đổi tên là việc có ngày hiệu lực, không làm bằng tệp.",
        ),
        Column("short_name", "Tên viết tắt", 18, "viet tat|ten tat", longest=50),
        Column(
            "kind",
            "Loại",
            34,
            "loai don vi|loai hinh|nhom",
            kind=CHOICE,
            choices=tuple(UnitKind.labels),
            required=True,
            help="chọn trong danh sách; chỉ bắt buộc với đơn vị mới.",
        ),
        Column(
            "parent",
            "Cấp trên trực tiếp",
            40,
            "cap tren|don vi cap tren|co quan chu quan|truc thuoc",
            help="tên hoặc mã của một đơn vị có trong danh bạ hoặc trong tệp.",
        ),
        Column("issuing_place", "Địa danh trên văn bản", 20, "dia danh", longest=60),
        Column("address", "Địa chỉ", 40, "tru so|dia chi tru so"),
        Column(
            "phone", "Điện thoại cơ quan", 18, "dien thoai|so dien thoai|sdt|dien thoai don vi|so dien thoai co quan"
        ),
        Column("email", "Thư điện tử cơ quan", 30, "thu dien tu|email|e-mail|hop thu|email co quan", longest=254),
        Column("valid_from", "Thành lập từ ngày", 16, "ngay thanh lap|thanh lap|tu ngay", kind=DAY),
        Column(
            "valid_to",
            "Chấm dứt từ ngày",
            16,
            "cham dut|ngay cham dut",
            kind=DAY,
            help="chỉ để đọc: ghi chấm dứt, sáp nhập ở trang “Sắp xếp đơn vị”.",
        ),
    ),
    frozenset({"name"}),
)
CONTACTS = Table(
    "contacts",
    "Đầu mối",
    "dau-moi",
    "đầu mối",
    (
        Column("unit", "Đơn vị", 46, "ten don vi|doanh nghiep|co quan|ten co quan|ten doanh nghiep|don vi cong tac"),
        UNIT_CODE,
        Column(
            "name",
            "Họ và tên",
            28,
            "ho ten|ho va ten dau moi|dau moi|nguoi lien he|can bo dau moi|ten dau moi|ho ten dau moi",
            required=True,
            longest=100,
        ),
        Column("position", "Chức vụ", 26, "chuc danh|chuc vu chuc danh", longest=100),
        Column(
            "phone",
            "Điện thoại di động",
            18,
            "dien thoai|so dien thoai|sdt|di dong|so di dong|dtdd|dt|so dt|so dien thoai di dong",
            help="10 chữ số, ghi cả số 0 ở đầu.",
        ),
        Column("email", "Thư điện tử", 32, "email|e-mail|mail|hop thu|dia chi thu|dia chi email", longest=254),
        Column(
            "is_focal",
            "Nhận yêu cầu",
            14,
            "nhan yeu cau cua so|la dau moi|la dau moi nhan yeu cau|dau moi chinh",
            kind=CHOICE,
            choices=(YES, NO),
            help="“Có” nếu người này nhận văn bản, nhiệm vụ, nhắc việc của đơn vị; người mới để trống là “Không”.",
        ),
        Column("phone_proven_at", "Gọi được lần cuối", 18, kind=MOMENT, told=True),
        Column("email_proven_at", "Thư đến được lần cuối", 18, kind=MOMENT, told=True),
        Column("note", "Ghi chú", 40, told=True),
    ),
    frozenset({"name"}),
)
MEMBERSHIPS = Table(
    "memberships",
    "Vai trò",
    "vai-tro",
    "vai trò",
    (
        Column(
            "username",
            "Tên đăng nhập",
            22,
            "tai khoan|username",
            longest=150,
            help="tài khoản đã có; người chưa có tài khoản thì mời ở trang “Lời mời”. Có thể ghi thư điện tử thay tên đăng nhập.",
        ),
        Column("email", "Thư điện tử", 32, "email|e-mail|mail|hop thu", longest=254),
        Column("full_name", "Họ và tên", 28, "ho ten|ten nguoi dung", told=True),
        Column("unit", "Đơn vị", 46, "ten don vi|doanh nghiep|co quan|don vi cong tac"),
        UNIT_CODE,
        Column(
            "role",
            "Vai trò",
            20,
            "quyen|vai tro trong he thong",
            kind=CHOICE,
            choices=tuple(Role.labels),
            required=True,
        ),
        Column("starts_on", "Từ ngày", 14, "ngay bat dau|bat dau", kind=DAY, help="để trống là từ hôm nay."),
        Column("ends_on", "Thôi giữ từ ngày", 16, "den truoc ngay|den ngay|ngay ket thuc", kind=DAY),
        Column("standing", "Tình trạng", 30, told=True),
    ),
    frozenset({"role"}),
)
INVITATIONS = Table(
    "invitations",
    "Lời mời",
    "loi-moi",
    "lời mời",
    (
        Column("name", "Họ và tên", 28),
        Column("unit", "Đơn vị", 46),
        Column("role", "Vai trò", 20),
        Column("email", "Thư điện tử", 32),
        Column("invited_by", "Người mời", 28),
        Column("sent_at", "Gửi lúc", 18, kind=MOMENT),
        Column("expires_at", "Hết hạn lúc", 18, kind=MOMENT),
        Column("turn", "Lần gửi", 10, kind=NUMBER),
        Column("standing", "Tình trạng", 24),
    ),
)
READ = (UNITS, CONTACTS, MEMBERSHIPS)
EXPORTED = {table.slug: table for table in (*READ, INVITATIONS)}
