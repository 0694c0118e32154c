"""The columns of a roster sheet: as we print them, and as offices name them (practice of the province's own forms)."""

from units.text import fold

SHEET = "Lịch trực"
LISTS = "Danh mục"
GUIDE = "Hướng dẫn"

UNIT = "unit"
COLUMNS = {  # field: heading, width
    "number": ("STT", 6),
    UNIT: ("Đơn vị", 34),
    "name": ("Họ và tên", 26),
    "position": ("Chức danh", 22),
    "layers": ("Loại trực", 26),
    "starts_day": ("Ngày trực", 13),
    "starts_clock": ("Từ giờ", 9),
    "ends_day": ("Đến ngày", 13),
    "ends_clock": ("Đến giờ", 9),
    "place": ("Nơi trực", 26),
    "phone": ("Điện thoại", 15),
    "note": ("Ghi chú", 26),
}
HEADINGS = {field: heading for field, (heading, _) in COLUMNS.items()} | {"span": "Ca trực"}
_NAMES = {
    "number": "stt|tt|so tt|so thu tu",
    UNIT: "don vi|ten don vi|doanh nghiep|ten doanh nghiep|co quan",
    "name": "ho va ten|ho ten|ho ten nguoi truc|ho va ten nguoi truc|nguoi truc|can bo truc|ten can bo truc",
    "position": "chuc danh|chuc vu|chuc vu chuc danh|chuc danh chuc vu",
    "layers": "loai truc|lop truc|hinh thuc truc|nhiem vu truc|cap truc",
    "starts_day": "ngay truc|ngay|tu ngay|ngay bat dau|thoi diem bat dau",
    "starts_clock": "tu gio|gio bat dau|bat dau|tu|bat dau tu|gio vao ca",
    "ends_day": "den ngay|ngay ket thuc|het ngay",
    "ends_clock": "den gio|gio ket thuc|ket thuc|den|gio het ca|thoi diem ket thuc",
    "span": "ca truc|ca|thoi gian truc|thoi gian|gio truc|khung gio",
    "place": "noi truc|vi tri truc|dia diem truc|dia diem|vi tri",
    "phone": "dien thoai|so dien thoai|sdt|dien thoai di dong|so dien thoai di dong|di dong|dt|dtdd|so dt",
    "note": "ghi chu",
}
FIELDS = {name: field for field, names in _NAMES.items() for name in names.split("|")}


def field_of(heading):
    """The field a heading stands for, or None: accents, case, stars and remarks in brackets do not matter."""
    bare = fold(str(heading)).split("(")[0].replace("*", " ").replace("/", " ").replace(",", " ").replace(".", " ")
    return FIELDS.get(" ".join(bare.split()))
