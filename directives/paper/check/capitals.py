"""Capital letters in the text (NĐ 30/2020 Phụ lục II)."""

import re
from collections.abc import Iterator
from itertools import chain

from directives.paper.check.head import ABBREVIATIONS
from directives.paper.check.letters import LOWER, UPPER
from directives.paper.check.rule import HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet, walk
from directives.paper.markers import find_marker
from directives.paper.model import Span

_NAMES = (
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Thủ tướng Chính phủ",
    "Văn phòng Chính phủ",
    "Mặt trận Tổ quốc",
    "Sở Thông tin và Truyền thông",
    "Sở Khoa học và Công nghệ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Nông nghiệp và Môi trường",
    "Sở Giáo dục và Đào tạo",
    "Sở Tài chính",
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Y tế",
    "Sở Xây dựng",
    "Sở Công Thương",
    "Bộ Thông tin và Truyền thông",
    "Bộ Khoa học và Công nghệ",
    "Bộ Công an",
    "Bộ Quốc phòng",
    "Bộ Nội vụ",
    "Bộ Tài chính",
)
_KNOWN = {name.lower(): name for name in _NAMES}
_KNOWN |= {name.lower().replace("ủy", "uỷ"): name.replace("Ủy", "Uỷ") for name in _NAMES}
_OTHER_SENSE = ("cơ ", "cán ", "đồng ", "toàn ", "nội ")

_PEOPLE = re.compile(r"nhân dân\b(?! tệ)")
_PART_OF_NAME = (
    *(
        "ban ",
        "đồng ",
        "đội ",
        "án ",
        "sát ",
        "trang ",
        "giáo ",
        "sĩ ",
        "ưu ",
        "thuốc ",
        "phòng ",
        "tranh ",
        "an ",
        "quỹ ",
    ),
    *("ninh ", "thẩm ", "tín dụng ", "thanh tra ", "sư ", "-", "/"),
)
_STATE = re.compile(
    r"nhà nước\b(?:(?<=Đảng, nhà nước)|(?<=Đảng và nhà nước)|(?<=Đảng - nhà nước)|(?<=(?:luật|sách) của nhà nước))"
)
_TET = re.compile(r"Tết Nguyên (?:đán|Đán)\b")
_TET_ALONE = re.compile(rf"tết(?<=[{LOWER},] tết)(?=\s*(?:[.,;:)]|$|và\b|đến\b|là\b))", re.MULTILINE)
_PLACE = re.compile(
    rf"(?<=[{LOWER},;-] )(?P<noun>Tỉnh|Huyện|Xã|Thị xã|Thành phố(?! Hồ Chí Minh))"
    rf"(?= [{UPPER}][{LOWER}]+)(?! (?:Đoàn|Ủy|ủy))"
)
_NUMBERED = re.compile(r"\b(?P<noun>quận|phường)(?= \d{1,2}\b)")
_CITING = re.compile(
    rf"(?<=[{LOWER},;(] )(?P<low>(?:Khoản|Điểm)(?= (?:\d{{1,2}}|[a-zđ])(?:[\s,.;)]|$)))|(?P<up>\bđiều(?= \d{{1,3}}(?:[\s,.;)]|$)))"
)
_UNCAPPED = "|".join(sorted((kind for kind in ABBREVIATIONS if kind != "kết luận"), key=len, reverse=True))
_DOCUMENT = re.compile(rf"(?<![\w])(?P<kind>{_UNCAPPED}|công văn|nghị định|thông tư)(?=\s+số\s+\d)")
_STEMS = "giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý"
_BRANCHES = "tý|sửu|dần|mão|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi"
_LUNAR = re.compile(
    rf"(?:(?<=năm )|(?<=Tết )|(?<=Nguyên đán )|(?<=xuân )|(?<=Xuân ))(?P<name>(?:{_STEMS}) (?:{_BRANCHES}))\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\bthứ (?P<day>hai|ba|tư|năm|sáu|bảy)(?=,? ngày\b| hằng tuần\b| hàng tuần\b)")
_SENTENCE = re.compile(rf"(?<=[{LOWER})”]{{3}}[.?!] )(?P<first>[{LOWER}])(?=\w)")


def _spots(sheet: Sheet, pattern: re.Pattern, group: str = "") -> Iterator[tuple[re.Match, Span]]:
    for found in pattern.finditer(sheet.paper.body):
        yield found, Span("body", found.start(group or 0), found.end(group or 0))


@rule("capital-item", WARNING, "NĐ 30/2020 PL II.I")
def capital_item(sheet: Sheet) -> Iterator[Remark]:
    """A new line and a new sentence begin with a capital letter."""
    body = sheet.paper.body
    for item in walk(sheet.paper.items):
        line = body[item.start : item.end].split("\n", 1)[0]
        marker = find_marker(line)
        if marker and line[marker.at : marker.at + 1].islower():
            at = item.start + marker.at
            span = Span("body", at, at + 1)
            word = line[marker.at :].split(" ", 1)[0]
            yield Remark(sheet.where(span), f"Đầu dòng viết hoa: “{word.capitalize()}”", span, body[at].upper())
    for found, span in _spots(sheet, _SENTENCE, "first"):
        yield Remark(sheet.where(span), "Sau dấu kết thúc câu phải viết hoa", span, found["first"].upper())


