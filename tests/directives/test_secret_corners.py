"""Marks of secrecy outside the head of the text: in other fields of a draft, in the corners of a Word file."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from directives import services
from directives.models import Dispatch, DispatchVersion
from directives.paper import read_docx, secrecy_mark
from tests.directives.acts import demand, save
from tests.directives.pasted import LETTER
from tests.directives.test_views_drafting import PASTE, edit_url, fields

pytestmark = pytest.mark.django_db
MARK = "TỐI MẬT"
PARTS = {
    "addressees": [{"text": MARK}],
    "copies": [{"text": MARK}],
    "bases": [{"text": MARK}],
    "requirements": [demand("1", f"{MARK}\nViệc phải làm.")],
}


@pytest.mark.parametrize("part", PARTS)
def test_every_text_of_a_draft_is_looked_at(cast, draft, parts, now, part):
    main = {"kind": "công văn", "subject": "x", "body": "y", "division": cast.division}
    with pytest.raises(ValidationError) as refusal:
        services.create_dispatch(actor=cast.specialist, now=now, **main, **{part: PARTS[part]})
    assert refusal.value.code == "secret"
    with pytest.raises(ValidationError) as refusal:
        save(draft, parts | {part: PARTS[part]}, actor=cast.specialist, now=now)
    assert refusal.value.code == "secret"
    assert Dispatch.objects.count() == DispatchVersion.objects.count() == 1


@pytest.mark.parametrize("act", ["save", "reread", "add-copies", ""])
@pytest.mark.parametrize(
    "name", ["requirements-0-text", "addressees-0-text", "copies-0-text", "bases-0-text", "subject"]
)
def test_no_button_of_the_page_shows_a_marked_text_again(client, cast, draft, act, name):
    client.force_login(cast.specialist)
    data = fields(client.get(edit_url(draft))) | {name: MARK, "act": act, "place": ""}
    for path in (edit_url(draft), reverse("directives:dispatch_new"), PASTE):
        response = client.post(path, data | {"text": LETTER})
        assert response.status_code == 422
        assert "trạm phát sóng" not in response.content.decode()
    assert Dispatch.objects.get().version == 1


def box(mark):
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in mark.split())
    shape = f"<v:shape><v:textbox><w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape>"
    return parse_xml(f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>{shape}</w:pict></w:r>')


def art(mark):
    shape = f'<v:shape><v:textpath string="{mark}"/></v:shape>'
    return parse_xml(f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>{shape}</w:pict></w:r>')


CORNERS = {
    "header": lambda document, mark: document.sections[0].header.paragraphs[0].add_run(mark),
    "footer": lambda document, mark: document.sections[0].footer.paragraphs[0].add_run(mark),
    "first page": lambda document, mark: document.sections[0].first_page_header.paragraphs[0].add_run(mark),
    "text box": lambda document, mark: document.paragraphs[3]._p.append(box(mark)),
    "text box in the header": lambda document, mark: document.sections[0].header.paragraphs[0]._p.append(box(mark)),
    "watermark": lambda document, mark: document.sections[0].header.paragraphs[0]._p.append(art(mark)),
}


def word(corner=None, mark=MARK):
    document, held = Document(), io.BytesIO()
    for line in LETTER.split("\n"):
        document.add_paragraph(line)
    if corner:
        CORNERS[corner](document, mark)
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize("corner", CORNERS)
def test_a_word_file_marked_in_a_corner_is_refused(client, cast, corner):
    assert secrecy_mark(read_docx(word(corner))) == MARK
    client.force_login(cast.specialist)
    response = client.post(PASTE, {"act": "read", "upload": SimpleUploadedFile("van-ban.docx", word(corner))})
    assert response.status_code == 422
    assert "tài liệu bí mật nhà nước" in response.content.decode()
    assert "máy phát điện" not in response.content.decode()
    assert not Dispatch.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))


@pytest.mark.parametrize("corner", ["header", "text box"])
def test_other_words_in_a_corner_are_no_mark(corner):
    assert secrecy_mark(read_docx(word(corner, "Bảo đảm bí mật thông tin"))) is None
