"""Marks of state secrecy, looked for before anything is kept. Pure: text in, the mark out.

The paper of the department has a finer reader of its own, which knows the parts of a paper; this one judges any text.
"""

import re

from units.text import nfc

REFUSED = (
    "{what} mang dấu “{mark}” là tài liệu bí mật nhà nước nên không được đưa vào hệ thống này và chưa được lưu. "
    "Hãy chuyển qua văn thư bảo mật của cơ quan, theo Luật Bảo vệ bí mật nhà nước; "
    "xóa cả bản sao trên máy tính đang nối mạng."
)
_MARK = re.compile(
    r"[\W\d_]*(?P<label>(?:độ|mức độ|dấu độ|dấu)\s+mật\s*:\s*)?(?P<mark>tuyệt\s+mật|tối\s+mật|m\s?ậ\s?t)[\W_]*",
    re.IGNORECASE,
)
_CELLS = re.compile(r"\t|\||\s{2,}")


def standing_mark(text):
    """`MẬT`, `TỐI MẬT` or `TUYỆT MẬT` alone on a line or in a column of it; None otherwise.

    In small letters it counts only after its label ("Độ mật: Mật"); the word in a sentence is no mark.
    """
    for line in nfc(text).splitlines():
        if "ậ" not in line and "Ậ" not in line:  # no mark is without it, and most lines are
            continue
        for cell in (line, *_CELLS.split(line)):
            found = _MARK.fullmatch(cell)
            if found and (found["label"] or found["mark"].isupper()):
                mark = re.sub(r"\s+", " ", found["mark"].upper())
                return "MẬT" if len(mark.replace(" ", "")) == 3 else mark
    return None
