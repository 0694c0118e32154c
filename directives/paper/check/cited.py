"""The papers a text rests on and mentions: how they are named, and whether they can be right (PL I.II.6)."""

import re
from collections.abc import Iterator

from directives.paper.check.facts import KnownBasis
from directives.paper.check.head import ABBREVIATIONS
from directives.paper.check.rule import ERROR, HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.model import Basis, Span
from directives.paper.words import SYMBOL_KINDS

_LAW = re.compile(r"^(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh)\b")
_NO_NUMBER = re.compile(
    r"^(?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Công văn|Kế hoạch|Công điện|Thông báo|Hướng dẫn)\b(?!\s+này)"
)
_LAW_NUMBER = re.compile(
    r"^(?:Luật|Pháp lệnh)\s+(?!số\b)(?:(?!\bLuật\b|\bPháp lệnh\b)[^;\n]){1,160}?(?P<cut>,?\s+số\s+\d+/\d{4}/(?:QH|UBTVQH)\d+)"
)
_DATED = re.compile(r"\bngày\b")
_ISSUER = re.compile(r"\s(?:của|do)\s|/(?:QĐ-TTg|CT-TTg|CĐ-TTg|QH\d+|UBTVQH\d+|CP)\b|/NĐ-CP|-CP\b|/TT-\w|-TTg\b|-BCT\b")
_PREAMBLE = re.compile(r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị)\s")
_YEAR = re.compile(r"^\d+/(?P<year>(?:19|20)\d\d)/")
_KINDS = (*(kind for kind in ABBREVIATIONS if kind != "kết luận"), "công văn")
_CITED = re.compile(r"\bsố\s*\d+[a-zA-Z]?(?:/\d{4})?\s*[/-]\s*(?P<symbol>[A-ZĐ]\w*)")
_FULL = re.compile(
    r"\b(?P<kind>Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Công văn|Kế hoạch|Công điện|Thông báo|Hướng dẫn)"
    r"\s+số\s+(?P<number>\d[\wĐđ./-]*[\wĐđ])(?=(?P<tail>[^;\n]{0,120}))"
)
_SAID_BEFORE = re.compile(
    r"\b(?:Bộ|Sở|Ủy ban|Uỷ ban|UBND|HĐND|Cục|Văn phòng|Chính phủ|Thủ tướng|Ban|Tỉnh ủy|Thành ủy|Hội đồng|Quốc hội)\b[^.;\n]{0,80}"
    r"\b(?:tại|có|bằng)\s$"
)
_LOOSE_SYMBOL = re.compile(r"\bsố\s+(?P<number>\d+(?:/\d{4})?(?:\s*[/-]\s*[A-ZĐ][\wĐđ]*)+)(?=[\s,.;)])")
_MORE = re.compile(r"^,?\s*(?:và\s+)?(?:số\s+)?\d+\s*[/-]\s*[A-ZĐ]")
_DAY = re.compile(r"^,?\s*ngày\s+\d{1,2}(?:/\d{1,2}/\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4})")


def _span(basis: Basis) -> Span:
    return Span("body", basis.start, basis.end)


@rule("basis-number", WARNING, "NĐ 30/2020 PL I.II.6.a")
def basis_number(sheet: Sheet) -> Iterator[Remark]:
    """A cited paper that is no law is named with its number and symbol."""
    for basis in sheet.paper.bases:
        if not basis.number and not _LAW.match(basis.text) and _NO_NUMBER.match(basis.text):
            yield Remark("căn cứ", f"Căn cứ chưa ghi số, ký hiệu: “{_short(basis.text)}”", _span(basis))


@rule("basis-date", WARNING, "NĐ 30/2020 PL I.II.6.a")
def basis_date(sheet: Sheet) -> Iterator[Remark]:
    """A cited paper that is no law is named with its day."""
    for basis in sheet.paper.bases:
        if basis.number and not basis.date_iso and not _LAW.match(basis.text) and not _DATED.search(basis.text):
            yield Remark("căn cứ", f"Căn cứ “{_short(basis.text)}” chưa ghi ngày ban hành", _span(basis))


