"""The door to the Word copy: the stored paper or the text as it stands on the page, for the house only."""

import io

import pytest
from django.urls import reverse
from docx import Document

from tests import make
from tests.directives.pasted import fields

pytestmark = pytest.mark.django_db


def texts(response):
    assert response["Content-Type"].endswith("wordprocessingml.document")
    return [each.text for each in Document(io.BytesIO(response.content)).paragraphs]


def door(dispatch):
    return reverse("directives:dispatch_word", args=[dispatch.pk])


def test_the_draft_is_taken_to_word_as_stored_or_as_typed(client, cast, draft):
    client.force_login(cast.specialist)
    assert door(draft) in client.get(draft.get_absolute_url()).content.decode()
    stored = client.get(door(draft))
    name = f"du-thao-{draft.pk}-bao-dam-thong-tin-lien-lac.docx"
    assert stored["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Sở yêu cầu các đơn vị thực hiện:" in texts(stored)
    page = client.get(reverse("directives:dispatch_edit", args=[draft.pk]))
    assert door(draft) in page.content.decode()
    typed = fields(page) | {"body": "Một đoạn chưa lưu."}
    assert "Một đoạn chưa lưu./." in texts(client.post(door(draft), typed))
    fresh = client.post(reverse("directives:draft_word"), typed)
    assert fresh["Content-Disposition"] == 'attachment; filename="du-thao-bao-dam-thong-tin-lien-lac.docx"'
    assert "Một đoạn chưa lưu./." in texts(fresh)
    for body, sentence in (("Xong ✓.", "U+2713"), ("TỐI MẬT\n1. Nội dung.", "Tối mật"), ("", "biểu mẫu còn chỗ")):
        refused = client.post(door(draft), typed | {"body": body})
        assert refused.status_code == 422
        assert sentence.casefold() in refused.content.decode().casefold()
    draft.refresh_from_db()
    assert (draft.version, draft.body[:6]) == (1, "Căn cứ")


def test_once_signed_the_copy_says_that_it_is_for_reference(client, cast):
    issued = make.dispatch(cast, "issued")
    client.force_login(cast.clerk)
    assert door(issued) in client.get(issued.get_absolute_url()).content.decode()
    name = client.get(door(issued))["Content-Disposition"]
    assert name.endswith('-ban-word-tham-khao.docx"')
    assert f'"{issued.number}-skhcn-bcvt-' in name
    signed = make.dispatch(cast, "signed")
    assert f'"van-ban-{signed.pk}-ban-word-tham-khao.docx"' in client.get(door(signed))["Content-Disposition"]


def test_who_receives_a_paper_gets_no_word_copy(client, cast):
    issued = make.assignment(cast).dispatch
    client.force_login(cast.focal)
    page = client.get(issued.get_absolute_url())
    assert (page.status_code, door(issued) in page.content.decode()) == (200, False)
    assert client.get(door(issued)).status_code == 404
    assert client.post(reverse("directives:draft_word"), {}).status_code == 404
