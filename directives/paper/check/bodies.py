"""The bodies a paper speaks to: known to the province, and still in being on the day of the paper."""

import re
from collections.abc import Iterator
from datetime import date

from directives.paper.check.rule import ERROR, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.model import Span
from directives.paper.text import fold

DISTRICTS_END = date(2025, 6, 30)
MERGER = date(2025, 3, 1)
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã|thị trấn|tx|tt)\b(?!\s+(?:cũ|trước đây))", re.IGNORECASE)
_GONE = {
    "Sở Thông tin và Truyền thông": "Sở Khoa học và Công nghệ",
    "Bộ Thông tin và Truyền thông": "Bộ Khoa học và Công nghệ",
}
_PLAIN = re.compile(r"^(?:cac|nhung)\s+|\s*\(.*?\)|\s+(?:dong )?tren dia ban\b.*$")


def _day(sheet: Sheet) -> date | None:
    return sheet.issued[1] if sheet.issued else sheet.today


def _named(sheet: Sheet) -> Iterator[tuple[str, str, Span | None]]:
    """Every body that is addressed, ordered or sent a copy."""
    for number, name in enumerate(sheet.paper.recipients, 1):
        at = sheet.paper.front.find(name)
        yield f"Kính gửi, dòng {number}", name, Span("front", at, at + len(name)) if at >= 0 else None
    for demand in sheet.demands:
        if demand.addressed and demand.label:
            at = sheet.paper.body.find(demand.addressed, demand.start, demand.end)
            span = Span("body", at, at + len(demand.addressed)) if at >= 0 else None
            yield f"mục {demand.label}", demand.addressed, span
    for number, name in enumerate(sheet.paper.noi_nhan, 1):
        at = sheet.paper.foot.find(name)
        yield f"Nơi nhận, dòng {number}", name, Span("foot", at, at + len(name)) if at >= 0 else None


@rule("district", ERROR, "chính quyền địa phương hai cấp từ 01/07/2025")
def district(sheet: Sheet) -> Iterator[Remark]:
    """After 30/06/2025 there is no district level to address."""
    day = _day(sheet)
    if not day or day <= DISTRICTS_END:
        return
    for where, name, span in _named(sheet):
        found = _DISTRICT.search(name)
        if found and (found[0].lower() not in ("tx", "tt") or name.lower().startswith("ubnd")):
            message = f"Cấp huyện đã kết thúc hoạt động; “{_short(name)}” thay bằng nơi nhận cấp xã, phường, đặc khu"
            yield Remark(where, message, span)


@rule("body-gone", WARNING, "sắp xếp tổ chức bộ máy từ 01/03/2025")
def body_gone(sheet: Sheet) -> Iterator[Remark]:
    """After 01/03/2025 the Sở and the Bộ Thông tin và Truyền thông are no longer addressed."""
    day = _day(sheet)
    if not day or day < MERGER:
        return
    for where, name, span in _named(sheet):
        for old, new in _GONE.items():
            if old.lower() in name.lower():
                yield Remark(where, f"“{old}” đã hợp nhất vào {new}", span)


@rule("body-unknown", WARNING, "danh mục đơn vị và nhóm nơi nhận", needs="registry")
def body_unknown(sheet: Sheet) -> Iterator[Remark]:
    """Every addressee is a unit or a group that the province knows by that name."""
    known = {_bare(name) for name in sheet.registry.bodies}
    for number, name in enumerate(sheet.paper.recipients, 1):
        if _bare(name) not in known:
            at = sheet.paper.front.find(name)
            span = Span("front", at, at + len(name)) if at >= 0 else None
            message = f"“{_short(name)}” không khớp với đơn vị hoặc nhóm nào trong danh mục"
            yield Remark(f"Kính gửi, dòng {number}", message, span)


def _bare(name: str) -> str:
    return " ".join(_PLAIN.sub("", fold(name).strip(" .;,")).replace("uy ban nhan dan", "ubnd").split())


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77].rstrip()}…"
