"""Prints the model paper of each kind and writes its pages as pictures, with the list of them: `python -m docs.papers`.

Needs no database. `papers.sha256` holds what stood where on the pages: a test prints again and compares, so a picture that no
longer shows what the printer makes is found without drawing one, and on a machine with other libraries too."""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
import pdfplumber

from directives.paper import read
from directives.pdf import render_pdf
from tests.directives.pdf_page import Printed

HERE = Path(__file__).resolve().parent
SUMS = HERE / "papers.sha256"
INDEX = HERE / "README.md"
RESOLUTION = 80
COLOURS = 16
HEAD = """# Văn bản mẫu

Mỗi thể loại văn bản hành chính một bản mẫu, tự soạn (tỉnh Hải Giang và mọi tên người, tên đơn vị đều không có thật), in theo Nghị
định 30/2020/NĐ-CP. Bộ kiểm tra thể thức không có nhận xét nào về các văn bản này. Ảnh và bảng dưới đây do lệnh `python -m docs.papers`
tạo ra từ các tệp `.txt`; muốn in một văn bản: `python manage.py render_paper docs/papers/cong-van.txt --out cong-van.pdf`.

Tệp PDF được WeasyPrint ghi theo dạng PDF/A-3a có gắn thẻ cấu trúc, phông chữ nhúng kèm. Khi làm phần này không có bộ kiểm định PDF/A
nào để dùng, nên sự phù hợp với PDF/A mới chỉ là lời khai của chính tệp, chưa được xác nhận.

| Thể loại | Trích yếu | Văn bản | Trang |
|---|---|---|---|
"""


def models() -> list[Path]:
    """The texts, one a kind."""
    return sorted(HERE.glob("*.txt"))


def sums() -> dict[str, str]:
    """What was printed of each model when the pictures were drawn."""
    lines = SUMS.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def digest(page: Printed) -> str:
    """Of every line its page, place to a tenth of a millimetre, size, style and words; of every rule its place."""
    lines = [
        (line.page, round(line.left, 1), round(line.baseline, 1), line.size, line.style, line.text)
        for line in page.lines
    ]
    rules = [(rule.page, round(rule.left, 1), round(rule.top, 1), round(rule.length, 1)) for rule in page.rules]
    return hashlib.sha256(repr((lines, rules)).encode()).hexdigest()


def main() -> None:
    """Prints, draws, lists; pictures of pages that are no more are removed."""
    rows, printed, drawn = [], [], set()
    for model in models():
        paper = read(model.read_text(encoding="utf-8"))
        rendered = render_pdf(paper)
        pictures = _draw(model.stem, rendered.pdf)
        drawn |= set(pictures)
        printed.append(f"{digest(Printed(rendered.pdf))}  {model.stem}\n")
        links = " ".join(f"[{number}]({picture.name})" for number, picture in enumerate(pictures, 1))
        rows.append(f"| {paper.kind} | {paper.subject or '–'} | [{model.name}]({model.name}) | {links} |\n")
        sys.stdout.write(f"{model.stem}: {rendered.pages}\n")
    for stale in set(HERE.glob("*.png")) - drawn:
        stale.unlink()
    SUMS.write_text("".join(printed), encoding="utf-8")
    INDEX.write_text(HEAD + "".join(rows), encoding="utf-8")


def _draw(name: str, pdf: bytes) -> list[Path]:
    pictures = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            picture = HERE / f"{name}-{number}.png"
            image = page.to_image(resolution=RESOLUTION, antialias=True).original.convert("RGB")
            image.quantize(COLOURS).save(picture, optimize=True)
            pictures.append(picture)
    return pictures


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
