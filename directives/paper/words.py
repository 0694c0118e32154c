"""The words that papers are recognised by: kinds, names of bodies, titles of office, family names."""

import re

from directives.paper.text import fold

KINDS = (
    "nghị quyết",
    "quyết định",
    "chỉ thị",
    "quy chế",
    "quy định",
    "thông cáo",
    "thông báo",
    "hướng dẫn",
    "chương trình",
    "kế hoạch",
    "phương án",
    "đề án",
    "dự án",
    "báo cáo",
    "biên bản",
    "tờ trình",
    "công điện",
    "giấy mời",
    "giấy giới thiệu",
    "giấy ủy quyền",
    "giấy nghỉ phép",
    "hợp đồng",
    "bản ghi nhớ",
    "bản thỏa thuận",
    "phiếu gửi",
    "phiếu chuyển",
    "phiếu báo",
    "kết luận",
    "thông tri",
)

SYMBOL_KINDS = {
    "NQ": "nghị quyết",
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "TB": "thông báo",
    "HD": "hướng dẫn",
    "CTr": "chương trình",
    "KH": "kế hoạch",
    "PA": "phương án",
    "ĐA": "đề án",
    "BC": "báo cáo",
    "BB": "biên bản",
    "TTr": "tờ trình",
    "CĐ": "công điện",
    "GM": "giấy mời",
    "KL": "kết luận",
}

# Kinds whose symbol is too seldom met, or too like that of a body (HĐ: hội đồng), to tell the kind of a paper by.
OTHER_SYMBOLS = {
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "dự án": "DA",
    "giấy giới thiệu": "GGT",
    "giấy ủy quyền": "GUQ",
    "giấy nghỉ phép": "GNP",
    "hợp đồng": "HĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
}

BODY_HEADS = re.compile(
    r"^(?:bo|so|uy ban|ubnd|ubmttq|ubbc|ub|bch|btv|hdnd|hoi dong|hoi|ban|cuc|chi cuc|tong cuc|vu|van phong|thu tuong|chu tich|"
    r"chinh phu|quoc hoi|"
    r"(?:tinh|thanh|huyen|quan|thi|dang) (?:uy|doan)|dang bo|dang uy|cong ty|tong cong ty|tap doan|truong|dai hoc|hoc vien|"
    r"vien|benh vien|trung tam|phong|tieu ban|to|doan|lien doan|cong doan|cong an|quan khu|quan doan|toa an|thanh tra|"
    r"kho bac|ngan hang|bao hiem|dai|bao|mat tran|lien hiep|hiep hoi|xi nghiep|nha|so chi huy|dien luc|vien thong|buu dien|"
    r"chi nhanh|kiem toan|hat|tram|thuong truc|vnpt|viettel|mobifone|bql)(?![a-z])"
)

OFFICES = re.compile(
    r"^(?:(?:tm|kt|tl|tuq|tun|q)\s*[./]\s*|[tk]/[mtl]\s*[./]?\s*|quyen\s+)?"
    r"(?:pho|giam doc|tong giam doc|tong cuc truong|chu tich|chu nhiem|bo truong|thu truong|thu tuong|cuc truong|vu truong|"
    r"chi cuc truong|truong|chanh|hieu truong|vien truong|bi thu|tong bi thu|thu ky|tong thu ky|tu lenh|chi huy|chinh uy|"
    r"to truong|uy vien|doi truong|tong bien tap|tong thanh tra|thong doc|kiem toan|tong kiem toan|ke toan truong|chu toa|"
    r"chu tri|nguoi (?:ghi|lap|giao|nhan)|ben [abc]|"
    r"tham phan|dai dien|hoi truong|tram truong|hat truong|tong thu ky|nguoi ky|cuc pho|quan doc|thuong truc)(?![a-z])"
)

AUTHORITY = re.compile(r"^(?:(?:TM|KT|TL|TUQ|TUN|Q)\s*[./]|[TK]/[MTL](?=[\s.])\.?)\s*(?=\S)")

_FAMILIES = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh lam truong mai trinh doan luong to "
    "ta ha phung quach thai chu cao kieu tong vuong la luu nghiem ma hua on tang trieu dam than lo lu giang bach khuc "
    "khong van lan tieu vi ninh nong be giap kim mac thach chau son danh y h sung thao lau cu vang hoa quang "
    "ung chung tu diep hong au khuat thieu ngu doi cam mau"
)
FAMILY_NAMES = frozenset(_FAMILIES.split())

_RANK = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)|(?:PGS|GS|TS|ThS|Ths|BS|Bs|CN|KS|NGƯT|NGND|BSCKII?|CKII?)(?=[\s.,]))[\s.,]*"
)


def is_name(text: str) -> bool:
    """A person's name as a signature prints it: two to six capitalised words, with a rank or degree before at most."""
    for _ in range(3):
        text = _RANK.sub("", text, count=1)
    words = text.replace("-", " ").split()
    return 2 <= len(words) <= 6 and len(text) <= 60 and all(map(_is_name_word, words))


def is_caps_name(text: str) -> bool:
    """A name printed wholly in capitals: told from a title of office by its family name."""
    words = text.split()
    return 2 <= len(words) <= 5 and text.isupper() and all(map(str.isalpha, words)) and fold(words[0]) in FAMILY_NAMES


def _is_name_word(word: str) -> bool:
    return word.isalpha() and word[0].isupper() and (len(word) == 1 or word[1:].islower())
