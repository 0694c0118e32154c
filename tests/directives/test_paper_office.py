"""Word files: order, tables, automatic numbers, and files that are refused."""

import zipfile
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from directives.docx import render_docx
from directives.paper import UnreadablePaper, read, read_docx

LEVELS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "-"))


def packed(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(document, text: str, level: int) -> None:
    """A paragraph of one automatic list with the three usual levels."""
    numbering = document.part.numbering_part.element
    if not numbering.xpath('w:num[@w:numId="77"]'):
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
            for depth, (form, pattern) in enumerate(LEVELS)
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", 77)):
        part = OxmlElement(name)
        part.set(qn("w:val"), str(value))
        number.append(part)
    properties.append(number)


def letter() -> bytes:
    document = Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "SỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: /SKHCN-BCVT\nV/v trực Tết"
    head.cell(
        0, 1
    ).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHải Giang, ngày tháng 01 năm 2026"
    document.add_paragraph("Kính gửi: Các doanh nghiệp viễn thông.")
    document.add_paragraph("Sở yêu cầu:")
    numbered(document, "Viễn thông Hải Giang:", 0)
    numbered(document, "Lập phương án;", 1)
    numbered(document, "Gửi danh sách trước ngày 20/01/2026.", 1)
    numbered(document, "Trực 24/24 giờ.", 0)
    foot = document.add_table(rows=1, cols=2)
    for text in ("Nơi nhận:", "- Như trên;", "- Lưu: VT."):
        foot.cell(0, 0).add_paragraph(text)
    for text in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hoa"):
        foot.cell(0, 1).add_paragraph(text)
    return packed(document)


def test_letter_with_tables_and_automatic_numbers(tmp_path):
    path = tmp_path / "cong-van.docx"
    path.write_bytes(letter())
    paper = read(read_docx(path))
    assert (paper.agency, paper.number, paper.date_iso) == ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "/SKHCN-BCVT", "2026-01")
    assert paper.subject == "trực Tết"
    assert [(item.label, [inner.label for inner in item.items]) for item in paper.items] == [
        ("1", ["a", "b"]),
        ("2", []),
    ]
    assert [deadline.item for deadline in paper.deadlines] == ["1.b"]
    assert (paper.signer.lines, paper.signer.name) == (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Lê Thị Hoa")
    assert paper.noi_nhan == ("Như trên;", "Lưu: VT.")
    assert read_docx(path.read_bytes()) == read_docx(path)


def test_a_list_that_starts_anew_and_one_that_its_style_numbers():
    document = Document()
    numbered(document, "Một.", 0)
    numbered(document, "Hai.", 0)
    numbering = document.part.numbering_part.element
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/>{start}</w:num>'))
    properties = f'<w:pPr {nsdecls("w")}><w:numPr><w:ilvl w:val="0"/><w:numId w:val="78"/></w:numPr></w:pPr>'
    document.styles.add_style("Khoan", WD_STYLE_TYPE.PARAGRAPH).element.append(parse_xml(properties))
    document.add_paragraph("Năm.", style="Khoan")
    document.add_paragraph("", style="Khoan")
    document.add_paragraph("6. Sáu có số rồi.", style="Khoan")
    document.add_paragraph("Sáu.", style="Khoan")
    document.add_paragraph("Không số.")
    assert read_docx(packed(document)).split("\n\n") == [
        *("1. Một.", "2. Hai.", "5. Năm.", "", "6. Sáu có số rồi.", "6. Sáu.", "Không số.\n"),
    ]


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


BOX = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHANGED = (
    run("Sở ")
    + f"<w:del w:id='1'><w:r><w:delText>không </w:delText></w:r></w:del><w:ins w:id='2'>{run('đề nghị')}</w:ins>"
    + f"<w:hyperlink>{run(' trực')}</w:hyperlink><w:r><w:noBreakHyphen/><w:br w:type='page'/></w:r><w:fldSimple w:instr='DATE'>"
    + f"{run('24')}</w:fldSimple><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p>{run('Trong hộp')}"
    + f"</w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{run('Trong hộp')}</w:p>"
    + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
GONE = "<w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr>"


WIDE, TALL, BELOW = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"


def table(*rows: str, borders: str = "single") -> str:
    lines = f"<w:tblPr><w:tblBorders><w:insideH w:val='{borders}'/></w:tblBorders></w:tblPr>"
    return f"<w:tbl>{lines}{''.join(rows)}</w:tbl>"


def document_of(*blocks: str) -> bytes:
    """A Word file whose body holds these blocks of WordprocessingML."""
    document = Document()
    body = document.element.body
    for block in blocks:
        spaces = f'{nsdecls("w")} xmlns:mc="{BOX}"'
        root = parse_xml(f"<w:body {spaces}>{block}</w:body>")
        for child in list(root):
            body.insert(len(body) - 1, child)
    return packed(document)


def test_changes_are_taken_as_made_and_boxes_once():
    data = document_of(
        f"<w:p>{CHANGED}</w:p>",
        f"<w:p>{GONE}{run('Một ')}</w:p><w:p>{run('đoạn.')}</w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run('Trong khung.')}</w:p></w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent><w:p>{run('Mục lục')}</w:p></w:sdtContent></w:sdt>",
    )
    assert " ".join(read_docx(data).split()) == "Sở đề nghị trực-24 Trong hộp Một đoạn. Trong khung."


def test_a_ruled_table_keeps_its_cells_and_tells_merged_ones_once():
    nested = table(f"<w:tr>{cell('x')}{cell('y')}</w:tr>")
    rows = (
        f"<w:tr>{cell('TT')}{cell('Thời gian', WIDE)}</w:tr>",
        f"<w:tr>{cell('1', TALL)}{cell('a|b')}<w:tc>{nested}<w:p>{run('z')}</w:p></w:tc></w:tr>",
        f"<w:tr>{cell('1', BELOW)}{cell('')}{cell('c')}</w:tr>",
        f"<w:tr><w:trPr><w:del w:id='4'/></w:trPr>{cell('bỏ')}{cell('bỏ')}{cell('bỏ')}</w:tr>",
    )
    told = read_docx(document_of(table(*rows))).strip()
    assert told == "| TT | Thời gian | |\n| 1 | a/b | x y z |\n| | | c |"


def test_signatures_side_by_side_and_a_section_across_the_page():
    signed = table(
        f"<w:tr>{cell('THƯ KÝ')}{cell('CHỦ TRÌ')}</w:tr>",
        f"<w:tr>{cell('Trần Thị Bình')}{cell('Nguyễn Văn An')}</w:tr>",
        borders="none",
    )
    across = "<w:p><w:pPr><w:sectPr><w:pgSz w:w='16838' w:h='11906'/></w:sectPr></w:pPr></w:p>"
    upright = "<w:p><w:pPr><w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr></w:pPr></w:p>"
    texts = ("BIÊN BẢN", "Họp", "Nội dung họp./.")
    data = document_of(
        *(f"<w:p>{run(text)}</w:p>" for text in texts),
        signed,
        upright,
        f"<w:p>{run('Phụ lục I')}</w:p><w:p>{run('DANH SÁCH')}</w:p><w:p>{run('Trống.')}</w:p>{across}",
        f"<w:p>{run('Phụ lục II')}</w:p><w:p>{run('BẢNG')}</w:p><w:p>{run('Trống.')}</w:p>",
    )
    paper = read(read_docx(data))
    assert (paper.signer.name, [one.name for one in paper.cosigners]) == ("Nguyễn Văn An", ["Trần Thị Bình"])
    assert [(annex.label, annex.title, annex.landscape, annex.body) for annex in paper.annexes] == [
        ("Phụ lục I", "DANH SÁCH", True, "Trống."),
        ("Phụ lục II", "BẢNG", False, "Trống."),
    ]


MODELS = sorted((Path(__file__).parents[2] / "docs" / "papers").glob("*.txt"))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_our_own_word_file_is_read_as_the_paper_it_was_made_of(path):
    """Only the first letter of a công điện's trích yếu differs: it is printed as a capital."""
    paper = read(path.read_text(encoding="utf-8"))
    again = read(read_docx(render_docx(paper)))
    for name in {field.name for field in fields(paper)} - {"front", "foot", "subject"}:
        assert getattr(again, name) == getattr(paper, name), name
    assert (again.subject or "").casefold() == (paper.subject or "").casefold()


def test_there_is_a_model_of_every_kind():
    assert len(MODELS) >= 29


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return out.getvalue()


def entities() -> bytes:
    source, out = zipfile.ZipFile(BytesIO(letter())), BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
            archive.writestr(name, data)
    return out.getvalue()


def without(name: str) -> bytes:
    source, out = zipfile.ZipFile(BytesIO(letter())), BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in source.namelist():
            if part != name:
                archive.writestr(part, source.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a file",
        b"PK\x03\x04" + b"\0" * 100,
        letter()[:-200],
        bomb(),
        entities(),
        without("word/document.xml"),
        without("[Content_Types].xml"),
        without("_rels/.rels"),
    ],
    ids=["empty", "text", "stub", "cut", "bomb", "entities", "no-body", "no-types", "no-rels"],
)
def test_refused_with_a_sentence(data):
    with pytest.raises(UnreadablePaper) as refusal:
        read_docx(data)
    assert str(refusal.value).endswith(".")
    assert "Tệp" in str(refusal.value)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadablePaper, match=r"khong-co\.docx"):
        read_docx(tmp_path / "khong-co.docx")
