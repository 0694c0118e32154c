"""What may never happen to a printed paper: a foreign font, a fetched address, other bytes for the same text."""

import hashlib
import json
import os
import subprocess
import sys
import threading
import unicodedata
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from weasyprint.urls import FatalURLFetchingError

from directives.pdf import UnprintableText, render_pdf
from directives.pdf.press import HOME, FontsOnly
from tests.directives.pdf_page import Printed
from tests.directives.pdf_papers import LETTER, PLAN, REPORT, TELEGRAM, with_body

OUR_FONTS = {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic", "Paper-Serif-Bold-Italic"}
ALPHABET = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz "
    "0123456789 “”‘’ – — … § ° ± × ÷ ½ ₫ € № ≥ ≤ ² ³ % & @ # * + = / \\ | ~ ^ _ { } [ ] ( ) < >"
)


def fonts_of(pdf, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    rows = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    return {row.split()[0].split("+")[-1]: row.split()[-5:-2] for row in rows}


@pytest.mark.parametrize("paper", [LETTER, PLAN, TELEGRAM, REPORT], ids=lambda paper: paper.kind)
def test_only_our_fonts_and_all_embedded(paper, tmp_path):
    text = with_body(paper, ALPHABET, ALPHABET.upper(), *paper.body.split("\n"))
    fonts = fonts_of(render_pdf(text).pdf, tmp_path)
    assert set(fonts) <= OUR_FONTS
    assert {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic"} <= set(fonts)
    assert all(row == ["yes", "yes", "yes"] for row in fonts.values())


def test_every_vietnamese_letter_is_printed_and_can_be_copied_out(tmp_path):
    """Letter for letter as it was typed, composed, in justified lines, bold, italic and small too."""
    letters = ALPHABET.split(" ")[0]
    table = f"| STT | Chữ |\n| 1 | {letters}[1] |"
    lines = (
        f"1. *{letters}*",
        ALPHABET,
        f"Số 15/QĐ-UBND ngày 15/02/2027, giai đoạn 2026 - 2030: {ALPHABET.upper()}",
        table,
    )
    paper = with_body(LETTER, f"Căn cứ {letters};", *lines, f"[1] {letters}", "Kết thúc.")
    path = tmp_path / "paper.pdf"
    path.write_bytes(render_pdf(paper).pdf)
    read = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    text = "".join(read.split())
    assert text.count(letters) == 5
    assert "".join(ALPHABET.split()) in text
    assert "".join(ALPHABET.upper().split()) in text
    assert "Số15/QĐ-UBNDngày15/02/2027,giaiđoạn2026-2030:" in text
    assert all(unicodedata.category(char)[0] != "C" for char in text)


def test_decomposed_text_prints_as_composed():
    decomposed = replace(LETTER, subject="ba\u0309o đa\u0309m", agency="Sơ\u0309 Khoa ho\u0323c")
    assert render_pdf(decomposed) == render_pdf(replace(LETTER, subject="bảo đảm", agency="Sở Khoa học"))


def test_it_is_a_tagged_archive_file_in_vietnamese(tmp_path):
    rendered = render_pdf(replace(LETTER, number="5/SKHCN-BCVT"))
    path = tmp_path / "paper.pdf"
    path.write_bytes(rendered.pdf)
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info
    assert "Title:           Công văn số 05/SKHCN-BCVT: bảo đảm thông tin liên lạc" in info
    assert "JavaScript:      no" in info
    meta = subprocess.run(["pdfinfo", "-meta", path], capture_output=True, text=True, check=True).stdout
    assert 'pdfaid:part="3"' in meta or "<pdfaid:part>3" in meta
    assert 'pdfaid:conformance="A"' in meta or "<pdfaid:conformance>A" in meta
    tree = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    assert "H3" in tree
    assert "1. Các doanh nghiệp viễn thông:" in tree


CHILD = """
import hashlib, json, os, sys
import django
django.setup()
from directives.pdf import PaperTable, PrintExtras, render_pdf
from tests.directives.pdf_papers import LETTER, REPORT
table = PaperTable("Tình hình", ("STT", "Đơn vị"), [(str(row), "Xã An Hòa") for row in range(90)])
papers = [render_pdf(LETTER), render_pdf(REPORT, extra=PrintExtras(tables=[table]))]
print(json.dumps([hashlib.sha256(paper.pdf).hexdigest() for paper in papers]))
"""


def test_two_processes_print_the_same_bytes():
    def digests(seed):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", CHILD], env=environment, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout.splitlines()[-1])

    first = digests("1")
    assert first == digests("2")
    assert first[0] == hashlib.sha256(render_pdf(LETTER).pdf).hexdigest()


def test_threads_print_the_same_bytes():
    printed = []
    threads = [threading.Thread(target=lambda: printed.append(render_pdf(LETTER).pdf)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert printed == [render_pdf(LETTER).pdf] * 4


HOSTILE = [
    '<img src="file:///etc/passwd">',
    '<img src="http://169.254.169.254/latest/meta-data/">',
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import url(file:///etc/passwd); body { display: none }</style>",
    "<script>alert(1)</script>",
    "</p></main><h1>giả</h1>",
    "{{ settings.SECRET_KEY }} {% include '/etc/passwd' %}",
    "&lt;b&gt; &amp;nbsp; ]]> <!-- ẩn -->",
    "<svg><image href='file:///etc/passwd'/></svg>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_is_and_fetches_nothing(text, monkeypatch):
    def refuse(self, url, headers=None):
        if not url.startswith(f"{HOME}paper/fonts/"):
            raise AssertionError(url)
        return fetch(self, url, headers)

    fetch = FontsOnly.fetch
    monkeypatch.setattr(FontsOnly, "fetch", refuse)
    everywhere = replace(
        with_body(LETTER, f"1. *{text}*", f"a) {text}", f"Căn cứ {text};", "Hết."),
        subject=text,
        recipients=(text, text),
        noi_nhan=(text,),
        place="Hải Giang",
    )
    page = Printed(render_pdf(everywhere).pdf)
    plain = " ".join("".join(page.rows).split()).replace(" ", "")
    assert plain.count(text.replace(" ", "").rstrip(".;,")) >= 4


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://example.com/",
        "data:text/plain,a",
        f"{HOME}paper/fonts/../../../etc/passwd",
        f"{HOME}paper/fonts/PaperSerif-Regular.ttf?x",
        f"{HOME}css/paper.css",
        "PaperSerif-Regular.ttf",
    ],
)
def test_any_address_but_our_fonts_stops_the_printing(url):
    with pytest.raises(FatalURLFetchingError):
        FontsOnly().fetch(url)


@pytest.mark.parametrize(
    ("char", "named"),
    [
        ("✓", "“✓” (U+2713)"),
        ("中", "“中” (U+4E2D)"),
        ("😀", "“😀” (U+1F600)"),
        ("א", "“א” (U+05D0)"),
        ("\u202e", "ký tự ẩn U+202E"),
        ("\u200b", "ký tự ẩn U+200B"),
        ("\ufeff", "ký tự ẩn U+FEFF"),
        ("\x00", "ký tự ẩn U+0000"),
        ("\x1b", "ký tự ẩn U+001B"),
        ("\x0c", "ký tự ẩn U+000C"),
        ("\u2028", "ký tự ẩn U+2028"),
        ("\ue000", "ký tự ẩn U+E000"),
        ("\ud800", "ký tự ẩn U+D800"),
    ],
)
def test_what_the_font_lacks_or_nobody_sees_is_refused_by_name_and_place(char, named):
    with pytest.raises(UnprintableText, match="Phông chữ văn bản không in được") as refusal:
        render_pdf(with_body(LETTER, "Đoạn thứ nhất.", f"Đoạn{char}hai."))
    assert f"{named} ở nội dung, đoạn 2" in str(refusal.value)
    str(refusal.value).encode()


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"subject": "✓"}, "trích yếu"),
        ({"agency": "✓"}, "tên cơ quan ban hành"),
        ({"parent_agency": "✓"}, "tên cơ quan chủ quản"),
        ({"number": "✓/A"}, "số, ký hiệu"),
        ({"place": "✓"}, "địa danh"),
        ({"date_iso": "2026-✓"}, "ngày tháng"),
        ({"kind": "✓"}, "tên loại"),
        ({"recipients": ("✓",)}, "phần Kính gửi"),
        ({"noi_nhan": ("✓",)}, "phần Nơi nhận"),
        ({"signer": replace(LETTER.signer, lines=("✓",))}, "chức vụ người ký"),
        ({"signer": replace(LETTER.signer, name="✓")}, "họ tên người ký"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_every_part_of_the_paper_is_checked(part, place):
    with pytest.raises(UnprintableText, match=f"ở {place}"):
        render_pdf(replace(LETTER, **part))


def test_many_refused_characters_make_one_sentence():
    with pytest.raises(UnprintableText) as refusal:
        render_pdf(with_body(LETTER, "一二三四五六七八"))
    assert "và 3 ký tự khác" in str(refusal.value)
    assert str(refusal.value).count("U+") == 5


def test_an_urgency_the_decree_does_not_know_is_refused():
    with pytest.raises(UnprintableText, match="“MẬT” không có trong Nghị định 30"):
        render_pdf(replace(LETTER, urgency="Mật"))


def test_a_missing_font_stops_the_printing(settings, tmp_path):
    settings.PAPER_FONTS = tmp_path
    with pytest.raises(ImproperlyConfigured, match="Thiếu phông chữ"):
        render_pdf(LETTER)


def test_a_plan_of_25_kilobytes_prints_every_word_in_order():
    paragraphs = ["Căn cứ Luật Viễn thông;", "Sở Khoa học và Công nghệ ban hành Kế hoạch như sau:"]
    number = 0
    while sum(len(paragraph.encode()) for paragraph in paragraphs) < 25_000:
        number += 1
        paragraphs += [
            f"{number}. *Nhiệm vụ thứ {number}*",
            f"a) Đơn vị thứ {number} rà soát nhà trạm, nguồn điện và đường truyền; hoàn thành trước ngày 15/02/2027.",
            f"- Nơi thứ {number} gửi báo cáo về Sở trước 16 giờ 00 mỗi ngày, kể cả ngày nghỉ, cho đến khi kết thúc đợt.",
        ]
    rendered = render_pdf(with_body(PLAN, *paragraphs))
    page = Printed(rendered.pdf)
    assert rendered.pages == len(page.sizes) >= 9
    printed = "".join("".join(line.text for line in page.lines if line.size == 14 and line.baseline > 20).split())
    body = "".join("".join(paragraphs[1:]).replace("*", "").split()).removesuffix(".")
    assert body in printed.replace(".GIÁM", "GIÁM")
