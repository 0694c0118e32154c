"""What people write in a cell: texts, days, yes and no. Tolerant; what is not understood is None."""

import re
from datetime import date, datetime, time, timedelta

from units.text import fold, tidy

FIRST_SERIAL, LAST_SERIAL = 36526, 73415  # Excel's numbers of 01/01/2000 and 31/12/2100
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the calendar, of no zone
BROKEN = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})  # what a formula came to
_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_ANSWERS = {True: "co|x|yes|true|1|dung|v", False: "khong|no|false|0|sai|k"}
ANSWERS = {word: answer for answer, words in _ANSWERS.items() for word in words.split("|")}


def text_of(value):
    """A cell as one line of text: a whole number without its ".0", a day as people write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" + (f" {value:%H:%M}" if value.time() != time.min else "")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return tidy(str(value))


def day_of(value, near=None):
    """The day in a cell; without a year the one nearest to `near`, None where no such day is given."""
    if isinstance(value, datetime):
        return value.date() if value.year > 1900 else None
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (EPOCH + timedelta(days=int(value))).date() if FIRST_SERIAL <= value <= LAST_SERIAL else None
    if not isinstance(value, str):
        return None
    if found := _ISO.search(value):
        return _date(*map(int, found.groups()))
    if not (found := _DATE.search(value)):
        return None
    day, month, year = found.groups()
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    if near is None:
        return None
    years = (near.year - 1, near.year, near.year + 1)
    days = [found for found in (_date(year, int(month), int(day)) for year in years) if found]
    return min(days, key=lambda day: abs(day - near), default=None)


def _date(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def answer_of(text):
    """Yes or no as offices write them; None for anything else."""
    return ANSWERS.get(fold(text).strip(" ."))
