"""The .docx of a paper: valid, the same words as its PDF, with the structure a văn thư expects to find in Word."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from directives.docx import render_docx
from directives.paper import read, read_docx
from directives.paper.model import Annex, SignOff
from directives.pdf import UnprintableText, render_pdf
from docs.papers.__main__ import models
from tests.directives.docx_file import Written, words_of_one
from tests.directives.pdf_papers import DECISION, LETTER, REPORT, TELEGRAM, with_body

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "shared" / "corpus").glob("*.txt"))
WITH_TABLES = with_body(
    REPORT,
    "Thực hiện Kế hoạch số 41/KH-UBND ngày 02/11/2026[1] của Ủy ban nhân dân tỉnh, Sở báo cáo như sau:",
    "I. *Kết quả*",
    "1. *Tình hình mạng lưới*",
    "Số liệu trạm phát sóng[2] đến ngày 22/11/2026:",
    "| STT | Doanh nghiệp | Số trạm |",
    "| 1 | Viễn thông Hải Giang | 412 |",
    "| 2 | Bưu điện tỉnh | 30 |",
    "[1] Về bảo đảm thông tin liên lạc phục vụ bầu cử.",
    "[2] Gồm trạm 4G và 5G; không tính trạm < 2 W & trạm thử nghiệm.",
    "Số liệu chi tiết tại các Phụ lục./.",
)
FULL = replace(
    WITH_TABLES,
    annexes=(
        Annex(
            "Phụ lục I",
            "Tình hình từng đơn vị",
            "Số liệu của các xã.\n| STT | Đơn vị | Hoàn thành |\n"
            + "\n".join(f"| {row} | Xã An Hòa {row} | 10/12 |" for row in range(1, 61)),
        ),
        Annex("Phụ lục II", "Sự cố trong kỳ", "| Sự cố | Nơi |\n| Đứt cáp | Xã An Hòa |", landscape=True),
    ),
)
MINUTES = replace(
    WITH_TABLES,
    kind="biên bản",
    cosigners=(SignOff(("Thư ký",), "Lê Văn An"),),
    annexes=(Annex("Phụ lục", None, "Đã xem[1].\n[1] Tại trạm."),),
)
ORPHAN = replace(LETTER, parent_agency=None, agency=None, recipients=("A",), signer=SignOff(("Giám đốc",)), noi_nhan=())
CROWD = replace(LETTER, urgency="khẩn", noi_nhan=("Như trên", *(f"Đơn vị số {at} thuộc tỉnh" for at in range(70))))
PAPERS = {
    "letter": LETTER,
    "decision": DECISION,
    "telegram": TELEGRAM,
    "full": FULL,
    "minutes": MINUTES,
    "orphan": ORPHAN,
    "crowd": CROWD,
}


@pytest.fixture(scope="module")
def written():
    return {name: render_docx(paper) for name, paper in PAPERS.items()}


def test_word_finds_nothing_to_repair(written, tmp_path):
    """Against the schemas of ECMA-376: order of elements, parts, relationships, unique ids."""
    faults = {}
    for name in ("telegram", "full", "minutes", "orphan"):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(written[name])
        if errors := OpenXmlValidator().validate(str(path)).errors:
            faults[name] = [str(fault) for fault in errors]
    assert faults == {}


def test_its_words_are_those_of_the_pdf(written):
    """The model paper of each kind is held to this too, where it is printed (test_pdf_models)."""
    faults = {name: words_of_one(written[name], render_pdf(paper).pdf) for name, paper in PAPERS.items()}
    assert {name: words for name, words in faults.items() if words} == {}
    assert sum(Written(written["full"]).words().values()) > 300


def test_the_same_paper_gives_the_same_bytes(written):
    assert render_docx(FULL) == written["full"]
    assert render_docx(replace(FULL, number="9/BC-SKHCN")) != written["full"]


def test_read_back_it_is_written_the_same(written):
    """Tables, notes, annexes and every signature included. A lead in bold is found anew only where it stands alone."""
    for name in ("decision", "telegram", "full", "minutes"):
        assert render_docx(read(read_docx(written[name]))) == written[name], name


def test_names_and_titles_cut_into_lines_come_back_whole():
    paper = replace(
        LETTER,
        parent_agency="UBND TỈNH HẢI GIANG",
        agency="BAN CHỈ ĐẠO ĐẠI HỘI THỂ THAO TOÀN TỈNH",
        signer=SignOff(("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "PHÓ BÍ THƯ THƯỜNG TRỰC BAN CHỈ ĐẠO"), "Vi Thị Mai"),
    )
    again = read(read_docx(render_docx(paper)))
    for name in ("parent_agency", "agency", "signer", "cosigners"):
        assert getattr(again, name) == getattr(paper, name), name


@pytest.mark.skipif(not SAMPLES, reason="the sample papers are not beside this checkout")
def test_every_sample_paper_comes_back_from_word():
    changed = []
    for path in SAMPLES:
        docx = render_docx(read(path.read_text(encoding="utf-8").partition("\n")[2]))
        if render_docx(read(read_docx(docx))) != docx:
            changed.append(path.name)
    assert changed == []


def test_the_command_writes_what_the_renderer_does(tmp_path):
    [model] = (path for path in models() if path.stem == "cong-van")
    for source, name in ((model, "a.docx"), (tmp_path / "a.docx", "b.docx")):
        call_command("render_paper", str(source), "--out", str(tmp_path / name))
    assert (tmp_path / "a.docx").read_bytes() == render_docx(read(model.read_text(encoding="utf-8")))
    assert (tmp_path / "b.docx").read_bytes() == (tmp_path / "a.docx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.docx"]


def test_each_component_has_a_style_a_clerk_knows(written):
    file = Written(written["full"])
    assert file.styled("Quốc hiệu") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert file.styled("Cơ quan ban hành") == ["SỞ KHOA HỌC VÀ CÔNG NGHỆ"]
    assert file.styled("Tên loại") == ["BÁO CÁO"]
    assert file.styled("Đề mục I") == ["I. KẾT QUẢ"]
    assert file.styled("Đề mục 1") == ["1. Tình hình mạng lưới"]
    assert file.styled("Họ tên") == ["Phạm Văn Khải"]
    assert file.styled("Phụ lục") == ["Phụ lục I", "Phụ lục II"]
    assert Written(written["letter"]).styled("V/v")[0].startswith("V/v bảo đảm thông tin")
    assert Written(written["decision"]).styled("Điều")[0].startswith("Điều 1. Thành lập")
    used = {each.get(qn("w:val")) for name in written for each in Written(written[name]).all("w:pStyle")}
    known = {each.get(qn("w:styleId")) for each in file.all("w:style", "word/styles.xml")}
    assert used <= known
    levels = {each.getparent().getparent().get(qn("w:styleId")) for each in file.all("w:outlineLvl", "word/styles.xml")}
    assert levels == {"kind", "part", "section", "heading", "article", "annex"}


def test_pages_are_numbered_by_a_field_and_anew_in_each_annex(written):
    file = Written(written["full"])
    sections = file.all("w:sectPr")
    assert len(sections) == 3
    for section in sections:
        assert section.find(qn("w:titlePg")) is not None
        assert section.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    sizes = [section.find(qn("w:pgSz")) for section in sections]
    assert [size.get(qn("w:orient")) for size in sizes] == [None, None, "landscape"]
    [field] = file.all("w:instrText", "word/header2.xml")
    assert field.text.strip() == "PAGE"
    assert file.all("w:t", "word/header1.xml") == []


def test_tables_repeat_their_head_and_never_split_a_row(written):
    file = Written(written["full"])
    ruled = [table for table in file.all("w:tbl") if table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None]
    assert len(ruled) == 3
    for table in ruled:
        rows = table.findall(qn("w:tr"))
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_footnotes_are_footnotes(written):
    file = Written(written["minutes"])
    notes = [each.get(qn("w:id")) for each in file.all("w:footnote", "word/footnotes.xml")]
    assert notes == ["-1", "0", "1", "2", "3"]
    assert [each.get(qn("w:id")) for each in file.all("w:footnoteReference")] == ["1", "2", "3"]
    assert b"tr\xe1\xba\xa1m &lt; 2 W &amp; tr" in file.parts["word/footnotes.xml"]


def test_the_end_of_the_body_stays_with_the_signature(written):
    """Each paragraph of the last two lines is kept with what follows, down to the table of the signature."""
    body = list(Written(written["decision"]).document[0])
    last = max(at for at, each in enumerate(body) if each.tag == qn("w:tbl"))
    kept = [each.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for each in body[:last]]
    assert kept[-2:] == [False, True]
    [row] = body[last].findall(qn("w:tr"))
    assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def test_what_cannot_be_printed_is_refused_alike():
    with pytest.raises(UnprintableText, match="U\\+2713"):
        render_docx(with_body(LETTER, "Đã xong ✓ hết."))
