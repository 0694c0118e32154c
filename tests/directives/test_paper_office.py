"""Word files: order, tables, automatic numbers, and files that are refused."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

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
