"""Kiểm chứng bản xuất nhật ký của Thông Suốt mà không cần Thông Suốt: python3 kiem_chung.py [tệp .zip hoặc thư mục].

Chỉ dùng thư viện chuẩn của Python 3. Kết thúc bằng 0 khi mọi mắt xích khớp, 1 khi có mắt xích hỏng.
"""

import contextlib
import hashlib
import json
import sys
import zipfile
from pathlib import Path


def opener(place):
    """Cách mở từng tệp trong bản nén hoặc trong thư mục đã giải nén."""
    if place.is_dir():
        return lambda name: (place / name).open("rb")
    return zipfile.ZipFile(place).open


def first_fault(read):
    """(mắt xích hỏng, lý do, số mắt xích đã đối chiếu, số dòng): đọc lại từng dòng theo đúng thứ tự của chuỗi."""
    before, head, checked, rows, tables = None, "", 0, 0, {}
    with contextlib.ExitStack() as opened, read("niem-phong.jsonl") as seals:
        for text in seals:
            seal = json.loads(text)
            if seal["truoc"] != before:
                return seal["so"], "mắt xích đứng trước nó không còn hoặc đã bị thay", checked, rows
            if seal["co_dong"]:
                table = seal["bang"]
                if table not in tables:
                    tables[table] = opened.enter_context(read(f"dong/{table}.jsonl"))
                said = hashlib.sha256(json.dumps([head, table, seal["cot"]]).encode())
                for _ in range(seal["so_dong"]):
                    said.update(tables[table].readline())
                if said.hexdigest() != seal["sha256"]:
                    return seal["so"], f"nội dung các dòng của bảng {table} không khớp", checked, rows
                checked, rows = checked + 1, rows + seal["so_dong"]
            before, head = seal["so"], seal["sha256"]
    return None, head, checked, rows


def main():
    place = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    broken, said, checked, rows = first_fault(opener(place))
    if broken is not None:
        sys.stdout.write(f"HỎNG tại mắt xích {broken}: {said}. Trước đó {checked} mắt xích ({rows} dòng) khớp.\n")
        return 1
    sys.stdout.write(f"KHỚP: {checked} mắt xích với {rows} dòng. Mã của mắt xích cuối:\n{said}\n")
    sys.stdout.write("Đối chiếu mã này với mã đã in hoặc đã gửi cho quản trị vào ngày tương ứng.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
