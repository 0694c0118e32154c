"""The issuing body out of the capital lines of a header (ô 2): the body above it, and the body itself."""

import re

from directives.paper.text import ends_open, fold
from directives.paper.words import BODY_HEADS


def name_agencies(lines: list[str]) -> tuple[str | None, str | None]:
    """Groups capital lines into names: a name begins with the word for a body, unless the line above is unfinished."""
    names: list[str] = []
    for line, below in zip(lines, [*lines, ""][1:], strict=True):
        begins = BODY_HEADS.match(fold(line)) and not _TASK.match(fold(line))
        if names and (not begins or " " not in names[-1] or ends_open(names[-1]) or _hangs(names[-1])):
            names[-1] = f"{names[-1]} {line}"
        elif begins or (below and " " not in line and BODY_HEADS.match(fold(f"{line} {below}"))):
            names.append(line)
    names = [name.strip(" .,;:") for name in names]
    if not names:
        return None, None
    return " ".join(names[:-1]) or None, names[-1]


_TASK = re.compile(r"^phong(?: thu|,? chong)(?![a-z])")
_UNFINISHED = {"BAN CHỈ HUY", "BAN CHỈ ĐẠO", "TIỂU BAN", "BAN TỔ CHỨC", "BAN QUẢN LÝ", "VĂN PHÒNG"}


def _hangs(name: str) -> bool:
    return name in _UNFINISHED or bool(
        re.search(r"(?:^| )(?:VÀ|CỦA|CÁC|VỀ|THUỘC|SỞ|BỘ|ỦY|UỶ|HỘI ĐỒNG|TRUNG TÂM)$|[,\-–&]$", name)
    )