@rule("capital-body", WARNING, "NĐ 30/2020 PL II.IV.1.a")
def capital_body(sheet: Sheet) -> Iterator[Remark]:
    """The names of agencies have capitals at the words for kind and for function."""
    for name, right in _KNOWN.items():
        at = sheet.lower.find(name)
        while at >= 0:
            span = Span("body", at, at + len(name))
            printed = sheet.paper.body[at : span.end]
            whole = not (sheet.lower[at - 1 : at].isalpha() or sheet.lower[span.end : span.end + 1].isalpha())
            if (
                printed != right
                and not printed.isupper()
                and whole
                and not sheet.lower[max(0, at - 5) : at].endswith(_OTHER_SENSE)
            ):
                yield Remark(sheet.where(span), f"Tên cơ quan viết hoa: “{right}”", span, right)
            at = sheet.lower.find(name, span.end)


@rule("capital-people", WARNING, "NĐ 30/2020 PL II.V.1")
def capital_people(sheet: Sheet) -> Iterator[Remark]:
    """Nhân dân and Nhà nước are written with a capital, but not as part of another name (Ủy ban nhân dân)."""
    for found, span in _spots(sheet, _PEOPLE):
        if found.string[max(0, span.start - 10) : span.start].lower().endswith(_PART_OF_NAME):
            continue
        yield Remark(sheet.where(span), "Danh từ “Nhân dân” viết hoa chữ đầu", span, "Nhân dân")
    for _, span in _spots(sheet, _STATE):
        yield Remark(sheet.where(span), "Danh từ “Nhà nước” viết hoa chữ đầu", span, "Nhà nước")


@rule("capital-tet", HINT, "NĐ 30/2020 PL II.V.8.b")
def capital_tet(sheet: Sheet) -> Iterator[Remark]:
    """The decree writes "tết Nguyên đán", with the capital T for "Tết" standing alone. Said once: usage differs."""
    found = list(_spots(sheet, _TET))
    if found:
        _, span = found[0]
        times = f" ({len(found)} chỗ)" if len(found) > 1 else ""
        message = f"Nghị định viết “tết Nguyên đán”; chữ “Tết” chỉ viết hoa khi đứng một mình{times}"
        yield Remark(sheet.where(span), message, span)
    for _, span in _spots(sheet, _TET_ALONE):
        yield Remark(sheet.where(span), "“Tết” đứng một mình thay cho tết Nguyên đán thì viết hoa", span, "Tết")


@rule("capital-place", WARNING, "NĐ 30/2020 PL II.III.1.a")
def capital_place(sheet: Sheet) -> Iterator[Remark]:
    """Before a name the words tỉnh, huyện, xã, thành phố are in small letters, but for Thành phố Hồ Chí Minh."""
    for found, span in _spots(sheet, _PLACE):
        right = found["noun"].lower()
        yield Remark(sheet.where(span), f"Danh từ chung trước địa danh viết thường: “{right}”", span, right)


@rule("capital-numbered", WARNING, "NĐ 30/2020 PL II.III.1.b")
def capital_numbered(sheet: Sheet) -> Iterator[Remark]:
    """A unit whose name is a number has a capital: Quận 1, Phường 5."""
    for found, span in _spots(sheet, _NUMBERED):
        right = found["noun"].capitalize()
        yield Remark(sheet.where(span), f"Đơn vị mang tên số viết hoa: “{right}”", span, right)


@rule("capital-citing", WARNING, "NĐ 30/2020 PL II.V.7")
def capital_citing(sheet: Sheet) -> Iterator[Remark]:
    """In a citation điểm and khoản are in small letters, Điều and what is above it with a capital."""
    copied = ((found, Span("foot", *found.span())) for found in _CITING.finditer(sheet.paper.foot))
    for found, span in chain(_spots(sheet, _CITING), copied):
        right = found[0].lower() if found["low"] else found[0].capitalize()
        yield Remark(sheet.where(span), f"Viện dẫn viết “{right}”: điểm, khoản viết thường, Điều viết hoa", span, right)


@rule("capital-document", WARNING, "NĐ 30/2020 PL II.V.6")
def capital_document(sheet: Sheet) -> Iterator[Remark]:
    """The kind of a cited paper has a capital: "Quyết định số …"."""
    for found, span in _spots(sheet, _DOCUMENT):
        right = found["kind"].capitalize()
        yield Remark(sheet.where(span), f"Tên loại văn bản được viện dẫn viết hoa: “{right} số …”", span, right)


@rule("capital-lunar", WARNING, "NĐ 30/2020 PL II.V.8.a")
def capital_lunar(sheet: Sheet) -> Iterator[Remark]:
    """A lunar year has a capital at every syllable: Bính Ngọ."""
    for found in _LUNAR.finditer(sheet.lower):
        span = Span("body", found.start("name"), found.end("name"))
        printed, right = sheet.paper.body[span.start : span.end], found["name"].title()
        if printed != right and not printed.isupper():
            yield Remark(sheet.where(span), f"Tên năm âm lịch viết hoa cả hai chữ: “{right}”", span, right)


@rule("capital-weekday", WARNING, "NĐ 30/2020 PL II.V.8.c")
def capital_weekday(sheet: Sheet) -> Iterator[Remark]:
    """Days of the week in words: thứ Hai, thứ Tư."""
    for found, span in _spots(sheet, _WEEKDAY, "day"):
        right = found["day"].capitalize()
        yield Remark(sheet.where(span), f"Ngày trong tuần viết “thứ {right}”", span, right)
