"""Names and numbers that belong to an occasion: its name, its year, months and quarters, term and khóa, the lunar year."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from directives.moving.model import Move, Offer
from directives.moving.shift import Shift
from plans.calendar.lunar import can_chi

_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
_Y = r"(?:19|20)\d\d"
_CAN_CHI = rf"(?P<can>{'|'.join(_STEMS)})\s+(?P<chi>{'|'.join(_BRANCHES)}|Tị|Mẹo)\b"
_FEAST = r"(?:Tết(?:\s+Nguyên\s+đán)?|Xuân)"
_LUNAR_YEAR = re.compile(
    rf"\b(?:{_FEAST}\s+)?(?:năm\s+)?{_CAN_CHI}(?:\s*[,(–-]?\s*(?:năm\s+)?(?P<y>{_Y})(?!\d))?", re.IGNORECASE
)
_NAMED_YEAR = re.compile(
    rf"\b(?:{_FEAST}|Dương\s+lịch|Quốc\s+khánh(?:\s+0?2/9)?|bầu\s+cử|dịp\s+lễ)\s*[–-]?\s*(?:năm\s+)?(?P<y>{_Y})(?!\d|\s*[–-]\s*\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"\bnăm\s+(?P<y>{_Y})(?!\d|\s*[–-]\s*\d|/)", re.IGNORECASE)
_OF_A_LAW = re.compile(r"\b(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp|giai đoạn|tầm nhìn)\s[^.,;()\n]*$")
_MONTH = re.compile(rf"\btháng\s+(?P<m>[01]?\d)(?P<s>\s*(?:/|-|,?\s*năm)\s*)(?P<y>{_Y})(?!\d)", re.IGNORECASE)
_BARE_MONTH = re.compile(
    r"\b(?:trong|cuối|đầu|giữa|hết|từ|đến|của|tuần\s+\w+)\s+(?P<all>tháng\s+(?P<m>[01]?\d))(?![\d/.,]\d|\d|/|\s*(?:-|năm\b))",
    re.IGNORECASE,
)
_QUARTER = re.compile(rf"\bquý\s+(?:IV|I{{1,3}}|[1-4])(?:\s*/\s*|,?\s*năm\s+)(?P<y>{_Y})(?!\d)", re.IGNORECASE)
_TERM = re.compile(rf"\bnhiệm\s+kỳ\s+(?P<a>{_Y})(?P<dash>\s*[–-]\s*)(?P<b>{_Y})(?!\d)", re.IGNORECASE)
_KHOA = re.compile(r"\b(?P<word>kh(?:óa|oá))\s+(?P<r>[IVXL]+)\b", re.IGNORECASE)
_ELECTED = re.compile(r"\b(?:Quốc\s+hội|HĐND|Hội\s+đồng\s+nhân\s+dân)\b[^.;\n]*$", re.IGNORECASE)
_STORM = re.compile(r"\b(?:cơn\s+)?bão\s+số\s+\d{1,2}\b", re.IGNORECASE)
_COUNT = re.compile(r"\bkỷ\s+niệm\s+(?:lần\s+thứ\s+)?(?P<n>\d{1,4})(?P<rest>\s*năm|\s*\()", re.IGNORECASE)
_ROMAN = (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
TERM_YEARS = 5


def name_moves(text: str, shift: Shift, renamed: Iterable[tuple[str, str]], *, first: bool) -> Iterator[Move]:
    """`first` are names that hold dates and years themselves, and are to be taken before those; then the rest."""
    if first:
        yield from _literal(text, shift.old.name, shift.new.name, "tên đợt")
        for old, new in renamed:
            yield from _literal(text, old, new, "tên hiện nay")
        yield from _storms(text, shift)
        yield from _lunar_years(text, shift)
        yield from _terms(text, shift)
    else:
        yield from _months(text, shift)
        yield from _years(text, shift)
        yield from _counts(text, shift)


def _move(text: str, start: int, end: int, new: str, what: str, why: str) -> Move:
    old = text[start:end]
    if old.isupper() and len(old) > 5:
        new = new.upper()
    return Move(start, end, old, new, what, why, offers=(Offer(old, "giữ nguyên"),) if new != old else ())


def _put(match: re.Match, **values: str) -> str:
    """The words of a match with some of its groups in other words."""
    text, base = match[0], match.start()
    for name in sorted(values, key=match.start, reverse=True):
        text = text[: match.start(name) - base] + values[name] + text[match.end(name) - base :]
    return text


def _literal(text: str, old: str, new: str, why: str) -> Iterator[Move]:
    """The name where it stands, in capitals or not; its first letter stays as great as it was."""
    if not old or not new or old.casefold() == new.casefold():
        return
    for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", text, re.IGNORECASE):
        great = match[0][0].isupper() and old[0].islower()
        first = new[0].lower() if match[0][0].islower() else new[0].upper() if great else new[0]
        yield _move(text, *match.span(), first + new[1:], "name", why)


def _storms(text: str, shift: Shift) -> Iterator[Move]:
    was, now = (_STORM.search(dates.name) for dates in (shift.old, shift.new))
    if was and now:
        yield from _literal(text, was[0], now[0], "tên đợt")


def _lunar_years(text: str, shift: Shift) -> Iterator[Move]:
    if not shift.years:
        return
    for match in _LUNAR_YEAR.finditer(text):
        year = _year_named(match["can"], match["chi"], shift.old.d_day.year)
        if year is None or abs(year - shift.old.d_day.year) > 1:
            continue
        can, chi = can_chi(year + shift.years).split()
        if match["can"].islower():
            can, chi = can.lower(), chi.lower()
        values = {"can": can, "chi": chi}
        if match["y"]:
            values["y"] = str(int(match["y"]) + shift.years)
        why = "tên đợt" if re.match(_FEAST, match[0], re.IGNORECASE) else "năm âm lịch"
        yield _move(text, *match.span(), _put(match, **values), "name", why)


def _year_named(can: str, chi: str, near: int) -> int | None:
    """The year of that name nearest to `near`; None for a pair that names no year."""
    chi = {"tị": "tỵ", "mẹo": "mão"}.get(chi.lower(), chi.lower())
    return next((year for year in (near, near - 1, near + 1) if can_chi(year).lower() == f"{can.lower()} {chi}"), None)


def _terms(text: str, shift: Shift) -> Iterator[Move]:
    count = round(shift.years / TERM_YEARS)
    if shift.kind != "election" or not count:
        return
    for match in _TERM.finditer(text):
        if int(match["a"]) == shift.old.d_day.year:  # the Party's own terms begin a year earlier
            new = _put(match, a=str(int(match["a"]) + count * TERM_YEARS), b=str(int(match["b"]) + count * TERM_YEARS))
            yield _move(text, *match.span(), new, "term", "nhiệm kỳ tiếp theo")
    for match in _KHOA.finditer(text):
        number = _number(match["r"].upper())
        if number and _ELECTED.search(text, max(0, match.start() - 80), match.start()):
            yield _move(text, *match.span(), _put(match, r=_roman(number + count)), "term", "khóa tiếp theo")


def _number(roman: str) -> int:
    """The number a Roman numeral writes; 0 for letters that write none."""
    total, rest = 0, roman
    for letters, value in _ROMAN:
        while rest.startswith(letters):
            total, rest = total + value, rest[len(letters) :]
    return total if not rest and _roman(total) == roman else 0


def _roman(number: int) -> str:
    letters = ""
    for sign, value in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def _months(text: str, shift: Shift) -> Iterator[Move]:
    """A month goes where its middle goes; a quarter stays the same quarter."""
    for match in _MONTH.finditer(text):
        if 1 <= int(match["m"]) <= 12:
            old = date(int(match["y"]), int(match["m"]), 15)
            landing = shift.land(old)
            if landing.belongs:
                padded = landing.on.month < 3 or (match["m"][0] == "0" and old.month > 2)
                new = _put(match, m=f"{landing.on.month:0{2 if padded else 1}d}", y=str(landing.on.year))
                yield _move(text, *match.span(), new, "month", "tháng tương ứng so với ngày chính")
    for match in _BARE_MONTH.finditer(text):
        middle = shift.nearest(15, int(match["m"])) if 1 <= int(match["m"]) <= 12 else None
        if middle and shift.belongs(middle):
            on = shift.land(middle).on
            if on.month != middle.month:
                new = f"tháng {on.month:02d}" if on.month < 3 else f"tháng {on.month}"
                yield _move(text, *match.span("all"), new, "month", "tháng tương ứng so với ngày chính")
    for match in _QUARTER.finditer(text):
        if shift.years and abs(int(match["y"]) - shift.old.d_day.year) <= 1:
            new = _put(match, y=str(int(match["y"]) + shift.years))
            yield _move(text, *match.span(), new, "year", _years_words(shift.years))


def _years(text: str, shift: Shift) -> Iterator[Move]:
    """Years about the occasion's own; those of a law or of a period of years stay, and are not told."""
    if not shift.years:
        return
    for pattern in (_NAMED_YEAR, _YEAR):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 120) : match.start()]
            if abs(int(match["y"]) - shift.old.d_day.year) <= 1 and not _OF_A_LAW.search(before):
                new = _put(match, y=str(int(match["y"]) + shift.years))
                yield _move(text, *match.span(), new, "year", _years_words(shift.years))


def _years_words(years: int) -> str:
    return "năm sau" if years == 1 else f"thêm {years} năm" if years > 0 else f"lùi {-years} năm"


def _counts(text: str, shift: Shift) -> Iterator[Move]:
    if not shift.years:
        return
    for match in _COUNT.finditer(text):
        end = match.end("n")
        new = text[match.start() : match.start("n")] + str(int(match["n"]) + shift.years)
        yield _move(text, match.start(), end, new, "count", f"số năm kỷ niệm, {_years_words(shift.years)}")