@rule("basis-issuer", WARNING, "NĐ 30/2020 PL I.II.6.a")
def basis_issuer(sheet: Sheet) -> Iterator[Remark]:
    """A cited paper that is no law is named with the body that issued it."""
    for basis in sheet.paper.bases:
        if basis.number and not _LAW.match(basis.text) and not _ISSUER.search(basis.text):
            yield Remark("căn cứ", f"Căn cứ “{_short(basis.text)}” chưa ghi cơ quan ban hành", _span(basis))


@rule("law-number", WARNING, "NĐ 30/2020 PL I.II.6.a")
def law_number(sheet: Sheet) -> Iterator[Remark]:
    """A Luật or Pháp lệnh is cited without number, symbol and issuer."""
    for basis in sheet.paper.bases:
        found = _LAW_NUMBER.match(basis.text)
        if found:
            span = Span("body", basis.start + found.start("cut"), basis.start + found.end("cut"))
            yield Remark("căn cứ", "Viện dẫn luật, pháp lệnh không ghi số, ký hiệu", span, "")


@rule("basis-marks", WARNING, "NĐ 30/2020 PL I.II.6.a")
def basis_marks(sheet: Sheet) -> Iterator[Remark]:
    """Each basis on a line of its own ends with a semicolon, the last with a full stop."""
    lines = []
    for each in sheet.opening:
        if _PREAMBLE.match(each.text) and len(each.text) < 600 and ". " not in each.text:
            lines.append(each)
        elif lines:
            break
    if len(lines) < 2 or sheet.kind == "công văn":
        return
    for at, each in enumerate(lines):
        wanted = "." if at == len(lines) - 1 else ";"
        if not each.text.endswith(wanted) and not each.text.endswith(":"):
            bare = each.text.rstrip(" .;,")
            span = Span("body", each.span.start + len(bare), each.span.end)
            what = "Căn cứ cuối cùng kết thúc bằng dấu chấm" if wanted == "." else "Sau mỗi căn cứ có dấu chấm phẩy"
            yield Remark("căn cứ", what, span, wanted)


@rule("basis-after", ERROR, "NĐ 30/2020 PL I.II.6.a")
def basis_after(sheet: Sheet) -> Iterator[Remark]:
    """A paper cannot rest on one that was issued after it."""
    if not sheet.issued:
        return
    for basis in sheet.paper.bases:
        if basis.date_iso and basis.date_iso > sheet.issued[1].isoformat():
            message = f"Căn cứ “{_short(basis.text)}” ghi ngày sau ngày của chính văn bản này"
            yield Remark("căn cứ", message, _span(basis))


@rule("basis-year", ERROR, "NĐ 30/2020 PL I.II.6.a")
def basis_year(sheet: Sheet) -> Iterator[Remark]:
    """The year within a number (15/2020/NĐ-CP) is the year of its day."""
    for basis in sheet.paper.bases:
        year = _YEAR.match(basis.number or "")
        if year and basis.date_iso and basis.date_iso[:4] != year["year"]:
            message = f"Số {basis.number} là văn bản năm {year['year']} nhưng ngày ghi năm {basis.date_iso[:4]}"
            yield Remark("căn cứ", message, _span(basis))


@rule("basis-superseded", WARNING, "NĐ 30/2020 PL I.II.6.a; sổ căn cứ", needs="registry")
def basis_superseded(sheet: Sheet) -> Iterator[Remark]:
    """No basis is registered as replaced before the day of the paper."""
    last = sheet.issued[1] if sheet.issued else sheet.today
    for basis in sheet.paper.bases:
        for known in _registered(sheet, basis):
            if last and known.superseded_on and known.superseded_on <= last:
                by = f", thay bằng {known.superseded_by}" if known.superseded_by else ""
                message = f"Căn cứ {known.number} đã hết hiệu lực từ ngày {known.superseded_on:%d/%m/%Y}{by}"
                yield Remark("căn cứ", message, _span(basis))
                break


