"""The signature block (ô 7a, 7b, NĐ 30/2020 Điều 13, PL I.II.7): authority, title, name."""

import re
from collections.abc import Iterator

from directives.paper.check.rule import ERROR, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.model import Span
from directives.paper.signatures import is_office
from directives.paper.text import fold, is_caps
from directives.paper.words import is_name

_PREFIX = re.compile(r"^(?P<prefix>TM|KT|TL|TUQ|Q)\s*\.\s*(?P<rest>.*)$")
_LOOSE = re.compile(r"^(?:(?P<two>TM|KT|TL|TUQ|Q)(?:\s*[./]\s*|\s+)|(?P<old>[TK]/[MTL])\.?\s*)(?=[^\W\d_])")
_OLD = {"T/M": "TM", "K/T": "KT", "T/L": "TL"}
_DEGREE = re.compile(r"^(?:(?:PGS|GS|TS|ThS|Ths|TH\.?S|CN|KS|KTS|NGƯT|NGND|BSCKII?|BS|DS|LS)\b\.?[\s.,]*)+", re.UNICODE)
_ALLOWED = re.compile(r"benh vien|truong|dai hoc|hoc vien|vien |y te|giao duc|quan su|cong an|khoa hoc xa hoi")
_COLLECTIVE = re.compile(
    r"^(?:uy ban|ubnd|hoi dong|hdnd|ban|thuong truc|thuong vu|to|doan|tieu ban|dang|tinh uy|bo chinh tri|bi thu|chinh phu|"
    r"uy vien|ubmttq|mat tran|lien|cong doan|bch|btv|bcd|ubbc|hdbc|lanh dao|tap the|lien nganh)\b"
)
_HEAD_TITLE = re.compile(
    r"^(?:giam doc|chu tich|truong|cuc truong|vu truong|bo truong|hieu truong|tong giam doc|chanh)\b"
)
_DEPUTY = re.compile(r"^(?:pho|thu truong|uy vien)\b")
_ACTING = re.compile(r"^QUYỀN\s+(?P<rest>.+)$")
_CHARGE = re.compile(r"\b(?:PHỤ TRÁCH|ĐIỀU HÀNH)$")


def _place(sheet: Sheet, text: str) -> Span | None:
    for cell in sheet.foot:
        at = cell.text.find(text)
        if at >= 0:
            return Span("foot", cell.span.start + at, cell.span.start + at + len(text))
    return None


def _split(line: str) -> tuple[str, str]:
    found = _PREFIX.match(line)
    return (found["prefix"], found["rest"]) if found else ("", line)


@rule("sign-absent", ERROR, "NĐ 30/2020 Điều 13, PL I.II.7.b-c", needs="print")
def sign_absent(sheet: Sheet) -> Iterator[Remark]:
    """There is a line with the signer's title."""
    if not sheet.paper.signer.lines:
        yield Remark("Chữ ký", "Thiếu quyền hạn, chức vụ của người ký")


@rule("sign-name", ERROR, "NĐ 30/2020 PL I.II.7.c", needs="print")
def sign_name(sheet: Sheet) -> Iterator[Remark]:
    """The signer's name is printed below the title."""
    if sheet.paper.signer.lines and not sheet.paper.signer.name:
        yield Remark("Chữ ký", "Thiếu họ và tên người ký")


@rule("sign-form", ERROR, "NĐ 30/2020 PL I.II.7.b, 7.đ", needs="print")
def sign_form(sheet: Sheet) -> Iterator[Remark]:
    """The authority is written TM., KT., TL., TUQ. or Q., a space, then the title."""
    for cell in sheet.foot:
        found = _LOOSE.match(cell.text)
        if not found or not is_caps(cell.text):
            continue
        wanted = f"{found['two'] or _OLD[found['old']]}. "
        if found[0] != wanted:
            place = Span("foot", cell.span.start, cell.span.start + found.end())
            yield Remark("Chữ ký", f"Ghi “{wanted}{cell.text[found.end() :]}”", place, wanted)


@rule("sign-capitals", ERROR, "NĐ 30/2020 PL I.II.7.đ", needs="print")
def sign_capitals(sheet: Sheet) -> Iterator[Remark]:
    """Authority and title are in capitals."""
    for line in sheet.paper.signer.lines:
        if not is_caps(line) and not is_name(line):
            span = _place(sheet, line)
            yield Remark("Chữ ký", f"Quyền hạn, chức vụ viết in hoa: “{line.upper()}”", span, line.upper())


@rule("sign-second-line", ERROR, "NĐ 30/2020 Điều 13, PL I.II.7.b-c")
def sign_second_line(sheet: Sheet) -> Iterator[Remark]:
    """Below TM., KT., TL. and TUQ. stands the title of the one who signs."""
    lines = sheet.paper.signer.lines
    if not lines or sheet.party:
        return
    prefix, rest = _split(lines[-1])
    if prefix in ("TM", "KT", "TL", "TUQ"):
        span = _place(sheet, lines[-1])
        yield Remark("Chữ ký", f"Dưới “{prefix}. {rest}” phải ghi chức vụ của người trực tiếp ký", span)


