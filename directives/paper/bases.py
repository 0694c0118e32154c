"""What the paper rests on: the papers its opening paragraphs cite (căn cứ), each with number and day."""

import re

from directives.paper.dates import DAY, day_iso
from directives.paper.model import Basis
from directives.paper.text import fold

_KIND = (
    r"(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết(?: liên tịch)?|Nghị định|Quyết định|Chỉ thị|Thông tư(?: liên tịch)?|"
    r"Công văn|Văn bản|Kế hoạch|Công điện|Thông báo|Hướng dẫn|Kết luận|Tờ trình|Báo cáo|Quy định|Quy chế|Chương trình|"
    r"Phương án|Thông tri|Lệnh|Quy hoạch|Đề án|Giấy mời)"
)
_OPENER = re.compile(
    r"^(?:(?:can cu|thuc hien|trien khai(?: thuc hien)?|thi hanh|tiep theo|theo|tren co so|xet|tai|phuc dap|tra loi|"
    r"de (?:thuc hien|trien khai)|tiep tuc (?:thuc hien|trien khai)|chap hanh)(?![a-z]))"
)
_CITED = re.compile(
    rf"(?i:{_KIND})(?:\s+(?:số\s+){{1,2}}|\s+(?=\d+[/-]))(?P<number>\d+[a-zA-Z]?\s?[/-]\s?[\wĐđ][\w./&-]*(?:\s-\s?[A-ZĐ][\w/-]*|-\s[A-ZĐ][\w/-]*)?)"
)
_NUMBER = re.compile(r"số\s+(?P<number>\d+[a-zA-Z]?\s?[/-]\s?[\wĐđ][\w./&-]*(?:\s-\s?[A-ZĐ][\w/-]*|-\s[A-ZĐ][\w/-]*)?)")
_SPLIT = re.compile(
    rf";\s*(?:và\s+)?(?:Căn cứ\s+)?(?=(?i:{_KIND})\b)|\s+và\s+(?:các\s+)?(?=(?i:{_KIND})\s+(?:(?:số\s+)?\d|sửa đổi))"
    rf"|[;,]\s+(?:và\s+)?(?=(?i:{_KIND})\s+số\s+\d)|(?:[;,]|\s+và|;\s*và)\s+(?=số\s+\d+[\w]*\s?[/-])"
)
_MAIN = re.compile(
    r"(?:,\s+(?=(?:để|nhằm)\s)|(?:,|\.)\s+(?=(?:Để|Nhằm|UBND|Ủy ban|Uỷ ban|Sở|Bộ|Ban|Thủ tướng|Chủ tịch|Cục|Trường|Văn phòng|"
    r"Công ty|Trung tâm|Giám đốc|"
    r"Thường trực|Chi cục|Phó Thủ tướng|Hội đồng|Phòng|Tổng cục)\b[^;\n]{0,220}?\b"
    r"(?:yêu cầu|đề nghị|ban hành|thông báo|báo cáo|hướng dẫn|có ý kiến|chỉ đạo|giao|xây dựng|triển khai|tổ chức|chỉ thị|quyết định|"
    r"cụ thể hóa|kính|xin|bảo đảm|đảm bảo|phục vụ)\b))"
)
_TOLD_AT = re.compile(rf"[a-zà-ỹđ](?:(?!\scủa\s)[^,;.]){{0,60}}?\s(?:tại|theo)\s+(?={_KIND}\s+số\s)")
_LAW = re.compile(r"^(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh)\b")
_OTHERS = re.compile(r"\b(?:ngày|được|sửa đổi,?|bởi)\s")
_SENTENCE = re.compile(r"(?<=[^\W\d_]\w\.) (?=(?:Căn cứ|Thực hiện|Triển khai|Thi hành|Tiếp theo) )")
_DAYS = re.compile(rf"(?:ngày\s*)?(?:{DAY})")
_MOST = 400
_REACH = 60_000
_LONGEST = 6_000


def find_bases(body: str, preamble: int) -> tuple[Basis, ...]:
    """The bases named before the first item, in their order. A paper cited inside another's subject is not one."""
    found: list[Basis] = []
    start = 0
    for paragraph in body[: min(preamble, _REACH)].split("\n"):
        for sentence in _SENTENCE.split(paragraph):
            opener = _OPENER.match(fold(sentence[:40]))
            if opener and len(found) < _MOST:
                found.extend(_read(sentence, start, opener))
            start += len(sentence) + 1
    return tuple(found)


def _read(paragraph: str, offset: int, opener: re.Match) -> list[Basis]:
    begin = opener.end()
    stop = _end(paragraph[:_LONGEST])
    bases = []
    splits = [found.span() for found in _SPLIT.finditer(paragraph, begin, stop)]
    lefts, rights = [begin, *(end for _, end in splits)], [*(start for start, _ in splits), stop]
    for left, right in zip(lefts, rights, strict=True):
        part = paragraph[left:right]
        text = re.sub(r"(?:[\s;,.:]|\bvà$)*$", "", part).strip()
        text = re.sub(r"^(?:căn cứ|các|và)\s+", "", text, flags=re.IGNORECASE)
        told = _TOLD_AT.match(text)
        text = text[told.end() :] if told else text
        if not text:
            continue
        cited = min(
            filter(None, (_CITED.search(text), _NUMBER.search(text))), key=lambda each: each.end(), default=None
        )
        law = bool(_LAW.match(text))
        if law and cited and _OTHERS.search(text, 0, cited.start()):
            cited = None
        if not cited and not law and opener[0] != "can cu":
            continue
        place = paragraph.index(text, left)
        bases.append(_basis(text, cited, offset + place))
    return bases


def _end(paragraph: str) -> int:
    """Where the citation ends and the paper's own sentence begins."""
    main = _MAIN.search(paragraph)
    return main.start() if main else len(paragraph)


def _basis(text: str, cited: re.Match | None, start: int) -> Basis:
    number, day = None, None
    after = 0
    if cited:
        number = re.sub(r"\s*([/-])\s*", r"\1", cited["number"]).rstrip(".,-/")
        after = cited.end()
    dated = re.compile(r"ngày\s").search(text, after)
    if dated and (not cited or dated.start() - after <= 25):
        found = _DAYS.match(text, dated.start())
        day = day_iso(found) if found else None
    return Basis(text, number, day if day and len(day) == 10 else None, start, start + len(text))
