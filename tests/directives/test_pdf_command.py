"""`render_paper`: text, Word or JSON in, a whole PDF or one sentence out."""

import io
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.management import call_command

from directives.paper import read, to_contract
from directives.paper.rebuild import MalformedContract, from_contract
from directives.pdf import render_pdf
from tests.directives.pdf_page import Printed
from tests.directives.pdf_papers import DECISION, LETTER, PLAN

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
TEXT = """UBND TỈNH HẢI GIANG
SỞ KHOA HỌC VÀ CÔNG NGHỆ

Số:      /SKHCN-BCVT
V/v chuẩn bị phục vụ bầu cử

Hải Giang, ngày      tháng 11 năm 2026

Kính gửi:
- Các doanh nghiệp viễn thông;
- Ủy ban nhân dân các xã, phường.

Để chuẩn bị tốt, Sở Khoa học và Công nghệ đề nghị:
1. Các doanh nghiệp viễn thông:
a) Kiểm tra nguồn điện dự phòng trước ngày 15/12/2026.
b) Gửi danh sách trực về Sở.
2. Ủy ban nhân dân các xã, phường cử đầu mối./.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Phạm Văn Khải
"""


def render(tmp_path, source, out="paper.pdf"):
    target = tmp_path / out
    call_command("render_paper", str(source), "--out", str(target))
    return Printed(target.read_bytes())


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "paper.txt"
    path.write_text(f"# source: tự đặt\n{TEXT}", encoding="utf-8")
    return path


def test_text_is_read_and_printed(tmp_path, text_file):
    page = render(tmp_path, text_file)
    assert page.find("Số:").text == "Số:         /SKHCN-BCVT"
    assert page.find("- Các doanh nghiệp viễn thông;")
    assert page.find("1. Các doanh nghiệp viễn thông:").font == "Paper-Serif-Bold"
    assert page.find("Phạm Văn Khải")
    assert (tmp_path / "paper.pdf").read_bytes() == render_pdf(read(TEXT)).pdf
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["paper.pdf", "paper.txt"]


def test_the_json_of_read_paper_is_printed(tmp_path):
    source = tmp_path / "paper.json"
    source.write_text(json.dumps(to_contract(read(TEXT)), ensure_ascii=False), encoding="utf-8")
    page = render(tmp_path, source)
    for start in ("1. Các doanh nghiệp viễn thông", "a) Kiểm tra nguồn điện", "2. Ủy ban nhân dân", "Phạm Văn Khải"):
        assert page.find(start)


@pytest.mark.parametrize("paper", [LETTER, PLAN, DECISION], ids=lambda paper: paper.kind)
def test_json_with_its_body_prints_the_very_same_paper(paper):
    again = from_contract(json.loads(json.dumps({**to_contract(paper), "body": paper.body})))
    expected = {**asdict(paper), "items": None, "bases": None, "deadlines": None}
    assert {**asdict(again), "items": None, "bases": None, "deadlines": None} == expected


def test_json_without_its_body_keeps_bases_and_items():
    paper = from_contract(
        {
            "kind": "kế hoạch",
            "bases": [{"text": "Luật Viễn thông", "number": None, "date_iso": None}],
            "items": [
                {"label": "I", "heading": "Mục đích", "text": "Đoạn.", "items": []},
                {
                    "label": "1",
                    "heading": None,
                    "text": "Một.",
                    "items": [{"label": "a", "text": "Hai;"}, {"label": "-", "text": "Ba."}],
                },
                {"label": "Điều 2", "text": "Bốn."},
            ],
        }
    )
    assert paper.body.split("\n") == [
        "Căn cứ Luật Viễn thông;",
        "I. Mục đích",
        "Đoạn.",
        "1. Một.",
        "a) Hai;",
        "- Ba.",
        "Điều 2. Bốn.",
    ]
    spans = [paper.body[item.start : item.end] for item in paper.items]
    assert spans == ["I. Mục đích\nĐoạn.", "1. Một.\na) Hai;\n- Ba.", "Điều 2. Bốn."]


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"kind": 1},
        {"recipients": "A"},
        {"recipients": [1]},
        {"items": [1]},
        {"items": [{"text": []}]},
        {"signer": []} | {"signer": ["A"]},
        {"date_iso": "hôm nay"},
        {"date_iso": "2026-13"},
        {"date_iso": "2026-02-30"},
    ],
)
def test_malformed_json_is_refused(data):
    with pytest.raises(MalformedContract, match="Tệp JSON"):
        from_contract(data)