@rule("sign-deputy", ERROR, "NĐ 30/2020 Điều 13.1, PL I.II.7.b")
def sign_deputy(sheet: Sheet) -> Iterator[Remark]:
    """A deputy signs for the head: "KT. GIÁM ĐỐC" above "PHÓ GIÁM ĐỐC"."""
    lines = sheet.paper.signer.lines
    if not lines or sheet.party:
        return
    signer = next((at for at, each in enumerate(lines) if not _split(each)[0] and is_office(each)), None)
    if signer is None or not fold(lines[signer]).startswith("pho "):
        return
    above = [_split(each)[0] for each in lines[:signer]]
    if "KT" in above or "TUQ" in above:
        return
    if "TM" in above and not _HEAD_TITLE.match(fold(lines[signer])[4:]):
        return
    head = re.sub(r"\s+(?:PHỤ TRÁCH|THƯỜNG TRỰC|ĐIỀU HÀNH)$", "", lines[signer][4:])
    message = f"Cấp phó ký thay phải có dòng “KT. {head}” phía trên “{lines[signer]}”"
    yield Remark("Chữ ký", message, _place(sheet, lines[signer]))


@rule("sign-for-head", ERROR, "NĐ 30/2020 Điều 13.1, PL I.II.7.b")
def sign_for_head(sheet: Sheet) -> Iterator[Remark]:
    """After "KT. <title>" comes the deputy of that head."""
    lines = sheet.paper.signer.lines
    for at, line in enumerate(lines[:-1]):
        prefix, rest = _split(line)
        if prefix != "KT" or sheet.party:
            continue
        if not _DEPUTY.match(fold(lines[at + 1])):
            span = _place(sheet, lines[at + 1])
            message = f"Sau “KT. {rest}” phải là chức vụ cấp phó, không phải “{lines[at + 1]}”"
            yield Remark("Chữ ký", message, span)


@rule("sign-collective", ERROR, "NĐ 30/2020 Điều 13.2, PL I.II.7.b")
def sign_collective(sheet: Sheet) -> Iterator[Remark]:
    """TM. stands before the name of a body that decides together, never before a title or an office of one head."""
    if sheet.party:
        return
    for line in sheet.paper.signer.lines:
        prefix, rest = _split(line)
        if prefix == "TM" and not _COLLECTIVE.match(fold(rest)):
            message = f"“TM.” chỉ dùng khi ký thay mặt tập thể, không dùng cho “{rest}”"
            yield Remark("Chữ ký", message, _place(sheet, line))


@rule("sign-mandate", ERROR, "NĐ 30/2020 Điều 13.3")
def sign_mandate(sheet: Sheet) -> Iterator[Remark]:
    """Who signs by mandate (TUQ.) cannot let another sign: no KT. or TL. below."""
    lines = sheet.paper.signer.lines
    mandate = next((at for at, line in enumerate(lines) if _split(line)[0] == "TUQ"), len(lines))
    for line in lines[mandate + 1 :]:
        if _split(line)[0] in ("KT", "TL", "TUQ"):
            message = f"Người được ủy quyền (TUQ.) không được ủy quyền lại: bỏ “{line}”"
            yield Remark("Chữ ký", message, _place(sheet, line))


@rule("sign-acting", ERROR, "NĐ 30/2020 PL I.II.7.b")
def sign_acting(sheet: Sheet) -> Iterator[Remark]:
    """An acting head appointed by decision is written "Q."; a deputy is never acting."""
    for line in sheet.paper.signer.lines:
        found = _ACTING.match(line)
        if found:
            right = f"Q. {found['rest']}"
            yield Remark("Chữ ký", f"Quyền chức vụ ghi là “{right}”", _place(sheet, line), right)
        prefix, rest = _split(line)
        if prefix == "Q" and fold(rest).startswith("pho "):
            yield Remark("Chữ ký", f"“Q.” chỉ dùng cho quyền cấp trưởng, không dùng cho “{rest}”", _place(sheet, line))


@rule("sign-in-charge", ERROR, "NĐ 30/2020 Điều 13.1, PL I.II.7.b-c")
def sign_in_charge(sheet: Sheet) -> Iterator[Remark]:
    """A deputy in charge signs as a deputy, with the title of the appointment alone: no PHỤ TRÁCH, no Q."""
    for line in sheet.paper.signer.lines:
        found = _CHARGE.search(line)
        if found and fold(line).startswith("pho "):
            right = line[: found.start()].rstrip(" ,-")
            message = f"Chỉ ghi chức vụ chính thức “{right}”, không ghi thêm “{found[0]}”"
            yield Remark("Chữ ký", message, _place(sheet, line), right)


@rule("sign-degree", ERROR, "NĐ 30/2020 PL I.II.7.c")
def sign_degree(sheet: Sheet) -> Iterator[Remark]:
    """No degree or honour stands before the name, but in the forces, in schools, hospitals and institutes."""
    name = sheet.paper.signer.name or ""
    found = _DEGREE.match(name)
    body = fold(f"{sheet.paper.parent_agency or ''} {sheet.paper.agency or ''} ")
    if found and found.end() < len(name) and not _ALLOWED.search(body):
        right = name[found.end() :]
        message = f"Trước họ tên người ký không ghi học hàm, học vị: “{right}”"
        yield Remark("Chữ ký", message, _place(sheet, name), right)


@rule("sign-name-case", WARNING, "NĐ 30/2020 PL I.II.7.đ", needs="print")
def sign_name_case(sheet: Sheet) -> Iterator[Remark]:
    """The name is in small letters with capitals at the start of its words."""
    name = sheet.paper.signer.name
    if name and name == name.upper():
        yield Remark("Chữ ký", f"Họ tên viết chữ thường: “{name.title()}”", _place(sheet, name), name.title())
