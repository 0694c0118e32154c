"""Who is addressed against who is ordered, and who must stand duty against who must send a roster."""

import re
from collections.abc import Iterator

from directives.paper.check.rule import WARNING, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.demands import Demand
from directives.paper.model import Span
from directives.paper.text import fold

_WHERE = re.compile(r"\b(?:dong )?tren dia ban\b.*$|\(.*?\)")
_GENERAL_WORDS = (
    "cac nhung moi toan bo tat ca don vi co quan doanh nghiep dia phuong to chuc thu truong nguoi dung dau so ban nganh "
    "va cua thuoc tinh truc lien quan duoc giao nhiem vu noi nhan tren neu o muc giam doc lanh dao doan the hoi"
)
_GENERAL = frozenset(_GENERAL_WORDS.split())
_EVERYONE = re.compile(r"^\W*(?:thu truong |lanh dao )?cac (?:co quan|don vi|phong|to chuc)\b.*\bthuoc\b")
_UBND = re.compile(r"\buy ban nhan dan\b")
_OWN = re.compile(
    r"^(?:giao )?(?:phong|van phong|trung tam|thanh tra|chi cuc)\b.*\b(?:so|thuoc so)\b|^(?:so|van phong so)\b"
)
_DUTY = re.compile(
    r"\btrực\s+(?:lãnh đạo|chỉ huy|điều hành|ban|ca|ứng cứu|vận hành|24)|\bchế độ trực\b|\bca trực\b",
    re.IGNORECASE,
)
_ROSTER = re.compile(r"\bdanh sách\b[^.;\n]{0,60}\btrực\b|\b(?:lịch|bảng phân công|phương án) trực\b", re.IGNORECASE)

_REGIME = re.compile(r"\bchế độ báo cáo\b", re.IGNORECASE)


def _tokens(name: str) -> frozenset[str]:
    if _EVERYONE.match(fold(name)):
        return frozenset()
    plain = _UBND.sub("ubnd", _WHERE.sub(" ", fold(name)))
    return frozenset(re.findall(r"[a-z]+", plain)) - _GENERAL


def _parts(name: str) -> list[frozenset[str]]:
    return [_tokens(part) for part in re.split(r";", name) if part.strip()]


def same_body(one: str, other: str) -> bool:
    """The two names may mean the same: all that sets one apart is in the other, or most of it. A general name
    ("các đơn vị") is the same as any."""
    for left in _parts(one):
        for right in _parts(other):
            if left <= right or right <= left:
                return True
            common = left & right
            if len(common) * 5 >= len(left | right) * 2 or ("ubnd" in common and len(common) > 1):
                return True
    return False


def _owners(sheet: Sheet) -> list[Demand]:
    return [each for each in sheet.demands if each.label and each.addressed]


@rule("addressee-idle", WARNING, "đối chiếu Kính gửi với nội dung")
def addressee_idle(sheet: Sheet) -> Iterator[Remark]:
    """Every addressee has something to do: a demand of its own, or one that binds all."""
    listed = [each for each in sheet.demands if each.label]
    owners = _owners(sheet)
    several = sheet.kind == "công văn" and len(sheet.paper.recipients) > 1
    if not several or not owners or len(owners) < len(listed):
        return
    for number, name in enumerate(sheet.paper.recipients, 1):
        if not any(same_body(name, each.addressed) for each in owners):
            message = f"“{_short(name)}” ở Kính gửi nhưng không có yêu cầu nào giao cho nơi này"
            yield Remark(f"Kính gửi, dòng {number}", message, _front(sheet, name))


@rule("owner-unaddressed", WARNING, "đối chiếu Kính gửi với nội dung")
def owner_unaddressed(sheet: Sheet) -> Iterator[Remark]:
    """Whoever is given a demand is among the addressees."""
    if sheet.kind != "công văn" or not sheet.paper.recipients:
        return
    for demand in _owners(sheet):
        if _OWN.match(fold(demand.addressed)) or any(
            same_body(demand.addressed, each) for each in sheet.paper.recipients
        ):
            continue
        first = demand.text.split("\n", 1)[0]
        span = Span("body", demand.start, demand.start + len(first))
        message = f"“{_short(demand.addressed)}” được giao việc nhưng không có ở Kính gửi"
        yield Remark(f"mục {demand.label}", message, span)


def _holders(sheet: Sheet, pattern: re.Pattern) -> Iterator[tuple[Demand, Span, str | None]]:
    """The tasks that match, each with who must do it; None means everyone addressed."""
    for demand in sheet.demands:
        for task in sheet.tasks(demand):
            if pattern.search(task.text):
                yield demand, task.span, demand.addressed


@rule("duty-unreported", WARNING, "đối chiếu yêu cầu trực với yêu cầu báo cáo")
def duty_unreported(sheet: Sheet) -> Iterator[Remark]:
    """Whoever must stand duty must also send a roster: else nobody will know who is on duty."""
    if sheet.kind == "công điện" or "trực" not in sheet.lower:
        return
    rosters = list(_holders(sheet, _ROSTER))
    senders = [owner for _, _, owner in rosters]
    if None in senders:
        return
    seen = {span for _, span, _ in rosters}
    for demand, span, owner in _holders(sheet, _DUTY):
        if span in seen or _REGIME.search(sheet.paper.body, span.start, span.end):
            continue
        bound = [owner] if owner else list(sheet.paper.recipients) or ["các đơn vị"]
        silent = [name for name in bound if not any(same_body(name, sender) for sender in senders)]
        if silent:
            names = "; ".join(_short(name) for name in silent)
            message = f"Phải trực nhưng không có yêu cầu gửi danh sách, lịch trực: {names}"
            yield Remark(f"mục {demand.label}" if demand.label else sheet.where(span), message, span)


def _front(sheet: Sheet, name: str) -> Span | None:
    at = sheet.paper.front.find(name)
    return Span("front", at, at + len(name)) if at >= 0 else None


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77].rstrip()}…"
