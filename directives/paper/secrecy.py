"""Marks of state secrecy. A paper that bears one may not enter the system at all, so this runs before anything is kept."""

import re

from directives.paper.front import find_front
from directives.paper.text import clean, is_caps, split_lines

_MARK = re.compile(
    r"^[\W\d_]*(?:(?:độ|mức độ|dấu độ)\s+mật\s*:?\s*)?(?P<mark>tuyệt\s+mật|tối\s+mật|mật)[\W_]*$", re.IGNORECASE
)
_LABELLED = re.compile(r"^\W*(?:độ|mức độ|dấu độ)\s+mật\s*:", re.IGNORECASE)
_AREA = 40
_HEAD = 20_000


def secrecy_mark(text: str) -> str | None:
    """`MẬT`, `TỐI MẬT` or `TUYỆT MẬT` standing alone in the head of the paper; the word in a sentence is no mark.

    A column of its own counts as standing alone. In small letters it counts only with its label ("Độ mật: Mật").
    """
    if "mật" not in clean(text[:_HEAD]).lower():
        return None
    lines = split_lines(text[:_HEAD])
    front = find_front(lines)
    reach = max([front.end, front.send or 0, front.kind or 0, front.call or 0]) + 6
    for line in lines[: max(reach, min(_AREA, len(lines)) // 2)]:
        for cell in line.cells:
            found = _MARK.match(cell)
            if found and (is_caps(found["mark"]) or _LABELLED.match(cell) or found["mark"][0].isupper()):
                return " ".join(found["mark"].upper().split())
    return None
