"""Dates and hours as papers write them, and nothing of what they mean."""

import re
from datetime import date

HOUR = r"(?P<h>[01]?\d|2[0-4])\s*(?:giờ|[hg](?=\d|\s|$|[.,;)])|:(?=\d\d))\s*(?:(?P<mi>[0-5]\d)(?!\d)\s*(?:phút|p(?!\w)|['’′])?)?"

DAY = (
    r"(?P<d>[0-3]?\d)\s*[/.-]\s*(?P<m>[01]?\d)\s*[/.-]\s*(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d2>[0-3]?\d)\s*tháng\s*(?P<m2>[01]?\d)(?!\d)\s*,?\s*năm\s*(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d5>[0-3]?\d)\s*tháng\s*(?P<m5>[01]?\d)\s*/\s*(?P<y5>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d3>[0-3]?\d)\s*/\s*(?P<m3>[01]?\d)(?![\d/])"
    r"|(?P<d4>[0-3]?\d)\s*tháng\s*(?P<m4>[01]?\d)(?!\d)"
)

MONTH = r"(?P<mm>[01]?\d)\s*(?:/|-|,?\s*năm)\s*(?P<my>(?:19|20)\d\d)(?!\d)"

HOURS = re.compile(HOUR, re.IGNORECASE)
HEADER_DATE = re.compile(
    r"ng[àa]y\s*(?P<d>[0-3]?\d|[.…_\s]*)\s*th[áa]ng\s*(?P<m>[01]?\d|[.…_\s]*)\s*n[ăa]m\s*(?P<y>(?:19|20)\d\d|[.…_\s]*\d{0,2}[.…_]*)",
    re.IGNORECASE,
)
HEADER_SLASHED = re.compile(r"ngày\s*(?P<d>[0-3]?\d)\s*/\s*(?P<m>[01]?\d)\s*/\s*(?P<y>(?:19|20)\d\d)", re.IGNORECASE)


EVER = r"(?:hằng|hàng|mỗi)"
WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"


def clock_time(text: str | None) -> str | None:
    """`HH:MM` of the first hour in the text; "2 giờ chiều" is 14:00."""
    found = HOURS.search(text) if text else None
    if not found:
        return None
    hour = int(found["h"])
    late = hour < 12 and text.rstrip().lower().endswith(("chiều", "tối"))
    return f"{hour + 12 * late:02d}:{found['mi'] or '00'}"


def unnamed(pattern: str) -> str:
    """The pattern without its group names, for use where the value is read again later."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def iso(day: str | None, month: str | None, year: str | None) -> str | None:
    """`2020-01-08`; `2020-01` without the day, `01-08` without the year; None for a day that does not exist."""
    if not month or not 1 <= int(month) <= 12:
        return None
    if not day:
        return f"{year}-{int(month):02d}" if year else None
    try:
        found = date(int(year or 2000), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if year else found.isoformat()[5:]


def header_iso(found: re.Match) -> str | None:
    """The date of a paper's own header; a blank day leaves the month, a blank month or year leaves nothing."""
    day, month, year = (found[group].strip(" .…_") for group in "dmy")
    if not month or len(year) != 4:
        return None
    return iso(day, month, year)


def day_iso(found: re.Match) -> str | None:
    """The date of a match of DAY."""
    for suffix in ("", "2", "5"):
        if found["d" + suffix]:
            return iso(found["d" + suffix], found["m" + suffix], found["y" + suffix])
    suffix = "3" if found["d3"] else "4"
    return iso(found["d" + suffix], found["m" + suffix], None)
