"""The 34 provinces and 3,321 communes of the two-tier government (in force from 01/07/2025): names and public codes.

`data/divisions.csv` holds facts only: the names of NQ 202/2025/QH15 and of the resolutions on communes of June 2025, with the
area codes of the statistics office, as published in the package vietnam-provinces 2025.10.1 (read 22/11/2026).
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from units.text import fold

TWO_TIERS_SINCE = date(2025, 7, 1)
_DATA = Path(__file__).parent / "data" / "divisions.csv"
_COMMON_NOUNS = ("Tỉnh", "Thành phố", "Xã", "Phường", "Đặc khu")


@dataclass(frozen=True)
class Division:
    """A province (two digits) or a commune (five digits); `name` begins with what it is: `Phường Trà Vinh`."""

    code: str
    name: str

    @property
    def committee(self) -> str:
        """Its people's committee, the common noun in small letters (NĐ 30/2020 PL II.III.2): `Ủy ban nhân dân phường Trà Vinh`.

        `Thành phố Hồ Chí Minh` keeps its capital; other names of persons or events are not known as such here."""
        name = self.name
        if name != "Thành phố Hồ Chí Minh":
            name = name[:1].lower() + name[1:]
        return f"Ủy ban nhân dân {name}"

    @property
    def proper(self) -> str:
        """The name alone: `Vĩnh Long`."""
        noun = next(noun for noun in _COMMON_NOUNS if self.name.startswith(f"{noun} "))
        return self.name[len(noun) + 1 :]


@cache
def provinces() -> tuple[Division, ...]:
    """In the order of their codes."""
    return tuple(Division(row["province"], row["name"]) for row in _rows() if not row["code"])


@cache
def communes(province: str) -> tuple[Division, ...]:
    """The communes of a province by its code, in the order of theirs; none for a code nobody has."""
    return tuple(Division(row["code"], row["name"]) for row in _rows() if row["code"] and row["province"] == province)


def find_province(said: str) -> Division | None:
    """By its code or its name, with or without `tỉnh`, accents and capitals."""
    wanted = fold(said).strip()
    for each in provinces():
        if wanted in (each.code, fold(each.name), fold(each.proper)):
            return each
    return None


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
