"""Words that name whoever must act: a body, a group of bodies, a person by office."""

import re

from directives.paper.text import fold
from directives.paper.words import BODY_HEADS

_PEOPLE = re.compile(
    r"^(?:cac |nhung |moi |toan bo |tat ca )*(?:doanh nghiep|don vi|dia phuong|co quan|to chuc|chu dau tu|thu truong|giam doc|"
    r"nguoi dung dau|bi thu|dong chi|bo truong|chanh|truong|pho|thanh vien|chuyen vien|can bo|phong|trung tam|dai|bao|ban|"
    r"chu (?!dong|tri|yeu|truong)\w+|to|uy ban|ubnd|so|nganh|xa|phuong|huyen|dac khu|thon|ong|ba|cong ty|tap doan|diem|"
    r"buu cuc|nha mang)(?![a-z])"
)
_MEANT = {
    "so": ("sở",),
    "bao": ("báo",),
    "to": ("tổ",),
    "dai": ("đài",),
    "phong": ("phòng",),
    "vu": ("vụ",),
    "hoi": ("hội",),
    "nha": ("nhà",),
    "tram": ("trạm",),
    "hat": ("hạt",),
    "doan": ("đoàn",),
    "bo": ("bộ",),
    "vien": ("viện", "viễn"),
    "xa": ("xã",),
    "phuong": ("phường",),
    "ba": ("bà",),
    "ong": ("ông",),
    "truong": ("trưởng", "trường"),
    "chanh": ("chánh",),
    "ban": ("ban",),
    "cuc": ("cục",),
    "toa": ("tòa", "toà"),
    "thon": ("thôn",),
    "diem": ("điểm",),
    "pho": ("phó",),
}
_NO_BODY = re.compile(
    r"^(?:to chuc$|(?:ban (?:hanh|dem|ngay|dau)|hoi (?:nghi|thao|nhap|dam)|phong,? (?:chong|ngua)|doan ket|bao (?:cao|dam|ve|ton)|"
    r"truong hop|so (?:luong|lieu)|to chuc (?:thuc hien|trien khai|tuyen truyen|truc|kiem tra|quan triet|hoi))(?![a-z]))"
)


def names_body(text: str) -> bool:
    """The text begins with the word for a body or a person. Without accents "Sơ tán" would be a Sở and "Bảo đảm" a Báo;
    "Tổ chức" alone opens a sentence as a verb, after "các" it is the bodies that are meant."""
    plain = re.sub(r"^(?:cac|nhung|moi|toan bo|tat ca) ", "", fold(text[:80]))
    first = text[len(text[:80]) - len(plain) :].lower().split(" ", 1)[0]
    meant = _MEANT.get(plain.split(" ", 1)[0])
    if (meant and first.strip(",.;:") not in meant) or (len(plain) == len(text[:80]) and _NO_BODY.match(plain)):
        return False
    return bool(_PEOPLE.match(plain) or BODY_HEADS.match(plain))