def test_json_nested_without_end_is_refused():
    item = {"label": "1", "text": "x"}
    for _ in range(100):
        item = {"label": "1", "text": "x", "items": [item]}
    with pytest.raises(MalformedContract, match="quá sâu"):
        from_contract({"items": [item]})


@pytest.mark.parametrize(
    ("name", "content", "sentence", "code"),
    [
        ("paper.txt", "Số: 1/AB\nKính gửi: A\n\nMột ✓ hai.", "“✓” (U+2713)", 1),
        ("paper.txt", f"MẬT\n{TEXT}", "độ mật “MẬT”", 1),
        ("paper.json", '{"kind": "công văn", "agency": "A", "body": "MẬT\\nNội dung."}', "độ mật “MẬT”", 1),
        ("paper.json", '{"body": "Nội dung.", "annexes": "Phụ lục\\nTỐI MẬT\\nĐoạn."}', "độ mật “TỐI MẬT”", 1),
        ("paper.txt", " \n", "không có trích yếu và nội dung", 1),
        ("paper.json", "{", "không phải là JSON", 1),
        ("paper.json", "[1]", "Tệp JSON", 1),
        ("paper.odt", "x", "Chỉ đọc được", 1),
        ("paper.docx", "x", "", 1),
    ],
)
def test_refusals_write_nothing(tmp_path, name, content, sentence, code):
    source = tmp_path / name
    source.write_text(content, encoding="utf-8")
    said = refused(code, source, tmp_path / "out.pdf")
    assert sentence in said and said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name]


def refused(code, source, out):
    """What the command says on stderr as it ends with this code."""
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("render_paper", str(source), "--out", str(out), stderr=said)
    assert ended.value.code == code
    return said.getvalue()


def test_other_outputs_are_wrong_usage(tmp_path, text_file):
    assert "phải có đuôi .pdf hoặc .docx" in refused(2, text_file, tmp_path / "x.odt")


def test_a_folder_that_is_not_there(tmp_path, text_file):
    assert "Không ghi được tệp" in refused(1, text_file, tmp_path / "none" / "x.pdf")


def test_exit_codes_of_the_command(tmp_path, text_file):
    """Once as a program, with a database address nobody answers: it needs none."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none"}

    def run(*arguments):
        command = [sys.executable, "manage.py", "render_paper", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    good = run(text_file, "--out", tmp_path / "x.pdf")
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-1.7")
    missing = run(tmp_path / "none.txt", "--out", tmp_path / "y.pdf")
    assert missing.returncode == 1
    assert missing.stderr == "Không mở được tệp none.txt.\n"
    assert run(text_file).returncode == 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the sample papers are not beside this checkout")
def test_every_sample_paper_prints():
    samples = sorted(CORPUS.glob("*.txt"))
    assert len(samples) >= 20
    for sample in samples:
        paper = read(sample.read_text(encoding="utf-8").partition("\n")[2])
        rendered = render_pdf(paper)
        page = Printed(rendered.pdf)
        assert rendered.pages == len(page.sizes)
        printed = "".join("".join(page.rows).split())
        if paper.signer.name:
            assert rendered.sign_box.page == page.find(paper.signer.name).page or rendered.sign_box
        for item in paper.items[:3]:
            words = "".join((item.heading or item.text.split("\n")[0]).split())[:25]
            assert words.casefold() in printed.casefold(), (sample.name, words)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the sample papers are not beside this checkout")
def test_a_real_letter_of_six_demands(tmp_path):
    [sample] = CORPUS.glob("003_*")
    page = render(tmp_path, sample)
    assert page.find("Số:").text == "Số:         /STTTT-BCVTCNTT"
    assert page.find("Trà Vinh, ngày").text == "Trà Vinh, ngày      tháng 01 năm 2020"
    headings = [line.text for line in page.lines if line.text[:2] in {"1.", "2.", "3.", "4."} and "Bold" in line.font]
    assert len(headings) == 4
    assert [line.text for line in page.lines if line.size == 11][-1] == "- Lưu: VT."
    assert page.find("KT. GIÁM ĐỐC").baseline == pytest.approx(page.find("Nơi nhận:").baseline, abs=1)
