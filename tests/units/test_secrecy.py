"""A mark of state secrecy is found wherever it stands alone, and nothing of the file is kept."""

import io
import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from units.models import StoredFile
from units.secrecy import standing_mark
from units.services.files import store_upload
from units.uploads import WORD, check_upload

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
BOX = "<w:p><w:r><w:t>Kính gửi</w:t></w:r><w:r><w:txbxContent>{}</w:txbxContent></w:r></w:p>"


def word(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in ({"document": PARAGRAPH.format("Báo cáo")} | parts).items():
            archive.writestr(f"word/{name}.xml", f"<w:x>{xml}</w:x>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("Báo cáo\n  TUYỆT  MẬT  \nKính gửi", "TUYỆT MẬT"),
        ("SỞ KHOA HỌC\t\tTỐI MẬT", "TỐI MẬT"),
        ("M Ậ T", "MẬT"),
        ("Độ mật: Mật", "MẬT"),
        (unicodedata.normalize("NFD", "[MẬT]"), "MẬT"),
        ("M\u200bẬT", "MẬT"),
        ("Cần giữ bí mật thông tin thuê bao.", None),
        ("Mật", None),
        ("Mật độ trạm", None),
        ("KHÔNG NHẬN TÀI LIỆU MẬT QUA HỆ THỐNG", None),
        ("MẬT KHẨU", None),
        ("", None),
    ],
)
def test_a_mark_stands_alone(text, mark):
    assert standing_mark(text) == mark


@pytest.mark.parametrize(
    "content",
    [
        "BÁO CÁO\n\nMẬT\n".encode(),
        word(document=PARAGRAPH.format("M</w:t></w:r><w:r><w:t>ẬT")),
        word(header2=PARAGRAPH.format("TUYỆT MẬT")),
        word(footer1=PARAGRAPH.format("T&#7888;I MẬT")),
        word(document=BOX.format(PARAGRAPH.format("MẬT"))),
        word(document="<w:tbl><w:tc>" + PARAGRAPH.format("MẬT") + "</w:tc></w:tbl>"),
    ],
    ids=["text", "split in two runs", "header", "footer", "text box", "table"],
)
@pytest.mark.django_db
def test_a_marked_file_is_refused_before_it_is_written(content, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(ValidationError) as caught:
        store_upload(SimpleUploadedFile("Báo cáo.docx", content), actor=None, now=now)
    assert caught.value.code == "secret" and "bí mật nhà nước" in caught.value.messages[0]
    assert not list(tmp_path.rglob("*")) and not StoredFile.objects.exists()


def test_a_plain_paper_is_let_in():
    given = SimpleUploadedFile("a.docx", word(header1=PARAGRAPH.format("Giữ bí mật thông tin")))
    assert check_upload(given) == WORD
