"""What people write in a cell: hours, spans of hours, kinds of duty. Tolerant; what is not understood is None."""

import re
from datetime import datetime, time, timedelta

from plans.states import DutyKind
from units.sheets.values import FIRST_SERIAL, LAST_SERIAL
from units.sheets.values import text_of as plain_text
from units.text import fold, tidy

DAY = 1440  # minutes
_CLOCK = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:(?:h|gio|g|:)\s*(\d{1,2})?(?::\d{2}(?:\.\d+)?)?)\s*(?:phut|p\b|')?")
_LATER = re.compile(r"\b(chieu|toi|dem|pm)\b")
_NEXT_DAY = re.compile(r"hom sau|ngay sau|sang hom sau|hom nay sang mai")
_WHOLE_DAY = re.compile(r"24\s*/\s*24|24\s*/\s*7|ca ngay|nguyen ngay")


def text_of(value):
    """A cell as one line of text: a whole number without its ".0", a day and an hour as people write them."""
    if isinstance(value, datetime) and value.year <= 1900:
        return clock_words(clock_of(value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return clock_words(_minutes(value))
    return plain_text(value)


def clock_words(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(delta):
    return round(delta.total_seconds() / 60)


def clock_of(value):
    """Minutes since midnight, up to 1440 (24:00), of the hour in a cell."""
    if isinstance(value, datetime):
        if value.year <= 1900:  # Excel's 24:00 in a cell made for hours
            return DAY if value.time() == time.min else value.hour * 60 + value.minute
        return value.hour * 60 + value.minute
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if isinstance(value, timedelta):
        minutes = _minutes(value)
        return minutes if 0 <= minutes <= DAY else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        if value == int(value):
            return int(value) * 60 if 0 <= value <= 24 else None
        if value < 1:
            return round(value * DAY) if value > 0 else None
        return _fraction(value)
    if isinstance(value, str):
        clocks = clocks_in(value)
        if len(clocks) == 1:
            return clocks[0]
        if re.fullmatch(r"\d{1,2}", value.strip()) and int(value) <= 24:
            return int(value) * 60
    return None


def clock_beside_day(value):
    """The hour in a cell made for a day, or None where only the day stands there."""
    if isinstance(value, str):
        clocks = clocks_in(value)
        return clocks[0] if len(clocks) == 1 else None
    return clock_of(value) or None


def _fraction(value):
    """The hour of a moment that Excel keeps as a number of days."""
    return round(value % 1 * DAY) % DAY if FIRST_SERIAL <= value <= LAST_SERIAL else None


def clocks_in(text):
    """Every hour of a text, in order: 7h, 7h30, 07:00, 7g30, 19 giờ, 24:00; "tối", "chiều" move it past noon."""
    bare, clocks = fold(text), []
    found = list(_CLOCK.finditer(bare))
    for index, match in enumerate(found):
        hour, minute = int(match[1]), int(match[2] or 0)
        rest = bare[match.end() : found[index + 1].start() if index + 1 < len(found) else len(bare)]
        if _LATER.search(rest) and hour < 12:
            hour += 12
        if minute < 60 and hour * 60 + minute <= DAY:
            clocks.append(hour * 60 + minute)
    return clocks


def span_of(value):
    """The hours of a shift written in one cell, as (from, to, whether the end is said to be on the next day), or None."""
    if not isinstance(value, str):
        return None
    bare = fold(value)
    clocks = clocks_in(value)
    if len(clocks) == 2:
        return clocks[0], clocks[1], bool(_NEXT_DAY.search(bare))
    if _WHOLE_DAY.search(bare) or (not clocks and bare in ("24h", "24 gio")) or clocks == [DAY]:
        return 0, DAY, False
    return None


_LAYER_NAMES = {
    DutyKind.LEADER: "lanh dao|truc lanh dao|chi huy|truc chi huy",
    DutyKind.OPERATIONS: "dieu hanh|truc dieu hanh|chi huy dieu hanh",
    DutyKind.SHIFT: "ca|truc ca",
    DutyKind.RESPONSE: "ung cuu|truc ung cuu|ung cuu thong tin|truc ung cuu thong tin|ucttr|uctt",
    DutyKind.RUNNING: "van hanh|truc van hanh|khai thac|van hanh khai thac|truc van hanh khai thac",
}
LAYERS = {name: kind for kind, names in _LAYER_NAMES.items() for name in names.split("|")}


def layers_of(text):
    """The kinds of duty of a cell, in their usual order, and the words that name none."""
    bare = re.sub(r"\(.*?\)", " ", text)
    kinds, unknown = set(), []
    for part in re.split(r"[;,/+&\n]|\bvà\b|\s-\s", bare):
        if not part.strip(" .-"):
            continue
        if kind := LAYERS.get(fold(part).strip(" .-")):
            kinds.add(kind)
        else:
            unknown.append(tidy(part))
    return [kind.value for kind in DutyKind if kind in kinds], unknown
