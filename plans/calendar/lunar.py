"""The Vietnamese lunar calendar (UTC+7), which is not the Chinese one: Tết 2030 is 02/02 here and 03/02 there.

Computed by lunar-vn (Hồ Ngọc Đức's algorithm). Before 1968 the two halves of the country used other rules.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from lunar_vn import convert_lunar_to_solar, convert_solar_to_lunar
from lunar_vn.can_chi import get_year_can_chi

CHAP = 12

_MONTHS = ("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười một", "Chạp")


@dataclass(frozen=True)
class LunarDay:
    """A day of the lunar calendar; `year` is the year in which its first month's first day (Tết) falls."""

    day: int
    month: int
    year: int
    leap: bool = False

    def __str__(self):
        number = f"mùng {self.day}" if self.day <= 10 else str(self.day)
        return f"{number} tháng {_MONTHS[self.month - 1]}{' nhuận' if self.leap else ''}"


def lunar_of(day: date) -> LunarDay:
    found = convert_solar_to_lunar(day.day, day.month, day.year)
    return LunarDay(found.day, found.month, found.year, found.leap)


def solar_of(lunar_day: int, lunar_month: int, lunar_year: int, leap: bool = False) -> date:
    """Refuses a day that does not exist: a 30th of a month of 29 days, a leap month of another year."""
    wanted = LunarDay(lunar_day, lunar_month, lunar_year, leap)
    found = convert_lunar_to_solar(lunar_day, lunar_month, lunar_year, int(leap))
    if lunar_of(found) != wanted:
        raise ValueError(f"Âm lịch không có ngày {wanted} năm {can_chi(lunar_year)} ({lunar_year}).")
    return found


def tet(year: int) -> date:
    """Mùng 1 tháng Giêng."""
    return solar_of(1, 1, year)


def can_chi(year: int) -> str:
    return get_year_can_chi(year)


def days_of_chap(year: int) -> int:
    """29 or 30: the length of the tháng Chạp that ends on the eve of Tết of `year` (29 means there is no 30 Tết)."""
    return lunar_of(tet(year) - timedelta(days=1)).day


def lunar_label(day: date, *, with_year: bool = True) -> str:
    """`28 tháng Chạp năm Ất Tỵ`, or `mùng 2 tháng Giêng` without the year."""
    lunar = lunar_of(day)
    return f"{lunar} năm {can_chi(lunar.year)}" if with_year else str(lunar)