@rule("basis-misdated", ERROR, "NĐ 30/2020 PL I.II.6.a; sổ căn cứ", needs="registry")
def basis_misdated(sheet: Sheet) -> Iterator[Remark]:
    """A basis bears the day under which it is registered; numbers begin anew each year, so only that year's is compared."""
    for basis in sheet.paper.bases:
        days = {known.date_iso for known in _registered(sheet, basis) if known.date_iso}
        if basis.date_iso and days and basis.date_iso not in days:
            day = min(days)
            right = f"{day[8:]}/{day[5:7]}/{day[:4]}"
            yield Remark("căn cứ", f"{basis.number} ban hành ngày {right} theo sổ căn cứ", _span(basis))


def _registered(sheet: Sheet, basis: Basis) -> list[KnownBasis]:
    """The registered papers of that number, of the same year when the basis names one."""
    year = basis.date_iso[:4] if basis.date_iso else None
    found = sheet.registered.get(basis.number or "", ())
    return [each for each in found if not year or not each.date_iso or each.date_iso[:4] == year]


@rule("symbol-cited", ERROR, "NĐ 30/2020 PL III.I")
def symbol_cited(sheet: Sheet) -> Iterator[Remark]:
    """The symbol of a cited paper fits the kind it is called by."""
    for found in _CITED.finditer(sheet.paper.body):
        meant = SYMBOL_KINDS.get(found["symbol"])
        if not meant or meant == "kết luận":
            continue
        before = sheet.lower[max(0, found.start() - 20) : found.start()].rstrip()
        said = next((kind for kind in _KINDS if before.endswith(kind)), meant)
        if said != meant:
            span = Span("body", found.start() - len(said) - 1, found.end())
            message = f"“{said.capitalize()} {found[0]}”: ký hiệu {found['symbol']} là của {meant}, không phải {said}"
            yield Remark(sheet.where(span), message, span)


@rule("cited-spaces", HINT, "NĐ 30/2020 PL I.II.3.c")
def cited_spaces(sheet: Sheet) -> Iterator[Remark]:
    """No space stands inside the symbol of a cited paper."""
    for found in _LOOSE_SYMBOL.finditer(sheet.paper.body):
        tight = re.sub(r"\s*([/-])\s*", r"\1", found["number"])
        if tight != found["number"]:
            span = Span("body", found.start("number"), found.end("number"))
            yield Remark(sheet.where(span), f"Trong số, ký hiệu không có khoảng trống: “{tight}”", span, tight)


@rule("citation-full", HINT, "NĐ 30/2020 PL I.II.6.b")
def citation_full(sheet: Sheet) -> Iterator[Remark]:
    """The first citation in the text is full: kind, number, day, issuer and trích yếu; later ones are short."""
    if not sheet.kind:
        return
    seen = {basis.number for basis in sheet.paper.bases}
    spans = [(basis.start, basis.end) for basis in sheet.paper.bases]
    for found in _FULL.finditer(sheet.paper.body):
        number = found["number"].rstrip(".")
        if number in seen:
            continue
        seen.add(number)
        if any(start <= found.start() < end for start, end in spans):
            continue
        told = "ban hành" in sheet.paper.body[max(0, found.start() - 20) : found.start()]
        if told or _MORE.match(found["tail"]):
            continue
        day = _DAY.match(found["tail"])
        rest = found["tail"][day.end() if day else 0 :]
        missing = [] if day else ["ngày ban hành"]
        said = re.match(r"\s+(?:của|do)\s", rest) or _SAID_BEFORE.search(
            sheet.paper.body, max(0, found.start() - 100), found.start()
        )
        if not _ISSUER.search(f" {number}") and not said:
            missing.append("cơ quan ban hành")
        if missing:
            span = Span("body", found.start(), found.end("number") + (day.end() if day else 0))
            message = f"Lần đầu viện dẫn “{found['kind']} số {number}” chưa ghi {' và '.join(missing)}"
            yield Remark(sheet.where(span), message, span)


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:67].rstrip()}…"
