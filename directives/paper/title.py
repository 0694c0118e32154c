"""The title of a typed paper (ô 5a): its kind is found by `header`, its trích yếu is read here."""

import re

from directives.paper.front import ABOUT, calling, is_component, sending
from directives.paper.header import tidy_subject
from directives.paper.text import Line, ends_open, fold, is_caps, starts_lower
from directives.paper.words import BODY_HEADS

_OPENER = re.compile(
    r"^(?:can cu|thuc hien (?:chi thi|nghi quyet|nghi dinh|quyet dinh|ke hoach|cong van|cong dien|van ban|luat|thong bao|"
    r"huong dan|ket luan|y kien|chi dao|chuong trinh|nhiem vu|su chi dao|thong tu|de nghi)|theo |de |nham |"
    r"tren co so|xet |trien khai (?:thuc hien |viec |chi |nghi |quyet |ke |cong |luat |thong )|thi hanh |tiep theo |"
    r"ngay \d|trong (?:thoi|may|nhung|nam)|thoi gian qua|vua qua|hien nay|hoi [\d]|ngay sau|phuc dap|tra loi|kinh thua|"
    r"(?:phan|chuong) (?:[ivx]+|\d+|thu)\b|dieu \d+\s*[.:]|[ivx]+\s*[./)]\s|1\s*[./)]\s|[-+•]\s)"
)
_AUTHORITY = re.compile(
    r"(?:CHÍNH PHỦ|(?:PHÓ )?THỦ TƯỚNG|(?:TỔNG )?GIÁM ĐỐC|CHỦ TỊCH|[ỦU][YỶ] BAN|UBND|HỘI ĐỒNG|BAN (?:CHỈ|THƯỜNG|CHẤP|QUẢN|TỔ)|"
    r"(?:BỘ|CỤC|CHI CỤC|TỔNG CỤC|VIỆN|HIỆU|TRƯỞNG) (?:TRƯỞNG|BAN)|TRƯỞNG (?:PHÒNG|BAN)|CHÁNH )(?:\s|$)|CHÁNH "
)
# Kinds whose models have no trích yếu (PL III Mẫu 1.8, 1.10): their first line already introduces somebody.
_BARE = ("giấy giới thiệu", "giấy nghỉ phép")
_HANGING = re.compile(r"(?:^|\s)(?:va|cua|cac|ve|thuoc|tai|cho|voi)$|[,&-]$")
_ADDRESSES = re.compile(r"\b(?:tran trong|kinh (?:moi|chuyen|bao))\b")
_VERB = re.compile(r"\b(?:yeu cau|de nghi|ban hanh|xay dung ke hoach|thong bao|bao cao|to chuc|trien khai)\b")


def opens_body(text: str) -> bool:
    """The line begins as bodies begin: with a basis, a purpose, a time, or the first item."""
    return bool(_OPENER.match(fold(text[:80])))


def read_subject(lines: list[Line], start: int, kind: str, first: str) -> tuple[str | None, int]:
    """The trích yếu below the kind, and the first line after it. 'V/v' is a label; 'Về việc' is one only where
    the form has no title of its own (công văn, công điện)."""
    words: list[str] = []
    labelled = False
    index = start + 1
    if first and not (index < len(lines) and _only_qualifies(first, lines[index].text)):
        words.append(first)
    while index < len(lines) and len(words) < 8:
        line = lines[index]
        text = line.text
        if is_component(line) and not ABOUT.match(text):
            index += 1
            continue
        if sending(text) or calling(text):
            break
        about = ABOUT.match(text)
        if about and not words:
            labelled = not about["label"].lower().startswith("về") or kind == "công điện"
            words.append(about["rest"] if labelled else text)
        elif not words:
            if opens_body(text) or _ADDRESSES.search(fold(text)) or (len(text) > 160 and text.endswith((".", ":"))):
                break
            if kind in _BARE and text.endswith(":"):
                break
            words.append(text)
        elif not _continues(words, line, kind) or _authority(lines, index, words[-1]):
            break
        else:
            words.append(text)
        index += 1
    subject = tidy_subject(" ".join(word for word in words if word))
    return subject or None, index


def _authority(lines: list[Line], index: int, above: str) -> bool:
    """The line that names who decides (CHÍNH PHỦ, GIÁM ĐỐC SỞ …) stands between a trích yếu in capitals and the bases."""
    named = len(lines[index].text) <= 80 and _AUTHORITY.match(lines[index].text)
    followed = index + 1 < len(lines) and opens_body(lines[index + 1].text)
    return bool(named and followed and not _HANGING.search(fold(above)))


def _only_qualifies(first: str, below: str) -> bool:
    """'PHỐI HỢP' of 'KẾ HOẠCH PHỐI HỢP' belongs to the kind: the trích yếu begins anew below it, in small letters."""
    short = is_caps(first) and len(first.split()) <= 3
    return short and not is_caps(below) and not starts_lower(below) and not opens_body(below)


def _continues(words: list[str], line: Line, kind: str) -> bool:
    text, last = line.text, words[-1]
    if not last:
        return True
    if starts_lower(text) or ends_open(last):
        return not opens_body(text) or ends_open(last)
    if opens_body(text):
        return False
    if is_caps(text):
        if not is_caps(last):
            return False
        return not (line.gap and BODY_HEADS.match(fold(text)))
    if is_caps(last) or line.gap:
        return False
    return len(text) < 100 and not text.endswith((".", ":", ";")) and not (len(last) < 40 and _VERB.search(fold(text)))
