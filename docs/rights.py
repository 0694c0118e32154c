"""Writes docs/rights.md: the table of rights in words, with its size. `python -m docs.rights`."""

import os
from itertools import groupby
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.rights.table import addresses, table  # noqa: E402 – they ask for the apps
from config.rights.words import for_everybody  # noqa: E402
from tests.crawl.specimens import ASKED, COUNTS, PEOPLE  # noqa: E402
from units.states import Role  # noqa: E402

PAGE = Path(__file__).with_name("rights.md")
_HEAD = """# Ai được làm gì

Trang này do `python -m docs.rights` viết từ `config/rights/table.txt`, chính là bảng mà phần mềm dùng để chặn, trang
`/he-thong/quyen/` dùng để hiện và bộ kiểm thử dùng để hỏi; một kiểm thử từ chối trang đã cũ.

| Cỡ của bảng | |
|---|---|
| Địa chỉ của phần mềm | {addresses} |
| Địa chỉ không có trong bảng | {unlisted} |
| Vai trò | {roles} |
| Người được thử: mỗi vai trò ở đơn vị mình và đơn vị khác, người không có, chưa có, hết vai trò, người xử lý thay | {people} |
| Loại bản ghi × tình trạng có mẫu thử | {objects} loại, {specimens} mẫu |
| Địa chỉ × mẫu (mỗi địa chỉ với từng mẫu của nó) | {pairs} |
| Câu hỏi: người × địa chỉ × mẫu × (GET, POST), trên mỗi hệ quản trị dữ liệu | {questions} |

Người bị từ chối không được ghi một dòng nào vào cơ sở dữ liệu; việc làm sai bước cũng vậy: mỗi câu hỏi đều kiểm điều đó
(lượt xem văn bản thì luôn được ghi). Mỗi địa chỉ không công khai còn được hỏi khi chưa đăng nhập và bằng tài khoản đã khóa:
luôn về trang đăng nhập. *Như không có*: trả lời 404, giống hệt một địa chỉ không tồn tại; *bị từ chối*: 403. Ai xử lý thay
người vắng mặt có vai trò của người ấy, trừ vai trò quản trị.
"""


def size():
    """The figures of the page."""
    lines, known = table()[1], dict(addresses())
    asked = [lines[name] for name in ASKED]
    pairs = sum(COUNTS[line.object.name] if line.object and known[line.name] else 1 for line in asked)
    return {
        "addresses": len(known),
        "unlisted": len(known.keys() - lines.keys()),
        "roles": len(Role.values),
        "people": len(PEOPLE),
        "objects": len(COUNTS),
        "specimens": sum(COUNTS.values()),
        "pairs": pairs,
        "questions": f"{pairs * 2 * len(PEOPLE):,}".replace(",", "."),
    }


def page():
    """The whole page as it should stand."""
    parts = [_HEAD.format(**size())]
    for group, lines in groupby(table()[1].values(), key=lambda line: line.group):
        parts.append(
            f"## {group}\n\n| Việc | Địa chỉ | Mở xem (GET) | Làm (POST) | Khi | Người khác |\n|---|---|---|---|---|---|"
        )
        parts.append("\n".join(map(_row, lines)) + "\n")
    return "\n".join(parts)


def _row(line):
    said = for_everybody(line)
    return f"| {line.words} | `{line.name}` | {said.get} | {said.post} | {said.when} | {said.otherwise} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
