"""Where a day of the old occasion lands in the new one, and why.

Tết moves by the lunar calendar, an election by its statutory days and else by the distance from election day, Quốc khánh by
the year, everything else by the distance from D-day. A day too far from the occasion belongs to something else and stays.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from directives.moving.model import OccasionDates
from directives.paper.text import fold
from plans.calendar.election import is_nationwide, law_for
from plans.calendar.holidays import NO_OVERRIDES, Overrides, days_off_around, notice_of
from plans.calendar.labels import day_label
from plans.calendar.lunar import lunar_of, solar_of

# Days before and after D-day within which a date belongs to the occasion. The first act of an election lies 115 days before.
REACH = {"election": (150, 60), "tet": (90, 45), "national_day": (90, 45), "other": (60, 60)}
FIRST_YEAR, LAST_YEAR = 1968, 2090
_FIXED = {
    (1, 1),
    (3, 2),
    (8, 3),
    (26, 3),
    (30, 4),
    (1, 5),
    (7, 5),
    (19, 5),
    (27, 7),
    (19, 8),
    (2, 9),
    (10, 10),
    (22, 12),
}
_OF_THE_YEAR = {(1, 1), (31, 12)}
_CELEBRATED = re.compile(
    r"\b(?:kỷ\s+niệm|thành\s+lập|lễ|quốc\s+khánh|quốc\s+tế|giải\s+phóng|truyền\s+thống|ngày\s+sinh|chiến\s+thắng|cách\s+mạng)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"\bnghỉ\b", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)
_COMMON = frozenset(fold("bầu cử ngày và các của ở cho danh sách công bố người thành lập những đại biểu").split())


@dataclass(frozen=True)
class Landing:
    """The new day with its reason; `note` is what somebody should know besides."""

    on: date
    why: str
    note: str = ""
    belongs: bool = True


def offset_label(days: int) -> str:
    """`D-7`, `D`, `D+3`."""
    return f"D{days:+d}" if days else "D"


class Shift:
    """From one occasion to another of its kind; `overrides` are the days off as decided.

    Refuses (ValueError) years the lunar calendar does not cover."""

    def __init__(self, old: OccasionDates, new: OccasionDates, overrides: Overrides = NO_OVERRIDES) -> None:
        for dates in (old, new):
            if not FIRST_YEAR <= dates.d_day.year <= LAST_YEAR:
                raise ValueError(f"Ngày chính {day_label(dates.d_day)} nằm ngoài lịch của hệ thống.")
        self.old, self.new, self.kind = old, new, new.kind
        self.years = new.d_day.year - old.d_day.year
        self._off = {}
        if self.kind in ("tet", "national_day"):
            runs = (days_off_around(each.d_day, overrides) for each in (old, new))
            self._off = dict(zip(*runs, strict=True))
        self._before, self._after = REACH[self.kind]
        self._old_law = self._new_law = ()
        if self.kind == "election" and is_nationwide(old.d_day) and is_nationwide(new.d_day):
            self._old_law, self._new_law = law_for(old.d_day).offsets, law_for(new.d_day).offsets

    def belongs(self, day: date) -> bool:
        return -self._before <= (day - self.old.d_day).days <= self._after

    def nearest(self, day: int, month: int, to: date | None = None) -> date | None:
        """The day meant where no year is written: the one nearest to the old D-day, or `to`; None when there is none such."""
        to = to or self.old.d_day
        year, found = to.year, []
        for each in (year - 1, year, year + 1):
            try:
                found.append(date(each, month, day))
            except ValueError:
                continue
        return min(found, key=lambda one: abs(one - to), default=None)

    def same_day(self, day: date) -> date:
        """The same day and month, as many years later as the occasions lie apart; 29/02 becomes 28/02."""
        try:
            return day.replace(year=day.year + self.years)
        except ValueError:
            return day.replace(year=day.year + self.years, day=28)

    def land(self, day: date, sentence: str = "") -> Landing:
        """`sentence` is what stands around the date: it tells a day of remembrance and which act of the law is meant."""
        if not self.belongs(day):
            far = abs((day - self.old.d_day).days)
            return Landing(day, f"cách ngày chính cũ {far} ngày, không thuộc đợt", belongs=False)
        if day in self._off and _REST.search(sentence):
            decided = notice_of(self.new.d_day.year) is not None
            note = "" if decided else f"lịch nghỉ năm {self.new.d_day.year} chưa công bố, hệ thống ước tính"
            return Landing(self._off[day], "ngày đầu hoặc ngày cuối của kỳ nghỉ", note)
        if (day.day, day.month) in _OF_THE_YEAR:
            return Landing(self.same_day(day), "cuối năm" if day.month == 12 else "đầu năm")
        if (day.day, day.month) in _FIXED and self.kind != "election" and _CELEBRATED.search(sentence):
            return Landing(self.same_day(day), f"cố định {day.day:02d}/{day.month:0{2 if day.month < 3 else 1}d}")
        if self.kind == "tet":
            return self._lunar(day)
        if self.kind == "election":
            return self._statutory(day, sentence)
        if self.kind == "national_day" and (day.day, day.month) == (2, 9):
            return Landing(self.same_day(day), "cố định 02/9")
        return self._counted(day)

    def lunar(self, number: int, month: int) -> tuple[date, date, int] | None:
        """The old and the new day of a lunar day written in words, and its number now: a 30th that does not exist is the 29th.
        None for a day that the old year did not have."""
        year = lunar_of(self.old.d_day).year - (month >= 10 and self.old.d_day.month <= 4)
        try:
            old = solar_of(number, month, year)
        except ValueError:
            return None
        new, landed = self._of_lunar_year(number, month, year + self._lunar_years())
        return old, new, landed

    def _lunar_years(self) -> int:
        return lunar_of(self.new.d_day).year - lunar_of(self.old.d_day).year

    @staticmethod
    def _of_lunar_year(number: int, month: int, year: int) -> tuple[date, int]:
        try:
            return solar_of(number, month, year), number
        except ValueError:
            return solar_of(29, month, year), 29

    def _counted(self, day: date) -> Landing:
        offset = day - self.old.d_day
        return Landing(self.new.d_day + offset, offset_label(offset.days))

    def _lunar(self, day: date) -> Landing:
        was, after = lunar_of(day), lunar_of(day + _ONE_DAY)
        if (after.day, after.month) == (1, 1):
            new = self._of_lunar_year(1, 1, after.year + self._lunar_years())[0] - _ONE_DAY
            number = lunar_of(new).day
            note = "" if number == was.day else f"tháng Chạp này có {number} ngày, tháng Chạp trước có {was.day} ngày"
            return Landing(new, f"giao thừa ({offset_label((new - self.new.d_day).days)})", note)
        new, number = self._of_lunar_year(was.day, was.month, was.year + self._lunar_years())
        words = str(lunar_of(new))
        note = "" if number == was.day else f"tháng này lần này chỉ có 29 ngày, không có ngày {was.day}"
        return Landing(new, f"{words} ({offset_label((new - self.new.d_day).days)})", note)

    def _statutory(self, day: date, sentence: str) -> Landing:
        plain = self._counted(day)
        offset = (day - self.old.d_day).days
        words = set(fold(sentence).split()) - _COMMON
        now = {act.code: act for act in self._new_law}
        acts = [act for act in self._old_law if act.days == offset and act.code in now]
        if not acts:
            return plain
        shared = {act.code: len(words & (set(fold(act.label).replace(",", "").split()) - _COMMON)) for act in acts}
        act = max(acts, key=lambda each: shared[each.code])
        new = now[act.code]
        on = self.new.d_day + timedelta(days=new.days)
        if new.days == offset:
            return Landing(on, f"{plain.why}, mốc luật định: {act.label}")
        if shared[act.code] >= 2:
            return Landing(on, f"{offset_label(new.days)}, mốc luật định: {act.label} (luật cũ {plain.why})")
        note = f"trùng mốc luật định “{act.label}”; theo luật hiện hành mốc này là {day_label(on)}"
        return Landing(plain.on, plain.why, note)
